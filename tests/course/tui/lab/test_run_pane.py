"""The run: chosen, awaited, played, stepped, scrubbed; nothing is told before its time."""

from __future__ import annotations

import threading

import pytest

from course.tui.lab.alarm_lanes import AlarmLanes
from course.tui.lab.plan_editor import PlanEditor
from course.tui.lab.playback import STEP_S
from course.tui.lab.player import Player
from course.tui.lab.run_choice import ChooseRun
from course.tui.lab.run_pane import RunPane
from course.tui.lab.scrubber import Scrubber
from course.tui.lab.traffic_chart import TrafficChart
from course.tui.lab.workspace import Workspace
from tests.course.tui.driving import LARGE, SMALL, read, rows
from tests.course.tui.lab.driving import a_lab_screen, ask, press, run, settle, until, write
from tests.course.tui.lab.fakes import START, FakeDesk, FakeJournal, a_study
from tests.course.tui.lab.test_plan_pane import BOGUS

BROKEN, HEALTHY = "C", "A"
"""Letters of the releases, as the ids happen to be shuffled."""
SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])


@SIZES
async def test_a_run_shows_its_timeline(size):
    """Traffic, errors with the plan's threshold, latency with the SLO, alarms and the endpoint stand there."""
    async with a_lab_screen(a_study(), size) as pilot:
        player = await run(pilot, BROKEN)
        player.go(700)
        await settle(pilot)

        for said in (
            "● blue is churn-v1",
            "◆ green is churn-v2",
            "Errors per minute (5xx)",
            "┄ v2-errors > 5",
            "SLO 500 ms",
            "v2-errors",
            "DescribeEndpoint Updating on churn-v1 · pending churn-v2 (main Baking)",
            "25 %",
            "p99 121",
        ):
            assert said in read(pilot), said


async def test_a_run_is_written_down():
    """Release, seed, outcome and the plan, as docs say."""
    journal = FakeJournal()
    async with a_lab_screen(a_study(journal=journal)) as pilot:
        await run(pilot, BROKEN)

        [data] = journal.data("lab-run")
        assert data == {"release": "hidden-broken", "seed": 0, "outcome": "rolled-back", "text": START}


async def test_the_same_run_can_be_made_again():
    """Its film starts from the beginning, though nothing in it is different."""
    async with a_lab_screen(a_study()) as pilot:
        player = await run(pilot, BROKEN)
        player.go(1860)
        await settle(pilot)
        first = player.film
        await ask(pilot, "r")
        await press(pilot, "enter")
        await until(pilot, lambda: player.film is not first)

        assert player.t == 246


async def test_a_seed_can_be_chosen():
    """Tab leads to the seed; Enter runs from there too, and the next run begins with the same choice."""
    desk = FakeDesk()
    async with a_lab_screen(a_study(desk)) as pilot:
        await ask(pilot, "r")
        await press(pilot, "down", "down", "tab", "end", "backspace", "4", "2", "enter")
        await until(pilot, lambda: bool(desk.ran))
        await ask(pilot, "r")
        await press(pilot, "enter")
        await until(pilot, lambda: len(desk.ran) == 2)

    assert desk.ran == [("hidden-broken", 42)] * 2


@pytest.mark.parametrize("typed", ["", "-"], ids=["nothing", "a sign"])
async def test_a_seed_that_is_no_number_is_not_run(typed):
    """The dialog stays and says what would be right."""
    desk = FakeDesk()
    async with a_lab_screen(a_study(desk)) as pilot:
        await ask(pilot, "r")
        await press(pilot, "tab", "end", "backspace", *typed, "enter")

        assert isinstance(pilot.app.screen, ChooseRun)
        assert "A seed is a number from 0" in read(pilot)
    assert desk.ran == []


async def test_escape_from_the_choice_changes_nothing():
    """No run, no event, the same pane."""
    desk = FakeDesk()
    async with a_lab_screen(a_study(desk)) as pilot:
        await ask(pilot, "r")
        await press(pilot, "escape")

        assert pilot.app.screen.query_one(Workspace).place == "brief"
    assert desk.ran == []


async def test_an_invalid_plan_is_not_run():
    """It leads to the findings."""
    desk = FakeDesk()
    async with a_lab_screen(a_study(desk)) as pilot:
        await write(pilot, BOGUS)
        await press(pilot, "r")
        await until(pilot, lambda: pilot.app.screen.query_one(Workspace).place == "plan")

        assert "refused by AWS's client" in read(pilot)
    assert desk.ran == []


async def test_what_the_engine_refuses_is_said():
    """An expected error is a sentence, not a crash; the way on is still there."""
    async with a_lab_screen(a_study()) as pilot:
        await ask(pilot, "r")
        await press(pilot, "tab", "end", "backspace", "1", "3", "enter")
        await until(pilot, lambda: pilot.app.screen.query_one(RunPane).shown == "trouble")
        await settle(pilot)

        assert "ResourceLimitExceeded: 13 is too many." in read(pilot)


