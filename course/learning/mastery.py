"""What is mastered, lesson by lesson and objective by objective."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from course.history import Progress
from course.learning.items import Item
from course.learning.reviews import Reviews, evidence

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
    so_far = [progress.questions.get(id) for id in questions]
    right = sum(each is not None and each.last_correct for each in so_far)
    labs = [id in progress.labs and progress.labs[id].passed for id in topic.labs]
    incidents = [id in progress.incidents and progress.incidents[id].passed for id in topic.incidents]
    begun = (
        topic.id in progress.lessons
        or any(so_far)
        or any(id in progress.labs for id in topic.labs)
        or any(id in progress.incidents for id in topic.incidents)
    )
    notes = [f"{right} of {len(so_far)} right"] if right < len(so_far) else []
    notes += _still_open("lab", labs)
    notes += _still_open("incident", incidents)
    anything = bool(so_far or labs or incidents)
    finished = topic.id in progress.lessons and progress.lessons[topic.id].finished
    return LessonMastery(
        right=right,
        of=len(so_far),
        labs_passed=sum(labs) + sum(incidents),
        labs_of=len(labs) + len(incidents),
        begun=begun,
        done=not notes if anything else finished,
        note=", ".join(notes),
    )


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


def _still_open(what: str, passed: Sequence[bool]) -> list[str]:
    """Return what is said of exercises that are not passed: `lab open` of one, `1 of 2 labs open` of several."""
    left = passed.count(False)
    if not left:
        return []
    return [f"{what} open" if len(passed) == 1 else f"{left} of {len(passed)} {what}s open"]
