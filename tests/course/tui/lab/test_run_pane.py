"""The run: chosen, awaited, played, stepped, scrubbed; nothing is told before its time."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from course.tui.lab.plan.editor import PlanEditor
from course.tui.lab.run.charts.alarms import AlarmLanes
from course.tui.lab.run.charts.traffic import TrafficChart
from course.tui.lab.run.choice import ChooseRun
from course.tui.lab.run.pane import RunPane
from course.tui.lab.run.playback import STEP_S
from course.tui.lab.run.player import Player
from course.tui.lab.run.scrubber import Scrubber
from course.tui.lab.workspace import Workspace
from engine.plan import Plan
from engine.requests.cloudwatch import CompositeAlarm
from tests.course.tui.driving import LARGE, SMALL, read, resize, rows
from tests.course.tui.lab.driving import a_lab_screen, ask, press, run, settle, until
from tests.course.tui.lab.fakes import START, FakeDesk, FakeJournal, a_study
from tests.labs.film.runs import ERRORS_ALARM, PLAN

BROKEN, HEALTHY = "C", "A"
"""Letters of the releases, as the ids happen to be shuffled."""
SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])


VIEWS = ("✗ ALARM", "11:13 ✓ Rolling back to churn-v1.", "state: [v2-errors].")
"""Alarms, phases and log, when the run is over."""


@SIZES
async def test_nothing_is_told_before_its_time(size):
    """Ten seconds before the alarm nobody knows that it will go off, nor how the update ends. On a small screen v goes
    round alarms, phases and log; on a large one they stand side by side."""
    async with a_lab_screen(a_study(), size) as pilot:
        player = await run(pilot, BROKEN)
        for view in range(3 if size == SMALL else 2):
            player.go(660)
            await settle(pilot)
            page = read(pilot)
            for later in ("Rolling back", "rolled back", "Threshold Crossed", "FailureReason", "Terminating", "12:32"):
                assert later not in page, later
            player.go(1860)
            await settle(pilot)
            page = read(pilot)
            assert "✗ rolled back at 12:32" in page
            assert "FailureReason: One or more configured alarm" in page
            if size == LARGE:
                for said in ("8:13 ✗ Baking for 300 seconds", "✗ ALARM", "v2-errors OK to ALARM"):
                    assert said in page, said
                continue
            assert VIEWS[view] in page
            if view < 2:
                await press(pilot, "v")
        if size == SMALL:
            assert "state: [v2-errors]." in rows(pilot)[-2], "the newest entry is in sight"


@SIZES
async def test_a_moment_can_be_looked_at(size):
    """Traffic, errors with the plan's threshold, latency with the SLO, alarms and the endpoint stand there as they were
    at the play head, on and back. A click into any chart goes to that column, one left of it to the start; the film
    pauses."""
    async with a_lab_screen(a_study(), size) as pilot:
        player = await run(pilot, BROKEN)
        player.go(700)
        await settle(pilot)
        page = read(pilot)
        for said in (
            "● blue is churn-v1",
            "◆ green is churn-v2",
            "Errors per minute (5xx)",
            "┄ v2-errors > 5 ! over",
            "SLO 500 ms ! over",
            "v2-errors",
            "DescribeEndpoint Updating on churn-v1 · pending churn-v2 (main Baking)",
            "25 %",
            "p99 121",
        ):
            assert said in page, said

        shares = {}
        for t in (300, 600, 800, 600, 300):
            player.go(t)
            await settle(pilot)
            shares.setdefault(t, set()).add("25 %" in read(pilot))
        assert shares == {300: {False}, 600: {True}, 800: {False}}

        for share, chart in ((0.5, TrafficChart), (0.25, Scrubber), (0.75, AlarmLanes)):
            widget = pilot.app.screen.query_one(chart)
            column = int(widget.axis.width * share)
            await pilot.click(widget, offset=(widget.label_width + column, 0))
            await settle(pilot)
            assert player.t == pytest.approx(widget.axis.time(column))
            assert not player.playback.playing
        await pilot.click(Scrubber, offset=(0, 0))
        await settle(pilot)
        assert player.t == 0


async def test_a_run_is_kept_until_there_is_another():
    """Release, seed, outcome and the plan are written down, as docs say. Going to the plan and back loses neither the
    run nor the moment. The same run can be made again: its film starts from the beginning, though nothing in it is
    different."""
    journal = FakeJournal()
    async with a_lab_screen(a_study(journal=journal)) as pilot:
        player = await run(pilot, BROKEN)
        [data] = journal.data("lab-run")
        assert data == {"release": "hidden-broken", "seed": 0, "outcome": "rolled-back", "text": START}

        await press(pilot, "n", "n", "e", "x", "escape", "3")
        assert player.t == 307
        assert player.has_focus
        assert pilot.app.screen.query_one(PlanEditor).text.startswith("x")

        first = player.film
        await ask(pilot, "r")
        await press(pilot, "enter")
        await until(pilot, lambda: player.film is not first)
        assert player.t == 246


async def test_release_and_seed_are_chosen():
    """Tab leads to the seed; one that is no number is not run, and the dialog says what would be right. Enter runs from
    there too, and the next run begins with the same choice. Esc changes nothing. What the engine refuses is a sentence,
    not a crash; the way on is still there."""
    desk = FakeDesk()
    async with a_lab_screen(a_study(desk)) as pilot:
        await ask(pilot, "r")
        await press(pilot, "escape")
        assert pilot.app.screen.query_one(Workspace).place == "brief"

        await ask(pilot, "r")
        await press(pilot, "down", "down", "tab", "end", "backspace")
        for typed in ((), ("-",)):
            await press(pilot, *typed, "enter")
            assert isinstance(pilot.app.screen, ChooseRun)
            assert "A seed is a number from 0" in read(pilot)
        assert desk.ran == []

        await press(pilot, "backspace", "4", "2", "enter")
        await until(pilot, lambda: bool(desk.ran))
        await settle(pilot)
        await ask(pilot, "r")
        await press(pilot, "enter")
        await until(pilot, lambda: len(desk.ran) == 2)
        await settle(pilot)
        assert desk.ran == [("hidden-broken", 42)] * 2

        await ask(pilot, "r")
        await press(pilot, "tab", "end", "backspace", "backspace", "1", "3", "enter")
        await until(pilot, lambda: pilot.app.screen.query_one(RunPane).job.shown == "trouble")
        await settle(pilot)
        assert "ResourceLimitExceeded: 13 is too many." in read(pilot)


async def test_every_key_moves_the_one_play_head():
    """Arrows step, home and end jump, n and p go from event to event and n to the end after the last one. Without
    animations nothing moves by itself, and space goes to the next event. Before there is a film, keys do nothing."""
    async with a_lab_screen(a_study()) as pilot:
        player = pilot.app.screen.query_one(Player)
        player.action_next_event()
        player.action_previous_event()
        player.action_play()
        assert player.t == 0

        player = await run(pilot, BROKEN)
        assert not player.playback.playing
        start = player.t
        await press(pilot, "right")
        assert player.t == start + STEP_S
        await press(pilot, "left", "left")
        assert player.t == start - STEP_S
        await press(pilot, "end")
        assert player.t == 1860
        await press(pilot, "home")
        assert player.t == 0

        met = []
        for key in ("n", "n", "n", "p"):
            await press(pilot, key)
            met.append(player.t)
        assert met == [306, 307, 370, 307]

        player.go(1000)
        await press(pilot, "n", "n")
        assert player.t == 1860

        player.go(start)
        await press(pilot, "space")
        assert player.t == 306
        assert not player.playback.playing


async def test_a_run_plays_at_once():
    """The play head moves by itself as long as it plays, from a minute a second to two, and to half a one; whatever
    becomes of the window. Space pauses it, and then it moves not a second longer. Nor does it play to nobody: going
    to another pane pauses it, too."""
    async with a_lab_screen(a_study(), motion="full") as pilot:
        player = await run(pilot, BROKEN)
        assert player.playback.playing
        before = player.t
        await until(pilot, lambda: player.t > before)
        for size in (LARGE, (60, 20), SMALL):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert player.playback.playing

        await press(pilot, "space")
        paused = player.t
        player._tick()
        assert not player.playback.playing
        assert not player._clock._active.is_set()
        assert player.t == paused

        await press(pilot, "plus")
        assert "×120" in read(pilot)
        await press(pilot, "minus", "minus")
        assert player.playback.speed == 30

        await press(pilot, "space")
        assert player.playback.playing
        await press(pilot, "e")
        await until(pilot, lambda: not player.playback.playing)
        assert player.t < player.playback.end, "it did not just play to its end"


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
    """c forgets it, and so does Esc, which goes back one step at a time: nothing is recorded, whatever the thread still
    finds out."""
    journal, desk = FakeJournal(), FakeDesk()
    async with a_lab_screen(a_study(desk, journal)) as pilot:
        pane = pilot.app.screen.query_one(RunPane)
        for key in ("c", "escape"):
            desk.gate, runs = threading.Event(), len(desk.ran)
            await ask(pilot, "r")
            await pilot.press("enter")
            await until(pilot, lambda runs=runs: pane.job.busy and len(desk.ran) > runs)
            await until(pilot, lambda: "meets your plan (seed 0)" in read(pilot))
            await pilot.press(key)
            desk.gate.set()
            await settle(pilot)

            assert not pane.job.busy
            assert pane.job.shown == "invitation"
            assert pane.is_attached
    assert journal.data("lab-run") == []


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


@SIZES
async def test_an_alarm_without_a_line_is_named_all_the_same(size):
    """The legend tells a line that lies above the chart from one that there cannot be."""

    class Desk(FakeDesk):
        def check(self, lab, text):
            either = CompositeAlarm(alarm_name="either", alarm_rule="ALARM(v2-errors)")
            return replace(super().check(lab, text), plan=Plan.of(*(step.request for step in PLAN.steps), either))

    async with a_lab_screen(a_study(Desk()), size) as pilot:
        await run(pilot, "C")

        assert "┄ v2-errors > 5 – either no line: composite" in read(pilot)


NAMES = [f"v2-latency-p{number}" for number in range(90, 99)]


class Crowd(FakeDesk):
    """Nine more alarms than usual, none of which goes off."""

    def check(self, lab, text):
        more = [replace(ERRORS_ALARM, alarm_name=name, threshold=1e6) for name in NAMES]
        return replace(super().check(lab, text), plan=Plan.of(*(step.request for step in PLAN.steps), *more))

    def run(self, lab, plan, release, seed):
        run = super().run(lab, plan, release, seed)
        return replace(run, alarm_states={**run.alarm_states, **dict.fromkeys(NAMES, "OK")})


def lanes(pilot) -> list[str]:
    """The lines under the alarms' title."""
    start = next(number for number, row in enumerate(rows(pilot)) if row.strip().startswith("Alarms  ?"))
    return [row.split()[0] for row in rows(pilot)[start + 1 : -1] if row.strip()]


