"""What models were measured to answer, over batch size, concurrency or sequence length (spec inference 6.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
