"""Lab and incident of a pack whose author means harm: every pane and dialog, up to the grade and what is kept of it."""

from __future__ import annotations

import pytest

from course.tui.incident.live import LiveView
from course.tui.incident.verdict import ShiftVerdict
from course.tui.lab.grade.take_away import TakeAway
from course.tui.lab.grade.verdict import Verdict
from course.tui.lab.plan.form_row import FormRow
from course.tui.whatif.screen import WhatIfScreen
from tests.course.content.conftest import PLAN
from tests.course.tui.driving import press, until
from tests.course.tui.hostile.driving import LONG, MARKUP, go, look, study, visitor
from tests.course.tui.incident.driving import wait_until
from tests.course.tui.lab.driving import settle, write

TEXTS = pytest.mark.parametrize("text", [MARKUP, LONG], ids=["markup", "long"])


@TEXTS
async def test_lab(tmp_path, text):
    """Brief, form, run, a grade with its hints."""
    async with visitor(study(tmp_path, text), "update") as pilot:
        screen = pilot.app.screen
        await until(pilot, lambda: bool(screen.query("PlanEditor")))
        await settle(pilot)
        await go(pilot, "e", "f2")
        await until(pilot, lambda: bool(screen.query(FormRow)))
        await go(pilot, "f2", "escape", "r", "enter", "s")
        await settle(pilot)
        await go(pilot, "v", "v")
        await write(pilot, f"# {text}\n{PLAN}")
        await press(pilot, "g")
        await until(pilot, lambda: bool(screen.query(Verdict)))
        await go(pilot, "h", "end")


async def test_lab_that_is_passed(tmp_path):
    """The debrief, the plan to take away, and what if: what is written into the plan is told with a name of the plan's
    own."""
    async with visitor(study(tmp_path, MARKUP), "update") as pilot:
        screen = pilot.app.screen
        await until(pilot, lambda: bool(screen.query("PlanEditor")))
        await settle(pilot)
        await press(pilot, "g")
        await until(pilot, lambda: bool(screen.query(TakeAway)))
        await go(pilot, "t", "w")
        await until(pilot, lambda: isinstance(pilot.app.screen, WhatIfScreen))
        await settle(pilot)
        await go(pilot, "u", "right", "enter")
        await settle(pilot)
        look(pilot)


async def test_incident(tmp_path):
    """Brief, dialogs, and the grade of a shift."""
    async with visitor(study(tmp_path, MARKUP), "shift") as pilot:
        await until(pilot, lambda: bool(pilot.app.screen.query("BriefView")))
        await go(pilot, "enter")
        await until(pilot, lambda: bool(pilot.app.screen.query(LiveView)))
        await wait_until(pilot, 700.0)
        await go(pilot, "d", "escape", "s", "escape", "b", "escape", "l", "enter")
        await until(pilot, lambda: bool(pilot.app.screen.query(ShiftVerdict)))
        await go(pilot, "end")
