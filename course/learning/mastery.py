"""What is mastered, objective by objective."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from course.learning.items import Item
from course.learning.reviews import Reviews, evidence

if TYPE_CHECKING:
    from course.syllabus import QuestionCard


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveMastery:
    """How much of an exam's objective is known, by first answers and what is remembered since."""

    exam: str
    objective: str
    right: int
    """First answers that were right, without a hint and at the first try."""
    of: int
    """First answers."""
    questions: int
    """How many there are in the course."""
    low: float
    estimate: float
    """The probability that a new question is answered right."""
    high: float
    """90 % of what is likely lies between low and high."""


def objectives(cards: Iterable[QuestionCard], reviews: Reviews, now: datetime) -> tuple[ObjectiveMastery, ...]:
    """Return the mastery of every objective that a question serves, sorted by exam and objective."""
    served: dict[tuple[str, str], list[Item]] = {}
    for card in cards:
        for exam, names in card.objectives.items():
            for name in dict.fromkeys(names):
                served.setdefault((exam, name), []).append(Item("question", card.id))
    return tuple(_objective(*key, served[key], reviews, now) for key in sorted(served))


def _objective(exam: str, objective: str, items: Sequence[Item], reviews: Reviews, now: datetime) -> ObjectiveMastery:
    found = evidence([reviews.studied[item] for item in items if item in reviews.studied], now)
    low, high = found.interval
    return ObjectiveMastery(
        exam=exam,
        objective=objective,
        right=found.right,
        of=found.of,
        questions=len(items),
        low=low,
        estimate=found.mean,
        high=high,
    )
