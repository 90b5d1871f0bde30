"""Leaving a lab while something is on its way: what comes too late is heard by nobody, and nothing is lost."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field
from functools import partial

import pytest
from textual.widget import Widget

from course.desk import LabDesk
from course.tui.home.screen import HomeScreen
from course.tui.lab.grade.verdict import Verdict
from course.tui.lab.plan.editor import PlanEditor
from course.tui.lab.plan.form_row import FormRow
from tests.course.tui.lab.driving import a_lab_screen, press, settle, until
from tests.course.tui.lab.fakes import FakeDesk, FakeJournal, a_grade, a_study


@dataclass
class SlowDesk(FakeDesk):
    """Takes its time over one kind of work, until it is told to go on."""

    slow: str = ""
    asked: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    def _linger(self, kind: str) -> None:
        if kind == self.slow:
            self.asked.set()
            self.go_on.wait(30)

    def check(self, *given):
        self._linger("check")
        return super().check(*given)

    def run(self, *given):
        self._linger("run")
        return super().run(*given)

    def grade(self, *given, **named):
        self._linger("grade")
        return super().grade(*given, **named)

    def takeaway(self, *given):
        self._linger("takeaway")
        return super().takeaway(*given)

    def knobs(self, *given):
        self._linger("knobs")
        return ()

    def report(self, *given):
        self._linger("report")
        return "report.png"

    def form(self, text):
        self._linger("form")
        return LabDesk.form(self, text)

    def edited(self, text, trail, value):
        return LabDesk.edited(self, text, trail, value)


class Straggler(Widget):
    """Leaves last of all its siblings: not before everything on its way has arrived."""

    def __init__(self, desk: SlowDesk) -> None:
        super().__init__()
        self._desk = desk

    async def on_unmount(self) -> None:
        """Hold the parent up."""
        self._desk.go_on.set()
        async with asyncio.timeout(30):
            while not all(worker.is_finished for worker in self.app.workers):
                await asyncio.sleep(0)


async def under_way(pilot, desk: SlowDesk, slow: str, *keys: str) -> None:
    """Press keys until the desk is at work, and have every part of the screen leave late."""
    desk.slow = slow

    def has_come(key: str) -> bool:
        screen = pilot.app.screen
        writing = isinstance(pilot.app.focused, PlanEditor)
        shown = {"r": screen.is_modal, "g": bool(screen.query(Verdict)), "e": writing}
        return desk.asked.is_set() or shown.get(key, True)

    for key in keys:
        await pilot.press(key)
        await until(pilot, partial(has_come, key))
    await until(pilot, desk.asked.is_set)
    for part in pilot.app.screen.query("Workspace, PlanPane, FormPane, RunPane, GradePane, Verdict, TakeAway"):
        await part.mount(Straggler(desk))


UNDER_WAY = pytest.mark.parametrize(
    "slow, keys",
    [
        pytest.param("check", "ex", id="a check while typing"),
        pytest.param("check", "r", id="the check before a run"),
        pytest.param("check", "g", id="the check before a grade"),
        pytest.param("check", "w", id="the check before what-if"),
        pytest.param("run", ("r", "enter"), id="a run"),
        pytest.param("grade", "g", id="a grade"),
        pytest.param("knobs", "w", id="the search for knobs"),
        pytest.param("form", ("e", "f2"), id="the form"),
        pytest.param("takeaway", "g", id="the plan to take home"),
        pytest.param("report", "gs", id="the report"),
    ],
)


@UNDER_WAY
async def test_one_can_leave_at_any_time(slow, keys):
    """An answer that comes while the lab is being left, or later, changes nothing at home."""
    desk = SlowDesk(grades=lambda: a_grade(passed=True))
    async with a_lab_screen(a_study(desk)) as pilot:
        await under_way(pilot, desk, slow, *keys)
        while not isinstance(pilot.app.screen, HomeScreen):
            await pilot.press("escape")
        desk.go_on.set()
        await settle(pilot)

        assert isinstance(pilot.app.screen, HomeScreen)


@UNDER_WAY
async def test_one_can_quit_at_any_time(slow, keys):
    """The program ends without complaint."""
    desk = SlowDesk(grades=lambda: a_grade(passed=True))
    async with a_lab_screen(a_study(desk)) as pilot:
        await under_way(pilot, desk, slow, *keys)
        await pilot.press("ctrl+q")
        desk.go_on.set()

    assert pilot.app.return_code == 0


async def test_a_value_of_the_form_is_in_the_draft_at_once():
    """Who types a number and quits finds it in the plan again."""
    journal = FakeJournal()
    async with a_lab_screen(a_study(SlowDesk(), journal)) as pilot:
        await press(pilot, "e", "f2")
        await until(pilot, lambda: bool(pilot.app.screen.query(FormRow)))
        [row] = [each for each in pilot.app.screen.query(FormRow) if each.field.name == "WaitIntervalInSeconds"]
        row.entry.value = "901"
        await pilot.press("ctrl+q")

    assert "WaitIntervalInSeconds: 901" in journal.data("plan-saved")[-1]["text"]
