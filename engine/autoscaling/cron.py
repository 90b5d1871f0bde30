"""Cron expressions as AWS writes them: minutes, hours, day of the month, month, day of the week, year.

One of the two day fields is `?` (spec inference 0.1, 1.8). Days of the week run from 1, which is Sunday, to 7.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
WEEKDAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
FIRST_YEAR, LAST_YEAR = 1970, 2199
_PART = re.compile(r"(?P<first>\*|\w+)(?:-(?P<last>\w+))?(?:/(?P<step>\d+))?")
Day = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Cron:
    """When it is: the clock, the month, the year, and which days."""

    minutes: frozenset[int]
    hours: frozenset[int]
    months: frozenset[int]
    years: frozenset[int]
    is_day: Day

    def times(self, day: date) -> Iterator[tuple[int, int]]:
        """Yield hour and minute of each time on that day, in their order."""
        if day.year in self.years and day.month in self.months and self.is_day(day):
            yield from ((hour, minute) for hour in sorted(self.hours) for minute in sorted(self.minutes))


def parse_cron(text: str) -> Cron | None:
    """Return the expression; None where AWS would not take it."""
    fields = text.upper().split()
    if len(fields) != 6 or (fields[2] == "?") == (fields[4] == "?"):
        return None
    minutes, hours = _numbers(fields[0], 0, 59), _numbers(fields[1], 0, 23)
    months, years = _numbers(fields[3], 1, 12, MONTHS), _numbers(fields[5], FIRST_YEAR, LAST_YEAR)
    is_day = _of_month(fields[2]) if fields[4] == "?" else _of_week(fields[4])
    if minutes is None or hours is None or months is None or years is None or is_day is None:
        return None
    return Cron(minutes, hours, months, years, is_day)


def _numbers(field: str, low: int, high: int, names: tuple[str, ...] = ()) -> frozenset[int] | None:
    """Return the numbers of a list of values, ranges and steps; None for anything else."""
    found: set[int] = set()
    for part in field.split(","):
        match = _PART.fullmatch(part)
        if match is None:
            return None
        everything, stepped = match["first"] == "*", match["step"] is not None
        first = low if everything else _number(match["first"], names)
        last = high if everything or (stepped and match["last"] is None) else _number(match["last"], names, first)
        step = int(match["step"] or 1)
        if first is None or last is None or not low <= first <= last <= high or step < 1:
            return None
        found.update(range(first, last + 1, step))
    return frozenset(found)


def _number(text: str | None, names: tuple[str, ...], default: int | None = None) -> int | None:
    if text is None:
        return default
    if text in names:
        return names.index(text) + 1
    return int(text) if text.isdecimal() and text.isascii() else None


def _of_month(field: str) -> Day | None:
    """Return which days a day-of-month field names: `L` is the last one, `15W` the weekday nearest to the 15th."""
    if field == "L":
        return lambda day: day.day == _length(day)
    if found := re.fullmatch(r"(\d{1,2})W", field):
        wanted = int(found[1])
        return (lambda day: day.day == _weekday_near(day, wanted)) if 1 <= wanted <= 31 else None
    days = _numbers(field, 1, 31)
    return None if days is None else lambda day: day.day in days


def _of_week(field: str) -> Day | None:
    """Return which days a day-of-week field names: `6L` is the last Friday, `6#3` the third one."""
    if found := re.fullmatch(r"([1-7])L", field):
        weekday = int(found[1])
        return lambda day: _weekday(day) == weekday and day.day > _length(day) - 7
    if found := re.fullmatch(r"([1-7])#([1-5])", field):
        weekday, nth = int(found[1]), int(found[2])
        return lambda day: _weekday(day) == weekday and (day.day - 1) // 7 + 1 == nth
    days = frozenset({7}) if field == "L" else _numbers(field, 1, 7, WEEKDAYS)
    return None if days is None else lambda day: _weekday(day) in days


def _weekday(day: date) -> int:
    return day.isoweekday() % 7 + 1


def _length(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def _weekday_near(day: date, wanted: int) -> int:
    """Return the day of the same month from Monday to Friday that is nearest to the one wanted; 0 where it has none."""
    if wanted > _length(day):
        return 0
    match day.replace(day=wanted).isoweekday():
        case 6:
            return wanted - 1 if wanted > 1 else wanted + 2
        case 7:
            return wanted + 1 if wanted < _length(day) else wanted - 2
        case _:
            return wanted
