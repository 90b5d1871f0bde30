"""A fold whose result can be kept, so that a long history is not gone through at every start."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from course.history import Event

State = TypeVar("State")


@dataclass(frozen=True, slots=True)
class Fold(Generic[State]):
    """How it begins, goes on, and is written as JSON. Folding in pieces must be folding at once."""

    name: str
    """Of letters: it becomes part of a file's name."""
    version: int
    """Goes up with every change of what is folded or how it is written: what was kept before is then thrown away."""
    nothing: State
    """Of a history without events."""
    onward: Callable[[State, Iterable[Event]], State]
    """Returns the state after more events."""
    written: Callable[[State], Any]
    """Returns what `json.dumps` takes."""
    read: Callable[[Any], State]
    """Returns the state of what was written; ValueError, KeyError or TypeError if that is none."""

    def of(self, events: Iterable[Event]) -> State:
        """Fold a whole history."""
        return self.onward(self.nothing, events)
