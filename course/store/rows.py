"""Events as rows of the database and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast

from course.history import Event, EventKind

Row = tuple[str, str, str, str]
"""Time in UTC as ISO 8601, kind, subject, data as JSON."""
COLUMNS = "at, kind, subject, data"
INSERT = f"INSERT INTO events ({COLUMNS}) VALUES (?, ?, ?, ?)"


def to_row(event: Event) -> Row:
    """Return the event as it is stored; TypeError if its data is not of the kinds that JSON knows."""
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    return at, event.kind, event.subject, json.dumps(event.data, default=_as_dict, separators=(",", ":"))


def to_event(at: object, kind: object, subject: object, data: object) -> Event | None:
    """Return the event of a row, or None if damage has left the row without meaning.

    Any kind of event is taken: a newer program may have written kinds that this one does not know.
    """
    if not (isinstance(at, str) and isinstance(kind, str) and isinstance(subject, str) and isinstance(data, str)):
        return None
    try:
        known = json.loads(data)
        when = datetime.fromisoformat(at).astimezone(UTC)
    except (ValueError, OverflowError, RecursionError):
        return None
    return Event(when, cast(EventKind, kind), subject, known) if isinstance(known, dict) else None


def read_back(event: Event) -> Event:
    """Return the event as it will be read: tuples have become lists; TypeError if it cannot be stored."""
    return to_event(*to_row(event)) or event


def _as_dict(value: object) -> dict[Any, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"an event's data must be of the kinds that JSON knows, got {value!r}")
