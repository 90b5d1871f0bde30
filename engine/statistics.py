"""The statistics that CloudWatch computes over the samples of one period (spec cloudwatch 4).

How AWS interpolates inside percentiles and trimmed statistics is not published. Here percentiles are linear
between ranks, as in numpy's default and most textbooks; trimmed statistics give each sample an equal share of
the ranks and cut through shares, which is what lets AWS's trimmed count be fractional.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import ClassVar, Literal

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]


class Statistic(ABC):
    """What to make of the samples of one period; get one from `parse_statistic`."""

    __slots__ = ()
    needs_values: ClassVar[bool] = True
    """Does it need every sample, not just count, sum, minimum and maximum?"""

    @abstractmethod
    def of(self, values_sorted: Values) -> float:
        """Return the statistic of at least one sample, ascending; NaN when none lies within fixed bounds."""

    def of_totals(self, count: float, total: float, minimum: float, maximum: float) -> float:
        """Return the statistic from totals alone; TypeError for one that needs the samples."""
        raise TypeError(f"{self} needs the samples themselves, not their totals")


SimpleName = Literal["SampleCount", "Sum", "Average", "Minimum", "Maximum"]


@dataclass(frozen=True, slots=True)
class Simple(Statistic):
    """One of the five that totals are enough for."""

    needs_values: ClassVar[bool] = False
    name: SimpleName

    def of(self, values_sorted: Values) -> float:
        """Return the statistic of the samples."""
        return self.of_totals(
            len(values_sorted), float(values_sorted.sum()), float(values_sorted[0]), float(values_sorted[-1])
        )

    def of_totals(self, count: float, total: float, minimum: float, maximum: float) -> float:
        """Return the statistic from the totals of a period with at least one sample."""
        match self.name:
            case "SampleCount":
                return count
            case "Sum":
                return total
            case "Average":
                return total / count
            case "Minimum":
                return minimum
            case "Maximum":
                return maximum

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Percentile(Statistic):
    """The value that so many percent of the samples do not exceed."""

    percent: Fraction

    def of(self, values_sorted: Values) -> float:
        """Return the percentile, linear between ranks."""
        return percentile(values_sorted, float(self.percent))

    def __str__(self) -> str:
        return f"p{float(self.percent):g}"


@dataclass(frozen=True, slots=True)
class Bounds:
    """A range of percents or of fixed values: above `low`, up to and including `high`; None is open."""

    low: float | None
    high: float | None
    percent: bool

    def cuts(self, values_sorted: Values) -> tuple[float, float]:
        """Return how many of the sorted samples lie up to each bound; a percent may cut through a sample."""
        n = len(values_sorted)
        if self.percent:
            return n * (self.low or 0.0) / 100, n * (100.0 if self.high is None else self.high) / 100
        low = 0 if self.low is None else np.searchsorted(values_sorted, self.low, side="right")
        high = n if self.high is None else np.searchsorted(values_sorted, self.high, side="right")
        return float(low), float(max(low, high))

    def limits(self, values_sorted: Values) -> tuple[float | None, float | None]:
        """Return the bounds as values of the metric."""
        if not self.percent:
            return self.low, self.high
        low = None if self.low is None else percentile(values_sorted, self.low)
        high = None if self.high is None else percentile(values_sorted, self.high)
        return low, high


Family = Literal["TM", "WM", "TC", "TS", "PR"]


@dataclass(frozen=True, slots=True)
class Ranged(Statistic):
    """Of the samples within bounds: TM mean, TC count, TS sum, WM winsorized mean, PR percentile rank."""

    family: Family
    bounds: Bounds

    def of(self, values_sorted: Values) -> float:
        """Return the statistic; TM and TS cut through a sample where a percent bound does."""
        low, high = self.bounds.cuts(values_sorted)
        match self.family:
            case "TC":
                return high - low
            case "PR":
                return 100 * (high - low) / len(values_sorted)
            case "WM":
                least, most = self.bounds.limits(values_sorted)
                inside = values_sorted if least is None and most is None else np.clip(values_sorted, least, most)
                return float(inside.mean())
            case "TS":
                return _sum_between(values_sorted, low, high)
            case "TM":
                return _sum_between(values_sorted, low, high) / (high - low) if high > low else float("nan")

    def __str__(self) -> str:
        sign = "%" if self.bounds.percent else ""
        low, high = ("" if end is None else f"{end:g}{sign}" for end in (self.bounds.low, self.bounds.high))
        return f"{self.family}({low}:{high})"


def percentile(values_sorted: Values, percent: float) -> float:
    """Return the percentile by our choice of method, linear between ranks; np.percentile takes 30 times as long."""
    rank = (len(values_sorted) - 1) * percent / 100
    below = int(rank)
    low = float(values_sorted[below])
    if below == rank:
        return low
    return low + (float(values_sorted[below + 1]) - low) * (rank - below)


def _sum_between(values_sorted: Values, low: float, high: float) -> float:
    """Return the sum of the samples between two cuts of the ranks; a cut may take part of a sample."""
    ends = np.arange(1, len(values_sorted) + 1, dtype=np.float64)
    shares = np.maximum(np.minimum(ends, high) - np.maximum(ends - 1, low), 0)
    return float(shares @ values_sorted)


_SIMPLE: tuple[SimpleName, ...] = ("SampleCount", "Sum", "Average", "Minimum", "Maximum")
_NUMBER = r"\d+(?:\.\d{1,10})?"
_ONE_NUMBER = re.compile(rf"(p|tm|wm|tc|ts)({_NUMBER})")
_BOUND = rf"-?{_NUMBER}%?"
_RANGE = re.compile(rf"(TM|WM|TC|TS|PR)\(({_BOUND})?:({_BOUND})?\)")


@lru_cache(maxsize=1024)
def parse_statistic(text: str) -> Statistic:
    """Return the statistic that `text` names, such as `Average`, `p99.9`, `tm90` or `TM(10%:90%)`.

    Raises ValueError, with AWS's sentence, for what CloudWatch refuses (spec cloudwatch 4).
    """
    for name in _SIMPLE:
        if text == name:
            return Simple(name)
    if text == "IQM":
        return Ranged("TM", Bounds(25.0, 75.0, percent=True))
    if one := _ONE_NUMBER.fullmatch(text):
        return _one_number(text, one[1], Fraction(one[2]))
    if two := _RANGE.fullmatch(text):
        return _range(text, two[1], two[2], two[3])
    raise _refused(text)


def _one_number(text: str, family: str, percent: Fraction) -> Statistic:
    if percent >= 101:
        raise _refused(text)
    percent = min(percent, Fraction(100))  # measured: p100.9999999 is accepted, p101 is not
    if family == "p":
        return Percentile(percent)
    return Ranged(_family(family.upper()), Bounds(None, float(percent), percent=True))


def _range(text: str, family: str, low: str | None, high: str | None) -> Statistic:
    ends = [end for end in (low, high) if end is not None]
    percents = [end for end in ends if end.endswith("%")]
    numbers = [float(end.rstrip("%")) for end in ends]
    in_order = len(numbers) == 2 and numbers[0] < numbers[1]
    if not (len(numbers) == 1 or in_order) or len(percents) not in (0, len(ends)):
        raise _refused(text)
    if percents and (family == "PR" or not all(0 <= number <= 100 for number in numbers)):
        raise _refused(text)
    bounds = Bounds(_number(low), _number(high), percent=bool(percents))
    return Ranged(_family(family), bounds)


def _number(end: str | None) -> float | None:
    return None if end is None else float(end.rstrip("%"))


def _family(name: str) -> Family:
    families: tuple[Family, ...] = ("TM", "WM", "TC", "TS", "PR")
    return next(family for family in families if family == name)


def _refused(text: str) -> ValueError:
    return ValueError(f"The value {text} for parameter ExtendedStatistic is not supported.")


LOW_SAMPLE_FACTOR = 10
"""Samples that a percentile wants in its thinner tail (spec cloudwatch 4)."""


def low_sample_limit(statistic: Statistic) -> float | None:
    """Return the samples below which `ignore` keeps the alarm's state: 1000 for p99, 20 for p50, 100 for p10.

    None for p0 and p100, which AWS leaves undefined, and for all that is no percentile.
    """
    if not isinstance(statistic, Percentile):
        return None
    tail = min(statistic.percent, 100 - statistic.percent) / 100
    return float(LOW_SAMPLE_FACTOR / tail) if tail else None