async def test_alarms_that_do_not_fit_can_be_scrolled_to():
    """An alarm that went off comes first; long names differ where they are cut; the title says where one is."""
    async with a_lab_screen(a_study(Crowd())) as pilot:
        player = await run(pilot, BROKEN)
        player.go(660)
        await settle(pilot)
        assert lanes(pilot)[:3] == ["v2-errors", "v2-latency", "v2-l…ncy-p90"]

        player.go(680)
        await settle(pilot)
        assert lanes(pilot)[0] == "v2-errors"
        assert "1 to 4 of 11" in read(pilot)

        await press(pilot, *["down"] * 20)
        assert lanes(pilot)[-1] == "v2-l…ncy-p98"
        assert "8 to 11 of 11" in read(pilot)
        await press(pilot, *["up"] * 20)
        assert lanes(pilot)[0] == "v2-errors"
        assert "+9 more ! over" in read(pilot)


async def test_on_a_large_screen_every_alarm_has_its_lane_and_its_name():
    """Eleven of them."""
    async with a_lab_screen(a_study(Crowd()), LARGE) as pilot:
        await run(pilot, BROKEN)

        assert set(NAMES) < set(lanes(pilot))


async def test_the_footer_tells_of_more_views_at_every_width():
    """There is always something that takes turns with what is shown."""
    async with a_lab_screen(a_study(), LARGE) as pilot:
        await run(pilot, BROKEN)
        for size in (LARGE, SMALL):
            await resize(pilot, *size)
            await settle(pilot)
            assert "v View" in rows(pilot)[-1]
