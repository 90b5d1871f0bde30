"""One look of an alarm at its metric: which points it reads, at which moment, and what it makes of them.

`now` and all times are seconds from the start of the run, whose second 0 is a whole minute of the clock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from engine.cloudwatch.decision import Decision, decide
from engine.cloudwatch.math import series as metric_math
from engine.cloudwatch.ports import MetricSource
from engine.requests.cloudwatch import COMPARISONS, AlarmState, Datapoint, MetricAlarm
from engine.statistics import low_sample_limit, parse_statistic

Slot = tuple[float, Datapoint | None]
"""The start of a period, and its point as visible at the time of the evaluation."""
DAY_S = 86_400
_ROUNDING_S = 1e-6
"""A clock that adds up seconds may stand a hair before the minute that it means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What an alarm saw and decided."""

    state: AlarmState
    previous: AlarmState
    alarm: MetricAlarm
    now: float
    slots: tuple[Slot, ...]
    """The evaluation range, oldest first; a NaN of the source counts as missing."""
    decision: Decision


def evaluate(
    alarm: MetricAlarm,
    source: MetricSource,
    now: float,
    previous: AlarmState,
    *,
    range_extra: int,
    too_recent: AlarmState = "OK",
    past_hour_s: float = 0.0,
) -> Evaluation:
    """Return the state of `alarm` at `now`.

    `range_extra` is how many periods beyond N it looks back: not published, 2 for N = 3 (spec cloudwatch 2).
    `past_hour_s` is how far into an hour of the clock the run starts.
    """
    starts = _starts(alarm, window_end(alarm, now, past_hour_s), range_extra)
    points = _points(alarm, source, starts, now)
    compare, threshold = COMPARISONS[alarm.comparison_operator], alarm.threshold
    decision = decide(
        [None if point is None else compare(point.value, threshold) for point in points],
        evaluation_periods=alarm.evaluation_periods,
        datapoints_to_alarm=alarm.m,
        treat_missing_data=alarm.treat_missing_data,
        previous=previous,
        too_recent=too_recent,
    )
    if alarm.evaluate_low_sample_count_percentile == "ignore" and _few_samples(alarm, points, decision):
        decision = replace(decision, state=previous, premature=False, rule="too-few-samples")
    return Evaluation(
        state=decision.state,
        previous=previous,
        alarm=alarm,
        now=now,
        slots=tuple(zip(starts, points, strict=True)),
        decision=decision,
    )


def evaluation_interval(alarm: MetricAlarm) -> Literal[10, 60, 3600]:
    """Return the seconds from one evaluation to the next (spec cloudwatch 1)."""
    if alarm.evaluation_periods * alarm.period > DAY_S:
        return 3600
    return 10 if alarm.period < 60 else 60


def window_end(alarm: MetricAlarm, now: float, past_hour_s: float = 0.0) -> float:
    """Return where the newest period ends: `now` floored to the minute, to 10 s or to the hour of the clock."""
    interval = evaluation_interval(alarm)
    return (now + past_hour_s + _ROUNDING_S) // interval * interval - past_hour_s


def _starts(alarm: MetricAlarm, end: float, range_extra: int) -> list[float]:
    period = alarm.period
    return [end - age * period for age in range(alarm.evaluation_periods + range_extra, 0, -1)]


def _points(alarm: MetricAlarm, source: MetricSource, starts: list[float], now: float) -> list[Datapoint | None]:
    metric = alarm.metric
    if metric is None:
        return metric_math.datapoints(alarm.metrics, source, starts, now)
    points = source.datapoints(metric, starts, now)
    return [None if point is None or point.value != point.value else point for point in points]


def _few_samples(alarm: MetricAlarm, points: list[Datapoint | None], decision: Decision) -> bool:
    """Do the evaluated points rest on too few samples for their percentile?

    AWS counts them "during the evaluation period"; we read that as all evaluated points together. No sample
    at all is missing data, which TreatMissingData decides.
    """
    limit = low_sample_limit(parse_statistic(alarm.metric.stat)) if alarm.metric else None
    if limit is None or not decision.decided_by:
        return False
    samples = sum(point.sample_count for place in decision.decided_by if (point := points[place]))
    return samples < limit
