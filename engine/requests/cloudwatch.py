"""What PutMetricAlarm and PutCompositeAlarm create, and what a metric can be asked (spec cloudwatch 1, 7, 9).

Plain values; the decision lives in `decision`, the reading of metrics in `evaluation`.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.bounds import Bounded, bounded
from engine.errors import Wrong

AlarmState = Literal["OK", "ALARM", "INSUFFICIENT_DATA"]
TreatMissingData = Literal["missing", "ignore", "breaching", "notBreaching"]
ComparisonOperator = Literal[
    "GreaterThanOrEqualToThreshold",
    "GreaterThanThreshold",
    "LessThanThreshold",
    "LessThanOrEqualToThreshold",
]
COMPARISONS: Mapping[ComparisonOperator, Callable[[float, float], bool]] = {
    "GreaterThanOrEqualToThreshold": operator.ge,
    "GreaterThanThreshold": operator.gt,
    "LessThanThreshold": operator.lt,
    "LessThanOrEqualToThreshold": operator.le,
}
"""Is a value on that side of the threshold?"""
Dimensions = tuple[tuple[str, str], ...]
"""Name and value of each dimension, sorted by name."""


@dataclass(frozen=True, slots=True)
class Datapoint:
    """One statistic of one period."""

    value: float
    sample_count: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricStat(Bounded):
    """One question to a metric: which one, which statistic, over which period."""

    namespace: str
    metric_name: str
    dimensions: Dimensions = ()
    period: int = bounded(60, low=1, high=604_800)
    """Seconds."""
    stat: str = "Sum"
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricDataQuery:
    """One line of a metric math alarm: a metric or an expression over other lines."""

    id: str
    metric_stat: MetricStat | None = None
    expression: str | None = None
    period: int | None = None
    return_data: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricAlarm(Bounded):
    """A PutMetricAlarm request with its defaults filled in."""

    alarm_name: str
    metric: MetricStat | None = None
    """None for a metric math alarm."""
    metrics: tuple[MetricDataQuery, ...] = ()
    evaluation_periods: int = bounded(1, low=1)
    """N."""
    datapoints_to_alarm: int | None = bounded(None, low=1)
    """M; None means M = N, and then DescribeAlarms does not return it."""
    threshold: float = 0.0
    comparison_operator: ComparisonOperator = "GreaterThanOrEqualToThreshold"
    treat_missing_data: TreatMissingData = "missing"
    evaluate_low_sample_count_percentile: Literal["evaluate", "ignore"] = "evaluate"
    alarm_actions: tuple[str, ...] = ()
    """ARNs; only scaling policies do anything in a run (spec inference 1.7)."""
    actions_enabled: bool = True

    def wrongs(self) -> Iterator[Wrong]:
        """Yield also what holds between fields: M <= N, one metric or several queries."""
        yield from super(MetricAlarm, self).wrongs()
        if self.m > self.evaluation_periods:
            yield Wrong("datapoints_to_alarm", f"must be at most evaluation_periods ({self.evaluation_periods})")
        if (self.metric is None) == (not self.metrics):
            yield Wrong("metric", "must be given, or metrics, and not both")

    @property
    def stats(self) -> tuple[MetricStat, ...]:
        """The metrics that it reads."""
        queried = (query.metric_stat for query in self.metrics)
        return tuple(stat for stat in (self.metric, *queried) if stat is not None)

    @property
    def m(self) -> int:
        """Datapoints that must breach."""
        return self.evaluation_periods if self.datapoints_to_alarm is None else self.datapoints_to_alarm

    @property
    def period(self) -> int:
        """Seconds of one datapoint; the queries of a metric math alarm all share one (spec cloudwatch 7)."""
        if self.metric is not None:
            return self.metric.period
        return next((q.metric_stat.period for q in self.metrics if q.metric_stat), 60)

    def breaches(self, value: float) -> bool:
        """Is `value` on the wrong side of the threshold?"""
        return COMPARISONS[self.comparison_operator](value, self.threshold)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAlarmState:
    """Put an alarm into a state until its next evaluation (spec cloudwatch 6); the way to stop an update by hand."""

    alarm_name: str
    state_value: AlarmState
    state_reason: str
    state_reason_data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositeAlarm:
    """A PutCompositeAlarm request."""

    alarm_name: str
    alarm_rule: str
    actions_suppressor: str | None = None
    actions_suppressor_wait_period: int = 60
    actions_suppressor_extension_period: int = 60
    actions_enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteAlarms:
    """Delete alarms of either kind (spec cloudwatch 6, 9)."""

    alarm_names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnableAlarmActions:
    """Let alarms act again (spec cloudwatch 6)."""

    alarm_names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisableAlarmActions:
    """Let alarms change their states and do nothing (spec cloudwatch 6); a rollback looks at the states alone."""

    alarm_names: tuple[str, ...]
