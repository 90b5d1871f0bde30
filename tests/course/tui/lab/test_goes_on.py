"""Whatever breaks off in the background is said in a sentence with what to do, and the screen goes on."""

from __future__ import annotations

import threading
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field

import pytest

from course.tui.app import CourseApp
from course.tui.lab.grade.pane import GradePane
from course.tui.lab.grade.verdict import Verdict
from course.tui.lab.plan.editor import PlanEditor
from course.tui.lab.plan.pane import PlanPane
from course.tui.lab.run.pane import RunPane
from course.tui.whatif.screen import WhatIfScreen
from course.tui.widgets.goes_on import broken_off
from tests.course.tui.driving import LARGE, SMALL, read, resize, rows, until
from tests.course.tui.lab.driving import a_lab_screen, ask, press, run, settle
from tests.course.tui.lab.fakes import START, FakeJournal, a_grade, a_study
from tests.course.tui.lab.test_overlay import EARLIER
from tests.course.tui.lab.test_run_pane import BROKEN
from tests.course.tui.whatif.desk import WhatIfDesk


@dataclass
class Breaking(WhatIfDesk):
    """Does everything, but for the calls that are named."""

    breaks: set[str] = field(default_factory=set)
    error: Exception = field(default_factory=lambda: KeyError("[b]churn[/b]"))
    drawing: threading.Event | None = None

    def _maybe(self, call: str) -> None:
        if call in self.breaks:
            raise self.error

    def check(self, lab, text):
        self._maybe("check")
        return super().check(lab, text)

    def run(self, lab, plan, release, seed):
        self._maybe("run")
        return super().run(lab, plan, release, seed)

    def grade(self, lab, plan, on_progress, best=None):
        self._maybe("grade")
        return super().grade(lab, plan, on_progress, best)

    def knobs(self, lab, plan):
        self._maybe("knobs")
        return super().knobs(lab, plan)

    def curve(self, lab, knob):
        self._maybe("curve")
        return super().curve(lab, knob)

    def report(self, lab, plan, grade):
        if self.drawing is not None:
            self.drawing.wait(10)
        self._maybe("report")
        return "/reports/it.png"

    def keep(self, name, text):
        self._maybe("keep")
        return f"/reports/{name}"

    def takeaway(self, text, form):
        self._maybe("takeaway")
        return super().takeaway(text, form)


HANDLE = CourseApp._handle_exception
"""As it is for a learner."""
SAID = "broke off (KeyError: '[b]churn[/b]'). Nothing that was kept is lost: try it once more."


def notices(pilot) -> str:
    """What has been notified."""
    return "\n".join(notice.message for notice in pilot.app._notifications)


async def test_a_run_that_breaks_off_can_be_made_again():
    """The sentence stands where the run would; nothing was recorded."""
    desk, journal = Breaking(breaks={"run"}), FakeJournal()
    async with a_lab_screen(a_study(desk, journal)) as pilot:
        await ask(pilot, "r")
        await press(pilot, "enter")
        pane = pilot.app.screen.query_one(RunPane)
        await until(pilot, lambda: pane.job.shown == "trouble")
        for size in (SMALL, LARGE):
            await resize(pilot, *size)
            assert f"The run {SAID}" in read(pilot)
        assert journal.data("lab-run") == []

        desk.breaks.clear()
        await run(pilot, "A")
        assert len(journal.data("lab-run")) == 1


async def test_the_reference_that_breaks_off_leaves_the_run_alone():
    """It is a notice; what is to be seen stays."""
    desk = Breaking()
    async with a_lab_screen(a_study(desk, FakeJournal([EARLIER]))) as pilot:
        player = await run(pilot, BROKEN)
        desk.breaks.add("run")
        await press(pilot, "o")
        assert f"The run {SAID}" in notices(pilot)
        assert player.display and player.other is None

        desk.breaks.clear()
        await press(pilot, "o")
        await until(pilot, lambda: player.other is not None)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        pytest.param(KeyError("x"), "KeyError: 'x'", id="a mistake"),
        pytest.param(BrokenProcessPool(), "most likely for want of memory; close other programs", id="a process died"),
        pytest.param(MemoryError(), "(MemoryError)", id="without a word"),
    ],
)
async def test_a_grading_that_breaks_off_is_no_attempt(error, said):
    """And g grades again."""
    desk, journal = Breaking(breaks={"grade"}, error=error), FakeJournal()
    async with a_lab_screen(a_study(desk, journal)) as pilot:
        await press(pilot, "g")
        pane = pilot.app.screen.query_one(GradePane)
        await until(pilot, lambda: pane.job.shown == "trouble")
        assert said in read(pilot)
        assert "no attempt" in read(pilot)
        assert journal.data("lab-graded") == []
        assert "g Grade" in rows(pilot)[-1]

        desk.breaks.clear()
        await press(pilot, "g")
        await until(pilot, lambda: pane.job.shown == "result")
        assert len(journal.data("lab-graded")) == 1


