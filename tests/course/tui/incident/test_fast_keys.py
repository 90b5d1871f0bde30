"""Keys that come faster than a shift can work."""

from __future__ import annotations

import pytest

from course.tui.incident.live import LiveView
from course.tui.incident.verdict import ShiftVerdict
from course.tui.widgets.confirm import Confirm
from tests.course.tui.driving import LARGE, SMALL, dash, rows, until
from tests.course.tui.incident.driving import live, on_shift, press, send, study, verdict


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param(["l", "enter", "l", "enter", "l", "enter"], id="ended thrice"),
        pytest.param("ssxxuuddbb", id="everything asked twice"),
        pytest.param(["x", "enter", "x", "enter", "s", "enter"], id="sent and sent again"),
        pytest.param(["s", "escape", "s", "tab", "down", "enter", "enter", "space", "plus"], id="in and out"),
        pytest.param(["escape"] * 4, id="leaving"),
    ],
)
async def test_no_key_of_a_shift_is_too_fast(keys):
    """The program lives on; however it ends, the shift is graded once."""
    learner = study("picky")
    async with on_shift(learner) as pilot:
        await dash(pilot, keys)
        for _ in range(9):
            if pilot.app.screen.is_modal:
                await pilot.press("escape")
        if not pilot.app.screen.query(ShiftVerdict) and not live(pilot).ended:
            await press(pilot, "l", "enter")
        await verdict(pilot)
        await until(pilot, lambda: not pilot.app.screen.query(LiveView))
        graded = [event for event in learner.journal.events() if event.data.get("begun")]

        assert len(graded) == 1
        assert pilot.app._exception is None


async def test_the_keys_are_back_after_a_request():
    """What can be done next stands in the footer again, without a key in between."""
    async with on_shift(study("picky")) as pilot:
        before = rows(pilot)[-1]
        await send(pilot, "u", "enter")

        assert rows(pilot)[-1] == before


async def test_ctrl_q_asks_before_a_shift_is_thrown_away():
    """It may be a slip, and the shift would count; no stays, yes leaves. After the grade nothing is asked."""
    async with on_shift(study("picky")) as pilot:
        await press(pilot, "ctrl+q")
        assert isinstance(pilot.app.screen, Confirm)
        await press(pilot, "ctrl+q", "n")
        assert live(pilot)
        assert not pilot.app._exit

        await press(pilot, "d", "ctrl+q")
        assert isinstance(pilot.app.screen, Confirm)
        await press(pilot, "y")
        assert pilot.app._exit


async def test_after_the_grade_ctrl_q_leaves():
    """There is nothing to lose any more."""
    async with on_shift(study("picky")) as pilot:
        await press(pilot, "l", "enter")
        await verdict(pilot)
        await press(pilot, "ctrl+q")

        assert pilot.app._exit


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "140x45"])
async def test_the_verdict_has_a_margin(size):
    """Nothing of it touches the edge of the window."""
    async with on_shift(study("sound"), size) as pilot:
        await press(pilot, "l", "enter")
        await verdict(pilot)

        assert {row[:2] for row in rows(pilot)[1:-1]} == {"  "}
