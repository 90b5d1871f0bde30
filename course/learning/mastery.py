"""What is mastered, lesson by lesson and objective by objective."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from course.history import Progress
from course.learning.reviews import Reviews

if TYPE_CHECKING:
    from course.outline import Topic
    from course.syllabus import QuestionCard


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonMastery:
    """How much of a lesson is mastered. Having turned its pages counts for nothing."""

    right: int
    """Questions on its pages whose last answer was right."""
    of: int
    labs_passed: int
    """Labs and incidents."""
    labs_of: int
    begun: bool
    """Was anything of it opened or answered?"""
    done: bool
    """Is everything right and passed?"""
    note: str
    """What is open, such as `3 of 7 right, lab open`; empty when it is done."""


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


def lesson_mastery(topic: Topic, questions: Sequence[str], progress: Progress) -> LessonMastery:
    """Return how much of a lesson is mastered; `questions` are the ids of those on its pages."""
    raise NotImplementedError


def objectives(cards: Iterable[QuestionCard], reviews: Reviews, now: datetime) -> tuple[ObjectiveMastery, ...]:
    """Return the mastery of every objective that a question serves, sorted by exam and objective."""
    raise NotImplementedError
