"""What if one number of the plan were another?"""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from textual.geometry import Size

from course.tui.lab.screen import LabScreen
from course.tui.whatif.chart import CurveChart, picture, seeds_so_far
from course.tui.whatif.screen import WhatIfScreen
from engine.errors import RefusedRequest
from labs.whatif.curve import Curve, Point
from labs.whatif.load import Load
from tests.course.tui.driving import LARGE, SMALL, read, rows
from tests.course.tui.lab.driving import a_lab_screen, press, settle, until, write
from tests.course.tui.lab.fakes import a_study
from tests.course.tui.whatif.desk import THRESHOLD, WAIT, WhatIfDesk, a_curve


def words(size: Size, curve=None, knob=WAIT) -> list[str]:
    """The picture as lines of text."""
    return ["".join(letter for letter, _ in row).rstrip() for row in picture(knob, curve or a_curve(WAIT), size)]


@pytest.mark.parametrize("size", [Size(76, 18), Size(88, 38), Size(56, 15)], ids=str)
def test_every_value_has_its_figures(size):
    """Values, harm and durations stand in the same columns, so that one value can be read from top to bottom."""
    lines = words(size)
    values = next(line for line in lines if line.split() == ["0", "60", "120", "180", "300", "600", "900"])
    durations = next(line for line in lines if line.strip().startswith("10:00"))

    assert len(durations.split()) == 7
    for value, duration in zip(values.split(), durations.split(), strict=True):
        middle = values.index(value) + len(value) / 2
        assert abs(middle - (durations.index(duration) + len(duration) / 2)) <= 1.5


@pytest.mark.parametrize("size", [Size(76, 18), Size(88, 38), Size(56, 15)], ids=str)
def test_the_picture_fits(size):
    """Nothing sticks out, neither to the right nor below."""
    lines = words(size)

    assert len(lines) <= size.height
    assert max(map(len, lines)) <= max(size.width, 68)


def test_the_learners_choice_is_marked():
    """A sign stands under the value that the plan has."""
    *_, values, mark = words(Size(76, 18))

    assert abs(mark.index("▲ yours") + 3 - values.index("300") - 1) <= 1


def test_a_lab_without_bad_releases_shows_no_harm():
    """What cannot be measured is left out instead of drawn as zero."""
    lines = words(Size(76, 18), a_curve(WAIT, harmed=None))

    assert not any("harmed" in line for line in lines)


def test_how_far_a_curve_can_be_trusted():
    """The number of seeds is told in words."""
    assert seeds_so_far(a_curve(WAIT, 1), 20) == "1 seed so far, of 20"
    assert seeds_so_far(a_curve(WAIT, 20), 20) == "all 20 seeds"


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
async def test_w_shows_the_first_knob(size):
    """From the lab one key leads to a curve with all seeds, and the keys stand in the footer. Another knob has another
    curve; brackets in a name are text. Going back costs nothing: a curve with all seeds is not worked out twice."""
    desk = WhatIfDesk()
    async with a_lab_screen(a_study(desk), size) as pilot:
        await press(pilot, "w", "u")

        assert isinstance(pilot.app.screen, WhatIfScreen)
        assert "WaitIntervalInSeconds, now 300 s" in read(pilot)
        assert "all 20 seeds" in read(pilot)
        assert "▲ yours" in read(pilot)
        assert "Next knob" in rows(pilot)[-1]

        await press(pilot, "n", "d")
        assert "[b]v2-errors[/b]: Threshold, now 5" in read(pilot)
        assert pilot.app.screen.query_one(CurveChart).curve == a_curve(THRESHOLD)

        await press(pilot, "up", "down", "up")
        assert pilot.app.screen.query_one(CurveChart).curve == a_curve(WAIT)
        assert "all 20 seeds" in read(pilot)
        assert desk.asked == ["wait", "v2-errors.threshold"]


async def test_the_first_seed_is_shown_at_once():
    """The first estimate does not wait for the second."""
    desk = WhatIfDesk(hold=threading.Event())
    async with a_lab_screen(a_study(desk)) as pilot:
        await pilot.press("w")
        await until(pilot, lambda: "1 seed so far, of 20" in read(pilot))
        desk.hold.set()
        await settle(pilot)

        assert "all 20 seeds" in read(pilot)


async def test_leaving_stops_the_work():
    """Esc goes back to the lab; the curve that nobody waits for is given up."""
    desk = WhatIfDesk(hold=threading.Event(), most=10_000)
    async with a_lab_screen(a_study(desk)) as pilot:
        await pilot.press("w")
        await until(pilot, lambda: "1 seed so far" in read(pilot))
        await pilot.press("escape")
        desk.hold.set()
        await until(pilot, lambda: bool(desk.closed))

        assert isinstance(pilot.app.screen, LabScreen)


