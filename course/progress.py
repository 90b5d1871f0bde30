"""How far the learner is, as values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import datetime
from typing import Any, Literal

from course.history import Event
from course.steps import moved


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonProgress:
    """How far a lesson is."""

    step: int = 0
    """Index of the step the learner was last at."""
    furthest: int = 0
    of: int = 0
    """How many steps the lesson had when it was last open; 0: not known."""
    revision: int = 0
    """The lesson's when it was last open."""
    finished: bool = False
    """Was it read to its end?"""
    seen: tuple[int, ...] = ()
    """Steps that were shown, ascending."""
    marks: tuple[str, ...] = ()
    """Of the steps when it was last open, as of `course.steps`; none: not known."""

    def among(self, marks: tuple[str, ...]) -> LessonProgress:
        """Return the same for the lesson as it is now: each step keeps what is known of it, wherever it is now."""
        if marks == self.marks:
            return self
        if not self.marks:
            return replace(self.within(len(marks)), marks=marks)
        to = moved(self.marks, marks)
        seen = tuple(sorted(to[step] for step in self.seen if step in to))
        step = next((to[step] for step in range(self.step, -1, -1) if step in to), 0)
        return replace(self, step=step, furthest=max((step, *seen)), of=len(marks), seen=seen, marks=marks)

    def within(self, steps: int) -> LessonProgress:
        """Return the same for the lesson as it is now, should an edit have left it with fewer steps."""
        top = max(steps - 1, 0)
        seen = tuple(each for each in self.seen if each <= top)
        marks = self.marks if len(self.marks) == steps else ()
        furthest = min(self.furthest, top)
        return replace(self, step=min(self.step, top), furthest=furthest, of=steps, seen=seen, marks=marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionProgress:
    """How a question went."""

    attempts: int = 0
    correct: int = 0
    last_correct: bool = False
    last_answer: Any = None
    last_seed: int | None = None
    """Which figures and which order it was asked with; None: not written down."""
    last_tries: int = 0
    """Which try the last answer was, since the question was asked; 0: not written down."""
    lesson: str = ""
    """The id of the lesson that it was answered in."""
    revision: int = 0
    """The highest of its revisions that was answered; 0: not written down, and taken for the one that is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictionProgress:
    """How a run was predicted."""

    attempts: int = 0
    """Predictions that were held against the run."""
    said: Mapping[str, str | float | None] = field(default_factory=dict)
    """By part, the last time."""
    happened: Mapping[str, str | float | None] = field(default_factory=dict)
    held: Mapping[str, str | float | None] = field(default_factory=dict)
    """Which parts of it were true, by part."""
    draft: Mapping[str, str | float | None] = field(default_factory=dict)
    """What was said since, by whoever has not seen the run."""
    lesson: str = ""
    """The id of the lesson that it was last asked in."""
    revision: int = 0
    """As of a question."""


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
    revision: int = 0
    """As of a question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentProgress:
    """How an incident went."""

    attempts: int = 0
    """Sessions so far, graded or not: the next one's release follows from it, so that none can be tried out first."""
    abandoned: int = 0
    """Sessions whose clock was started and that were never graded; one that still goes on is among them."""
    passed: bool = False
    revision: int = 0
    """As of a question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """All that follows from the history."""

    lessons: Mapping[str, LessonProgress] = field(default_factory=dict)
    questions: Mapping[str, QuestionProgress] = field(default_factory=dict)
    predictions: Mapping[str, PredictionProgress] = field(default_factory=dict)
    labs: Mapping[str, LabProgress] = field(default_factory=dict)
    incidents: Mapping[str, IncidentProgress] = field(default_factory=dict)
    last: Event | None = None
    """The last event with a place to return to: a lesson step or a lab."""
    aside: str = ""
    """The place aside from the course that the learner was at since and has not left."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the learner was."""

    kind: Literal["lesson", "lab", "aside"]
    subject: str
    """The id of the lesson or lab, which may be gone from the course since, or the name of the place aside."""
    step: int = 0
    """Index of the lesson's step."""


def is_raised(done: int, now: int) -> bool:
    """Does something count anew, once it has revision `now`? Not if nobody has written down which one was done."""
    return 0 < done < now


def step_data(so_far: LessonProgress | None, step: int, revision: int, marks: tuple[str, ...]) -> dict[str, Any]:
    """Return the data of a `lesson-step`: the marks only where they differ from what is known."""
    data = {"step": step, "of": len(marks), "revision": revision}
    return data if so_far is not None and so_far.marks == marks else {**data, "steps": list(marks)}


def resume(progress: Progress) -> Place | None:
    """Return the lesson step, the lab or the place aside that the learner was last at."""
    if progress.aside:
        return Place("aside", progress.aside)
    last = progress.last
    if last is None:
        return None
    if last.kind == "lesson-step":
        return Place("lesson", last.subject, progress.lessons[last.subject].step)
    return Place("lab", last.subject)


def as_json(progress: Progress) -> dict[str, Any]:
    """Return the progress as `json.dumps` takes it, without NaN and infinity."""
    plain = _plain(progress)
    assert isinstance(plain, dict)
    return plain


def _plain(value: object) -> object:
    """Return a value as JSON knows it."""
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if value is None or isinstance(value, str | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    return None
