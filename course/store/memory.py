"""A journal for when nothing can be saved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from threading import Lock

from course.folds.fold import Fold, State
from course.folds.order import in_order
from course.history import Event, Keeping
from course.ports import CopyError
from course.store.rows import read_back


class MemoryJournal:
    """Keeps events until the program ends, after those of the past that could be read."""

    def __init__(self, events: Iterable[Event] = (), warning: str | None = None) -> None:
        self._lock = Lock()
        self._events = list(in_order(tuple(events)))
        self._past = len(self._events)
        self._warning = warning

    def record(self, event: Event) -> None:
        """Remember an event; may be called from any thread."""
        with self._lock:
            self._events.append(read_back(event))

    def events(self) -> tuple[Event, ...]:
        """Return all events, oldest first."""
        with self._lock:
            return tuple(self._events)

    def folded(self, fold: Fold[State]) -> State:
        """Return a fold over all events."""
        return fold.of(self.events())

    def keep_copy(self, now: datetime) -> str:
        """There is no file to copy."""
        raise CopyError(self._warning or "The history is in no file, so there is nothing to copy.")

    @property
    def warning(self) -> str | None:
        """Why nothing is saved; None where that is meant."""
        return self._warning

    @property
    def keeping(self) -> Keeping:
        """Nothing is on disk; where that is meant, nothing has to be."""
        return Keeping("not saved", len(self._events) - self._past) if self._warning else Keeping()

    def close(self) -> None:
        """Do nothing: there is nothing to close."""
