"""How long an alarm takes to notice a new fleet that fails every request (spec sagemaker 4.1; labs 6).

It follows the evaluation clock of `engine.cloudwatch`, so that the advice and a run agree.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from engine.requests.cloudwatch import Datapoint, MetricAlarm, MetricStat
from engine.timing import Timing


@dataclass(frozen=True, slots=True)
class _AllBad:
    """A metric that is bad from minute 0 on; before it there is nothing, or the old fleet's good points."""

    alarm: MetricAlarm
    delay_s: float
    before: bool

    def datapoint(self, query: MetricStat, start: float, now: float) -> Datapoint | None:
        """Return a breaching point for a period in which a bad minute is visible."""
        visible = int((now - self.delay_s) // 60)
        first, last = -int(-start // 60), min(-int(-(start + query.period) // 60), visible)
        if last <= first:
            return None
        if last > 0:
            return Datapoint(self._value(bad=True), math.inf)
        return Datapoint(self._value(bad=False), math.inf) if self.before else None

    def _value(self, *, bad: bool) -> float:
        above = self.alarm.comparison_operator.startswith("Greater")
        return self.alarm.threshold + (1 if above == bad else -1)


def detection(alarm: MetricAlarm, timing: Timing, *, within_s: float, new_fleet_only: bool) -> tuple[float, float]:
    """Return the least and most seconds from the first bad request to ALARM, infinite beyond `within_s`."""
    from engine.cloudwatch.evaluation import evaluate

    if (alarm.m - 1) * alarm.period > within_s:
        return math.inf, math.inf
    n = min(alarm.evaluation_periods, alarm.m + math.ceil(within_s / alarm.period) + 1)
    single = MetricStat(namespace="", metric_name="", period=alarm.period, stat="Sum")
    short = replace(alarm, metric=single, metrics=(), evaluation_periods=n, datapoints_to_alarm=alarm.m)
    source = _AllBad(short, timing.metric_delay_s, before=not new_fleet_only)
    tick = 10 if alarm.period < 60 else 60
    for moment in range(60, math.ceil(within_s) + 121, tick):
        now = moment + timing.evaluation_second % tick
        seen = evaluate(short, source, now, "OK", range_extra=timing.evaluation_range_extra)
        if seen.state == "ALARM":
            return now - 60, now
    return math.inf, math.inf
