"""How long was learned, from the times of events, and on how many days in a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo

from course.history import Event


@dataclass(frozen=True, slots=True)
class Learned:
    """Time spent, day by day in the learner's time zone."""

    minutes: Mapping[date, float]
    """Of the days on which anything was done, in their order."""

    @property
    def total(self) -> float:
        """Minutes over all days."""
        return sum(self.minutes.values())

    def days_in_a_row(self, today: date) -> int:
        """Return on how many days in a row something was done, until today, or yesterday if nothing was done today."""
        raise NotImplementedError


def learned(events: Iterable[Event], zone: tzinfo) -> Learned:
    """Add up the time between events; a gap of more than five minutes was spent elsewhere."""
    raise NotImplementedError
