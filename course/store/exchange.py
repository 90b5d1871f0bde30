"""A history as one sealed file of JSON lines, to be taken to another machine: a head, then an event in each line.

CourseError
└── NotImported    a file that is no history of this program's making; the message says why
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from course.errors import CourseError, one_line
from course.folds.order import without_marks
from course.history import Event
from course.store.sealed import YEARS, Form, NotWhole, event_of, row_of, sealed, unsealed

PROGRAM = "mlcourse history"
ALIEN = "it is no history that mlcourse progress export has written"
MOST_BYTES = 256 * 2**20
"""A hundred thousand events take about 30 MB."""


class NotImported(CourseError):
    """A file that is not taken in."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{one_line(path)} is not imported: {why}. Nothing was changed.")
        self.why = why


def written(events: Iterable[Event]) -> str:
    """Return the file's text: the events in the order in which they count."""
    return sealed(_form(), (row_of(event) for event in without_marks(events)))


def read(path: Path) -> tuple[Event, ...]:
    """Return the events of a file; NotImported if it is not one of ours, or not whole."""
    try:
        lines = unsealed(_form(), path)
    except NotWhole as error:
        raise NotImported(path, error.why) from error
    return tuple(_event(path, number, line) for number, line in enumerate(lines, start=1))


def _form() -> Form:
    return Form(
        program=PROGRAM,
        format=1,
        counted="events",
        most_bytes=MOST_BYTES,
        alien=ALIEN,
    )


def _event(path: Path, number: int, line: bytes) -> Event:
    """Return the event of a line."""
    try:
        event = event_of(json.loads(line))
    except (ValueError, RecursionError):
        event = None
    if event is None:
        raise NotImported(path, f"event {number} is none")
    if event.at.year not in YEARS:
        raise NotImported(path, f"event {number} is of the year {event.at.year}, which no clock has shown")
    return event
