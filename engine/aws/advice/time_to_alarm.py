"""How long an alarm takes to notice a new fleet that fails every request (spec sagemaker 4.1; labs 6).

It follows the evaluation clock of `engine.cloudwatch`, so that the advice and a run agree.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import product

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


@dataclass(frozen=True, slots=True)
class TimeToAlarm:
    """How many seconds after the first bad request an alarm fires, over everything that is left to chance."""

    seconds: tuple[float, ...]
    """One for each equally likely case, ascending; infinite where the alarm never fires in the time looked at."""

    @property
    def least(self) -> float:
        """In the luckiest case."""
        return self.seconds[0]

    @property
    def most(self) -> float:
        """In the unluckiest case."""
        return self.seconds[-1]

    def chance(self, within_s: float) -> float:
        """Return the share of cases in which it fires within so many seconds."""
        return bisect_right(self.seconds, within_s) / len(self.seconds)


def time_to_alarm(alarm: MetricAlarm, timing: Timing, *, within_s: float, new_fleet_only: bool) -> TimeToAlarm:
    """Return how long an alarm takes where every request fails from some second of a minute on.

    Left to chance are the delay of the metrics, the second at which the alarm is evaluated, and the second of a minute
    at which green gets its first request.
    """
    if (alarm.m - 1) * alarm.period > within_s:
        return TimeToAlarm((math.inf,))
    n = min(alarm.evaluation_periods, alarm.m + math.ceil(within_s / alarm.period) + 1)
    single = MetricStat(namespace="", metric_name="", period=alarm.period, stat="Sum")
    short = replace(alarm, metric=single, metrics=(), evaluation_periods=n, datapoints_to_alarm=alarm.m)
    phases = [(k + 0.5) * MINUTE_S / CASES for k in range(CASES)]
    fired = _minutely(short, timing, within_s, new_fleet_only) if alarm.period >= MINUTE_S else ()
    found = fired or _often(short, timing, within_s, new_fleet_only)
    seconds = sorted(now - phase for now in found for phase in phases)
    return TimeToAlarm(tuple(each if each <= within_s + MINUTE_S else math.inf for each in seconds))


def _minutely(alarm: MetricAlarm, timing: Timing, within_s: float, new_fleet_only: bool) -> tuple[float, ...]:
    """Return when an alarm fires that is evaluated once a minute, counted from the minute with the first bad request.

    Which minutes it can see then hangs on one number only, by how many whole minutes they are late.
    """
    by_lag: dict[int, float] = {}
    cases = []
    for delay_s, second in product(_delays(timing), _seconds(timing)):
        lag = int((second - delay_s) // MINUTE_S)
        if lag not in by_lag:
            by_lag[lag] = _fires_at(alarm, timing, delay_s, second, within_s, new_fleet_only) - second
        cases.append(by_lag[lag] + second)
    return tuple(cases)


def _often(alarm: MetricAlarm, timing: Timing, within_s: float, new_fleet_only: bool) -> tuple[float, ...]:
    """Return the same for an alarm that is evaluated every ten seconds, in a few cases only."""
    delays = _delays(timing)
    few = delays[:: max(1, len(delays) // FEW)]
    return tuple(_fires_at(alarm, timing, delay_s, 0.0, within_s, new_fleet_only) for delay_s in few)


def _fires_at(
    alarm: MetricAlarm, timing: Timing, delay_s: float, second: float, within_s: float, new_fleet_only: bool
) -> float:
    from engine.cloudwatch.evaluation import evaluate

    source, tick = _AllBad(alarm, delay_s, not new_fleet_only), 10 if alarm.period < MINUTE_S else MINUTE_S
    for moment in range(MINUTE_S, math.ceil(within_s) + 2 * MINUTE_S + 1, tick):
        now = moment + second % tick
        if evaluate(alarm, source, now, "OK", range_extra=timing.evaluation_range_extra).state == "ALARM":
            return now
    return math.inf


MINUTE_S = 60
CASES = 12
"""Values of each thing that is left to chance: every five seconds of a minute."""
FEW = 4
"""Delays tried where an alarm is evaluated six times as often."""


def _delays(timing: Timing) -> tuple[float, ...]:
    """Return delays of the metrics that are equally likely."""
    if not timing.metric_delay_jitter:
        return (timing.metric_delay_s,)
    sides = ((2 * k + 1) / CASES - 1 for k in range(CASES))
    return tuple(timing.metric_delay_s * (1 + timing.metric_delay_jitter * side) for side in sides)


def _seconds(timing: Timing) -> tuple[float, ...]:
    """Return seconds of a minute at which the alarm may be evaluated."""
    if timing.evaluation_second is not None:
        return (timing.evaluation_second,)
    return tuple(MINUTE_S * k / CASES for k in range(CASES))
