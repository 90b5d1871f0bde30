"""Reviews as a fold that is kept: going through a hundred thousand answers takes seconds."""

from __future__ import annotations

from dataclasses import astuple
from datetime import datetime
from typing import Any

from course.folds.fold import Fold
from course.learning.exposures import Exposure
from course.learning.items import Item
from course.learning.reviews import Reviews, Studied, continued
from quiz.mastery.calibration import Scores
from quiz.memory.scheduling import Memory


def _written(reviews: Reviews) -> dict[str, Any]:
    return {
        "studied": [
            [
                item.kind,
                item.id,
                _memory(each.memory),
                each.before and _memory(each.before),
                each.seen,
                _exposure(each.first),
                _exposure(each.latest),
                each.right,
                each.lesson,
                each.revision,
            ]
            for item, each in reviews.studied.items()
        ],
        "missed": {lab: at.isoformat() for lab, at in reviews.missed.items()},
        "scores": astuple(reviews.scores),
    }


def _read(data: dict[str, Any]) -> Reviews:
    counts, predicted, right, squared = data["scores"]
    return Reviews(
        studied={
            Item(kind, id): Studied(
                _memory_of(memory),
                before and _memory_of(before),
                seen,
                _exposure_of(first),
                _exposure_of(latest),
                right,
                lesson,
                revision,
            )
            for kind, id, memory, before, seen, first, latest, right, lesson, revision in data["studied"]
        },
        missed={lab: datetime.fromisoformat(at) for lab, at in data["missed"].items()},
        scores=Scores(tuple(counts), tuple(predicted), tuple(right), squared),
    )


def _memory(memory: Memory) -> list[Any]:
    last, due = memory.last.isoformat(), memory.due.isoformat()
    return [memory.stability, memory.difficulty, last, due, memory.reviews, memory.lapses]


def _memory_of(data: list[Any]) -> Memory:
    stability, difficulty, last, due, reviews, lapses = data
    return Memory(stability, difficulty, datetime.fromisoformat(last), datetime.fromisoformat(due), reviews, lapses)


def _exposure(exposure: Exposure) -> list[Any]:
    return [exposure.at.isoformat(), exposure.rating, exposure.right, exposure.session]


def _exposure_of(data: list[Any]) -> Exposure:
    at, rating, right, session = data
    return Exposure(datetime.fromisoformat(at), rating, right, session)


REVIEWS: Fold[Reviews] = Fold("reviews", 2, Reviews(), continued, _written, _read)
"""Without the questions that missed goals make due: `continued(reviews, (), cards, labs)` adds them."""
