"""The steps of a lesson by what they are: what was seen stays seen, whatever an author puts before it or takes away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, assert_never

if TYPE_CHECKING:
    from course.syllabus import Lesson, LessonStep

_HALF = 6
"""Letters for what a step is called, and for what it says; two that are alike are told apart by their order."""


def marks(lesson: Lesson) -> tuple[str, ...]:
    """Return a short mark of each step, fit to be kept: half of it of the name, half of the text."""
    return tuple(_mark(step) for step in lesson.steps)


def moved(before: Sequence[str], after: Sequence[str]) -> Mapping[int, int]:
    """Return where each step is now that is still there, by its old index.

    A page is the same if it has kept its title or its text; a question, a lab and the like if it has its id.
    """
    found: dict[int, int] = {}
    same: tuple[Callable[[str], str], ...] = (str, lambda mark: mark[:_HALF], lambda mark: mark[_HALF:])
    for part in same:
        free: dict[str, list[int]] = {}
        for index in sorted(set(range(len(after))).difference(found.values()), reverse=True):
            free.setdefault(part(after[index]), []).append(index)
        for index, mark in enumerate(before):
            if index not in found and free.get(part(mark)):
                found[index] = free[part(mark)].pop()
    return found


def _mark(step: LessonStep) -> str:
    from course.syllabus import Checkpoint, Foretelling, OnCall, Practice, Reading  # not before the first screen

    match step:
        case Reading():
            return _short(f"page:{step.title}") + _short(repr(step.blocks))
        case Checkpoint():
            return 2 * _short(f"question:{step.question.id}")
        case Foretelling():
            return 2 * _short(f"prediction:{step.prediction.id}")
        case Practice():
            return 2 * _short(f"lab:{step.lab}")
        case OnCall():
            return 2 * _short(f"incident:{step.incident}")
        case _:
            assert_never(step)


def _short(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_HALF]
