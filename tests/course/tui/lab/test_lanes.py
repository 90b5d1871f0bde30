"""The lanes of the charts: what was measured by then, the limits, and the phases beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.tui.drawing.axis import Axis
from course.tui.drawing.signs import DONE, FLEETS, HERE, WRONG
from course.tui.lab.run.charts.lane import Lane, draw, is_over, seen
from course.tui.lab.run.charts.lane_chart import scale
from course.tui.lab.run.story import sign_of
from labs.film.film import film_of
from labs.film.fleets import FleetName
from labs.film.limits import Limit, latency_limits
from tests.labs.film.runs import LATENCY_ALARM, PLAN, WORLD, broken_run, healthy_run

BROKEN = film_of(broken_run(), WORLD, PLAN)
MINUTES = st.lists(st.none() | st.floats(0, 1e6), max_size=120).map(tuple)


def test_each_fleet_has_a_sign_of_its_own():
    """Whatever name a film gives it, it can be told from the others without colours."""
    assert set(FLEETS) == set(get_args(FleetName))
    assert len({sign.mark for sign in FLEETS.values()}) == len(FLEETS)


@pytest.mark.parametrize(("stat", "red"), [("p99", True), ("p50", False), ("Average", False)])
def test_only_what_an_alarm_is_about_has_the_colour_of_harm(stat, red):
    """A p99 above the threshold of an alarm on the average is nothing to be alarmed at."""
    alarm = replace(LATENCY_ALARM, metric=replace(LATENCY_ALARM.metric, stat=stat))
    lane = Lane(values=(300.0,) * 9, inner=(100.0,) * 9, style="$blue-fleet", limits=latency_limits([alarm]))
    drawn = draw(lane, Axis(600, 20), 540, 400, 6)

    assert any("$error" in style for row in drawn for _, style in row) == red


@given(value=st.floats(0, 100), level=st.floats(0.5, 120), rows=st.integers(1, 8))
def test_a_bar_beyond_a_limit_has_a_sign(value, level, rows):
    """Without colours it can be told from the others, however high the lane is; and no other bar has the sign."""
    lane = Lane(values=(value,) * 9, style="$blue-fleet", limits=(Limit("alarm", None, "", level),))
    drawn = draw(lane, Axis(600, 20), 540, 100, rows)
    signs = [sum(is_over(row[column]) for row in drawn) for column in range(20)]

    assert signs == [int(value > level)] * 18 + [0] * 2


def test_the_sign_leaves_the_height_of_the_bar_alone():
    """It stands at the foot of a bar of several rows, as a block with a mark in it."""
    limit = Limit("alarm", None, "", 5.0)
    plain, flagged = (
        draw(Lane(values=(60.0,) * 9, style="", limits=limits), Axis(600, 20), 540, 80, 2) for limits in ((), (limit,))
    )

    assert [mark for mark, _ in plain[0][:18]] == [mark for mark, _ in flagged[0][:18]]
    assert set(plain[1][:18]) == {("█", "")}
    assert set(flagged[1][:18]) == {("!", "reverse $error")}


@given(values=MINUTES, t=st.floats(0, 7200), width=st.integers(8, 120), rows=st.integers(1, 8))
def test_a_lane_holds_nothing_of_what_comes_later(values, t, width, rows):
    """The lane at `t` is the same whatever happens afterwards."""
    limit = Limit("alarm", None, "> 10", values)
    lane = Lane(values=values, style="$blue-fleet", inner=values, limits=(limit,))
    known = values[: int(t // 60)]
    past = Lane(values=known, style="$blue-fleet", inner=known, limits=(replace(limit, level=known),))
    axis = Axis(7200, width)

    assert draw(lane, axis, t, 100, rows) == draw(past, axis, t, 100, rows)


@given(values=MINUTES, t=st.floats(0, 7200), width=st.integers(8, 120))
def test_past_the_play_head_there_are_limits_alone(values, t, width):
    """A fixed limit is known from the plan; measurements are not."""
    lane = Lane(values=values, style="", limits=(Limit("alarm", None, "> 50", 50.0),))
    axis = Axis(7200, width)
    rows = draw(lane, axis, t, 100, 4)

    assert {mark for row in rows for mark, _ in row[axis.column(t) + 1 :]} <= {" ", "┄"}


@pytest.mark.parametrize(
    ("t", "sign"),
    [(500, HERE), (672.9, HERE), (673, WRONG), (1800, WRONG)],
    ids=["baking", "at last", "ended", "later"],
)
def test_the_phase_that_the_rollback_ended_was_interrupted(t, sign):
    """As long as it goes on, nobody knows."""
    baking = broken_run().phases[2]

    assert sign_of(BROKEN, baking, t) == sign


def test_the_phases_of_a_good_update_are_done():
    """Every phase of a promoted release ends well."""
    film = film_of(healthy_run(), WORLD, PLAN)

    assert {sign_of(film, phase, 1860) for phase in film.run.phases} == {DONE}


@pytest.mark.parametrize(
    ("measured", "levels", "top"),
    [
        pytest.param([[60.0]], [5.0], 80, id="measurements above the limit"),
        pytest.param([[5.0]], [8.0], 10, id="a limit near the measurements"),
        pytest.param([[5.0]], [500.0], 6, id="a limit far away would flatten them"),
        pytest.param([[]], [500.0], 600, id="nothing measured yet"),
        pytest.param([[]], [], 1, id="nothing at all"),
    ],
)
def test_a_scale_shows_what_was_measured(measured, levels, top):
    """Limits get room as long as the measurements keep theirs."""
    assert scale(measured, levels, 2.0) == top


def test_only_what_is_over_was_seen():
    """The minute that is running does not count."""
    assert seen((1.0, None, 3.0), 179.0) == [1.0]
