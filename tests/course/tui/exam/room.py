"""An exam over the questions of the fakes, and a learner in it."""

from __future__ import annotations

from datetime import timedelta

from course.history import Event
from course.learning.exams import writing
from course.learning.sittings import sittings
from course.ports import Study
from quiz.exams.draw import draw
from quiz.exams.profile import Domain, Profile, Sale, Task
from tests.course.tui import fakes

KINDS = ("single", "multiple", "ordering", "matching", "numeric", "short-text")


def profile(**more) -> Profile:
    """Ten questions, of which the bank has six."""
    said = {
        "id": "mla",
        "title": "A small exam [/]",
        "about": "About the exam.",
        "tags": "lessons",
        "questions": 10,
        "minutes": 20,
        "pass_mark": 720,
        "kinds": KINDS,
        "domains": (
            Domain(id="3", title="Deployment", weight=60, objectives={"canary": "A part of the traffic first"}),
            Domain(id="4", title="Monitoring", weight=40, objectives={"alarms": "Alarms that fire"}),
        ),
        "sold": (Sale(what="in English", until="2026-12-31"),),
    }
    return Profile(**(said | more))


TASK = (Task(lab=fakes.LAB, domain="3", counts=2),)


def study(*events: Event, **more) -> Study:
    """A study with the exam."""
    exam = profile(**more)
    return fakes.study(*events, catalog=fakes.FakeCatalog(exams={exam.id: exam}))


def begun(ago: timedelta = timedelta(), id: str = "s1", **more) -> Event:
    """That it was begun so long ago."""
    cards = fakes.FakeCatalog().question_cards()
    return writing.begun(id, profile(**more), draw(profile(**more), cards, 0), cards, fakes.MONDAY - ago)


def sitting(study: Study):
    """The sitting that was begun last, as the history has it."""
    return sittings(study.journal.events())[-1]
