"""Coming back to a lab in the same sitting: run, grade and hints are as they were left."""

from __future__ import annotations

import pytest

from course.tui.lab.grade.goal_card import GoalCard
from course.tui.lab.grade.verdict import OLDER, Verdict
from course.tui.lab.run.player import Player
from course.tui.places import LabPlace
from tests.course.tui.driving import LARGE, SMALL, read
from tests.course.tui.lab.driving import a_lab_screen, press, run, settle, until, write
from tests.course.tui.lab.fakes import LAB_ID, START, FakeDesk, FakeJournal, a_study


async def come_back(pilot) -> None:
    """Leave for home, and open the lab again."""
    await press(pilot, "escape")
    pilot.app.go(LabPlace(LAB_ID))
    await until(pilot, lambda: bool(pilot.app.screen.query(Player)))
    await settle(pilot)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "140x45"])
async def test_the_last_run_and_the_last_grade_are_still_there(size):
    """The run stands where it stood, the grade has the hints that were shown, and neither was worked out again."""
    desk = FakeDesk()
    async with a_lab_screen(a_study(desk), size) as pilot:
        await run(pilot, "A")
        await press(pilot, "n", "n")
        t = pilot.app.screen.query_one(Player).t
        await press(pilot, "g")
        await press(pilot, "h", "h")
        before = read(pilot)
        await come_back(pilot)

        await press(pilot, "3")
        assert pilot.app.screen.query_one(Player).t == t
        await press(pilot, "4")
        assert max(card.hints_shown for card in pilot.app.screen.query(GoalCard)) == 2
        assert read(pilot) == before
        assert (len(desk.ran), desk.graded) == (1, 1)


async def test_a_plan_that_has_not_changed_is_not_graded_again():
    """g shows the grade that is there; after a change it grades, and until then says of which plan the grade is."""
    desk, journal = FakeDesk(), FakeJournal()
    async with a_lab_screen(a_study(desk, journal)) as pilot:
        await press(pilot, "g", "escape")
        pilot.app.go(LabPlace(LAB_ID))
        await until(pilot, lambda: bool(pilot.app.screen.query(Verdict)))
        await settle(pilot)
        await press(pilot, "g")
        assert (desk.graded, len(journal.data("lab-graded"))) == (1, 1)
        assert not pilot.app.screen.query_one("#older").display

        await write(pilot, START + "# another\n")
        await press(pilot, "4")
        assert OLDER[:40] in read(pilot)
        await press(pilot, "g")
        assert (desk.graded, len(journal.data("lab-graded"))) == (2, 2)
        assert not pilot.app.screen.query_one("#older").display
