"""What models were measured to answer, over batch size, concurrency or sequence length (spec inference 6.2).

A curve says how long an instance takes for requests of which so many are in work at once. Of concurrency that is what
was measured; of batches it is the batch, times how many of them were in work side by side, which latency and answers a
second tell by Little's law (two on the two cores of an Inferentia2, say); over the length of a sequence it is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any, Literal

from engine.catalogue.file import Source, source, whole_file


@dataclass(frozen=True, slots=True)
class Point:
    """One measurement."""

    at: float
    """Batch size, concurrency or sequence length."""
    per_second: float
    """Answers a second: records of a batch counted one by one."""
    latency_ms: float | None
    """Of a whole batch; None where it was not written down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Measurements of one model on one type of instance."""

    name: str
    instance_type: str | None
    """None where the measured device is only a part of one."""
    over: Literal["batch", "concurrency", "sequence"]
    points: tuple[Point, ...]
    """In the order of what they are over."""
    source: Source
    note: str | None

    def at(self, value: float) -> Point | None:
        """Return the measurement there, between two of them on the straight line; None outside, where nobody looked."""
        for point in self.points:
            if point.at == value:
                return point
        for low, high in pairwise(self.points):
            if low.at < value < high.at:
                return _between(low, high, value)
        return None

    def service_ms(self, in_work: int, sequence: float | None = None) -> float | None:
        """Return how long each of `in_work` requests takes; None outside of what was measured.

        It is the measured latency, and where that was not written down as many requests over their rate.
        """
        if self.over == "sequence":
            point = None if in_work != 1 or sequence is None else self.at(sequence)
        else:
            point = self._over_work().at(in_work)
        if point is None:
            return None
        return in_work / point.per_second * 1000 if point.latency_ms is None else point.latency_ms

    @property
    def ends(self) -> tuple[float, float]:
        """From where to where was it measured?"""
        return self.points[0].at, self.points[-1].at

    @property
    def in_work(self) -> tuple[float, float]:
        """The fewest and the most requests that were in work at once."""
        return (1.0, 1.0) if self.over == "sequence" else self._over_work().ends

    def _over_work(self) -> Curve:
        """Return the same measurements over how many requests were in work at once."""
        return replace(self, points=tuple(replace(each, at=each.at * self._copies(each)) for each in self.points))

    def _copies(self, point: Point) -> int:
        """Return how many batches were in work side by side."""
        if self.over != "batch" or point.latency_ms is None:
            return 1
        return max(1, round(point.per_second * point.latency_ms / 1000 / point.at))


def _between(low: Point, high: Point, value: float) -> Point:
    part = (value - low.at) / (high.at - low.at)
    per_second = low.per_second + part * (high.per_second - low.per_second)
    if low.latency_ms is None or high.latency_ms is None:
        return Point(value, per_second, None)
    return Point(value, per_second, low.latency_ms + part * (high.latency_ms - low.latency_ms))


@cache
def curves() -> Mapping[str, Curve]:
    """Return all curves by name."""
    return {row["name"]: _curve(row) for row in whole_file()["curves"]}


def _curve(row: Mapping[str, Any]) -> Curve:
    measured_by = source(row["source"])
    assert measured_by is not None, "every curve has been measured by somebody"
    return Curve(
        name=row["name"],
        instance_type=row["instance_type"],
        over=row["over"],
        points=tuple(Point(*each) for each in row["points"]),
        source=measured_by,
        note=row.get("note"),
    )
