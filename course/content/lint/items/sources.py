"""Has anybody looked at the sources lately? Pages change, and what a course says of them with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import PurePosixPath

from course.content.files.exam import is_date
from course.content.pack import Pack
from course.content.schema.mentions import Pattern, texts
from course.content.yaml.document import Document, Trail
from course.content.yaml.errors import Problem

STALE_MONTHS = 18
"""An exam's guide is replaced every two to three years, and few pages of AWS stand for two years unchanged. A year and
a half leaves half a year to look again before what is taught is likely to be wrong."""
CLOCKS_DIFFER = timedelta(days=1)
"""Whoever checks may live where it is still yesterday."""


def source_advice(pack: Pack, today: date) -> Iterator[Problem]:
    """Yield for each file the sources that nobody has looked at for long, and those of days that are yet to come."""
    for document, pattern in _files(pack):
        dated = [
            (date.fromisoformat(day), at) for at, day in texts(document.data, (*pattern, "checked")) if is_date(day)
        ]
        stale = [(day, at) for day, at in dated if _months(day, today) >= STALE_MONTHS]
        if stale:
            yield _said(document, stale, today)
        for day, at in dated:
            if day > today + CLOCKS_DIFFER:
                say = f"{day} is yet to come; write the day on which you looked, or mend this machine's clock"
                yield Problem(document.path, *document.where(at), say)


def _said(document: Document, stale: list[tuple[date, Trail]], today: date) -> Problem:
    """Return what is to be said of all old sources of a file, at the oldest one."""
    oldest, at = min(stale, key=lambda each: each[0])
    others = f", and {len(stale) - 1} more of this file are older than {STALE_MONTHS} months" if len(stale) > 1 else ""
    say = f"nobody has looked at this source for {_months(oldest, today)} months{others}; look, and write the new day"
    return Problem(document.path, *document.where(at), say)


def _months(day: date, today: date) -> int:
    """Return the whole months between two days."""
    months = (today.year - day.year) * 12 + today.month - day.month
    return months - 1 if today.day < day.day else months


def _files(pack: Pack) -> Iterator[tuple[Document, Pattern]]:
    """Yield each file that names sources, and where in it they stand."""
    course = pack.course
    glossary: tuple[PurePosixPath, ...] = () if course.glossary is None else (course.glossary,)
    yield from ((pack.folder.document(name), ("terms", ..., "source")) for name in glossary)
    yield from ((pack.folder.document(name), ("sources", ...)) for name in course.exams.values())
    yield from ((entry.document, ("sources", ...)) for entry in course.lessons.values())
