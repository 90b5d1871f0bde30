"""What a step of a plan may depend on: the state of an alarm or the value of a metric at that moment.

AWS has no such request. There one builds it from a timer that starts a function, or from a state machine with a
choice, which asks DescribeAlarms or GetMetricData and then sends the request or not.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.requests.cloudwatch import COMPARISONS, AlarmState, ComparisonOperator, MetricStat

LOOKED_BACK_S = 300
"""How far a condition on a metric looks for data: metrics are visible after two minutes and a half at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmIs:
    """Is an alarm in this state?"""

    alarm_name: str
    state_value: AlarmState

    @property
    def say(self) -> str:
        """The condition as part of a sentence."""
        return f"{self.alarm_name} is {self.state_value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricIs:
    """Is the newest value of a metric on that side of the threshold? Without any data it is not."""

    metric_stat: MetricStat
    comparison_operator: ComparisonOperator
    threshold: float

    def holds(self, value: float | None) -> bool:
        """Is this value on that side?"""
        return value is not None and COMPARISONS[self.comparison_operator](value, self.threshold)

    @property
    def say(self) -> str:
        """The condition as part of a sentence."""
        stat = self.metric_stat
        return f"{stat.stat} of {stat.metric_name} is {self.comparison_operator} {self.threshold:g}"


@dataclass(frozen=True, slots=True)
class When:
    """A condition, and whether it must hold or must not."""

    condition: AlarmIs | MetricIs
    holds: bool = True
    """False for `Unless`."""

    def excludes(self, other: When | None) -> bool:
        """Can only one of two steps of the same moment be sent?"""
        return other is not None and other.condition == self.condition and other.holds != self.holds
