"""All operations of CloudWatch, by service and name."""

from __future__ import annotations

from collections.abc import Mapping

from engine.aws.gateway.operations.cloudwatch import (
    alarms,
    changes,
    data,
    history,
    listing,
    mute_rules,
    putting,
    statistics,
    tags,
)
from engine.aws.gateway.operations.noted import Does

OPERATIONS: Mapping[tuple[str, str], Does] = {
    ("cloudwatch", "DescribeAlarms"): alarms.describe,
    ("cloudwatch", "DescribeAlarmsForMetric"): alarms.describe_for_metric,
    ("cloudwatch", "DescribeAlarmHistory"): history.describe,
    ("cloudwatch", "ListMetrics"): listing.list_metrics,
    ("cloudwatch", "GetMetricStatistics"): statistics.get,
    ("cloudwatch", "GetMetricData"): data.get,
    **putting.OPERATIONS,
    **changes.OPERATIONS,
    **tags.OPERATIONS,
    **mute_rules.OPERATIONS,
}
