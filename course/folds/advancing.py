"""How far the learner is, as a fold over their history: what each event makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from course.history import Event
from course.progress import (
    IncidentProgress,
    LabProgress,
    LessonProgress,
    PredictionProgress,
    Progress,
    QuestionProgress,
    is_raised,
)

_PLACES = ("lesson-step", "plan-saved", "lab-run", "lab-graded")
"""The kinds of event that tell where the learner was."""


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
