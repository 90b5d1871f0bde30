"""Keys that come faster than the app can work: nothing ends the program, and nothing happens twice."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from course.tui.glossary.screen import GlossaryScreen
from course.tui.home.screen import HomeScreen
from course.tui.lesson.contents import ContentsScreen
from course.tui.lesson.lesson import LessonScreen
from course.tui.lesson.pager import Pager
from course.tui.practice.screen import PracticeScreen
from tests.course.tui import fakes
from tests.course.tui.driving import dash, learner, press, shown


class NoLabs(fakes.FakeCatalog):
    """Labs are opened elsewhere."""

    def lab_ids(self):
        """There are none."""
        return ()


LISTS_AND_FIELDS = {
    "home": (),
    "contents": ("enter", "c"),
    "help": ("question_mark",),
    "palette": ("ctrl+p",),
    "glossary": ("g",),
    "related terms": ("g", "tab"),
    "playground": ("f7",),
    "summary": ("t", *["ctrl+n"] * len(fakes.QUESTIONS)),
    **{f"question {question.kind}": ("t", *["ctrl+n"] * index, "1") for index, question in enumerate(fakes.QUESTIONS)},
}
HASTE = {
    "letters that are nowhere": ("zz", ""),
    "a word and back": (["c", "a", "n", "a", "backspace", "backspace", "backspace", "x", "q", "backspace"], ""),
    "a paste of nothing known": ("", "nobody knows this [/]"),
    "up and down": (["down", "up", "end", "home", "pagedown", "pageup", "j", "k", "tab"] * 2, ""),
    "enter and escape": (["down", "enter", "enter", "escape", "enter", "down", "enter", "enter"], ""),
    "numbers, hints and checks": (["1", "2", "h", "h", "h", "enter", "enter", "r", "3", "enter", "a", "enter"], ""),
    "forth and back": (["n", "n", "p", "n", "c", "down", "enter", "enter", "p", "p", "t", "enter"], ""),
}


@pytest.mark.parametrize("way", LISTS_AND_FIELDS.values(), ids=LISTS_AND_FIELDS)
async def test_no_list_and_no_field_is_ended_by_haste(way):
    """Typed and pasted at full speed, everywhere; the program lives on, and Esc leads home as ever."""
    async with learner(fakes.study(catalog=NoLabs())) as pilot:
        for keys, paste in HASTE.values():
            await press(pilot, *way)
            await dash(pilot, keys, paste=paste)
            assert pilot.app._exception is None
            for _ in range(9):
                if not isinstance(pilot.app.screen, HomeScreen):
                    await press(pilot, "escape")
            await press(pilot, "home")

            assert isinstance(pilot.app.screen, HomeScreen)


@pytest.mark.parametrize("text", ["zz", "nobody knows this", "canary", "q", "back bak"])
async def test_what_is_searched_in_haste_is_found_all_the_same(text):
    """List and card agree with the field, however fast it was filled."""
    async with learner(fakes.study(), "g") as pilot:
        await dash(pilot, text)
        typed = (pilot.app.screen.term, pilot.app.screen.hits)
        await dash(pilot, ["backspace"] * len(text), paste=text)

        assert pilot.app.screen.query_one(Input).value == text
        assert (pilot.app.screen.term, pilot.app.screen.hits) == typed
        assert typed[0] == (typed[1][0] if typed[1] else None)


@pytest.mark.parametrize(
    ("keys", "kind"),
    [
        pytest.param(["enter"] * 2, LessonScreen, id="a lesson"),
        pytest.param("tt", PracticeScreen, id="the questions"),
        pytest.param("gg", GlossaryScreen, id="the glossary"),
        pytest.param(["enter", "t", "l"], (LessonScreen, PracticeScreen), id="several things: one"),
    ],
)
async def test_home_opens_a_thing_once(keys, kind):
    """One Esc leads back, however often the key was pressed."""
    async with learner(fakes.study()) as pilot:
        await dash(pilot, keys)
        assert isinstance(pilot.app.screen, kind)

        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_a_choice_in_a_dialog_is_made_once():
    """The second Enter of a double press is for the lesson, and closes nothing below the dialog."""
    async with learner(fakes.study(), "enter", "c") as pilot:
        assert isinstance(pilot.app.screen, ContentsScreen)
        choices = pilot.app.screen.query_one("Choices")
        choices.action_select()
        choices.action_select()
        await pilot.pause()
        await pilot.pause()

        assert isinstance(pilot.app.screen, LessonScreen)


async def test_the_end_of_a_lesson_leads_back_once():
    """Left twice in one breath, the lesson goes and the glossary from which it was opened stays."""
    async with learner(fakes.study(), "g", "enter", "n", "n", *["ctrl+n"] * 8) as pilot:
        assert "The end, not all is done" in shown(pilot)
        pager = pilot.app.screen.query_one(Pager)
        pager.action_finish()
        pager.action_finish()
        await pilot.pause()
        await pilot.pause()

        assert isinstance(pilot.app.screen, GlossaryScreen)
