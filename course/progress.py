"""How far the learner is, as a fold over their history."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
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


_PLACES = ("lesson-step", "plan-saved", "lab-run", "lab-graded")
"""The kinds of event that tell where the learner was."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the learner was."""

    kind: Literal["lesson", "lab", "aside"]
    subject: str
    """The id of the lesson or lab, which may be gone from the course since, or the name of the place aside."""
    step: int = 0
    """Index of the lesson's step."""


def progress(events: Iterable[Event]) -> Progress:
    """Fold the history into progress."""
    return continued(Progress(), events)


def continued(before: Progress, events: Iterable[Event]) -> Progress:
    """Return the progress after more events, however they are cut into pieces."""
    lessons, questions, labs, last = (
        dict(before.lessons),
        dict(before.questions),
        dict(before.labs),
        before.last,
    )
    incidents, predictions, aside = dict(before.incidents), dict(before.predictions), before.aside
    for event in events:
        subject = event.subject
        match event.kind:
            case "lesson-step" | "lesson-finished":
                lessons[subject] = _lesson_after(lessons.get(subject, LessonProgress()), event)
            case "answered":
                questions[subject] = _question_after(questions.get(subject, QuestionProgress()), event)
            case "predicted" | "prediction-saved":
                predictions[subject] = _prediction_after(predictions.get(subject, PredictionProgress()), event)
            case "plan-saved" | "lab-run" | "lab-graded":
                labs[subject] = _lab_after(labs.get(subject, LabProgress()), event)
            case "incident-begun" | "incident-graded":
                incidents[subject] = _incident_after(incidents.get(subject, IncidentProgress()), event)
            case "visited":
                aside = "" if event.data.get("left") is True else subject
            case "reset":
                _forget(subject, lessons, questions, predictions, labs, incidents)
                last = last if last and _is_there(last, lessons, labs) else None
        if event.kind in _PLACES:
            last, aside = event, ""
    return Progress(
        lessons=lessons,
        questions=questions,
        predictions=predictions,
        labs=labs,
        incidents=incidents,
        last=last,
        aside=aside,
    )


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


def _lesson_after(before: LessonProgress, event: Event) -> LessonProgress:
    if event.kind == "lesson-finished":
        return replace(before, finished=True)
    step, revision, marks = event.whole("step"), event.whole("revision"), event.words("steps")
    if is_raised(before.revision, revision):
        before = LessonProgress()
    if marks:
        before = before.among(marks)
    after = replace(
        before,
        step=step,
        furthest=max(before.furthest, step),
        seen=before.seen if step in before.seen else tuple(sorted((*before.seen, step))),
        revision=max(revision, before.revision),
    )
    of = event.whole("of") or before.of
    return after.within(of) if of else after


def _question_after(before: QuestionProgress, event: Event) -> QuestionProgress:
    correct, revision = event.data.get("correct") is True, event.whole("revision")
    if is_raised(before.revision, revision):
        before = QuestionProgress(lesson=before.lesson)
    return QuestionProgress(
        attempts=before.attempts + 1,
        correct=before.correct + correct,
        last_correct=correct,
        last_answer=event.data.get("answer"),
        last_seed=event.whole("seed") if "seed" in event.data else None,
        last_tries=event.whole("tries"),
        lesson=event.text("lesson", before.lesson),
        revision=max(revision, before.revision),
    )


def _prediction_after(before: PredictionProgress, event: Event) -> PredictionProgress:
    said, lesson, revision = event.values("said"), event.text("lesson", before.lesson), event.whole("revision")
    if is_raised(before.revision, revision):
        before = PredictionProgress()
    if event.kind == "prediction-saved":
        return replace(before, draft=said, lesson=lesson, revision=max(revision, before.revision))
    return PredictionProgress(
        attempts=before.attempts + 1,
        said=said,
        happened=event.values("happened"),
        held=event.values("held"),
        lesson=lesson,
        revision=max(revision, before.revision),
    )


def _lab_after(before: LabProgress, event: Event) -> LabProgress:
    if event.kind == "plan-saved":
        return replace(before, draft=event.text("text", before.draft))
    if event.kind == "lab-run":
        return replace(before, runs=before.runs + 1)
    score, revision = event.score("score"), event.whole("revision")
    if is_raised(before.revision, revision):
        before = LabProgress(draft=before.draft)
    best = before.attempts == 0 or score > before.best_score
    return replace(
        before,
        attempts=before.attempts + 1,
        passed=before.passed or event.data.get("passed") is True,
        best_score=score if best else before.best_score,
        best_text=event.text("text") if best else before.best_text,
        revision=max(revision, before.revision),
    )


def _incident_after(before: IncidentProgress, event: Event) -> IncidentProgress:
    revision = event.whole("revision")
    if is_raised(before.revision, revision):
        before = IncidentProgress()
    before = replace(before, revision=max(revision, before.revision))
    if event.kind == "incident-begun":
        return replace(before, attempts=before.attempts + 1, abandoned=before.abandoned + 1)
    known = before.abandoned > 0 and event.data.get("begun") is True
    return replace(
        before,
        attempts=before.attempts + (not known),
        abandoned=before.abandoned - known,
        passed=before.passed or event.data.get("passed") is True,
    )


def _forget(
    what: str,
    lessons: dict[str, LessonProgress],
    questions: dict[str, QuestionProgress],
    predictions: dict[str, PredictionProgress],
    labs: dict[str, LabProgress],
    incidents: dict[str, IncidentProgress],
) -> None:
    """Take away what was done with a question, a prediction, a lesson and what was answered and predicted in it, a lab,
    an incident, or everything."""
    kind, _, id = what.partition(":")
    named: Mapping[str, dict[str, Any]] = {
        "lesson": lessons,
        "question": questions,
        "prediction": predictions,
        "lab": labs,
        "incident": incidents,
    }
    if what == "all":
        for each in named.values():
            each.clear()
    elif kind in named and id:
        named[kind].pop(id, None)
        if kind == "lesson":
            for question in [question for question, so_far in questions.items() if so_far.lesson == id]:
                del questions[question]
            for prediction in [prediction for prediction, so_far in predictions.items() if so_far.lesson == id]:
                del predictions[prediction]


def _is_there(place: Event, lessons: Mapping[str, LessonProgress], labs: Mapping[str, LabProgress]) -> bool:
    return place.subject in (lessons if place.kind == "lesson-step" else labs)


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
