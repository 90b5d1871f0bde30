"""What the panes of a lab share: the lab, the desk, and what the learner may know by now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from course.history import EventKind, LabProgress
    from course.ports import Desk
    from labs.lab import Lab


class Record(Protocol):
    """Writes down what the learner did in this lab; when it returns, that is kept."""

    def __call__(self, kind: EventKind, data: Mapping[str, Any]) -> None:
        """Record an event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A lab on the desk."""

    lab: Lab
    desk: Desk
    letters: Mapping[str, str]
    """A letter for each release."""
    record: Record
    progress: Callable[[], LabProgress]
    """How the lab went until now."""

    def release_name(self, release_id: str) -> str:
        """Return what to call a release: its letter, and what it is once a grade has told."""
        letter = f"Release {self.letters[release_id]}"
        return f"{letter}: {release_id}" if self.revealed else letter

    @property
    def revealed(self) -> bool:
        """Has a grade told what the releases are?"""
        return self.progress().attempts > 0

    @property
    def releases(self) -> tuple[str, ...]:
        """The ids of the releases in the order of their letters."""
        return tuple(self.letters)
