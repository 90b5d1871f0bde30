"""How far the learner is, and what they prefer, as folds that are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from course.folds.advancing import continued
from course.folds.fold import Fold
from course.history import Event
from course.progress import (
    IncidentProgress,
    LabProgress,
    LessonProgress,
    PredictionProgress,
    Progress,
    QuestionProgress,
)


def _written(progress: Progress) -> dict[str, Any]:
    last = progress.last
    return {
        "lessons": {id: asdict(each) for id, each in progress.lessons.items()},
        "questions": {id: asdict(each) for id, each in progress.questions.items()},
        "predictions": {id: asdict(each) for id, each in progress.predictions.items()},
        "labs": {id: asdict(each) for id, each in progress.labs.items()},
        "incidents": {id: asdict(each) for id, each in progress.incidents.items()},
        "last": last and [last.at.isoformat(), last.kind, last.subject, last.data],
        "aside": progress.aside,
    }


def _read(data: dict[str, Any]) -> Progress:
    last = data["last"]
    return Progress(
        lessons={id: _lesson(each) for id, each in data["lessons"].items()},
        questions={id: QuestionProgress(**each) for id, each in data["questions"].items()},
        predictions={id: PredictionProgress(**each) for id, each in data["predictions"].items()},
        labs={id: LabProgress(**each) for id, each in data["labs"].items()},
        incidents={id: IncidentProgress(**each) for id, each in data["incidents"].items()},
        last=last and Event(datetime.fromisoformat(last[0]), last[1], last[2], last[3]),
        aside=data["aside"],
    )


def _lesson(data: dict[str, Any]) -> LessonProgress:
    return LessonProgress(**{**data, "seen": tuple(data["seen"]), "marks": tuple(data["marks"])})


def _preferred(before: Mapping[str, str], events: Iterable[Event]) -> Mapping[str, str]:
    after = dict(before)
    for event in events:
        if event.kind == "preferred" and isinstance(value := event.data.get("value"), str):
            after[event.subject] = value
    return after


PROGRESS: Fold[Progress] = Fold("progress", 5, Progress(), continued, _written, _read)
PREFERENCES: Fold[Mapping[str, str]] = Fold("preferences", 1, {}, _preferred, dict, dict)
"""What was last chosen, by what it is about, such as `theme`."""
EXAM_DATE = "exam-date"
"""What the day of the learner's exam is called among their preferences, as an ISO date."""


def exam_day(preferences: Mapping[str, str]) -> date | None:
    """Return the day of the learner's exam, if they have named one."""
    named = preferences.get(EXAM_DATE)
    try:
        return date.fromisoformat(named) if named else None
    except ValueError:
        return None