@SIZES
async def test_nothing_is_told_before_its_time(size):
    """Ten seconds before the alarm nobody knows that it will go off, nor how the update ends."""
    async with a_lab_screen(a_study(), size) as pilot:
        player = await run(pilot, BROKEN)
        for view in range(3):
            player.go(660)
            await settle(pilot)
            for later in ("Rolling back", "rolled back", "Threshold Crossed", "FailureReason", "Terminating", "12:32"):
                assert later not in read(pilot), later
            player.go(1860)
            await settle(pilot)
            assert "✗ rolled back at 12:32" in read(pilot)
            assert "FailureReason: One or more configured alarm" in read(pilot)
            if view < 2 and size == SMALL:
                await press(pilot, "v")


@SIZES
async def test_scrubbing_shows_another_moment(size):
    """The traffic at the play head is that of its moment, on and back."""
    async with a_lab_screen(a_study(), size) as pilot:
        player = await run(pilot, BROKEN)
        shares = {}
        for t in (300, 600, 800, 600, 300):
            player.go(t)
            await settle(pilot)
            shares.setdefault(t, set()).add("25 %" in read(pilot))

        assert shares == {300: {False}, 600: {True}, 800: {False}}


async def test_arrow_keys_step_and_home_and_end_jump():
    """Each key moves the one play head."""
    async with a_lab_screen(a_study()) as pilot:
        player = await run(pilot, BROKEN)
        start = player.t
        await press(pilot, "right")
        assert player.t == start + STEP_S
        await press(pilot, "left", "left")
        assert player.t == start - STEP_S
        await press(pilot, "end")
        assert player.t == 1860
        await press(pilot, "home")
        assert player.t == 0


async def test_n_and_p_go_from_event_to_event():
    """From the update to the launch, and back."""
    async with a_lab_screen(a_study()) as pilot:
        player = await run(pilot, BROKEN)
        met = []
        for key in ("n", "n", "n", "p"):
            await press(pilot, key)
            met.append(player.t)

    assert met == [306, 307, 370, 307]


async def test_n_ends_at_the_end():
    """After the last event there is the end of the run, and nothing after that."""
    async with a_lab_screen(a_study()) as pilot:
        player = await run(pilot, BROKEN)
        player.go(1000)
        await press(pilot, "n", "n")

        assert player.t == 1860


@SIZES
async def test_a_click_scrubs(size):
    """A click into any chart goes to that column; the film pauses."""
    async with a_lab_screen(a_study(), size) as pilot:
        player = await run(pilot, BROKEN)
        for share, chart in ((0.5, TrafficChart), (0.25, Scrubber), (0.75, AlarmLanes)):
            widget = pilot.app.screen.query_one(chart)
            column = int(widget.axis.width * share)
            await pilot.click(widget, offset=(widget.label_width + column, 0))
            await settle(pilot)

            assert player.t == pytest.approx(widget.axis.time(column))
            assert not player.playback.playing


async def test_a_click_left_of_a_chart_goes_to_the_start():
    """Pointing at a label is pointing at the first column."""
    async with a_lab_screen(a_study()) as pilot:
        player = await run(pilot, BROKEN)
        await pilot.click(Scrubber, offset=(0, 0))
        await settle(pilot)

        assert player.t == 0


async def test_space_plays_and_pauses():
    """The play head moves by itself as long as it plays, and not a second longer."""
    async with a_lab_screen(a_study(), motion="full") as pilot:
        player = await run(pilot, BROKEN)
        assert player.playback.playing, "a run plays at once"
        before = player.t
        await until(pilot, lambda: player.t > before)
        await pilot.press("space")
        await pilot.pause()
        paused = player.t
        player._tick()

        assert not player.playback.playing
        assert not player._clock._active.is_set()
        assert player.t == paused


async def test_plus_and_minus_change_the_speed():
    """From a minute a second to two, and to half a one."""
    async with a_lab_screen(a_study()) as pilot:
        player = await run(pilot, BROKEN)
        await press(pilot, "plus")
        assert "×120" in read(pilot)
        await press(pilot, "minus", "minus")
        assert player.playback.speed == 30


async def test_without_animations_space_goes_from_event_to_event():
    """Nothing moves by itself."""
    async with a_lab_screen(a_study()) as pilot:
        player = await run(pilot, BROKEN)
        assert not player.playback.playing
        await press(pilot, "space")

        assert player.t == 306
        assert not player.playback.playing


