"""Which screen an exam is at: before it begins, while it goes on, or after its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

from course.errors import CourseError
from course.learning.exams.result import result
from course.tui.exam.before import BeforeExamScreen
from course.tui.exam.exams import title_of
from course.tui.exam.result import ExamResultScreen
from course.tui.exam.room import taken
from course.tui.exam.screen import ExamScreen

if TYPE_CHECKING:
    from course.ports import Study
    from course.tui.places import ExamPlace
    from quiz.exams.profile import Profile


def door(study: Study, place: ExamPlace) -> Screen[None]:
    """Return the screen; KeyError for an exam that is not there.

    While an exam of a profile goes on, no second one of it begins: the way leads back into the first.
    """
    known = taken(study)
    going_on = [each for each in known if each.profile == place.profile and each.ended is None]
    found = [each for each in known if each.id == place.sitting] if place.sitting else going_on[-1:]
    if not found and not place.sitting:
        return BeforeExamScreen(study, study.catalog.exam(place.profile))
    if not found:
        raise KeyError(place.sitting)
    [sitting] = found
    title = title_of(study, sitting.profile)
    if sitting.ended is None:
        return ExamScreen(study, sitting, title)
    return ExamResultScreen(study, title, result(sitting, known), _profile(study, sitting.profile))


def _profile(study: Study, id: str) -> Profile | None:
    try:
        return study.catalog.exam(id)
    except (KeyError, CourseError):
        return None
