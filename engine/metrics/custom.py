"""Metrics that somebody publishes with PutMetricData, as they may be read (spec cloudwatch 5).

Every set of dimensions is a metric of its own, and so is every unit. What was put is kept as it came: none of it is
rolled up, so that each statistic of any period is exact.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import attrgetter

import numpy as np

from engine.metrics.samples import NONE, StatisticSet, together
from engine.requests.cloudwatch import Datapoint, Dimensions, MetricStat
from engine.statistics import Ranged, Statistic, parse_statistic

NEW_S = 120.0
"""A metric of which nothing was known takes up to two minutes until its statistics can be read; later data can be at
once. Alarms do not wait for it: in LocalStack's test_put_metric_alarm, which was validated against AWS, an alarm of 30
seconds over a new metric goes to ALARM, and it does not look back as far."""
LISTED_S = 900.0
"""It takes up to fifteen minutes until ListMetrics has it."""
LATE = ((3 * 3600.0, 2 * 3600.0), (24 * 3600.0, 48 * 3600.0))
"""Data from so long ago takes so much longer, in seconds: AWS says "up to" and "at least"."""
MOST_VALUES = 1_000_000
"""Of more samples a percentile is taken of as many in the same proportions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Datum:
    """What a call said of one metric at one time."""

    at: float
    """Seconds of the run, floored to what is stored: whole minutes, or seconds of high resolution."""
    unit: str = "None"
    totals: StatisticSet
    values: tuple[tuple[float, float], ...] = ()
    """Each value with how often it was seen; none where only totals were put."""
    visible: float
    """From when on it may be read."""


@dataclass(frozen=True, slots=True)
class Key:
    """One metric."""

    namespace: str
    name: str
    dimensions: Dimensions


@dataclass(slots=True)
class _Published:
    """All of one metric."""

    first: float
    """When it was first put."""
    units: dict[str, list[Datum]] = field(default_factory=dict)
    """By unit, each in the order of time."""


class CustomMetrics:
    """What was put so far; a `MetricSource`."""

    def __init__(self) -> None:
        self._metrics: dict[Key, _Published] = {}

    def put(
        self,
        key: Key,
        at: float,
        totals: StatisticSet,
        values: Mapping[float, float],
        *,
        now: float,
        unit: str = "None",
        every_s: int = 60,
    ) -> None:
        """Take in samples of a metric: their totals, and how often each value was seen where that is known.

        All `values` there are, or none of them; `every_s` is the StorageResolution, 60 or 1.
        """
        published = self._metrics.setdefault(key, _Published(now))
        late = next((late for age, late in reversed(LATE) if now - at >= age), 0.0)
        datum = Datum(
            at=at // every_s * every_s, unit=unit, totals=totals, values=tuple(values.items()), visible=now + late
        )
        insort(published.units.setdefault(unit, []), datum, key=attrgetter("at"))

    def datapoints(self, query: MetricStat, starts: Sequence[float], now: float) -> list[Datapoint | None]:
        """Return for each start the statistic over [start, start + period) as visible at `now`; None without data.

        Without a unit the first one is taken that has data, by name.
        """
        if Key(query.namespace, query.metric_name, query.dimensions) not in self._metrics:
            return [None] * len(starts)
        statistic = parse_statistic(query.stat)
        found = (self._seen(query, start, now) for start in starts)
        return [_datapoint(seen, statistic) if seen else None for seen in found]

    @property
    def begins(self) -> float:
        """When the oldest data is from; 0 without any before the run."""
        oldest = (data[0].at for published in self._metrics.values() for data in published.units.values())
        return min(oldest, default=0.0)

    def is_new(self, query: MetricStat, now: float) -> bool:
        """Is it too early to read statistics of this metric? Alarms see it all the same."""
        published = self._metrics.get(Key(query.namespace, query.metric_name, query.dimensions))
        return published is not None and now < published.first + NEW_S

    def units(self, query: MetricStat, start: float, now: float) -> tuple[str, ...]:
        """Return the units of which the period from `start` on has data to be read, sorted by name."""
        return () if self.is_new(query, now) else self._units(query, start, now)

    def _units(self, query: MetricStat, start: float, now: float) -> tuple[str, ...]:
        published = self._metrics.get(Key(query.namespace, query.metric_name, query.dimensions))
        asked = sorted(published.units) if published and query.unit is None else [query.unit or ""]
        return tuple(unit for unit in asked if self._of_unit(query, unit, start, now))

    def listed(self, now: float, back_s: float | None = None) -> Iterator[Key]:
        """Yield the metrics that ListMetrics knows, of those with data in the newest seconds if `back_s` says so."""
        for key, published in self._metrics.items():
            newest = max(data[-1].at for data in published.units.values())
            if now >= published.first + LISTED_S and (back_s is None or newest >= now - back_s):
                yield key

    def _seen(self, query: MetricStat, start: float, now: float) -> list[Datum]:
        units = self._units(query, start, now)
        return self._of_unit(query, units[0], start, now) if units else []

    def _of_unit(self, query: MetricStat, unit: str, start: float, now: float) -> list[Datum]:
        published = self._metrics.get(Key(query.namespace, query.metric_name, query.dimensions))
        if published is None or unit not in published.units:
            return []
        data = published.units[unit]
        begin, end = (bisect_left(data, at, key=attrgetter("at")) for at in (start, start + query.period))
        return [datum for datum in data[begin:end] if datum.visible <= now]


def _datapoint(data: Sequence[Datum], statistic: Statistic) -> Datapoint | None:
    """Return a statistic of some data; None for one that needs the values where they are not known or below zero."""
    totals = reduce(together, (datum.totals for datum in data), NONE)
    if not totals[0]:
        return None
    if not statistic.needs_values:
        return Datapoint(float(statistic.of_totals(*totals)), float(totals[0]))
    if totals[2] < 0 or not all(datum.values for datum in data):
        return None
    counted: dict[float, float] = {}
    for datum in data:
        for value, count in datum.values:
            counted[value] = counted.get(value, 0.0) + count
    share = min(1.0, MOST_VALUES / totals[0])
    times = [max(1, round(count * share)) for count in counted.values()]
    value = statistic.of(np.sort(np.repeat(np.array(list(counted)), times)))
    if isinstance(statistic, Ranged) and statistic.family in ("TC", "TS"):
        value *= totals[0] / sum(times)
    return None if value != value else Datapoint(float(value), float(totals[0]))
