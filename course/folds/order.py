"""In which order events count, where two histories have become one.

A history counts in the order in which it was written, for a clock may have gone back. Of two that went separate ways
nobody knows such an order: they are put in that of time, up to the event that says so. What comes after it was written
by one machine again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from course.history import Event

MERGED: Final = "merged"
"""The kind of event after which all that comes before it counts in the order of time. It is never taken elsewhere."""


def in_order(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return the events in the order in which they count, the marks of merging in their places."""
    marks = [place for place, event in enumerate(events) if event.kind == MERGED]
    if not marks:
        return tuple(events)
    before = events[: marks[-1]]
    gathered = by_time(event for event in before if event.kind != MERGED)
    return (*gathered, *(events[place] for place in marks), *events[marks[-1] + 1 :])


def by_time(events: Iterable[Event]) -> list[Event]:
    """Return the events in the order of time; what happened at once in that of its words, whoever comes first here."""
    ordered = sorted(events, key=lambda event: event.at)
    found: list[Event] = []
    for _, group in groupby(ordered, key=lambda event: event.at):
        at_once = list(group)
        found += sorted(at_once, key=_words) if len(at_once) > 1 else at_once
    return found


def joined(here: Sequence[Event], there: Sequence[Event], missing: Iterable[Event]) -> tuple[Event, ...]:
    """Return what is to be written behind a history, in the order in which it counts, to take another one in.

    `missing` is what it lacks of the other. One that merely goes on is written as it is. The result counts the same
    whichever of the two is taken into the other; nothing, where one is the beginning of the other and nothing lacks.
    """
    size = min(len(here), len(there))
    more = tuple(missing)
    if here[:size] == there[:size]:
        return more
    after = (*here, *more)
    if list(after) == by_time(after):
        return more
    newest = max(event.at for event in after)
    return (*more, Event(newest, MERGED, "history", {"events": len(more)}))


def without_marks(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events alone."""
    return tuple(event for event in events if event.kind != MERGED)


def _words(event: Event) -> tuple[str, str, str]:
    return event.kind, event.subject, json.dumps(event.data, sort_keys=True, default=dict)
