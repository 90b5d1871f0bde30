"""Commands: the footer, the palette and the help are derived from one definition."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList

from course.tui import commands
from course.tui.commands import Command
from course.tui.palette import keys_of, offered
from course.tui.screens.help import HelpScreen
from course.tui.screens.home import HomeScreen
from course.tui.screens.lesson import LessonScreen
from course.tui.widgets.key_bar import KeyBar
from course.tui.widgets.key_bar import shown as footer
from tests.course.tui import fakes
from tests.course.tui.driving import learner, press, rows, shown, type_text

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
async def test_every_offered_command_can_be_carried_out(place):
    """A key in the footer has an action behind it: none leads to nothing."""
    keys, start = PLACES[place]
    async with learner(fakes.study(), *keys, start=start) as pilot:
        for found in offered(pilot.app.screen):
            action = found.binding.action.partition("(")[0]
            assert hasattr(found.node, f"action_{action}"), found


@pytest.mark.parametrize("place", PLACES)
async def test_no_key_means_two_things(place):
    """What the footer shows, the key does: its binding is the first one for that key."""
    keys, start = PLACES[place]
    async with learner(fakes.study(), *keys, start=start) as pilot:
        line = [key.key for key in pilot.app.screen.query_one(KeyBar).keys]
        assert len(line) == len(set(line))


@pytest.mark.parametrize("place", PLACES)
async def test_the_way_back_and_help_are_always_in_sight(place):
    """However many keys there are, these two are never left out."""
    keys, start = PLACES[place]
    async with learner(fakes.study(), *keys, start=start, size=(60, 16)) as pilot:
        line = rows(pilot)[-1]

        assert "Help" in line
        assert "Back" in line or "Quit" in line


@pytest.mark.parametrize(
    ("place", "first"),
    [
        ("home", "⏎ Open"),
        ("reading", "⏎ Next"),
        ("question", "⏎ Check"),
        ("typing", "⏎ Check"),
        ("verdict", "⏎ Next"),
        ("practice", "⏎ Open the lab"),
        ("glossary", "⏎ Lesson"),
    ],
)
async def test_the_footer_begins_with_what_enter_does(place, first):
    """The next sensible key stands at the left."""
    keys, start = PLACES[place]
    async with learner(fakes.study(), *keys, start=start) as pilot:
        assert rows(pilot)[-1].strip().startswith(first)


@pytest.mark.parametrize("place", PLACES)
async def test_help_lists_every_key(place):
    """Each command that is offered is in the help with all its keys."""
    keys, start = PLACES[place]
    async with learner(fakes.study(), *keys, start=start, size=(100, 60)) as pilot:
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


async def test_the_footer_shows_each_command_once():
    """Commands with several keys show the first that works."""
    async with learner(fakes.study(), start="canary") as pilot:
        active = [found.binding for found in pilot.app.screen.active_bindings.values()]
        actions = [key.action for key in footer(active)]

        assert len(actions) == len(set(actions))


async def test_keys_in_the_footer_can_be_clicked():
    """Everything works with the mouse, too."""
    async with learner(fakes.study(), start="canary") as pilot:
        await pilot.click(KeyBar, offset=(rows(pilot)[-1].index("Back"), 0))
        await pilot.pause()

        assert isinstance(pilot.app.screen, HomeScreen)
