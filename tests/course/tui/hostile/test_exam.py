"""An exam of a pack whose author means harm, and a note of a learner who does."""

from __future__ import annotations

import pytest

from course.tui.exam.result import ExamResultScreen
from course.tui.exam.screen import ExamScreen
from tests.course.tui.driving import dash, press, until
from tests.course.tui.hostile.driving import LONG, MARKUP, go, study, visitor
from tests.course.tui.hostile.pack import KINDS


@pytest.mark.parametrize("text", [MARKUP, LONG], ids=["markup", "long"])
async def test_exam(tmp_path, text):
    """The list, what is said before, pages, lists, and what came out."""
    async with visitor(study(tmp_path, text)) as pilot:
        await go(pilot, "x", "enter", "enter")
        assert isinstance(pilot.app.screen, ExamScreen)
        await press(pilot, "f5", "f2", "f4")
        await dash(pilot, [], paste=text[:30])
        await go(pilot, "enter", "f6")
        await press(pilot, "escape")
        await go(pilot, *["ctrl+n"] * (len(KINDS) if text == MARKUP else 1))
        await press(pilot, "ctrl+s", "y")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen))
        await go(pilot, "end", "n", "l")
