"""All that the panes of a lab need: the lab, the desk, the history, and what the learner may know by now."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any, Protocol

from course.tui.memory import LabMemory
from labs.prediction import Part, asked_before_runs

if TYPE_CHECKING:
    from course.attempts import Attempt
    from course.history import EventKind
    from course.ports import Desk
    from course.progress import LabProgress
    from course.tui.home.resume import Next
    from labs.lab import Lab


class Record(Protocol):
    """Writes down what the learner did in this lab; when it returns, that is kept."""

    def __call__(self, kind: EventKind, data: Mapping[str, Any]) -> None:
        """Record an event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabStudy:
    """What `course.ports.Study` is to the screens, for one lab."""

    lab: Lab
    desk: Desk
    record: Record
    progress: Callable[[], LabProgress]
    """How the lab went until now."""
    attempts: Callable[[], Sequence[Attempt]]
    """The attempts at it, oldest first."""
    next: Callable[[], Next | None] = lambda: None
    """What comes after this lab."""
    preferred: Callable[[], str] = lambda: ""
    """Whether they like to be asked before a run, see `course.tui.foretelling.habit`."""
    prefer: Callable[[str], None] = lambda value: None
    memory: LabMemory = field(default_factory=LabMemory)
    """What is kept of it while the program runs."""

    @property
    def asks(self) -> tuple[Part, ...]:
        """What is asked before a run."""
        return asked_before_runs(release.expect for release in self.lab.releases)

    @property
    def letters(self) -> Mapping[str, str]:
        """A letter for each release."""
        return letters_of(self.lab.id, (release.id for release in self.lab.releases))

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


def letters_of(lab_id: str, release_ids: Iterable[str]) -> Mapping[str, str]:
    """Return a letter for each release, in an order that the author's order does not give away.

    A learner can tell the releases apart without knowing what they are. The order depends on the ids alone, so that
    release B is the same one tomorrow.
    """
    shuffled = sorted(release_ids, key=lambda id: hashlib.sha256(f"{lab_id}/{id}".encode()).digest())
    return {id: _letter(index) for index, id in enumerate(shuffled)}


def _letter(index: int) -> str:
    rounds, place = divmod(index, len(ascii_uppercase))
    return ascii_uppercase[place] + (str(rounds + 1) if rounds else "")
