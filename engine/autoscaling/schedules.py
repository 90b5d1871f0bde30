"""Schedules of scheduled actions: `at(...)`, `rate(...)` and `cron(...)`, in any time zone (spec inference 1.8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, available_timezones

from engine.autoscaling.cron import Cron, parse_cron

_AT = re.compile(r"at\((.*)\)")
_DATE_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}")
_RATE = re.compile(r"rate\((\d{1,9})\s?(minute|hour|day)s?\)")
_CRON = re.compile(r"cron\((.*)\)")
UNITS_S = {"minute": 60, "hour": 3600, "day": 86_400}
LEAST_S = 60
"""The finest grain."""
SYNTAX = (
    "Invalid schedule expression. Details: Schedule expressions must have the following syntax: "
    r"rate(<number>\s?(minutes?|hours?|days?)), cron(<cron_expression>) or at(yyyy-MM-dd'T'HH:mm:ss)."
)
TOO_OFTEN = "Invalid schedule frequency. Its times are less than 60 seconds apart"
"""Only the beginning and the end of AWS's sentence were recorded."""
NOT_A_TIME = "Invalid schedule at DateTime expression: Invalid format: "


@dataclass(frozen=True, slots=True)
class At:
    """Once, by the clock of the time zone."""

    when: datetime


@dataclass(frozen=True, slots=True)
class Rate:
    """Again and again, so many seconds apart."""

    every_s: int


Schedule = At | Rate | Cron


def parse_schedule(text: str) -> Schedule | str:
    """Return the schedule, or what the service answers to this text."""
    if found := _AT.fullmatch(text):
        return _at(found[1])
    if found := _RATE.fullmatch(text):
        seconds = int(found[1]) * UNITS_S[found[2]]
        return Rate(seconds) if seconds >= LEAST_S else TOO_OFTEN
    if found := _CRON.fullmatch(text):
        return parse_cron(found[1]) or SYNTAX
    return SYNTAX


def _at(text: str) -> At | str:
    """Return the time; the sentences are those of the library that AWS parses with."""
    form = _DATE_TIME.match(text)
    if form is None:
        short = re.fullmatch(r"\d{4}(-\d{2}(-\d{2}(T\d{2}(:\d{2}:?)?)?)?)?", text) is not None
        return f'{NOT_A_TIME}"{text}"' + (" is too short" if short else "")
    if form.end() < len(text):
        return f'{NOT_A_TIME}"{text}" is malformed at "{text[form.end() :]}"'
    try:
        return At(datetime.fromisoformat(text))
    except ValueError:
        return f'{NOT_A_TIME}"{text}"'


def is_timezone(name: str) -> bool:
    """Is it a name of the IANA's? A system without a database of time zones knows UTC alone."""
    return name == "UTC" or name in available_timezones()


def times(
    schedule: Schedule, zone: str | None, *, since: datetime, start: datetime | None, until: datetime
) -> Iterator[datetime]:
    """Yield the times after `since` up to `until`, in their order; none lies before `start`.

    When a rate without a StartTime begins is not published: here one interval after the action was put.
    """
    where: tzinfo = UTC if zone in (None, "UTC") else ZoneInfo(zone or "")
    match schedule:
        case At(when):
            found = iter([when.replace(tzinfo=where)])
        case Rate(every_s):
            found = _every(every_s, since + timedelta(seconds=every_s) if start is None else start, until)
        case Cron():
            found = _by_clock(schedule, where, since, until)
    for time in found:
        moment = time.astimezone(UTC)
        if since < moment <= until and (start is None or moment >= start):
            yield moment


def _every(seconds: int, first: datetime, until: datetime) -> Iterator[datetime]:
    time = first
    while time <= until:
        yield time
        time += timedelta(seconds=seconds)


def _by_clock(cron: Cron, where: tzinfo, since: datetime, until: datetime) -> Iterator[datetime]:
    day, last = since.astimezone(where).date(), until.astimezone(where).date()
    while day <= last:
        for hour, minute in cron.times(day):
            yield datetime(day.year, day.month, day.day, hour, minute, tzinfo=where)
        day += timedelta(days=1)