async def test_a_check_that_breaks_off_runs_nothing():
    """Before a run, a grade or what-if; once it works again, so do they."""
    desk = Breaking()
    async with a_lab_screen(a_study(desk)) as pilot:
        desk.breaks.add("check")
        for key in ("r", "g", "w"):
            await press(pilot, key)
            assert not pilot.app.screen.is_modal
        assert notices(pilot).count(f"Checking the plan {SAID}") == 3
        assert desk.graded == 0

        desk.breaks.clear()
        await run(pilot, "A")


async def test_a_check_while_one_types_may_break_off(monkeypatch):
    """Nobody waits for it, so a notice says so; the next letter checks again."""
    monkeypatch.setattr(CourseApp, "_handle_exception", HANDLE)
    desk = Breaking()
    async with a_lab_screen(a_study(desk)) as pilot:
        desk.breaks.add("check")
        await press(pilot, "e", "x")
        await until(pilot, lambda: f"What went on in the background {SAID}" in notices(pilot))
        assert pilot.app.screen.query_one(PlanEditor).text == "x" + START

        desk.breaks.clear()
        await press(pilot, "y")
        assert pilot.app.screen.query_one(PlanPane).checked.text == "xy" + START


async def test_a_curve_that_breaks_off_leaves_the_knobs():
    """The sentence stands over where the curve would be; knobs that cannot be found leave a way back."""
    desk = Breaking(breaks={"curve"})
    async with a_lab_screen(a_study(desk)) as pilot:
        await press(pilot, "w")
        await until(pilot, lambda: isinstance(pilot.app.screen, WhatIfScreen) and "broke off" in read(pilot))
        assert "Working out this curve broke off" in read(pilot)
        assert "WaitIntervalInSeconds" in read(pilot)

        await press(pilot, "escape")
        desk.breaks = {"knobs"}
        await press(pilot, "w")
        await until(pilot, lambda: "Looking for numbers to turn broke off" in read(pilot))
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, WhatIfScreen)


async def test_the_report_is_announced_and_a_broken_one_is_said():
    """While it is drawn, the grade says so for as long as it takes, and a second press draws no second one."""
    desk = Breaking(breaks={"report"}, drawing=threading.Event())
    async with a_lab_screen(a_study(desk)) as pilot:
        await press(pilot, "g")
        await until(pilot, lambda: bool(pilot.app.screen.query(Verdict)))
        await pilot.press("s")
        await until(pilot, lambda: any(row.strip().startswith("Drawing the report …") for row in rows(pilot)))
        await pilot.press("s")
        await until(pilot, lambda: "still being drawn" in notices(pilot))
        desk.drawing.set()
        await settle(pilot)
        assert f"Drawing the report {SAID}" in notices(pilot)

        desk.breaks.clear()
        pilot.app.clear_notifications()
        await press(pilot, "s")
        for size in (SMALL, LARGE):
            await resize(pilot, *size)
            assert "✓ The report was saved: /reports/it.png" in read(pilot)


async def test_what_is_taken_away_may_break_off_too():
    """Writing a form, and saving it."""
    desk = Breaking(breaks={"takeaway", "keep"}, grades=lambda: a_grade(True))
    async with a_lab_screen(a_study(desk)) as pilot:
        await press(pilot, "g")
        await until(pilot, lambda: bool(pilot.app.screen.query(Verdict)))
        await settle(pilot)
        assert f"Writing this form of the plan {SAID}" in notices(pilot)

        desk.breaks = {"keep"}
        await press(pilot, "t", "t", "s")
        assert f"Saving it {SAID}" in notices(pilot)


def test_a_sentence_is_one_line_and_inert():
    """Whatever an error says."""
    say = broken_off("It", RuntimeError("a\nb\x1b[2J"))

    assert "\n" not in say and "\x1b" not in say
    assert say.startswith("It broke off (RuntimeError: a b")
