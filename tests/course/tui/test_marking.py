"""Bookmarks and notes on what is on the screen."""

from __future__ import annotations

import pytest

from course.learning.marks import MARKS
from course.tui.home.screen import HomeScreen
from course.tui.marking.dialog import NoteDialog
from course.tui.marking.line import LONGEST, beginning
from course.tui.widgets.area import Area
from tests.course.tui import fakes
from tests.course.tui.driving import learner, press, read, rows, shown, type_text
from tests.course.tui.lab.driving import a_lab_screen, run
from tests.course.tui.lab.fakes import LAB_ID, FakeJournal, a_study

HOSTILE = "[red]not[/red] \x1b[31mmarkup [/]\n" * 400


@pytest.mark.parametrize(
    ("start", "keys", "key", "place"),
    [
        ("canary", (), "b", "lesson:canary#0"),
        ("canary", ("enter",), "b", "lesson:canary#1"),
        ("canary", ("enter", "enter"), "b", "question:wait-field"),
        (None, ("t",), "b", "question:wait-field"),
        ("glossary", ("down",), "f10", "term:blue-fleet"),
    ],
)
async def test_a_bookmark_has_a_sign(start, keys, key, place):
    """It stands in the title until it is taken away; where the key is typed, the function key does the same."""
    study = fakes.study()
    async with learner(study, *keys, start=start) as pilot:
        before = rows(pilot)[0]
        await press(pilot, key)
        assert set(study.journal.folded(MARKS).on) == {place}
        assert "★" in rows(pilot)[0]

        await press(pilot, key)
        assert study.journal.folded(MARKS).on == {}
        assert rows(pilot)[0] == before


async def test_a_note_is_kept_and_comes_back():
    """Esc keeps it, with its lines; it is there when one returns, and gone when it is emptied."""
    study = fakes.study()
    async with learner(study, "m", start="canary") as pilot:
        await type_text(pilot, "ask")
        await press(pilot, "enter")
        await type_text(pilot, "bob")
        await press(pilot, "escape")
        assert study.journal.folded(MARKS).notes == {"lesson:canary#0": "ask\nbob"}
        assert "note ask bob" in read(pilot)
        assert "note" in rows(pilot)[0]

        await press(pilot, "enter")
        assert "bob" not in shown(pilot)
        await press(pilot, "p", "m", "ctrl+a")
        pilot.app.screen.query_one(Area).text = ""
        await press(pilot, "escape")
        assert study.journal.folded(MARKS).notes == {}
        assert "note" not in rows(pilot)[0]


async def test_whoever_quits_in_the_middle_of_a_note_has_it():
    """Nothing is lost by ctrl+q."""
    study = fakes.study()
    async with learner(study, "m", start="canary") as pilot:
        await type_text(pilot, "half a tho")
        assert isinstance(pilot.app.screen, NoteDialog)
        await press(pilot, "ctrl+q")

    assert study.journal.folded(MARKS).notes == {"lesson:canary#0": "half a tho"}


async def test_any_note_is_text():
    """Markup, escape codes and 10,000 characters are shown in three lines, and looking at them writes nothing."""
    study = fakes.study(fakes.event("noted", "lesson:canary#0", text=HOSTILE))
    async with learner(study, start="canary") as pilot:
        assert "[red]not[/red] ␛[31mmarkup [/]" in shown(pilot)
        assert pilot.app.screen.query_one("#note").region.height == 3

        written = len(study.journal.written)
        await press(pilot, "m", "escape")
        assert len(study.journal.written) == written


@pytest.mark.parametrize(
    ("note", "shown"), [(" a\nb ", "a\nb"), ("1\n2\n3\n4", "1\n2\n3…"), ("x" * 10_000, "x" * LONGEST + "…")]
)
def test_a_note_begins_with_its_first_lines(note, shown):
    """What is left out has a sign."""
    assert beginning(note) == shown


async def test_the_end_of_a_lesson_cannot_be_marked():
    """Nor can Home."""
    async with learner(fakes.study(), "c", "end", "enter", "n", start="canary") as pilot:
        await press(pilot, "b", "m", "escape")
        assert isinstance(pilot.app.screen, HomeScreen)
        await press(pilot, "b", "m")

        assert pilot.app.study.journal.folded(MARKS).on == {}


async def test_a_lab_and_a_run_have_their_own():
    """A run is named by its release and its seed."""
    journal = FakeJournal()
    async with a_lab_screen(a_study(journal=journal)) as pilot:
        await press(pilot, "f10")
        await run(pilot, "A")
        await press(pilot, "f10")
        release = journal.data("lab-run")[0]["release"]

        assert list(journal.folded(MARKS).on) == [f"lab:{LAB_ID}", f"run:{LAB_ID}/{release}/0"]
