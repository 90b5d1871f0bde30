"""How long an alarm takes to notice a new fleet that fails every request (spec sagemaker 4.1; labs 6).

It follows the evaluation clock of `engine.cloudwatch`, so that the advice and a run agree.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product

from engine.requests.cloudwatch import Datapoint, MetricAlarm, MetricStat
from engine.timing import Timing


@dataclass(frozen=True, slots=True)
class _AllBad:
    """A metric that is bad from minute 0 on; before it there is nothing, or the old fleet's good points."""

    alarm: MetricAlarm
    visible: int
    """The first minute that cannot be seen yet."""
    before: bool

    def datapoints(self, query: MetricStat, starts: Sequence[float], now: float) -> list[Datapoint | None]:
        """Return a breaching point for each period in which a bad minute is visible."""
        return [self._datapoint(query, start) for start in starts]

    def _datapoint(self, query: MetricStat, start: float) -> Datapoint | None:
        first, last = -int(-start // MINUTE_S), min(-int(-(start + query.period) // MINUTE_S), self.visible)
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

    @property
    def never(self) -> float:
        """The share of cases in which it does not fire in the time looked at."""
        return 1 - bisect_left(self.seconds, math.inf) / len(self.seconds)

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
    tick = TICK_S if alarm.period < MINUTE_S else MINUTE_S
    clock = _Clock(_shortened(alarm, within_s), tick, within_s, not new_fleet_only, timing.evaluation_range_extra)
    phases = [(k + 0.5) * MINUTE_S / CASES for k in range(CASES)]
    fired = [clock.fires(second, delay_s) for delay_s, second in product(_delays(timing), _seconds(timing, tick))]
    seconds = sorted(now - phase for now in fired for phase in phases)
    return TimeToAlarm(tuple(each if each <= within_s + MINUTE_S else math.inf for each in seconds))


def _shortened(alarm: MetricAlarm, within_s: float) -> MetricAlarm:
    """Return the alarm on one metric, looking back no further than can matter."""
    n = min(alarm.evaluation_periods, alarm.m + math.ceil(within_s / alarm.period) + 1)
    single = MetricStat(namespace="", metric_name="", period=alarm.period, stat="Sum")
    return replace(alarm, metric=single, metrics=(), evaluation_periods=n, datapoints_to_alarm=alarm.m)


class _Clock:
    """The evaluations of one alarm. What one of them sees hangs on two whole numbers only, its tick and how many
    minutes are visible, so each is worked out once, whatever the second and the delay."""

    def __init__(self, alarm: MetricAlarm, tick: int, within_s: float, before: bool, range_extra: int) -> None:
        self._alarm = alarm
        self._tick = tick
        self._last = math.ceil((within_s + 2 * MINUTE_S) / self._tick)
        self._before = before
        self._range_extra = range_extra
        self._first = cache(self._first_in_alarm)
        self._seen = cache(self._in_alarm)

    def fires(self, second: float, delay_s: float) -> float:
        """Return when the alarm fires that is evaluated at that second of a tick and reads metrics that are so late,
        counted from the minute with the first bad request."""
        return self._first(int((second - delay_s) // self._tick)) + second

    def _first_in_alarm(self, lag: int) -> float:
        """Return the start of the first tick whose evaluation is in ALARM, where metrics lag by so many ticks."""
        minute = MINUTE_S // self._tick
        ticks = range(self._earliest(), self._last + 1)
        return next((tick for tick in ticks if self._seen(tick, (tick + lag) // minute)), math.inf) * self._tick

    def _earliest(self) -> int:
        """Return the first tick at which it can be in ALARM: nothing but `breaching` stands in for M bad periods."""
        filled = self._alarm.treat_missing_data == "breaching"
        begun_s = 0 if filled else (self._alarm.m - 1) * self._alarm.period
        return max(MINUTE_S, begun_s) // self._tick

    def _in_alarm(self, tick: int, visible: int) -> bool:
        """Is the alarm in ALARM at that tick, with minutes to be seen up to that one?"""
        from engine.cloudwatch.evaluation import evaluate

        source = _AllBad(self._alarm, visible, self._before)
        seen = evaluate(self._alarm, source, tick * self._tick, "OK", range_extra=self._range_extra)
        return seen.state == "ALARM"


MINUTE_S = 60
CASES = 12
"""Values of each thing that is left to chance: every five seconds of a minute."""
TICK_S = 10
"""From one evaluation to the next where a period is shorter than a minute (spec cloudwatch 1)."""


def _delays(timing: Timing) -> tuple[float, ...]:
    """Return delays of the metrics that are equally likely."""
    if not timing.metric_delay_jitter:
        return (timing.metric_delay_s,)
    sides = ((2 * k + 1) / CASES - 1 for k in range(CASES))
    return tuple(timing.metric_delay_s * (1 + timing.metric_delay_jitter * side) for side in sides)


def _seconds(timing: Timing, tick: int) -> Sequence[float]:
    """Return seconds of a tick at which the alarm may be evaluated."""
    if timing.evaluation_second is not None:
        return [timing.evaluation_second % tick]
    return range(0, tick, max(1, tick // CASES))
