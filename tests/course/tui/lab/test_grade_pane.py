"""The grade: worked out in the background, told goal by goal, and nothing about the releases before it."""

from __future__ import annotations

import json
import threading

import pytest
from textual.widgets import ProgressBar

from course.folds.advancing import progress
from course.tui.lab.grade.goal_card import GoalCard
from course.tui.lab.grade.pane import GradePane
from course.tui.lab.plan.pane import PlanPane
from course.tui.lab.screen import LabScreen
from course.tui.lab.workspace import Workspace
from engine.errors import RefusedRequest
from tests.course.tui.driving import LARGE, SMALL, read, resize, shown
from tests.course.tui.lab.driving import a_lab_screen, ask, press, run, settle, until, write
from tests.course.tui.lab.fakes import HINTS, LAB_ID, SECRETS, START, FakeDesk, FakeJournal, a_grade, a_study
from tests.course.tui.lab.test_plan_pane import BOGUS

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])


async def grade(pilot) -> GradePane:
    """Press g and wait for the verdict."""
    pane = pilot.app.screen.query_one(GradePane)
    await pilot.press("g")
    await until(pilot, lambda: bool(pane.query(GoalCard)))
    await settle(pilot)
    return pane


async def test_a_missed_goal_says_what_was_measured_and_what_was_needed():
    """Sign, title, figures and the teacher's sentence, whose brackets are brackets; the debrief would tell the
    solution. The grade is written down as JSON, enough to replay it, and progress follows from it. No figure of the
    table is cut off at 80 columns."""
    journal = FakeJournal()
    async with a_lab_screen(a_study(journal=journal)) as pilot:
        await grade(pilot)
        for size in (SMALL, LARGE):
            await resize(pilot, *size)
            page = read(pilot)
            for said in (
                "✗ Not yet: 2 of 4 goals",
                "score 50 of 100",
                "attempt 1",
                "✗ Leaves a noisy but healthy one alone",
                "19 of 20 needed: at least 19 of 20",
                "One 5xx in a minute is normal here",
                "[red]Brackets[/red] are text.",
            ):
                assert said in page, said
            assert "What to take with you" not in page

        await resize(pilot, 80, 80)
        assert "no guard 9,804 10,120 – – 4:20 12 0.57" in read(pilot)

    [data] = journal.data("lab-graded")
    assert data["goals"] == {"finishes": True, "patient": False, "stops": True, "protects": False}
    assert (data["passed"], data["score"], data["text"], data["seeds"]) == (False, 50.0, START, list(range(20)))
    assert json.loads(json.dumps(data)) == json.loads(json.dumps(dict(data)))
    assert progress(journal.events()).labs[LAB_ID].attempts == 1


async def test_a_grade_tells_more_when_asked():
    """The table compares on the same requests: yours, the reference and no guard, what was the matter with the release,
    and the moments that decided. Hints come one at a time, with h or a click on the last line of a card, until there
    are no more. In the brief, signs of the last grade stand before the goals."""
    async with a_lab_screen(a_study(), LARGE) as pilot:
        assert "○ Protects users" in read(pilot)
        await grade(pilot)
        page = read(pilot)
        for said in (
            "Release C: hidden-broken It fails every fifth request.",
            "Yours: 20 of 20 rolled back",
            "yours 412 530 4:10 5:02 11:20 46 0.57",
            "reference 118 161 2:58 3:50 11:20 46 0.57",
            "no guard 9,804 10,120 – – 4:20 12 0.57",
            "• hidden-broken (seed 0): At 11:10 the alarm saw the first bad minute.",
        ):
            assert said in page, said

        card = pilot.app.focused
        assert isinstance(card, GoalCard)
        for shown_so_far, hint in enumerate(HINTS):
            assert hint not in read(pilot)
            assert card.check_action("next_hint", ()) is True
            await press(pilot, "h")
            assert f"hint {shown_so_far + 1} of 3: " in read(pilot)
        await press(pilot, "h")
        assert card.hints_shown == 3
        assert card.check_action("next_hint", ()) is False

        other = pilot.app.screen.query(".-missed").last(GoalCard)
        other.scroll_visible(animate=False)
        await settle(pilot)
        await pilot.click(other, offset=(3, other.size.height - 1))
        assert other.hints_shown == 1

        await press(pilot, "b")
        assert "✗ Protects users" in read(pilot)
        assert "✓ Stops the broken release" in read(pilot)


