"""Keys that come faster than a lab can work."""

from __future__ import annotations

import pytest

from course.desk import LabDesk
from course.tui.home.screen import HomeScreen
from course.tui.lab.plan.editor import PlanEditor
from course.tui.lab.plan.findings import FindingsList
from course.tui.lab.screen import LabScreen
from course.tui.lab.workspace import Workspace
from tests.course.tui.driving import dash
from tests.course.tui.lab.driving import a_lab_screen, press, settle, write
from tests.course.tui.lab.fakes import START, FakeDesk, a_grade, a_study


class Desk(FakeDesk):
    """Knows forms and reports, too."""

    form = LabDesk.form
    edited = LabDesk.edited

    def report(self, *given):
        """Name a file."""
        return "/somewhere/report.png"

    def knobs(self, *given):
        """There is nothing to turn."""
        return ()


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param("rrr", id="the run is asked for thrice"),
        pytest.param("gg", id="graded twice"),
        pytest.param("ww", id="what if, twice"),
        pytest.param(["r", "enter", "enter", "tab", "x", "enter", "escape", "escape"], id="in and out of the choice"),
        pytest.param(["e", *"bogus: 1", "ctrl+f", "down", "enter", "enter", "backspace"], id="findings while typing"),
        pytest.param(["e", "f2", "down", "9", "zz"[0], "enter", "up", "f2", "x", "f2", "down"], id="form and text"),
        pytest.param(["e", "escape", "ctrl+o", "ctrl+o", "y", "y", "n"], id="the first plan, twice"),
        pytest.param("1234123g4h", id="from pane to pane"),
    ],
)
async def test_no_key_of_a_lab_is_too_fast(keys):
    """The program lives on, and Esc leads home."""
    async with a_lab_screen(a_study(Desk(grades=lambda: a_grade(True)))) as pilot:
        await dash(pilot, keys, paste="Threshold: 0\nbogus")
        await settle(pilot)
        assert pilot.app._exception is None
        for _ in range(9):
            if not isinstance(pilot.app.screen, HomeScreen):
                await press(pilot, "escape")

        assert isinstance(pilot.app.screen, HomeScreen)


async def test_a_finding_that_is_gone_is_still_known_by_its_place():
    """Chosen while the list was changing, it leads as near as the text allows."""
    async with a_lab_screen(a_study(Desk())) as pilot:
        editor = await write(pilot, START + "\n# a\n# b\nbogus: 1\nbogus: 2")
        await press(pilot, "e", "ctrl+f", "end")
        findings = pilot.app.screen.query_one(FindingsList)
        findings.action_select()
        findings.findings = ()
        editor.swap("bogus: 3")
        await settle(pilot)

        assert isinstance(pilot.app.screen, LabScreen)
        assert isinstance(pilot.app.focused, PlanEditor)
        assert editor.cursor_location[0] == 0


async def test_panes_that_are_asked_for_at_once_come_to_rest(monkeypatch):
    """The last one asked for is shown, and nobody turns to and fro between it and those before."""
    turns = []
    monkeypatch.setattr(Workspace, "go", lambda self, place, go=Workspace.go: (turns.append(place), go(self, place)))
    async with a_lab_screen(a_study(Desk())) as pilot:
        turns.clear()
        await dash(pilot, "1234")
        await settle(pilot)

        assert turns == ["brief", "plan", "run", "grade"]
        assert pilot.app.screen.query_one(Workspace).place == "grade"
