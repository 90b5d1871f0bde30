"""Commands: the footer, the palette and the help are derived from one definition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import OptionList

from course.tui import commands
from course.tui.commands import Command
from course.tui.home.screen import HomeScreen
from course.tui.lesson.lesson import LessonScreen
from course.tui.palette import CoursePalette, found_at, keys_of, offered
from course.tui.screens.help import HelpScreen
from course.tui.widgets.key_bar import KeyBar
from course.tui.widgets.key_bar import shown as footer
from tests.course.tui import fakes
from tests.course.tui.driving import learner, press, resize, rows, shown, type_text

ALL = [each for each in vars(commands).values() if isinstance(each, Command)]
PLACES = {
    "home": ((), None),
    "reading": ((), "canary"),
    "question": (("enter", "enter"), "canary"),
    "typing": (("c", "end", "up", "up", "enter"), "canary"),
    "verdict": (("enter", "enter", "1", "enter"), "canary"),
    "practice": (("c", "end", "enter"), "canary"),
    "quiz": (("t",), None),
    "glossary": ((), "glossary"),
}
FIRST = {
    "home": "⏎ Open",
    "reading": "⏎ Next",
    "question": "⏎ Check",
    "typing": "⏎ Check",
    "verdict": "⏎ Next",
    "practice": "⏎ Open the lab",
    "quiz": "⏎ Check",
    "glossary": "⏎ Lesson",
}
"""The next sensible key stands at the left of the footer."""


def test_ids_are_unique():
    """An id is the handle in a keymap."""
    assert len({command.id for command in ALL}) == len(ALL)


@pytest.mark.parametrize("command", ALL, ids=lambda command: command.id)
def test_every_command_explains_itself(command):
    """Title for the footer, a sentence for the tooltip."""
    assert command.title
    assert len(command.help) > len(command.title)
    assert command.keys


@pytest.mark.parametrize("place", PLACES)
async def test_what_is_offered_can_be_done_and_is_explained(place):
    """Every command has an action behind it and no key means two things; the footer shows each command once, begins
    with what Enter does, and never leaves out the way back and help; the help lists each command with all its keys."""
    keys, start = PLACES[place]
    async with learner(fakes.study(), *keys, start=start) as pilot:
        for found in offered(pilot.app.screen):
            action = found.binding.action.partition("(")[0]
            assert hasattr(found.node, f"action_{action}"), found
        line = [key.key for key in pilot.app.screen.query_one(KeyBar).keys]
        assert len(line) == len(set(line))
        active = [found.binding for found in pilot.app.screen.active_bindings.values()]
        actions = [key.action for key in footer(active)]
        assert len(actions) == len(set(actions))
        assert rows(pilot)[-1].strip().startswith(FIRST[place])

        await resize(pilot, 60, 16)
        footer_line = rows(pilot)[-1]
        assert "Help" in footer_line
        assert "Back" in footer_line or "Quit" in footer_line

        await resize(pilot, 100, 60)
        listed = keys_of(pilot.app.screen)
        assert len(listed) == len(offered(pilot.app.screen))
        await press(pilot, "f1")
        assert isinstance(pilot.app.screen, HelpScreen)
        area = pilot.app.screen.query_one(".dialog").region
        page = " ".join(" ".join(row[area.x : area.right] for row in rows(pilot)).split())
        for _, sentence in listed:
            assert sentence in page


async def test_help_goes_away_and_leaves_everything_as_it_was():
    """Esc and ? close it; an answer that was begun is still there."""
    async with learner(fakes.study(), "enter", "enter", "2", start="canary") as pilot:
        before = shown(pilot)

        await press(pilot, "question_mark", "escape")
        assert shown(pilot) == before

        await press(pilot, "question_mark", "question_mark")
        assert shown(pilot) == before


async def test_the_palette_lists_all_commands_and_places():
    """What can be done here, every lesson, every round of questions and every lab."""
    async with learner(fakes.study(), start="canary", size=(100, 120)) as pilot:
        expected = [found.binding.description for found in offered(pilot.app.screen)]

        await press(pilot, "ctrl+p")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        page = shown(pilot)

        for title in expected:
            assert title in page
        for title in ("Lesson: Linear traffic shifting", "Questions: Canary", "Lab: First guarded update"):
            assert title in page
        assert "Rolling" not in page


async def test_the_palette_goes_to_a_lesson():
    """Typing part of a name and Enter is enough."""
    async with learner(fakes.study(), "ctrl+p") as pilot:
        await type_text(pilot, "linear")
        await pilot.app.workers.wait_for_complete()
        await press(pilot, "enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

        assert isinstance(pilot.app.screen, LessonScreen)
        assert pilot.app.screen.lesson.id == "linear"


async def test_the_palette_does_what_a_key_does():
    """A command runs where it was offered."""
    async with learner(fakes.study(), "ctrl+p", start="canary") as pilot:
        await type_text(pilot, "contents")
        await pilot.app.workers.wait_for_complete()
        await press(pilot, "enter")
        await pilot.pause()

        assert pilot.app.screen.query_one(OptionList).option_count == len(fakes.CANARY.steps)


async def test_f9_goes_through_the_themes():
    """Dark, light, the terminal's own, and back to dark; all of them draw the page."""
    async with learner(fakes.study()) as pilot:
        seen = [pilot.app.theme]
        for _ in range(3):
            await press(pilot, "f9")
            seen.append(pilot.app.theme)
            assert "▶ Start" in shown(pilot)

        assert seen == ["mlcourse-dark", "mlcourse-light", "mlcourse-ansi", "mlcourse-dark"]


async def test_keys_in_the_footer_can_be_clicked():
    """Everything works with the mouse, too."""
    async with learner(fakes.study(), start="canary") as pilot:
        await pilot.click(KeyBar, offset=(rows(pilot)[-1].index("Back"), 0))
        await pilot.pause()

        assert isinstance(pilot.app.screen, HomeScreen)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        pytest.param("blue", ["Term: Blue fleet"], id="a term"),
        pytest.param(
            "lin shift", ["Lesson: Linear traffic shifting", "Questions: Linear traffic shifting"], id="parts"
        ),
        pytest.param("silent", [], id="letters that are scattered in others"),
        pytest.param("[/]", [], id="signs"),
    ],
)
async def test_the_palette_finds_what_was_typed(query, titles):
    """Every word has to stand in the title; terms are found, too."""
    async with learner(fakes.study()) as pilot:
        palette = CoursePalette(pilot.app.screen)
        found = [hit.text async for hit in palette.search(query)]

        assert sorted(found) == sorted(titles)


@given(st.text(max_size=20), st.text(min_size=1, max_size=4))
def test_a_word_is_found_where_it_stands(title, word):
    """Where it is said to be, it is; nowhere is None."""
    place = found_at(title, word)

    assert (place is None) == (word not in title)
    assert place is None or title.startswith(word, place)
