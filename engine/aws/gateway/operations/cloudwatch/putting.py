"""PutMetricData: what a team measures itself (spec cloudwatch 5).

Alarms see it, as do GetMetricData, GetMetricStatistics and ListMetrics.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.aws.gateway.account import Account, Raw
from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.operations.cloudwatch.limits import keep_to_the_model
from engine.aws.gateway.operations.sent import refuse, send
from engine.aws.translation.reading_data import WrongData, read_metric_data


def put(account: Account, request: Raw) -> Mapping[str, Any]:
    """Take in all of it, or nothing: a ServiceError names what is wrong."""
    try:
        keep_to_the_model("PutMetricData", request)
        read_metric_data(request)
    except ServiceError as error:
        refuse("PutMetricData", account, request, error)
    except WrongData as wrong:
        refuse("PutMetricData", account, request, ServiceError(wrong.code, wrong.say))
    return send("PutMetricData", account, request)


OPERATIONS = {("cloudwatch", "PutMetricData"): put}