async def test_passing_shows_the_debrief():
    """What to take along comes with the passed grade, and no hints are needed. The second grade is attempt 2; the best
    stays the best."""
    scores = iter([a_grade(True), a_grade(False)])
    async with a_lab_screen(a_study(FakeDesk(grades=lambda: next(scores))), LARGE) as pilot:
        await grade(pilot)
        page = read(pilot)
        assert "✓ Passed: 4 goals" in page
        assert "What to take with you" in page
        assert "hint" not in page.lower()

        await write(pilot, START + "# another\n")
        await pilot.press("g")
        await until(pilot, lambda: "attempt 2" in read(pilot))
        assert "2 attempts · best 100 of 100" in read(pilot)


async def test_an_invalid_plan_costs_no_attempt():
    """r and g lead to the findings instead, and nothing is run. Advice does not keep a plan from being graded: AWS
    would accept it, so the learner may find out."""
    desk, journal = FakeDesk(), FakeJournal()
    async with a_lab_screen(a_study(desk, journal)) as pilot:
        await write(pilot, BOGUS)
        for key in ("r", "g"):
            await press(pilot, "1", key)
            await until(pilot, lambda: pilot.app.screen.query_one(Workspace).place == "plan")
            await settle(pilot)
            assert "refused by AWS's client" in read(pilot)
            assert pilot.app.focused in pilot.app.screen.query_one(PlanPane).query("FindingsList")
            await press(pilot, "escape", "escape")
        assert desk.ran == []
        assert desk.graded == 0
        assert journal.data("lab-graded") == []

        await write(pilot, START.replace("Threshold: 5", "Threshold: 0"))
        await grade(pilot)
        assert "Not yet" in read(pilot)


async def test_grading_can_be_given_up():
    """c stops it after the seed that is being run, and so does leaving; no attempt is counted. While the grade is being
    worked out, an impatient second g neither starts another one nor opens the glossary."""
    journal, desk = FakeJournal(), FakeDesk(gate=threading.Event())
    async with a_lab_screen(a_study(desk, journal)) as pilot:
        pane = pilot.app.screen.query_one(GradePane)
        await pilot.press("g")
        await until(pilot, lambda: pane.job.busy and desk.graded == 1)
        await until(pilot, lambda: pane.query_one(ProgressBar).total == 6)
        await until(pilot, lambda: "Your plan meets 3 releases, 20 times each" in read(pilot))
        await pilot.press("g")
        await settle_screen(pilot)
        assert isinstance(pilot.app.screen, LabScreen)
        await pilot.press("c")
        desk.gate.set()
        await until(pilot, lambda: desk.stopped)
        await settle(pilot)
        assert pane.job.shown == "invitation"
        assert desk.graded == 1

        desk.gate, desk.stopped = threading.Event(), False
        await pilot.press("g")
        await until(pilot, lambda: desk.graded == 2)
        await pilot.press("e")
        await settle_screen(pilot)
        await pilot.press("escape")
        await pilot.press("escape")
        await pilot.pause()
        desk.gate.set()
        await until(pilot, lambda: desk.stopped)

    assert journal.data("lab-graded") == []


async def settle_screen(pilot) -> None:
    """Let the screen follow, whatever goes on in the background."""
    for _ in range(3):
        await pilot.pause()


async def test_what_the_engine_refuses_is_said():
    """An expected error is a sentence, and no attempt."""

    def refuse():
        raise RefusedRequest("ValidationException", "No.")

    journal = FakeJournal()
    async with a_lab_screen(a_study(FakeDesk(grades=refuse), journal)) as pilot:
        await pilot.press("g")
        await until(pilot, lambda: pilot.app.screen.query_one(GradePane).job.shown == "trouble")
        await settle(pilot)

        assert "ValidationException: No." in read(pilot)
    assert journal.data("lab-graded") == []


@SIZES
async def test_the_releases_are_hidden_before_a_grade(size):
    """Neither their names nor what is the matter with them stand anywhere; afterwards they do."""
    async with a_lab_screen(a_study(), size) as pilot:
        seen = [shown(pilot)]
        await press(pilot, "e")
        seen.append(shown(pilot))
        await press(pilot, "escape")
        await ask(pilot, "r")
        seen.append(shown(pilot))
        await press(pilot, "escape")
        for letter in "ABC":
            player = await run(pilot, letter)
            player.go(1860)
            await settle(pilot)
            for _ in range(3 if size == SMALL else 1):
                seen.append(shown(pilot))
                await press(pilot, "v")
        await press(pilot, "4")
        seen.append(shown(pilot))

        for secret in SECRETS:
            assert all(secret not in screen for screen in seen), secret
        await grade(pilot)
        await ask(pilot, "r")
        assert "Release C: hidden-broken" in read(pilot)
