"""The search on screen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from course.folds.progress import PROGRESS
from course.progress import resume
from course.tui.glossary.screen import GlossaryScreen
from course.tui.home.screen import HomeScreen
from course.tui.lab.plan.editor import PlanEditor
from course.tui.lab.screen import LabScreen
from course.tui.lab.workspace import Workspace
from course.tui.lesson.lesson import LessonScreen
from course.tui.places import LabPlace
from course.tui.search.question import LookedUpQuestion
from course.tui.search.screen import SearchScreen
from course.tui.search.whereabouts import place_of
from tests.course.tui import fakes
from tests.course.tui.driving import learner, press, read, shown, type_text, until
from tests.course.tui.lab.driving import a_lab_screen, settle
from tests.course.tui.lab.fakes import FakeJournal, a_study

READ = fakes.event("lesson-step", "canary", step=0, of=9)


async def ready(pilot) -> SearchScreen:
    """Wait until everything has been read."""
    screen = pilot.app.screen
    assert isinstance(screen, SearchScreen)
    await pilot.app.workers.wait_for_complete()
    await until(pilot, lambda: screen.index is not None)
    await pilot.pause()
    return screen


async def test_a_page_is_found_and_looked_up():
    """Enter opens it at its step, Esc comes back to the query and to what was highlighted, and once more to where one
    was; what Home offers has not changed."""
    study = fakes.study(READ)
    async with learner(study, "slash") as pilot:
        screen = await ready(pilot)
        await type_text(pilot, "blue WAY")
        assert screen.hits[0].place == "lesson:canary#1"
        assert "Going back is quick while blue still runs" in read(pilot)

        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, LessonScreen)
        assert pilot.app.screen.pager.step == 1

        await press(pilot, "escape")
        assert (await ready(pilot)).line.value == "blue WAY"
        assert screen.list.highlighted == 0
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HomeScreen)
    assert study.journal.written == [READ]


async def test_a_question_and_a_term_are_looked_up():
    """A question opens where it stands, as it was left; a term in the glossary; neither is written down."""
    answered = fakes.event("answered", "wait-field", answer="wait", correct=True, lesson="canary")
    study = fakes.study(READ, answered)
    async with learner(study, "slash") as pilot:
        await ready(pilot)
        await type_text(pilot, "minutes which field")
        await press(pilot, "enter")
        assert "lies between two shifts" in read(pilot)
        await press(pilot, "escape")
        screen = await ready(pilot)
        screen.line.value = "rollback"
        await pilot.pause()
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, GlossaryScreen)
        assert pilot.app.screen.term.id == "rollback"
    assert study.journal.written == [READ, answered]


async def test_a_question_of_practice_alone_has_a_page_of_its_own():
    """Nothing is begun by looking at it."""
    lesson = replace(fakes.LINEAR, steps=fakes.LINEAR.steps[:1], practice=(fakes.SHORT,))
    catalog = fakes.FakeCatalog(lessons={"linear": lesson})
    answered = fakes.event("answered", "latency-unit", answer="µs", correct=True, lesson="linear")
    study = fakes.study(answered, catalog=catalog)
    async with learner(study, "slash") as pilot:
        await ready(pilot)
        await type_text(pilot, "modellat")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, LookedUpQuestion)
        assert "500,000" in shown(pilot)
    assert study.journal.written == [answered]


async def test_without_a_word_bookmarks_and_notes_are_listed():
    """Hostile texts are text, in the list and in the field."""
    study = fakes.study(
        fakes.event("marked", "term:canary", on=True),
        fakes.event("noted", "lesson:canary#0", text="[red]ask[/] \x1b[31mbob" + " more" * 2_000),
    )
    async with learner(study, "slash") as pilot:
        screen = await ready(pilot)
        assert [entry.kind for entry in screen.hits] == ["note", "bookmark"]
        assert "[red]ask[/] ␛[31mbob" in shown(pilot)

        screen.line.value = "[rot]\x1b[32m" * 1_000
        await pilot.pause()
        assert "Nothing found" in shown(pilot)
        screen.line.value = "ask"
        await pilot.pause()
        assert len(screen.hits) == 1


@pytest.mark.parametrize(("start", "opens"), [("canary", True), ("glossary", False)])
async def test_slash_is_a_letter_where_one_types(start, opens):
    """There the function key opens the search."""
    async with learner(fakes.study(), "slash", start=start) as pilot:
        assert isinstance(pilot.app.screen, SearchScreen) is opens
        await press(pilot, "f12")
        assert isinstance(pilot.app.screen, SearchScreen)
        await press(pilot, "f12", "escape")
        assert not isinstance(pilot.app.screen, SearchScreen)


async def test_looking_at_a_lab_writes_nothing():
    """Opened by the search, looked at from all sides and left, a lab is not where the learner was."""
    journal = FakeJournal()
    study = a_study(journal=journal)
    async with a_lab_screen(study) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, LabScreen)
        for pane in ("brief", "plan", "run", "grade"):
            screen.query_one(Workspace).go(pane)
            await settle(pilot)
        assert screen.query(PlanEditor)
        await pilot.press("escape")
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)
    assert journal.kept == []
    assert resume(journal.folded(PROGRESS)) is None


@pytest.mark.parametrize(
    "name", ["lesson:gone#1", "lesson:rolling#0", "question:gone", "term:gone", "lab:gone", "run:x"]
)
def test_what_is_gone_is_nowhere(name):
    """A bookmark may outlive its place."""
    assert place_of(fakes.FakeCatalog(), name) is None


def test_a_run_is_found_in_its_lab():
    """Runs are not kept, their labs are."""
    assert place_of(fakes.FakeCatalog(), "run:first-guarded-update/broken/3") == LabPlace("first-guarded-update")
