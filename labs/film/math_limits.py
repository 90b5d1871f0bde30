"""Where the threshold of a metric math alarm lies: its own expression, solved for what a fleet's minutes show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isclose

from engine.cloudwatch.math.calculation import Calculation
from engine.cloudwatch.math.syntax import MathError
from engine.requests.cloudwatch import Datapoint, MetricAlarm, MetricStat
from labs.film.fleets import Minutes

PROBE = 1000.0
"""Requests in a minute, to see whether an expression can be solved at all."""
Drawn = Callable[[MetricStat], bool]


@dataclass(frozen=True, slots=True)
class _Given:
    """A source of metrics in which every one has the value that it is given."""

    values: Mapping[MetricStat, float]

    def datapoints(self, query: MetricStat, starts: Sequence[float], now: float) -> list[Datapoint | None]:
        """Return its value, whatever the time."""
        return [Datapoint(self.values[query], 1.0) for _ in starts]


def math_level(alarm: MetricAlarm, drawn: Drawn, requests: Minutes) -> float | Minutes | None:
    """Return the height at which the expression meets the threshold, for each minute where it depends on `requests`.

    Heights are in the unit of the metrics for which `drawn` holds, sums in a minute. None where there is no such line:
    the expression is not straight in them, counts them differently, or is about something else as well.
    """
    stats = [query.metric_stat for query in alarm.metrics if query.metric_stat]
    counted = [stat for stat in stats if not drawn(stat)]
    if not all(stat.metric_name == "Invocations" and stat.stat == "Sum" for stat in counted):
        return None
    probed = _solved(alarm, drawn, PROBE)
    if probed is None or not counted:
        return probed
    return tuple(None if count is None else _solved(alarm, drawn, count) for count in requests)


def _solved(alarm: MetricAlarm, drawn: Drawn, requests: float) -> float | None:
    """Return where the expression meets the threshold in a minute with so many requests; None where it does nowhere."""
    stats = [query.metric_stat for query in alarm.metrics if query.metric_stat]

    def value(of: MetricStat | None = None, amount: float = 0.0) -> float:
        given = {stat: (amount if stat == of else 0.0) if drawn(stat) else requests for stat in stats}
        return _value(alarm, {stat: each * _share(stat) for stat, each in given.items()})

    try:
        base = value()
        slopes = [value(stat, 1.0) - base for stat in stats if drawn(stat)]
        straight = all(
            isclose(value(stat, 10.0) - base, 10 * slope, rel_tol=1e-6)
            for stat, slope in zip(filter(drawn, stats), slopes, strict=True)
        )
    except MathError:
        return None
    if not slopes or not slopes[0] or not straight or not all(isclose(slope, slopes[0]) for slope in slopes):
        return None
    return (alarm.threshold - base) / slopes[0]


def _value(alarm: MetricAlarm, values: Mapping[MetricStat, float]) -> float:
    """Return what the alarm watches; MathError where that is no number."""
    returned = next(query.id for query in alarm.metrics if query.return_data)
    found = Calculation(alarm.metrics, _Given(values), [0.0], 0.0).of(returned)
    number = found[0] if isinstance(found, list) else None
    if number is None:
        raise MathError(f"{returned} is no number here")
    return number


def _share(stat: MetricStat) -> float:
    """Return how much of a period's sum falls into a minute, turned around; other statistics do not grow with time."""
    return stat.period / 60 if stat.stat == "Sum" else 1.0
