"""Choosing what to practise."""

from __future__ import annotations

from course.tui.practice.choose import ChoosePracticeScreen
from course.tui.practice.screen import PracticeScreen
from course.tui.widgets.choices import Rows
from tests.course.tui import fakes
from tests.course.tui.driving import learner, press, shown

KINDS = sorted({question.kind for question in fakes.QUESTIONS})


async def test_rows_narrow_it_down():
    """Space turns a row; below it stands how many questions there are like that, and Enter begins with them."""
    study = fakes.study()
    async with learner(study, "p") as pilot:
        assert isinstance(pilot.app.screen, ChoosePracticeScreen)
        assert "6 questions like that." in shown(pilot)

        await press(pilot, "down", "down", "down", "space")
        assert f"‹ {KINDS[0]} ›" in shown(pilot)
        assert "1 question like that." in shown(pilot)

        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, PracticeScreen)
        [item] = pilot.app.screen.session.items
        assert {question.id: question.kind for question in fakes.QUESTIONS}[item.id] == KINDS[0]
        assert study.journal.kinds("practice-begun")[0].data["items"] == [item.name]


async def test_the_footer_says_what_enter_does():
    """It begins, whatever row is highlighted; with nothing to begin with, it is not there."""
    async with learner(fakes.study(), "p", "down") as pilot:
        assert "⏎ Begin" in shown(pilot)
        await press(pilot, "up", "right", "right")
        assert "⏎" not in shown(pilot)


async def test_a_click_on_a_row_turns_it():
    """As space does; Enter alone begins."""
    async with learner(fakes.study(), "p") as pilot:
        await pilot.click(Rows, offset=(3, 0))
        assert "‹ never seen ›" in shown(pilot)


async def test_nothing_like_that():
    """Wrong last time: nobody has answered anything."""
    async with learner(fakes.study(), "p", "space", "space") as pilot:
        assert "No question is like that" in shown(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ChoosePracticeScreen)


async def test_it_goes_on_where_it_was_left_after_the_program_was_closed():
    """The same session, at the same question, with what was answered."""
    study = fakes.study()
    async with learner(study, "p", "enter", "ctrl+n", "ctrl+n") as pilot:
        items = pilot.app.screen.session.items
        assert pilot.app.screen.pager.step == 2
    async with learner(study, start="practice") as pilot:
        await press(pilot, "c")
        assert isinstance(pilot.app.screen, PracticeScreen)
        assert pilot.app.screen.session.items == items
        assert pilot.app.screen.pager.step == 2
