"""Simulated time: it stands still, passes by the wall, or is moved."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.serving.clocks import Standing, Warped, duration_s
from course.serving.session import Session, begun
from course.serving.told import Happened
from engine.live import LONGEST_S
from engine.simulate import simulate
from tests.course.serving.conftest import NAME, served_by
from tests.engine.rollouts import canary, guarded, world

PARTS = st.lists(st.tuples(st.integers(0, 999), st.sampled_from("smhd")), min_size=1, max_size=3)
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
UPDATE = {"EndpointName": NAME, "EndpointConfigName": "v2"}


class Wall:
    """A clock that a test turns."""

    def __init__(self):
        self.s = 1000.0

    def __call__(self):
        return self.s


@given(PARTS)
def test_durations(parts):
    """Their parts are added up."""
    text = "".join(f"{number}{unit}" for number, unit in parts)

    assert duration_s(text) == sum(number * SECONDS[unit] for number, unit in parts)


@pytest.mark.parametrize("text", ["", "m", "5x", "-5m", "5 m", "1e3", "nan", "inf", "5m!", "٣m"])
def test_no_durations(text):
    """What is none is None."""
    assert duration_s(text) is None


@given(st.integers(1, 120), st.lists(st.floats(0, 1e6), min_size=2, max_size=9))
def test_a_warped_clock_never_goes_back(speed, walls):
    """Even where the wall's does; and it goes `speed` times as fast."""
    clock, now_s = Warped(speed, 306.0, 0.0), 306.0
    for wall_s in walls:
        due_s = clock.due_s(now_s, wall_s)
        assert due_s >= now_s
        assert due_s == max(now_s, 306.0 + speed * wall_s)
        now_s = due_s


def test_time_passes_with_the_wall():
    """Before each request as much as has passed on the wall, times the speed; also between requests, to be told."""
    wall = Wall()
    with served_by(Warped(60, 306.0, wall.s), wall=wall) as served:
        wall.s += 10
        assert served.ask()[1]["x-mlcourse-time"] == "2026-03-02T09:15:06+00:00"
        served.ask("UpdateEndpoint", **UPDATE)
        wall.s += 60
        served.session.tick()

        assert [told.event.what for told in served.told if isinstance(told, Happened)][-1] == "InService"
        assert served.session.moment().t == 306 + 70 * 60


def test_a_warped_clock_that_is_moved_goes_on_from_there():
    """A jump is no loan."""
    wall = Wall()
    session = Session(begun(world(), 1), Warped(2, 306.0, wall.s), wall=wall)
    session.advance(600)
    wall.s += 10

    assert session.moment().t == 926.0


def test_by_hand(served):
    """Time stands still until it is moved: by so much, up to a second, or until the endpoint is in a state."""
    assert [served.clock()[1]["t"] for _ in range(2)] == [306.0, 306.0]
    assert served.clock(advance_s=30)[1]["t"] == 336.0
    assert served.clock(to_s=400.5)[1]["t"] == 400.5
    served.ask("UpdateEndpoint", **UPDATE)
    found = served.clock(advance_s=3600, until="InService")[1]
    last = [told.event.t for told in served.told if isinstance(told, Happened)][-1]

    assert (found["endpoint"], found["status"], found["busy"]) == (NAME, "InService", False)
    assert last <= found["t"] < last + 1
    assert served.clock(advance_s=3600, until="InService")[1]["t"] == found["t"]


@pytest.mark.parametrize(
    "body",
    [
        {"advance_s": -1},
        {"to_s": 0},
        {"advance_s": LONGEST_S},
        {"advance_s": float("nan")},
        {"to_s": 10**400},
        {"advance_s": True},
    ],
)
def test_no_way_back(served, body):
    """Nor beyond the end of all runs: a sentence, and how things stand, which is as before."""
    status, found = served.clock(**body)

    assert (status, found["t"]) == (400, 306.0)
    assert found["say"].endswith((".", "less."))


@pytest.mark.parametrize("body", [{"x": 1}, {"advance_s": "5"}, {"advance_s": None}, {"advance_s": 1, "until": 3}])
def test_what_no_clock_takes(served, body):
    """The sentence says what it takes."""
    status, found = served.clock(**body)

    assert (status, served.session.moment().t) == (400, 306.0)
    assert "POST" in found["say"]


def test_other_addresses_of_our_own(served):
    """There is only the clock."""
    assert served.clock(path="/_mlcourse/")[0] == 404
    assert served.clock("DELETE")[0] == 405


def test_a_sleeper_may_be_late(served):
    """Somebody else has slept longer: it wakes at once."""
    served.clock(wake_s=500)

    assert served.clock(wake_s=400) == (200, {**served.clock()[1], "t": 500.0})


def test_a_long_way_can_be_given_up():
    """Whoever ends the session does not wait for a year of requests."""
    here = world(rate=200.0)
    gone = threading.Event()
    session = Session(begun(here, 1), moved=lambda now_s: None)
    live = session.account.live
    advance = live.advance

    def noticed(until_s):
        gone.set()
        advance(until_s)

    live.advance = noticed
    thread = threading.Thread(target=session.advance, args=(LONGEST_S / 2,))
    thread.start()
    gone.wait(10)
    session.end()
    thread.join(10)

    assert not thread.is_alive()
    assert session.moment().over


@settings(max_examples=15, deadline=None)
@given(st.lists(st.floats(0.001, 400), max_size=12))
def test_the_same_events_however_time_passes(steps):
    """A session that is looked at now and then has the events of the batch run."""
    here = world(rate=1.0)
    plan = guarded(canary)
    session = Session(begun(here, 3))
    for step in plan.steps:
        session.account.live.submit(step.request)
    for step in steps:
        session.advance(step)
        session.moment()
    session.go_to(5000.0)
    run = simulate(here, plan, 3)

    events = session.account.live.recorder.events
    assert events[: len(run.events)] == list(run.events)
    assert session.clock == Standing()
