"""A file of JSON lines whose head holds a hash over all that follows: one that was cut off, damaged or changed is not
read. Histories and submissions are such files.

The hash shows mistakes, not forgeries: whoever changes a line can work it out anew.

CourseError
└── NotWhole    a file that is none of its form, or not as it was written; the message says why
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from course.errors import CourseError
from course.history import Event
from course.store.rows import to_event, to_row

LONGEST_HEAD = 10_000
YEARS = range(1970, 3000)
"""No clock shows others: one that has lost its battery begins in 1970."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What kind of file it is."""

    program: str
    """Stands in the head, and tells the kinds apart."""
    format: int
    """Files of a higher one are not read."""
    counted: str
    """What a line is called, in the head and in messages, such as `events`."""
    most_bytes: int
    alien: str
    """What to say of a file that is none, such as `it is no history of this program`."""
    links: bool = True
    """May the file be a link to another?"""


class NotWhole(CourseError):
    """A file that is none of its form, or not as it was written."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def sealed(form: Form, rows: Iterable[object]) -> str:
    """Return the file's text, a line for each row."""
    lines = [json.dumps(row) for row in rows]
    body = "".join(f"{line}\n" for line in lines)
    head = {"program": form.program, "format": form.format, form.counted: len(lines), "sha256": _hash(body.encode())}
    return f"{json.dumps(head)}\n{body}"


def unsealed(form: Form, path: Path) -> list[bytes]:
    """Return the lines behind the head; NotWhole if the file is not to be read."""
    try:
        head, body = _parts(form, path)
    except OSError as error:
        raise NotWhole(error.strerror or str(error)) from error
    if not isinstance(head, dict) or head.get("program") != form.program:
        raise NotWhole(form.alien)
    version, count = head.get("format"), head.get(form.counted)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise NotWhole(form.alien)
    if version > form.format:
        raise NotWhole(f"a newer mlcourse has written it (format {str(version)[:20]}); update this one")
    lines = body.splitlines()
    if isinstance(count, int) and len(lines) < count:
        raise NotWhole(f"it was cut off after {len(lines)} of {str(count)[:20]} {form.counted}")
    if head.get("sha256") != _hash(body) or len(lines) != count:
        raise NotWhole("it was damaged or changed after it was written")
    return lines


def _parts(form: Form, path: Path) -> tuple[object, bytes]:
    """Return the head, None if it is none, and what follows."""
    if not path.exists() and not path.is_symlink():
        raise NotWhole("there is no such file")
    if path.is_symlink() and not form.links:
        raise NotWhole("it is a link, and only files are read")
    with _regular(form, path) as file:
        if os.fstat(file.fileno()).st_size > form.most_bytes:
            raise NotWhole(f"it is larger than {form.most_bytes // 2**20} MB, which none is")
        try:
            head = json.loads(file.readline(LONGEST_HEAD))
        except (ValueError, RecursionError):
            return None, b""
        return head, file.read(form.most_bytes)


@contextmanager
def _regular(form: Form, path: Path) -> Iterator[BinaryIO]:
    """Open what is a file and nothing else: a pipe would be waited for, and a device never ends."""
    if path.is_dir() or (path.exists() and not path.is_file()):
        raise NotWhole("it is no file")
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags if form.links else flags | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):  # it became another one meanwhile
            raise NotWhole("it is no file")
        yield file


def row_of(event: Event) -> dict[str, Any]:
    """Return an event as a line has it; TypeError if its data is not of the kinds that JSON knows."""
    at, kind, subject, data = to_row(event)
    return {"at": at, "kind": kind, "subject": subject, "data": json.loads(data)}


def event_of(data: object) -> Event | None:
    """Return the event of a line, as it would be read from the database; None if it is none."""
    try:
        return _checked(data) if isinstance(data, dict) else None
    except (ValueError, OverflowError, RecursionError):  # UnicodeEncodeError among them: a half of a character
        return None


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
