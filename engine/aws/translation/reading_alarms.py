"""PutMetricAlarm and PutCompositeAlarm requests as alarms."""

from __future__ import annotations

import json

from engine.aws.calls import Condition
from engine.requests.cloudwatch import (
    CompositeAlarm,
    Dimensions,
    MetricAlarm,
    MetricDataQuery,
    MetricStat,
    SetAlarmState,
)
from engine.requests.conditions import AlarmIs, MetricIs, When
from engine.requests.fields import Raw, present


def read_metric_alarm(request: Raw) -> MetricAlarm:
    """Return the alarm that PutMetricAlarm creates."""
    optional = present(
        datapoints_to_alarm=request.get("DatapointsToAlarm"),
        treat_missing_data=request.get("TreatMissingData"),
        evaluate_low_sample_count_percentile=request.get("EvaluateLowSampleCountPercentile"),
        actions_enabled=request.get("ActionsEnabled"),
    )
    return MetricAlarm(
        alarm_name=request["AlarmName"],
        metric=_own_metric(request) if "MetricName" in request else None,
        metrics=read_queries(request),
        evaluation_periods=request["EvaluationPeriods"],
        threshold=request["Threshold"],
        comparison_operator=request["ComparisonOperator"],
        alarm_actions=tuple(request.get("AlarmActions", ())),
        **optional,
    )


def read_queries(request: Raw) -> tuple[MetricDataQuery, ...]:
    """Return the lines of a metric math alarm; none for an alarm on one metric."""
    return tuple(map(read_query, request.get("Metrics", ())))


def _own_metric(request: Raw) -> MetricStat:
    return MetricStat(
        namespace=request["Namespace"],
        metric_name=request["MetricName"],
        dimensions=read_dimensions(request),
        period=request["Period"],
        stat=request.get("Statistic") or request["ExtendedStatistic"],
        unit=request.get("Unit"),
    )


def read_dimensions(raw: Raw) -> Dimensions:
    """Return the dimensions of a metric, sorted by name."""
    return tuple(sorted((each["Name"], each["Value"]) for each in raw.get("Dimensions", ())))


def read_query(raw: Raw) -> MetricDataQuery:
    """Return one line of metric math."""
    stat = raw.get("MetricStat")
    return MetricDataQuery(
        id=raw["Id"],
        metric_stat=None if stat is None else _metric_stat(stat),
        expression=raw.get("Expression"),
        period=raw.get("Period"),
        return_data=raw.get("ReturnData", True),
    )


def _metric_stat(raw: Raw) -> MetricStat:
    metric = raw["Metric"]
    return MetricStat(
        namespace=metric["Namespace"],
        metric_name=metric["MetricName"],
        dimensions=read_dimensions(metric),
        period=raw["Period"],
        stat=raw["Stat"],
        unit=raw.get("Unit"),
    )


def read_when(condition: Condition) -> When:
    """Return what a step depends on."""
    raw = condition.raw
    if "MetricStat" not in raw:
        return When(AlarmIs(alarm_name=raw["AlarmName"], state_value=raw["StateValue"]), condition.holds)
    operator, threshold = raw["ComparisonOperator"], raw["Threshold"]
    stat = _metric_stat(raw["MetricStat"])
    return When(MetricIs(metric_stat=stat, comparison_operator=operator, threshold=threshold), condition.holds)


def read_composite_alarm(request: Raw) -> CompositeAlarm:
    """Return the alarm that PutCompositeAlarm creates."""
    optional = present(
        actions_suppressor=request.get("ActionsSuppressor"),
        actions_suppressor_wait_period=request.get("ActionsSuppressorWaitPeriod"),
        actions_suppressor_extension_period=request.get("ActionsSuppressorExtensionPeriod"),
        actions_enabled=request.get("ActionsEnabled"),
    )
    return CompositeAlarm(alarm_name=request["AlarmName"], alarm_rule=request["AlarmRule"], **optional)


def read_alarm_state(request: Raw) -> SetAlarmState:
    """Return the state that SetAlarmState asks for."""
    return SetAlarmState(
        alarm_name=request["AlarmName"],
        state_value=request["StateValue"],
        state_reason=request["StateReason"],
        state_reason_data=_reason_data(request.get("StateReasonData")),
    )


def _reason_data(text: str | None) -> Raw:
    """Return the JSON that an alarm is set with; nothing for what is none."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
