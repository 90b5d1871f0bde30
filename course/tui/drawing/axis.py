"""The time axis that all charts of a run share: columns to seconds and back."""

from __future__ import annotations

import math
from dataclasses import dataclass

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Axis:
    """`width` columns for the time from 0 to `span_s` seconds."""

    span_s: float
    width: int

    def column(self, t: float) -> int:
        """Return the column in which `t` lies; times beyond the axis lie in the last one."""
        return max(0, min(self.width - 1, int(t / self.span_s * self.width)))

    def time(self, column: int) -> float:
        """Return the first second of a column."""
        return max(0.0, min(self.span_s, column * self.span_s / self.width))

    def beginning(self, column: int) -> range:
        """Return the minutes that begin in a column."""
        first = math.ceil(round(column * self.span_s / self.width / MINUTE, 6))
        last = math.ceil(round((column + 1) * self.span_s / self.width / MINUTE, 6))
        return range(first, last)

    def minutes(self, column: int) -> range:
        """Return the minutes that a column stands for: those that begin in it, or the one that it lies in."""
        begun = self.beginning(column)
        return begun if begun else range(begun.start - 1, begun.start)


def ended_minutes(t: float) -> int:
    """Return how many minutes are over at `t`: a count of a minute is not known before it has ended."""
    return int(t // MINUTE)