async def test_a_plan_without_numbers_says_so():
    """Without knobs there is a sentence instead of an empty screen."""
    async with a_lab_screen(a_study(WhatIfDesk(turned=()))) as pilot:
        await press(pilot, "w")

        assert "no number to turn" in read(pilot)


async def test_a_refused_plan_is_not_turned():
    """An invalid plan goes to its findings, as with a run."""
    async with a_lab_screen(a_study(WhatIfDesk())) as pilot:
        await write(pilot, "bogus: 1\n")
        await press(pilot, "w")

        assert isinstance(pilot.app.screen, LabScreen)


async def test_what_the_engine_refuses_is_said():
    """A value that cannot be run is a sentence, not a crash."""

    class Refusing(WhatIfDesk):
        def curve(self, lab, knob):
            raise RefusedRequest("ResourceLimitExceeded", "There are no more instances.")

    async with a_lab_screen(a_study(Refusing(turned=(replace(WAIT, id="other"),)))) as pilot:
        await press(pilot, "w")

        assert "no more instances" in read(pilot)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
async def test_the_learner_predicts_before_the_curve_is_seen(size):
    """No figure is there before a key has said what harm will do; then it is told what it does, and whether that was
    right. Each knob asks once."""
    async with a_lab_screen(a_study(WhatIfDesk()), size) as pilot:
        await press(pilot, "w", "right", "enter")
        assert "Predict first: as it grows, does harm go up (u), down (d) or stay (s)?" in read(pilot)
        assert "▲ yours" not in read(pilot)

        await press(pilot, "u")
        assert "harm goes up: you were right" in read(pilot)
        await press(pilot, "n")
        assert "▲ yours" not in read(pilot)
        await press(pilot, "s")
        assert "harm goes up: you said that it stays" in read(pilot)
        await press(pilot, "p")
        assert "▲ yours" in read(pilot)


async def test_the_mark_moves_along_the_values():
    """The arrows go from value to value and stop at the ends; the figures under the mark are the bold ones."""
    async with a_lab_screen(a_study(WhatIfDesk())) as pilot:
        await press(pilot, "w", "u", "right")
        assert "here 600" in read(pilot)
        assert "▲ here" in read(pilot)
        await press(pilot, *["right"] * 5)
        assert "here 900" in read(pilot)
        await press(pilot, *["left"] * 20)
        assert "here 0" in read(pilot)
        assert "⏎ Write" in rows(pilot)[-1]


LOAD, JOB = replace(WAIT, of="load"), replace(WAIT, of="job")


def a_load(throttled=None):
    """Return a curve about a load, and with one job."""
    load = Load(p99_s=0.25, failed=0.02, throttled=throttled, in_time=0.5, job_s=754.0, cost_usd=1.5)
    points = tuple(Point(value=value, load=load) for value in WAIT.values)
    return Curve(knob=WAIT.id, current=WAIT.current, seeds=3, points=points)


def test_a_load_is_drawn_by_waits_failures_and_cost():
    """What has no figure has no line: nothing is throttled here, and what jobs do is not asked."""
    lines = "\n".join(words(Size(76, 18), a_load(), LOAD))

    assert "250 ms" in lines
    assert "2 %" in lines
    assert "1.50" in lines
    assert not any(word in lines for word in ("harmed", "throttled", "Jobs", "12:34"))


def test_a_job_is_drawn_by_deadline_time_and_cost():
    """And not by what callers of an endpoint see meanwhile."""
    lines = "\n".join(words(Size(76, 18), a_load(), JOB))

    assert "50 %" in lines
    assert "12:34" in lines
    assert "1.50" in lines
    assert "250 ms" not in lines


@pytest.mark.parametrize("knob", [LOAD, JOB], ids=["load", "job"])
@pytest.mark.parametrize("size", [Size(76, 18), Size(88, 38), Size(56, 15)], ids=str)
def test_a_load_fits_too(size, knob):
    """With all of its lines."""
    assert len(words(size, a_load(0.1), knob)) <= size.height


async def test_of_a_load_the_cost_is_predicted():
    """Also where no release is bad: it is asked of every knob about a load."""

    class Desk(WhatIfDesk):
        def curve(self, lab, knob):
            yield a_load()

    async with a_lab_screen(a_study(Desk(turned=(LOAD,)))) as pilot:
        await press(pilot, "w")
        assert "Predict first: as it grows, does cost go up (u), down (d) or stay (s)?" in read(pilot)
        await press(pilot, "s")
        assert "cost stays: you were right" in read(pilot)