async def test_a_film_that_nobody_sees_pauses():
    """Another pane is not a reason to miss something."""
    async with a_lab_screen(a_study(), motion="full") as pilot:
        player = await run(pilot, BROKEN)
        await press(pilot, "e")
        await until(pilot, lambda: not player.playback.playing)

        assert player.t < player.playback.end, "it did not just play to its end"


async def test_the_timeline_is_still_there_after_the_plan():
    """Going to the plan and back loses neither the run nor the moment."""
    async with a_lab_screen(a_study()) as pilot:
        player = await run(pilot, BROKEN)
        await press(pilot, "n", "n", "e", "x", "escape", "3")

        assert player.t == 307
        assert player.has_focus
        assert pilot.app.screen.query_one(PlanEditor).text.startswith("x")


async def test_resizing_while_playing_is_fine():
    """From small to large and back, the chart follows and the film goes on."""
    async with a_lab_screen(a_study(), motion="full") as pilot:
        player = await run(pilot, BROKEN)
        for size in (LARGE, (60, 20), SMALL):
            await pilot.resize_terminal(*size)
            await pilot.pause()

        assert player.playback.playing


async def test_on_a_small_screen_the_lower_half_takes_turns():
    """v goes round alarms, phases and log."""
    async with a_lab_screen(a_study()) as pilot:
        player = await run(pilot, BROKEN)
        player.go(1860)
        await settle(pilot)
        assert "✗ ALARM" in read(pilot)
        await press(pilot, "v")
        assert "11:13 ✓ Rolling back to churn-v1." in read(pilot)
        await press(pilot, "v")
        assert "state: [v2-errors]." in rows(pilot)[-2], "the newest entry is in sight"


async def test_on_a_large_screen_everything_stands_side_by_side():
    """Alarms, phases and log at once."""
    async with a_lab_screen(a_study(), LARGE) as pilot:
        player = await run(pilot, BROKEN)
        player.go(1860)
        await settle(pilot)

        for said in ("8:13 ✗ Baking for 300 seconds", "✗ ALARM", "v2-errors OK to ALARM"):
            assert said in read(pilot), said


async def test_alarm_lanes_have_a_sign_for_each_state():
    """Unknown, fine, alarm, fine again; no colour needed."""
    async with a_lab_screen(a_study(), (200, 45)) as pilot:
        player = await run(pilot, BROKEN)
        player.go(1860)
        await settle(pilot)
        [lane] = [row for row in rows(pilot) if row.strip().startswith("v2-errors  ")]
        signs = "".join(sign for sign in lane if sign in "?✓✗")

        assert signs.strip("?").strip("✓").startswith("✗")
        assert signs.startswith("?")
        assert len(signs) >= 30, "one for each minute"


async def test_a_run_can_be_cancelled():
    """c forgets it: nothing is recorded, whatever the thread still finds out."""
    journal, gate = FakeJournal(), threading.Event()
    desk = FakeDesk(gate=gate)
    async with a_lab_screen(a_study(desk, journal)) as pilot:
        await ask(pilot, "r")
        await pilot.press("enter")
        pane = pilot.app.screen.query_one(RunPane)
        await until(pilot, lambda: pane.busy and bool(desk.ran))
        assert "meets your plan (seed 0)" in read(pilot)
        await pilot.press("c")
        gate.set()
        await settle(pilot)

        assert pane.shown == "invitation"
    assert journal.data("lab-run") == []


async def test_escape_cancels_before_it_leaves():
    """Esc goes back one step at a time."""
    gate = threading.Event()
    async with a_lab_screen(a_study(FakeDesk(gate=gate))) as pilot:
        await ask(pilot, "r")
        await pilot.press("enter")
        pane = pilot.app.screen.query_one(RunPane)
        await until(pilot, lambda: pane.busy)
        await pilot.press("escape")
        gate.set()
        await settle(pilot)

        assert not pane.busy
        assert pane.is_attached


async def test_the_reference_is_shown_after_a_grade_only():
    """Then O swaps the film at the same moment, records nothing, and swaps back."""
    journal = FakeJournal()
    async with a_lab_screen(a_study(journal=journal)) as pilot:
        player = await run(pilot, BROKEN)
        await press(pilot, "n", "o")
        assert "your plan" in read(pilot)
        await press(pilot, "g")
        await until(pilot, lambda: bool(journal.data("lab-graded")))
        await press(pilot, "3", "O")
        assert "the reference plan" in read(pilot)
        assert player.t == 306
        await press(pilot, "O")
        assert "your plan" in read(pilot)
    assert len(journal.data("lab-run")) == 1


async def test_the_player_can_be_used_alone():
    """Before there is a film, keys do nothing."""
    async with a_lab_screen(a_study()) as pilot:
        player = pilot.app.screen.query_one(Player)
        player.action_next_event()
        player.action_previous_event()
        player.action_play()

        assert player.t == 0
