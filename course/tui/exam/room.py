"""The exams of a learner's history, and how one ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from course.errors import CourseError
from course.learning.exams.sitting import Sitting, TaskSet, Why
from course.learning.exams.writing import closing, planned
from course.learning.resets import effective
from course.learning.sittings import after, sittings
from quiz.exams.draw import Draw, draw
from quiz.grading import takes_long
from quiz.presentation import posed

if TYPE_CHECKING:
    from datetime import datetime

    from course.history import Event
    from course.ports import Study
    from quiz.exams.profile import Profile
    from quiz.questions import Answer, Question

Progress = Callable[[str, int, int], None]
"""Is told the title of the lab whose plan is graded, and how many of how many runs are done."""


def taken(study: Study) -> tuple[Sitting, ...]:
    """Return all sittings that count, in the order in which they were begun."""
    return sittings(effective(study.journal.events()))


def next_draw(study: Study, profile: Profile, before: tuple[Sitting, ...]) -> Draw:
    """Return what this exam would ask next: other questions each time, and the same ones until it is begun."""
    seed = sum(each.profile == profile.id for each in before)
    return draw(profile, study.catalog.question_cards(), seed)


def with_plans(study: Study, sitting: Sitting) -> tuple[Sitting, tuple[Event, ...]]:
    """Return the sitting with the plans that were written in its labs, and the events that say so.

    What is saved or graded in a lab during the exam is handed in, also where the program was ended in that lab.
    """
    written: list[Event] = []
    for task in sitting.tasks:
        last = _last_plan(study, sitting, task)
        if last and last[1] != sitting.plans.get(task.lab):
            event = planned(sitting, task.lab, last[1], last[0])
            sitting = after(sitting, event)
            written.append(event)
    return sitting, tuple(written)


def _last_plan(study: Study, sitting: Sitting, task: TaskSet) -> tuple[datetime, str] | None:
    found = None
    for event in study.journal.events():
        if not sitting.begun <= event.at <= sitting.deadline:
            continue
        if event.subject == task.lab and event.kind in ("plan-saved", "lab-graded") and event.text("text"):
            found = event.at, event.text("text")
        elif event.subject == sitting.id and event.text("task") == task.lab:
            found = event.at, event.text("answer")
    return found


def known_grades(study: Study, sitting: Sitting) -> dict[str, bool]:
    """Return which tasks are passed, of those that need not be graded: without a plan, or graded during the exam."""
    graded = {
        (event.subject, event.text("text")): event.data.get("passed") is True
        for event in study.journal.events()
        if event.kind == "lab-graded" and event.at >= sitting.begun
    }
    there = [(each.lab, sitting.plans.get(each.lab)) for each in sitting.tasks if each.lab in study.catalog.lab_ids()]
    return {lab: bool(text and graded[lab, text]) for lab, text in there if text is None or (lab, text) in graded}


def passes(study: Study, lab: str, text: str, on_progress: Progress) -> bool:
    """Is this plan good enough for the lab? Takes a while, and is called in a worker thread."""
    try:
        found = study.catalog.lab(lab)
    except (KeyError, CourseError):
        return False
    checked = study.desk.check(found, text)
    if not checked.ok or checked.plan is None:
        return False
    return study.desk.grade(found, checked.plan, lambda done, of: on_progress(found.title, done, of)).passed


def slow_answers(study: Study, sitting: Sitting) -> dict[str, tuple[Question, Answer]]:
    """Return the answers that take long to judge, each with its question as it was asked."""
    found = {}
    for id, answer in sitting.answers.items():
        try:
            question = study.catalog.question(id)
        except (KeyError, CourseError):
            continue
        if takes_long(question):
            found[id] = posed(question, sitting.seed), answer
    return found


def end_overdue(study: Study) -> bool:
    """End the sittings whose time is up, as they stand; False if there is one of which something has still to
    be graded."""
    done = True
    for sitting in taken(study):
        if sitting.ended is None and sitting.over(study.now()):
            sitting, plans = with_plans(study, sitting)
            passed = known_grades(study, sitting)
            ungraded = any(lab in study.catalog.lab_ids() and lab not in passed for lab in sitting.plans)
            if ungraded or slow_answers(study, sitting):
                done = False
                continue
            for event in (*plans, *end(study, sitting, "time", passed)):
                study.journal.record(event)
    return done


def end(
    study: Study, sitting: Sitting, why: Why, passed: Mapping[str, bool], judged: Mapping[str, bool] | None = None
) -> tuple[Event, ...]:
    """Return the events that end a sitting; `passed` tells of the labs that are still there, `judged` which answers
    that take long to judge are right."""
    lessons = {card.id: card.lesson for card in study.catalog.question_cards()}
    before = effective(study.journal.events())
    return tuple(closing(sitting, study.catalog.question, lessons, passed, why, study.now(), before, judged))
