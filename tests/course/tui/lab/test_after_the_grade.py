"""What can be done with a grade: a report, a take-away, the best earlier plan beside it, the moment that decided."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
from textual.widgets import TextArea

from course.history import Event
from course.ports import ReportError
from course.tui.lab.brief_pane import BriefPane
from course.tui.lab.grade.pane import GradePane
from course.tui.lab.grade.take_away import TakeAway
from course.tui.lab.grade.verdict import Verdict, decisive
from course.tui.lab.run.player import Player
from course.tui.lab.workspace import Workspace
from engine.plan import Plan
from labs.grade import Grade, Moment
from tests.course.tui.driving import LARGE, SMALL, read, resize, rows
from tests.course.tui.lab.driving import a_lab_screen, press, settle, until
from tests.course.tui.lab.fakes import LAB_ID, START, FakeDesk, FakeJournal, a_grade, a_moment, a_study
from tests.labs.film.runs import PLAN

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])


def told(*moments: Moment) -> Grade:
    """A grade with these moments."""
    return replace(a_grade(), moments=moments)


@dataclass
class Desk(FakeDesk):
    """Keeps what it was asked for."""

    trouble: str = ""
    best: list[Plan | None] = field(default_factory=list)

    def grade(self, lab, plan, on_progress, best=None):
        """With a best earlier plan, compare with it."""
        self.best.append(best)
        grade = self.grades()
        if best is None:
            return grade
        return replace(grade, compared={**grade.compared, "best": grade.compared["reference"]})

    def report(self, lab, plan, grade):
        """Name a file whose name looks like markup, or fail."""
        if self.trouble:
            raise ReportError(self.trouble)
        return f"/home/[me]/{lab.id}.png"

    def keep(self, name, text):
        """Name the file, or fail."""
        if self.trouble:
            raise ReportError(self.trouble)
        self.kept = (name, text)
        return f"/home/[me]/{name}"

    def takeaway(self, text, form):
        """Return a long text that says which form it is."""
        return "\n".join(f"{form} line {number} of {text.splitlines()[0]}" for number in range(60))


async def graded(pilot) -> Verdict:
    """Press g and wait for the verdict."""
    pane = pilot.app.screen.query_one(GradePane)
    await pilot.press("g")
    await until(pilot, lambda: pane.job.shown == "result")
    await settle(pilot)
    return pilot.app.screen.query_one(Verdict)


def notices(pilot) -> list[str]:
    """What has been notified."""
    return [notice.message for notice in pilot.app._notifications]


async def test_s_writes_a_report():
    """That it is being drawn is said at once, then the notice names the file with its folder; one that cannot be
    written is a notice, too. A plan that fails is not one to send to AWS, and where nothing decided there is no key
    for it."""
    desk = Desk(grades=told)
    async with a_lab_screen(a_study(desk)) as pilot:
        verdict = await graded(pilot)
        assert not verdict.query(TakeAway)
        assert verdict.check_action("next_form", ()) is False
        assert "Moment" not in rows(pilot)[-1]

        await press(pilot, "s")
        desk.trouble = "report.png cannot be written: disk full"
        await press(pilot, "s")
        drawing, saved, again, trouble = notices(pilot)
        assert drawing == again == "Drawing the report …"
        assert (saved, trouble) == (f"The report was saved: /home/[me]/{LAB_ID}.png", desk.trouble)
        assert f"✗ {desk.trouble}" in read(pilot)
        assert [notice.markup for notice in pilot.app._notifications][1::2] == [False, False]
        for size in (SMALL, LARGE):
            await resize(pilot, *size)
            assert "Report" in rows(pilot)[-1]
        assert pilot.app.screen.query_one(GradePane).job.shown == "result"


@SIZES
async def test_after_passing_the_plan_can_be_taken_home(size):
    """t comes to the commands, and goes on to the other forms. The mouse can do what the keys can."""
    async with a_lab_screen(a_study(Desk(grades=lambda: a_grade(True))), size) as pilot:
        verdict = await graded(pilot)
        seen = []
        for _ in range(6):
            await press(pilot, "t")
            seen.append(verdict.query_one(TextArea).text.partition(" ")[0])

        assert seen == ["cli", "boto3", "cloudformation", "terraform", "cdk", "cli"]
        assert "cli line 0 of # One alarm" in read(pilot)
        await pilot.press(*["pagedown"] * 7)
        await settle(pilot)
        assert "cli line 59" in read(pilot)

        verdict.query_one("Tab#boto3").scroll_visible(animate=False)
        await settle(pilot)
        await pilot.click("Tab#boto3")
        await settle(pilot)
        assert verdict.query_one(TextArea).text.startswith("boto3")


async def test_the_best_earlier_plan_stands_beside():
    """The second grade is compared with the best plan before it; the first has none."""
    then = datetime(2026, 11, 20, tzinfo=UTC)
    earlier = Event(then, "lab-graded", LAB_ID, {"passed": False, "score": 75.0, "text": "# another\n" + START})
    desk = Desk()
    async with a_lab_screen(a_study(desk, FakeJournal([earlier])), LARGE) as pilot:
        await graded(pilot)

        assert desk.best == [PLAN]
        assert "four plans" in read(pilot)
        assert any(row.split("│")[-1].strip().startswith("best ") or "best  " in row for row in rows(pilot))


@pytest.mark.parametrize(
    "text", [pytest.param(START, id="the same plan"), pytest.param("bogus: 1", id="no longer accepted")]
)
async def test_no_best_plan_is_made_up(text):
    """A plan is not compared with itself, nor with one that AWS would refuse by now."""
    then = datetime(2026, 11, 20, tzinfo=UTC)
    earlier = Event(then, "lab-graded", LAB_ID, {"passed": False, "score": 75.0, "text": text})
    desk = Desk()
    async with a_lab_screen(a_study(desk, FakeJournal([earlier])), LARGE) as pilot:
        await graded(pilot)

        assert desk.best == [None]
        assert "three plans" in read(pilot)


async def test_m_goes_to_the_alarm_that_decided():
    """The run of the release that the grade tells of, standing still at the deciding alarm."""
    desk = Desk(grades=lambda: told(a_moment(seed=7, t=493.0), a_moment(seed=7, t=670.0, decisive=True)))
    async with a_lab_screen(a_study(desk), motion="full") as pilot:
        await graded(pilot)
        await press(pilot, "m")
        player = pilot.app.screen.query_one(Player)
        await until(pilot, lambda: player.display and player.film is not None)
        await settle(pilot)

        assert pilot.app.screen.query_one(Workspace).place == "run"
        assert desk.ran == [("hidden-broken", 7)]
        assert (player.t, player.playback.playing) == (670.0, False)


HARM, ALARM, ELSEWHERE = a_moment(), a_moment(t=700.0, decisive=True), a_moment(seed=2, decisive=True)


@pytest.mark.parametrize(
    ("grade", "moment"),
    [
        pytest.param(told(HARM, ALARM, ELSEWHERE), ALARM, id="the alarm that decided"),
        pytest.param(told(HARM, ELSEWHERE), HARM, id="no alarm in that run: what came first"),
        pytest.param(told(), None, id="nothing told"),
    ],
)
def test_where_a_grade_was_decided(grade, moment):
    """In the run that is told of first."""
    assert decisive(grade) == moment


async def test_a_form_of_the_plan_can_be_copied_and_saved():
    """c copies it, s saves it under the lab's name, with the ending of its kind; trouble is said."""
    desk = Desk(grades=lambda: a_grade(True))
    async with a_lab_screen(a_study(desk)) as pilot:
        verdict = await graded(pilot)
        await press(pilot, "t", "t", "c", "s")
        text = verdict.query_one(TextArea).text
        assert pilot.app.clipboard == text
        assert desk.kept == (f"{LAB_ID}.py", text)
        assert notices(pilot)[-1] == f"Saved: /home/[me]/{LAB_ID}.py"
        assert "c Copy" in rows(pilot)[-1]

        desk.trouble = "it cannot be written: disk full"
        await press(pilot, "s")
        assert notices(pilot)[-1] == desk.trouble


@SIZES
async def test_space_reads_on_in_brief_and_grade(size):
    """A screenful, as in a lesson."""
    async with a_lab_screen(a_study(Desk(grades=lambda: a_grade(True))), (size[0], 16)) as pilot:
        await press(pilot, "space")
        assert pilot.app.screen.query_one(BriefPane).scroll_offset.y > 3

        verdict = await graded(pilot)
        await press(pilot, "space")
        assert verdict.scroll_offset.y > 3
