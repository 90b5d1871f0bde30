"""Before a run it is asked what will happen, as long as the learner likes that."""

from __future__ import annotations

from course.tui.foretelling.before_run import ForetellRun
from course.tui.foretelling.habit import ASKED_BEFORE_RUNS
from course.tui.lab.run.player import Player
from tests.course.tui.driving import read, type_text
from tests.course.tui.lab.driving import a_lab_screen, ask, press, settle, until
from tests.course.tui.lab.fakes import FakeDesk, FakeJournal, a_study

BROKEN = ("down", "down", "enter")
"""Keys that choose the broken release."""


def asking() -> FakeJournal:
    """A history of somebody who is asked."""
    return FakeJournal(asked_before_runs="on")


async def run(pilot, *keys):
    """Choose the broken release, answer with these keys, and wait for the run."""
    await ask(pilot, "r")
    await press(pilot, *BROKEN)
    await until(pilot, lambda: isinstance(pilot.app.screen, ForetellRun))
    await press(pilot, *keys)


async def test_what_is_said_is_held_against_the_run():
    """Told when the update is over, and not before; kept with release and seed."""
    journal = asking()
    async with a_lab_screen(a_study(journal=journal)) as pilot:
        await run(pilot, "right", "right", "tab")
        await type_text(pilot, "500")
        await press(pilot, "enter")
        player = pilot.app.screen.query_one(Player)
        await until(pilot, lambda: player.display and player.film is not None)
        await settle(pilot)
        assert "You said" not in read(pilot)

        await press(pilot, "end")
        assert "You said ✓ rolled back ✗ 500 requests, and it was 120 requests" in read(pilot)
        await press(pilot, "home")
        assert "You said" not in read(pilot)

    [data] = journal.data("lab-predicted")
    assert (data["release"], data["seed"]) == ("hidden-broken", 0)
    assert data["said"] == {"ending": "rolled-back", "harmed": 500}
    assert data["held"] == {"ending": True, "harmed": False}


async def test_who_skips_twice_in_a_row_is_asked_no_more():
    """The run comes all the same; P brings the question back."""
    journal, desk = asking(), FakeDesk()
    async with a_lab_screen(a_study(desk, journal)) as pilot:
        for _ in range(2):
            await run(pilot, "s")
            await settle(pilot)
        assert len(desk.ran) == 2
        assert [each["value"] for each in journal.data("preferred")] == ["skipped", "off"]

        await ask(pilot, "r")
        await press(pilot, *BROKEN)
        await settle(pilot)
        assert len(desk.ran) == 3
        assert not journal.data("lab-predicted")

        await press(pilot, "P")
        await run(pilot, "escape")
        assert len(desk.ran) == 3, "who goes back does not want the run"
        assert journal.kept[-1].subject == ASKED_BEFORE_RUNS


async def test_who_answers_begins_to_count_anew():
    """Once skipped, then answered: the next skip is the first."""
    journal = asking()
    async with a_lab_screen(a_study(journal=journal)) as pilot:
        await run(pilot, "s")
        await settle(pilot)
        await run(pilot, "right", "tab", "0", "enter")
        await settle(pilot)
        await run(pilot, "s")
        await settle(pilot)

    assert [each["value"] for each in journal.data("preferred")] == ["skipped", "on", "skipped"]


async def test_half_an_answer_is_none():
    """It says what is missing."""
    desk = FakeDesk()
    async with a_lab_screen(a_study(desk, asking())) as pilot:
        await run(pilot, "right", "enter")

        assert "Give a whole number, such as 250, or 0. Or skip it with s." in read(pilot)
        assert not desk.ran
