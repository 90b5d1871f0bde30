"""The screens of the kinds of sessions: a lesson's questions, what was chosen, what is due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from course.learning.due import items_due
from course.learning.items import Item, item_named
from course.tui.practice.screen import PracticeScreen

if TYPE_CHECKING:
    from course.ports import Study
    from course.syllabus import Lesson


def of_lesson(study: Study, lesson: Lesson) -> PracticeScreen:
    """Return the screen that asks the questions of a lesson's pages, without the reading."""
    items = tuple(Item("question", question.id) for question in lesson.questions)
    return PracticeScreen(study, f"Questions: {lesson.title}", "practice", lambda: items, lesson=lesson.id)


def of_items(study: Study, names: Sequence[str]) -> PracticeScreen:
    """Return the screen that asks these items, or goes on with what was interrupted."""
    items = tuple(item for item in map(item_named, names) if item is not None)
    return PracticeScreen(study, "Practice", "practice", lambda: items, anew=bool(items))


def of_what_is_due(study: Study) -> PracticeScreen:
    """Return the screen that goes through what is due, of what the course still has."""
    return PracticeScreen(study, "Review", "review", lambda: items_due(study))
