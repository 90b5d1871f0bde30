"""How much of a lesson is mastered: by its questions, its predictions, its labs and its incidents, and by nothing else.

On the way to the first screen, so this imports nothing that Home does not need anyway.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course.progress import LessonProgress, Progress

if TYPE_CHECKING:
    from course.outline import Outline, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonMastery:
    """How much of a lesson is mastered. Having turned its pages counts for nothing where there is more to do."""

    right: int
    """Questions on its pages whose last answer was right."""
    of: int
    predicted: int
    """Runs on its pages that were predicted and seen, rightly or not."""
    predictions: int
    passed: int
    """Labs and incidents that were passed."""
    exercises: int
    begun: bool
    """Was anything of it opened, answered or tried?"""
    done: bool
    note: str
    """What is open, such as `3 of 7 right, lab open`; empty when it is done."""


def lesson_mastery(topic: Topic, progress: Progress) -> LessonMastery:
    """Return how much of a lesson is mastered; one without questions and exercises is when it was read to its end."""
    so_far = [progress.questions.get(id) for id in topic.questions]
    right = sum(each is not None and each.last_correct for each in so_far)
    labs = [id in progress.labs and progress.labs[id].passed for id in topic.labs]
    incidents = [id in progress.incidents and progress.incidents[id].passed for id in topic.incidents]
    seen = [id in progress.predictions and progress.predictions[id].attempts > 0 for id in topic.predictions]
    open_ = [f"{right} of {len(so_far)} right"] if right < len(so_far) else []
    open_ += [*_still_open("prediction", seen), *_still_open("lab", labs), *_still_open("incident", incidents)]
    read = progress.lessons.get(topic.id, LessonProgress())
    done = not open_ if so_far or seen or labs or incidents else read.finished
    return LessonMastery(
        right=right,
        of=len(so_far),
        predicted=sum(seen),
        predictions=len(seen),
        passed=sum(labs) + sum(incidents),
        exercises=len(labs) + len(incidents),
        begun=(
            topic.id in progress.lessons
            or any(each is not None for each in so_far)
            or any(id in progress.predictions for id in topic.predictions)
            or any(id in progress.labs for id in topic.labs)
            or any(id in progress.incidents for id in topic.incidents)
        ),
        done=done,
        note=", ".join(open_),
    )


def all_mastered(outline: Outline, progress: Progress) -> bool:
    """Are all lessons mastered?"""
    return bool(outline.topics) and all(lesson_mastery(topic, progress).done for topic in outline.topics)


def _still_open(what: str, passed: Sequence[bool]) -> list[str]:
    """Return what is said of things that are not done: `lab open` of one, `1 of 2 labs open` of several."""
    left = len(passed) - sum(passed)
    if not left:
        return []
    return [f"{what} open" if len(passed) == 1 else f"{left} of {len(passed)} {what}s open"]
