"""A history as one file of JSON lines, to be taken to another machine: a head, then an event in each line.

The head holds a hash over all that follows, so that a file which was cut off, damaged or changed is not taken in.

CourseError
└── NotImported    a file that is no history of this program's making; the message says why
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from course.errors import CourseError, one_line
from course.folds.order import without_marks
from course.history import Event
from course.store.rows import to_event, to_row

FORMAT = 1
PROGRAM = "mlcourse history"
MOST_BYTES = 256 * 2**20
"""A hundred thousand events take about 30 MB."""
YEARS = range(1970, 3000)
"""No clock shows others: one that has lost its battery begins in 1970."""
NOT_OURS = "it is no history that mlcourse progress export has written"


class NotImported(CourseError):
    """A file that is not taken in."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{one_line(path)} is not imported: {why}. Nothing was changed.")


def written(events: Iterable[Event]) -> str:
    """Return the file's text: the events in the order in which they count."""
    rows = [to_row(event) for event in without_marks(events)]
    lines = [
        json.dumps({"at": at, "kind": kind, "subject": subject, "data": json.loads(data)})
        for at, kind, subject, data in rows
    ]
    body = "".join(f"{line}\n" for line in lines)
    head = {"program": PROGRAM, "format": FORMAT, "events": len(lines), "sha256": _hash(body.encode())}
    return f"{json.dumps(head)}\n{body}"


def read(path: Path) -> tuple[Event, ...]:
    """Return the events of a file; NotImported if it is not one of ours, or not whole."""
    try:
        head, body = _parts(path)
    except OSError as error:
        raise NotImported(path, error.strerror or str(error)) from error
    if not isinstance(head, dict) or head.get("program") != PROGRAM:
        raise NotImported(path, NOT_OURS)
    version, count = head.get("format"), head.get("events")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise NotImported(path, NOT_OURS)
    if version > FORMAT:
        raise NotImported(path, f"a newer mlcourse has written it (format {str(version)[:20]}); update this one")
    lines = body.splitlines()
    if isinstance(count, int) and len(lines) < count:
        raise NotImported(path, f"it was cut off after {len(lines)} of {str(count)[:20]} events")
    if head.get("sha256") != _hash(body) or len(lines) != count:
        raise NotImported(path, "it was damaged or changed after it was written")
    return tuple(_event(path, number, line) for number, line in enumerate(lines, start=1))


def _parts(path: Path) -> tuple[object, bytes]:
    """Return the head, None if it is none, and what follows."""
    if not path.is_file():
        raise NotImported(path, "there is no such file" if not path.exists() else "it is no file")
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size > MOST_BYTES:
            raise NotImported(path, f"it is larger than {MOST_BYTES // 2**20} MB, which no history is")
        try:
            head = json.loads(file.readline(10_000))
        except (ValueError, RecursionError):
            return None, b""
        return head, file.read(MOST_BYTES)


def _event(path: Path, number: int, line: bytes) -> Event:
    """Return the event of a line, as it would be read from the database."""
    try:
        data = json.loads(line)
        event = _checked(data) if isinstance(data, dict) else None
    except (ValueError, OverflowError, RecursionError):  # UnicodeEncodeError among them: a half of a character
        event = None
    if event is None:
        raise NotImported(path, f"event {number} is none")
    if event.at.year not in YEARS:
        raise NotImported(path, f"event {number} is of the year {event.at.year}, which no clock has shown")
    return event


def _checked(data: dict[str, Any]) -> Event | None:
    at, kind, subject, more = (data.get(key) for key in ("at", "kind", "subject", "data"))
    if not (isinstance(at, str) and isinstance(kind, str) and isinstance(subject, str) and isinstance(more, dict)):
        return None
    if not kind or kind == "merged" or datetime.fromisoformat(at).tzinfo is None:
        return None
    f"{kind}{subject}".encode()
    return to_event(at, kind, subject, json.dumps(more))


def _hash(body: bytes) -> str:
    return sha256(body).hexdigest()
