"""What the learner did, as events, and what follows from them, as folds.

History is the truth: events are only ever appended, progress is computed from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

EventKind = Literal[
    "lesson-step",  # subject: lesson; data: {step: index, of: steps, revision}
    "lesson-finished",  # subject: lesson
    "answered",  # subject: question; data: {answer, correct, hints, lesson}
    "plan-saved",  # subject: lab; data: {text}: a draft, saved as it is typed
    "lab-run",  # subject: lab; data: {release, seed, outcome, text}
    "lab-graded",  # subject: lab; data: {passed, score, goals: {id: bool}, text, seeds, version, grade}
    "visited",  # subject: a screen's name; data: what is needed to return there
]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that the learner did."""

    at: datetime
    kind: EventKind
    subject: str
    data: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError(f"an event's time must be timezone-aware, got {self.at!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonProgress:
    """How far a lesson is."""

    step: int = 0
    """Index of the step the learner was last at."""
    furthest: int = 0
    of: int = 0
    finished: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionProgress:
    """How a question went."""

    attempts: int = 0
    correct: int = 0
    last_correct: bool = False
    last_answer: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabProgress:
    """How a lab went; invalid plans are no attempts."""

    attempts: int = 0
    runs: int = 0
    best_score: float = 0.0
    best_text: str = ""
    passed: bool = False
    draft: str = ""
    """The plan as last saved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """All that follows from the history."""

    lessons: Mapping[str, LessonProgress] = field(default_factory=dict)
    questions: Mapping[str, QuestionProgress] = field(default_factory=dict)
    labs: Mapping[str, LabProgress] = field(default_factory=dict)
    last: Event | None = None
    """The last event with a place to return to: a lesson step or a lab."""


def progress(events: Iterable[Event]) -> Progress:
    """Fold the history into progress."""
    raise NotImplementedError
