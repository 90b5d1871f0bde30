"""Terminals of all sizes."""

from __future__ import annotations

import pytest

from course.tui.lesson.lesson import LessonScreen
from course.tui.screens.too_small import TooSmallScreen
from course.tui.widgets.question.panel import QuestionPanel
from tests.course.tui import fakes
from tests.course.tui.driving import LARGE, SMALL, learner, press, read, resize, rows, shown, until

SMALLEST = (60, 16)


@pytest.mark.parametrize("size", [(40, 10), (59, 24), (80, 15), (20, 4), (1, 1)], ids=str)
async def test_without_room_there_is_one_clear_sentence(size):
    """A window that is too small says so, and how large it must be."""
    async with learner(fakes.study(), size=size) as pilot:
        assert isinstance(pilot.app.screen, TooSmallScreen)
        if size == (40, 10):
            assert "This window is too small." in read(pilot)
            assert "the course needs 60×16." in read(pilot)


async def test_growing_again_returns_to_the_same_place():
    """The notice goes away by itself; an answer that was begun is still there."""
    async with learner(fakes.study(), "enter", "enter", "2", start="canary") as pilot:
        before = shown(pilot)

        await resize(pilot, 40, 10)
        assert isinstance(pilot.app.screen, TooSmallScreen)

        await resize(pilot, *SMALL)
        assert isinstance(pilot.app.screen, LessonScreen)
        assert shown(pilot) == before


async def test_no_key_gets_through_the_notice():
    """What cannot be seen cannot be answered by accident."""
    study = fakes.study()
    async with learner(study, "enter", "enter", "2", start="canary") as pilot:
        await resize(pilot, 40, 10)
        await press(pilot, "enter", "n", "escape", "ctrl+p")

        assert isinstance(pilot.app.screen, TooSmallScreen)
        assert study.journal.kinds("answered") == []


async def test_shrinking_more_than_once_leaves_one_notice():
    """The notice follows the size."""
    async with learner(fakes.study(), size=(40, 10)) as pilot:
        await resize(pilot, 30, 8)

        assert len(pilot.app.screen_stack) == 2
        assert "30×8" in read(pilot)


async def test_every_step_survives_resizing():
    """Large, wide and flat, as small as can be, and back: each page is the same as before. At 60×16 everything can be
    read and answered."""
    async with learner(fakes.study(), start="canary") as pilot:
        for _ in fakes.CANARY.steps:
            before = shown(pilot)
            for size in (LARGE, (200, 20), SMALLEST):
                await resize(pilot, *size)
            assert isinstance(pilot.app.screen, LessonScreen)
            assert len(rows(pilot)) == 16

            await resize(pilot, *SMALL)
            assert shown(pilot) == before
            await press(pilot, "ctrl+n")

        await resize(pilot, *SMALLEST)
        assert "The end, not all is done" in shown(pilot)


async def test_a_question_keeps_its_answer_while_the_window_changes():
    """Resizing is not answering."""
    async with learner(fakes.study(), "enter", "enter", "n", "1", "3", start="canary") as pilot:
        await resize(pilot, *LARGE)

        assert pilot.app.screen.query_one(QuestionPanel).body.chosen == {0, 2}


async def test_wide_diagrams_can_be_seen_to_their_ends():
    """Where a diagram is wider than the window, one key shows its other half; where it is not, there is none."""
    async with learner(fakes.study(), "enter", start="canary", size=(60, 24)) as pilot:
        await until(pilot, lambda: "> Sideways" in rows(pilot)[-1])
        assert "users: blue   │" not in shown(pilot)

        await press(pilot, "greater_than_sign")
        assert "users: blue   │" in shown(pilot)

        await press(pilot, "less_than_sign")
        assert "┌───▶│ bake" in shown(pilot)

        await resize(pilot, *SMALL)
        await until(pilot, lambda: "Sideways" not in rows(pilot)[-1])
