"""What a fleet publishes over a minute: from its totals to the samples of a metric, and to a statistic of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.metrics.minute import MinuteTotals, Spread
from engine.statistics import Statistic

Floats = npt.NDArray[np.float64]
MICROSECONDS = 1e6
StatisticSet = tuple[float, float, float, float]
"""Of some samples: how many, their sum, the least and the most. A plain tuple, since thousands are made in a run."""
NONE: StatisticSet = (0, 0.0, float("inf"), float("-inf"))
"""Of a metric that these instances do not publish."""


class Samples(ABC):
    """What a fleet publishes over one minute."""

    __slots__ = ()

    @abstractmethod
    def totals(self, minute: MinuteTotals) -> StatisticSet:
        """Return the statistic set of the samples."""

    @abstractmethod
    def values(self, minute: MinuteTotals) -> Floats | None:
        """Return every sample, ascending, or None where they are not kept."""


@dataclass(frozen=True, slots=True)
class Requests(Samples):
    """Each request contributes the same."""

    each: Callable[[MinuteTotals], float]

    def totals(self, minute: MinuteTotals) -> StatisticSet:
        """Return the statistic set of the samples."""
        n = minute.count
        if not n:
            return NONE
        each = self.each(minute)
        return n, n * each, float(each), float(each)

    def values(self, minute: MinuteTotals) -> Floats:
        """Return every sample."""
        return np.full(minute.count, float(self.each(minute)))


@dataclass(frozen=True, slots=True)
class Failures(Samples):
    """Each request contributes 1 if it failed and 0 if not, so that Average is the error rate."""

    count: Callable[[MinuteTotals], int]

    def totals(self, minute: MinuteTotals) -> StatisticSet:
        """Return the statistic set of the samples."""
        failed, n = self.count(minute), minute.count
        return (n, failed, float(failed == n), float(failed > 0)) if n else NONE

    def values(self, minute: MinuteTotals) -> Floats:
        """Return every sample, ascending."""
        failed = self.count(minute)
        return np.repeat([0.0, 1.0], [minute.count - failed, failed])


@dataclass(frozen=True, slots=True)
class Latency(Samples):
    """Each request that a model saw contributes its own."""

    spread: Callable[[MinuteTotals], Spread]

    def totals(self, minute: MinuteTotals) -> StatisticSet:
        """Return the statistic set of the samples."""
        total, least, most, _ = self.spread(minute)
        n = minute.count - minute.throttled
        return n, total * MICROSECONDS, least * MICROSECONDS, most * MICROSECONDS

    def values(self, minute: MinuteTotals) -> Floats | None:
        """Return every sample, ascending, or None where they are not kept."""
        ordered = self.spread(minute).ordered
        return None if ordered is None else ordered * MICROSECONDS


@dataclass(frozen=True, slots=True)
class Gauge(Samples):
    """One sample per instance, of something in which the instances of a fleet are alike here."""

    value: Callable[[MinuteTotals], float | None]

    def totals(self, minute: MinuteTotals) -> StatisticSet:
        """Return the statistic set of the samples."""
        value, n = self.value(minute), minute.instances
        return NONE if value is None else (n, value * n, value, value)

    def values(self, minute: MinuteTotals) -> Floats | None:
        """Return every sample, or None where there are none."""
        value = self.value(minute)
        return None if value is None else np.full(minute.instances, value)


class Memory(Samples):
    """One sample per instance; a leak fills the instance that answers most before the others."""

    def totals(self, minute: MinuteTotals) -> StatisticSet:
        """Return the statistic set of the samples."""
        each = minute.memory_percents
        return (len(each), float(np.add.reduce(each)), float(each[0]), float(each[-1])) if len(each) else NONE

    def values(self, minute: MinuteTotals) -> Floats:
        """Return every sample, ascending."""
        return minute.memory_percents


@dataclass(frozen=True, slots=True)
class Sampled(Samples):
    """Samples that only one kind of fleet has."""

    name: str

    def totals(self, minute: MinuteTotals) -> StatisticSet:
        """Return the statistic set of the samples."""
        column = minute.columns.get(self.name)
        return NONE if column is None else column[:4]

    def values(self, minute: MinuteTotals) -> Floats | None:
        """Return every sample, ascending, or None where there are none or they are not kept."""
        column = minute.columns.get(self.name)
        return None if column is None else column.ordered


class Nothing(Samples):
    """No sample: the metric is published more often than once a minute."""

    def totals(self, minute: MinuteTotals) -> StatisticSet:
        """Return the statistic set of no samples."""
        return NONE

    def values(self, minute: MinuteTotals) -> None:
        """Return nothing."""


def together(one: StatisticSet, other: StatisticSet) -> StatisticSet:
    """Return the statistic set of the samples of both."""
    return one[0] + other[0], one[1] + other[1], min(one[2], other[2]), max(one[3], other[3])


def statistic_of_values(parts: Sequence[Floats | None], statistic: Statistic) -> tuple[float, float] | None:
    """Return the statistic over all values and how many they are, or None without any."""
    values = [part for part in parts if part is not None and len(part)]
    if not values:
        return None
    ordered = values[0] if len(values) == 1 else np.sort(np.concatenate(values))
    return statistic.of(ordered), len(ordered)
