"""Scenarios, exhibits, orders to choose from and requests to mend, by keyboard alone, with real files behind."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from course.content.packs import open_packs
from course.desk import LabDesk
from course.ports import Study
from course.tui.lab.plan.findings import FindingsList
from course.tui.widgets.question.exhibit import Exhibited
from course.tui.widgets.question.fix import FixBody
from course.tui.widgets.question.ordering import OrderingBody
from course.tui.widgets.question.panel import QuestionPanel
from quiz.presentation import laid_out, posed
from quiz.questions import Ordering
from tests.course.content.kinds import DEAF, GUARD, pack_of_kinds
from tests.course.tui import fakes
from tests.course.tui.driving import LARGE, SMALL, learner, press, read, until

STEP = {"night-alarm": 3, "night-rate": 4, "steps": 5, "mend": 6}
"""Of the lesson, from 0."""


@pytest.fixture
def study(tmp_path: Path) -> Study:
    packs = open_packs([pack_of_kinds(tmp_path / "pack")])[0]
    return Study(catalog=packs, journal=fakes.FakeJournal(), desk=LabDesk(tmp_path), now=fakes.Clock())


@asynccontextmanager
async def at(study: Study, question: str, size=SMALL):
    """The lesson at this question."""
    async with learner(study, *["n"] * 3, start="fleets", size=size) as pilot:
        await press(pilot, *["ctrl+n"] * (STEP[question] - 3))
        yield pilot


def panel(pilot) -> QuestionPanel:
    return pilot.app.screen.query_one(QuestionPanel)


def answers(study: Study) -> list[tuple[str, bool]]:
    return [(event.subject, event.data["correct"]) for event in study.journal.kinds("answered")]


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
async def test_the_scenario_stands_above_each_part(study, size):
    """With its exhibit; what is asked comes below, with an exhibit of its own."""
    async with at(study, "night-alarm", size) as pilot:
        assert "A case, question 1 of 2" in read(pilot)
        assert "Ines rolls out a model at night, and nobody is awake." in read(pilot)
        assert [each.display for each in panel(pilot).query(Exhibited)] == [True, False]
        await press(pilot, "ctrl+n")
        assert "A case, question 2 of 2" in read(pilot)
        assert "Ines rolls out a model at night, and nobody is awake." in read(pilot)
        assert [each.display for each in panel(pilot).query(Exhibited)] == [True, True]


async def test_a_part_is_answered_by_itself(study):
    """And so the history has it; asked anew, its exhibit has other figures."""
    async with at(study, "night-rate") as pilot:
        first = panel(pilot).question
        await press(pilot, "1", "enter", "f4")
        await press(pilot, "r")
        second = panel(pilot).question

        assert {subject for subject, _ in answers(study)} == {"night-rate"}
        assert first.exhibit is not None
        assert second.exhibit is not None
        assert first.exhibit != second.exhibit
        own = panel(pilot).query(Exhibited).last()
        assert second.exhibit.blocks()[0].markdown in str(own.query("Prose").first()._markdown)


def order_of(study: Study) -> list[str]:
    shown = posed(study.catalog.question("steps"), 0)
    assert isinstance(shown, Ordering)
    return [each.id for each in laid_out(shown)]


async def test_a_row_is_set_aside_and_taken_back(study):
    """By a key that the footer names; it is no part of the answer then, and comes back at the end."""
    async with at(study, "steps") as pilot:
        body = panel(pilot).body
        assert isinstance(body, OrderingBody)
        shown = order_of(study)
        assert "x Set aside" in read(pilot)
        await press(pilot, *["down"] * shown.index("pray"), "x")
        assert body.answer == tuple(id for id in shown if id != "pray")
        assert "Hope for the best set aside" in read(pilot)
        await press(pilot, *["down"] * 4, "x")
        assert body.answer == (*(id for id in shown if id != "pray"), "pray")


async def test_what_was_set_aside_is_kept_and_judged(study):
    """Whoever comes back finds it; every row has its reason afterwards."""
    async with at(study, "steps") as pilot:
        await press(pilot, *["down"] * order_of(study).index("pray"), "x", "ctrl+n", "ctrl+b")
        body = panel(pilot).body
        assert isinstance(body, OrderingBody)
        assert "pray" not in body.order
        for place, id in enumerate(("write", "send", "bake")):
            body.move(body.shown.index(id), place)
        await press(pilot, "enter")
        assert answers(study) == [("steps", True)]
        assert "rightly left out" in read(pilot)
        assert "Hope stops nothing." in read(pilot)


async def test_only_where_something_belongs_to_no_place_are_rows_set_aside(study):
    """Any other order is whole."""
    study = fakes.study()
    async with learner(study, *["n"] * 4, start="canary") as pilot:
        body = panel(pilot).body
        assert isinstance(body, OrderingBody)
        assert "Set aside" not in read(pilot)
        await press(pilot, "x")
        assert len(body.order) == 4


def fix_body(pilot) -> FixBody:
    body = panel(pilot).body
    assert isinstance(body, FixBody)
    return body


async def mend(pilot, text: str) -> None:
    """Write it, leave the text, and have it judged."""
    await press(pilot, "e")
    writer = fix_body(pilot).writer
    assert writer is not None
    writer.editor.swap(text)
    await pilot.pause()
    await press(pilot, "escape", "enter")
    await until(pilot, lambda: not panel(pilot).judging)


async def test_what_is_wrong_with_a_request_is_told_with_the_verdict(study):
    """The checker would mend it for the learner; only a text that cannot be read is called that at once."""
    async with at(study, "mend", LARGE) as pilot:
        writer = fix_body(pilot).writer
        assert writer is not None
        await until(pilot, lambda: writer.checked is not None)
        assert writer.checked is not None
        assert writer.checked.findings
        assert not writer.query_one(FindingsList).display
        assert "AWS would" not in read(pilot)
        writer.editor.swap("PutMetricAlarm: [")
        await until(pilot, lambda: writer.query_one(FindingsList).display)
        await mend(pilot, DEAF.replace("Period: 60", "Period: 61"))
        await press(pilot, "s")
        assert answers(study) == [("mend", False), ("mend", False)]
        assert not panel(pilot).query_one(FindingsList).display
        [verdict] = [each for each in (fix_body(pilot).verdict,) if each is not None]
        assert any("line 10" in detail.why and "61" in detail.why for detail in verdict.details)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
async def test_a_request_is_mended_and_judged_in_the_background(study, size):
    """Point by point, with its reasons and a solution."""
    async with at(study, "mend", size) as pilot:
        await mend(pilot, GUARD)
        assert answers(study) == [("mend", True)]
        assert "Rolled back in all 2 runs." in read(pilot)
        assert not fix_body(pilot).can_focus


async def test_a_wrong_one_has_a_second_try(study):
    """What is missed is told, and the text stays; then everything is."""
    async with at(study, "mend") as pilot:
        await press(pilot, "enter")
        assert "Mend something first" in read(pilot)
        await mend(pilot, DEAF.replace("Threshold: 20000", "Threshold: 2000"))
        assert "Not yet: The update to bad is rolled back" in read(pilot)
        assert fix_body(pilot).answer == DEAF.replace("Threshold: 20000", "Threshold: 2000")
        await press(pilot, "s")
        assert answers(study) == [("mend", False), ("mend", False)]
        assert "The alarm has to hear a fifth of all requests failing." in read(pilot)


async def test_what_is_no_plan_costs_nothing(study):
    """Its place is told, and it can be mended."""
    async with at(study, "mend") as pilot:
        await mend(pilot, "PutMetricAlarm: [")
        assert "This is no plan yet, line 2, column 1:" in read(pilot)
        assert not answers(study)


async def test_a_draft_outlives_the_page_and_a_verdict_the_program(study):
    """The text is kept while one reads elsewhere; from the history it is judged again, in the background."""
    async with at(study, "mend") as pilot:
        await press(pilot, "e", "x", "escape", "ctrl+b", "ctrl+n")
        assert fix_body(pilot).answer == "x" + DEAF
        await mend(pilot, GUARD)
    async with learner(study, start="fleets") as pilot:
        await press(pilot, *["n"] * 3, *["ctrl+n"] * 3)
        await until(pilot, lambda: bool(panel(pilot).state.verdict and panel(pilot).state.verdict.details))
        assert fix_body(pilot).given == GUARD
        assert answers(study) == [("mend", True)]
