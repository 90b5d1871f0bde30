"""What the learner wanted forgotten: the history keeps it, and nothing that follows from the history counts it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from course.history import Event


def effective(events: Iterable[Event]) -> Iterator[Event]:
    """Yield the events that still count, in their order."""
    raise NotImplementedError
