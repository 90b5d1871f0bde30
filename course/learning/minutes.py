"""How long was learned, from the times of events, and on how many days in a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from itertools import pairwise

from course.history import Event

LONGEST_GAP = timedelta(minutes=5)
"""Whoever does nothing for longer is somewhere else; a page is read in less."""
_NOT_LEARNING = ("preferred", "reset", "merged")
_YEARS = range(1000, 9000)
"""Other times stem from no clock, and may have no day in the learner's time zone."""


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
        """Return on how many days in a row something was done, until today, or yesterday if nothing was done yet."""
        last = today if today in self.minutes else today - timedelta(days=1)
        count = 0
        while last - timedelta(days=count) in self.minutes:
            count += 1
        return count


def learned(events: Iterable[Event], zone: tzinfo | None) -> Learned:
    """Add up the time between events, each gap on the day on which it began; one of over five minutes does not count.

    Days are those of `zone`, or of the system's.

    Sorted first: a history that was merged from two machines is not in the order of time.
    """
    times = sorted(event.at for event in events if event.kind not in _NOT_LEARNING and event.at.year in _YEARS)
    minutes: dict[date, float] = {}
    for at, then in pairwise([*times, *times[-1:]]):
        gap = then - at
        day = at.astimezone(zone).date()
        minutes[day] = minutes.get(day, 0.0) + (gap.total_seconds() / 60 if gap <= LONGEST_GAP else 0.0)
    return Learned(minutes)
