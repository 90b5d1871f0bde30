"""The history as commands see it: what keeps it waiting and what keeps it from being saved is said at once.

Whoever learns only at the end of an exam that nothing was saved has sat it for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

from course.cli.present import complain

if TYPE_CHECKING:
    from datetime import datetime

    from course.folds.fold import Fold, State
    from course.history import Event, Keeping
    from course.ports import Journal

AFTER_S = 0.5
"""What takes less time needs no word."""
WAITING = "Your history cannot be had at once: it is large, or another program is using it. Waiting for it."


class Waiting:
    """Says once that a command waits."""

    said = False

    @contextmanager
    def told(self) -> Iterator[None]:
        """Say it if the block takes long; SQLite waits without holding up another thread."""
        timer = Timer(AFTER_S, self._say)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _say(self) -> None:
        if not self.said:
            self.said = True
            complain(WAITING)


class PatientJournal:
    """A journal that says when it has to wait, and what is the matter with it as soon as that is known."""

    def __init__(self, journal: Journal, waiting: Waiting) -> None:
        self._journal, self._waiting = journal, waiting
        self._said: str | None = None

    def say_trouble(self) -> None:
        """Say what the learner must know, unless that was the last thing said of it.

        What was written last is tried again when the command ends, so only what comes after it hears of it.
        """
        if (warning := self.warning) and warning != self._said:
            complain(warning)
            self._said = warning

    def record(self, event: Event) -> None:
        """Append an event."""
        self.say_trouble()
        with self._waiting.told():
            self._journal.record(event)

    def events(self) -> tuple[Event, ...]:
        """Return all events, oldest first."""
        self.say_trouble()
        with self._waiting.told():
            return self._journal.events()

    def folded(self, fold: Fold[State]) -> State:
        """Return a fold over all events."""
        self.say_trouble()
        with self._waiting.told():
            return self._journal.folded(fold)

    def keep_copy(self, now: datetime) -> str:
        """Copy the history."""
        with self._waiting.told():
            return self._journal.keep_copy(now)

    def close(self) -> None:
        """Give the file back, after a last try."""
        with self._waiting.told():
            self._journal.close()

    @property
    def warning(self) -> str | None:
        """What the learner must know."""
        return self._journal.warning

    @property
    def keeping(self) -> Keeping:
        """Is all on disk?"""
        return self._journal.keeping
