"""Alarms written back as PutMetricAlarm and PutCompositeAlarm requests."""

from __future__ import annotations

import json

from engine.requests.cloudwatch import (
    CompositeAlarm,
    Dimensions,
    MetricAlarm,
    MetricDataQuery,
    MetricStat,
    SetAlarmState,
)
from engine.requests.conditions import AlarmIs, MetricIs
from engine.requests.fields import Written, present

SIMPLE = ("SampleCount", "Average", "Sum", "Minimum", "Maximum")
"""What Statistic may be; all else is an ExtendedStatistic."""

DEFAULT_WAIT_S = 60
"""What CompositeAlarm has for both waits."""


def write_metric_alarm(value: MetricAlarm) -> Written:
    """Return the PutMetricAlarm request."""
    low = value.evaluate_low_sample_count_percentile
    return present(
        AlarmName=value.alarm_name,
        **(_own_metric(value.metric) if value.metric else {"Metrics": [_query(each) for each in value.metrics]}),
        EvaluationPeriods=value.evaluation_periods,
        DatapointsToAlarm=value.datapoints_to_alarm,
        Threshold=value.threshold,
        ComparisonOperator=value.comparison_operator,
        TreatMissingData=value.treat_missing_data if value.treat_missing_data != "missing" else None,
        EvaluateLowSampleCountPercentile=low if low != "evaluate" else None,
        AlarmActions=list(value.alarm_actions) or None,
        ActionsEnabled=None if value.actions_enabled else False,
    )


def write_composite_alarm(value: CompositeAlarm) -> Written:
    """Return the PutCompositeAlarm request."""
    return present(
        AlarmName=value.alarm_name,
        AlarmRule=value.alarm_rule,
        ActionsSuppressor=value.actions_suppressor,
        ActionsSuppressorWaitPeriod=_unless_default(value, value.actions_suppressor_wait_period),
        ActionsSuppressorExtensionPeriod=_unless_default(value, value.actions_suppressor_extension_period),
        ActionsEnabled=None if value.actions_enabled else False,
    )


def write_alarm_state(value: SetAlarmState) -> Written:
    """Return the SetAlarmState request."""
    data = json.dumps(value.state_reason_data) if value.state_reason_data else None
    return present(
        AlarmName=value.alarm_name,
        StateValue=value.state_value,
        StateReason=value.state_reason,
        StateReasonData=data,
    )


def write_condition(value: AlarmIs | MetricIs) -> Written:
    """Return what a step depends on."""
    if isinstance(value, AlarmIs):
        return {"AlarmName": value.alarm_name, "StateValue": value.state_value}
    return {
        "MetricStat": _metric_stat(value.metric_stat),
        "ComparisonOperator": value.comparison_operator,
        "Threshold": value.threshold,
    }


def _unless_default(value: CompositeAlarm, wait_s: int) -> int | None:
    """Return the wait; None for the usual one of an alarm without a suppressor."""
    return None if value.actions_suppressor is None and wait_s == DEFAULT_WAIT_S else wait_s


def _own_metric(value: MetricStat) -> Written:
    return present(
        Namespace=value.namespace,
        MetricName=value.metric_name,
        Dimensions=write_dimensions(value.dimensions),
        **{"Statistic" if value.stat in SIMPLE else "ExtendedStatistic": value.stat},
        Period=value.period,
        Unit=value.unit,
    )


def write_dimensions(value: Dimensions) -> list[Written] | None:
    """Return dimensions as requests hold them; None for none."""
    return [{"Name": name, "Value": each} for name, each in value] or None


def _query(value: MetricDataQuery) -> Written:
    stat = value.metric_stat
    return present(
        Id=value.id,
        MetricStat=None if stat is None else _metric_stat(stat),
        Expression=value.expression,
        Period=value.period,
        ReturnData=value.return_data,
    )


def _metric_stat(value: MetricStat) -> Written:
    metric = present(
        Namespace=value.namespace, MetricName=value.metric_name, Dimensions=write_dimensions(value.dimensions)
    )
    return present(Metric=metric, Period=value.period, Stat=value.stat, Unit=value.unit)
