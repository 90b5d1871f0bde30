"""What the course promises as a whole: everything is open, proved, explained and dated."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from course.content.lint.coverage import coverage
from course.content.pack import Pack
from course.syllabus import Foretelling

HERE = Path(__file__).parent
PACK = Pack(HERE.parent / "lessons")
LESSONS = {id: PACK.whole_lesson(id) for id in PACK.course.lessons}
BEFORE_THE_FIRST_LAB = {"words-of-aws"}
"""Lessons without a lab or an incident of their own."""
WITHOUT_A_TRAP = {"first-guarded-update", "silent-rollback"}
"""The guide's own example, and an incident that is held to its proof."""


def test_each_lesson_has_something_to_do():
    """A lab or an incident."""
    idle = {topic.id for topic in PACK.outline.topics if not topic.labs and not topic.incidents}

    assert idle == BEFORE_THE_FIRST_LAB | {"other-controllers"}


def test_each_lab_has_its_trap_held_against_the_simulator():
    """In a test of its name."""
    named = {path.stem.removeprefix("test_").replace("_", "-") for path in (HERE / "labs" / "traps").glob("test_*.py")}

    assert {*PACK.lab_ids(), *PACK.incident_ids()} - named == WITHOUT_A_TRAP


def test_terms_are_many_and_each_has_an_example_and_a_source():
    """Eighty at least."""
    terms = PACK.terms()

    assert len(terms) >= 80
    assert [term.id for term in terms if not (term.example and term.source.url and term.source.checked)] == []


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_sources_are_dated(lesson):
    """With the day on which they were checked."""
    assert lesson.sources
    assert all(date.fromisoformat(source.checked) and source.url.startswith("https://") for source in lesson.sources)


def test_most_lessons_let_runs_be_predicted():
    """More than a dozen."""
    foretold = [id for id, lesson in LESSONS.items() if any(isinstance(step, Foretelling) for step in lesson.steps)]

    assert len(foretold) >= 15


def test_nothing_falls_short_of_the_blueprint():
    """Questions by lesson and kind, computed ones, levels and objectives."""
    assert coverage(PACK).short == ()
