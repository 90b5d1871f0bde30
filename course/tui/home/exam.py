"""What Home says of exams: the one that goes on, and the day of the real one."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from course.folds.exams import OPEN_EXAMS, OpenExam

if TYPE_CHECKING:
    from course.ports import Study


class GoesOnNow(NamedTuple):
    """An exam to go on with, as it is offered."""

    id: str
    profile: str
    say: str


def open_exam(study: Study) -> OpenExam | None:
    """Return the exam that was begun last and has not ended, rather one whose time is not up."""
    known, now = tuple(study.journal.folded(OPEN_EXAMS).values()), study.now()
    in_time = [each for each in known if each.left(now)]
    return next(reversed(in_time or known), None)


def goes_on(exam: OpenExam | None, now: datetime) -> GoesOnNow | None:
    """Return how it stands now."""
    if exam is None:
        return None
    left = -(-int(exam.left(now).total_seconds()) // 60)
    return GoesOnNow(exam.id, exam.profile, f"goes on: {left} min left" if left else "time is up: see what came out")


def in_days(day: date | None, today: date) -> str:
    """Return when the exam is, such as `exam in 24 days`; nothing if no day is named, or it is over."""
    if day is None or day < today:
        return ""
    days = (day - today).days
    return {0: "exam today", 1: "exam tomorrow"}.get(days, f"exam in {days} days")
