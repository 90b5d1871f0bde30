"""What is measured in one run, on hand-made runs and in the simulator."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.plan import Plan
from engine.run import AlarmTransition, Event, RequestLog, TrafficShare
from engine.simulate import simulate
from engine.traffic.arrivals import Arrivals
from engine.traffic.workload import Daily, Workload
from labs.measures.one_run import measure, unguarded
from labs.measures.registry import (
    DURATION,
    EXPOSED,
    EXTRA_INSTANCE_MINUTES,
    HARMED,
    TIME_TO_DETECT,
    TIME_TO_RECOVER,
)
from labs.measures.trial import Trial, harm
from tests.engine.rollouts import (
    ONE,
    STEADY,
    all_at_once,
    canary,
    config,
    errors_alarm,
    failing,
    guarded,
    in_batches,
    later,
    model,
    update,
    world,
)

EVEN = world(new=failing(1.0), workload=Workload(rate=1.0, arrivals="regular"), duration_s=1800.0, timing=STEADY)
"""Request k of slot 0 arrives at k + 0.5 s."""
QUIET = simulate(EVEN, Plan(), 0)


def log(*slots):
    """Return a log from rows of marks, X for bad."""
    pages = tuple(np.packbits([mark == "X" for mark in slot]).tobytes() for slot in slots)
    return RequestLog(pages, tuple(bytes(len(page)) for page in pages), tuple(map(len, slots)))


@pytest.mark.parametrize(
    "mine, without, count",
    [
        pytest.param(["...", "..."], ["...", "..."], 0, id="nobody"),
        pytest.param([".X.", "XX."], ["...", "..."], 3, id="three"),
        pytest.param([".X.", "XX."], [".X.", "X.."], 1, id="bad anyway is not harm"),
        pytest.param(["...", "..."], ["XXX", "XXX"], 0, id="a better model harms nobody"),
        pytest.param(["XXXXXXXXX"], ["X......X."], 7, id="across the bytes"),
    ],
)
def test_harmed_is_exact(mine, without, count):
    """Harmed: bad in this run and not in the run without any update, request by request."""
    assert harm(log(*mine), log(*without)).count == count


def run_like(**changes):
    """Return the run without an update, with some fields as if there had been one."""
    fields = {
        "update_started_s": 306.0,
        "update_ended_s": 900.0,
        "outcome": "promoted",
        "traffic": (TrafficShare(0.0, {"v1": 1.0}),),
        **changes,
    }
    return replace(QUIET, **fields)


def marked(which, chosen):
    """Return a log with the mark `which` at all requests whose arrivals are chosen."""
    arrivals = [Arrivals(EVEN.workload, 0).slot(k).arrival for k in range(len(QUIET.requests.counts))]
    return replace(QUIET.requests, **{which: tuple(np.packbits(chosen(times)).tobytes() for times in arrivals)})


def harmed_from(second, until):
    """Return a log in which every request from `second` to `until` is bad."""
    return marked("bad", lambda times: (times >= second) & (times < until))


def alarm_at(t):
    """Return the transition that decided."""
    return AlarmTransition(t, "errors", "OK", "ALARM", "")


RESTORED = Event(700.0, "TrafficRestored", "All traffic is back on the old fleet.")


def test_times_begin_with_the_first_harmed_request():
    """From its arrival to the alarm, and to the moment when all traffic was back."""
    run = run_like(requests=harmed_from(500, 600), deciding_alarm=alarm_at(640.0), events=(RESTORED,))
    found = measure(EVEN, run, QUIET.requests)

    assert found[HARMED] == 100
    assert Trial.of(EVEN, run, QUIET.requests).first_harmed_s == 500.5
    assert found[TIME_TO_DETECT] == 640 - 500.5
    assert found[TIME_TO_RECOVER] == 700 - 500.5
    assert found[DURATION] == 594


@pytest.mark.parametrize(
    "changes, detect, recover",
    [
        pytest.param({}, 0.0, 0.0, id="nobody harmed"),
        pytest.param(
            {"deciding_alarm": alarm_at(640.0), "events": (RESTORED,)}, 0.0, 0.0, id="rolled back for nothing"
        ),
        pytest.param({"requests": harmed_from(500, 600)}, None, None, id="harmed and never noticed"),
        pytest.param(
            {"requests": harmed_from(500, 600), "deciding_alarm": alarm_at(320.0), "events": (RESTORED,)},
            0.0,
            199.5,
            id="an alarm from before the harm",
        ),
        pytest.param(
            {"requests": harmed_from(750, 800), "deciding_alarm": alarm_at(640.0), "events": (RESTORED,)},
            0.0,
            0.0,
            id="harm after it was all over",
        ),
    ],
)
def test_edge_cases_of_the_times(changes, detect, recover):
    """0 where nobody was harmed, None where somebody was and nothing followed, never negative."""
    found = measure(EVEN, run_like(**changes), QUIET.requests)

    assert (found[TIME_TO_DETECT], found[TIME_TO_RECOVER]) == (detect, recover)


@pytest.mark.parametrize(
    "changes, expected",
    [
        pytest.param({}, (25 + 294) / 594, id="to the end of the update"),
        pytest.param({"deciding_alarm": alarm_at(706.0)}, (25 + 100) / 400, id="to the verdict"),
        pytest.param({"deciding_alarm": alarm_at(550.0)}, 11 / 244, id="in the canary"),
        pytest.param({"deciding_alarm": alarm_at(400.0)}, 0.0, id="before any traffic"),
        pytest.param({"deciding_alarm": alarm_at(100.0)}, (25 + 294) / 594, id="an alarm from before the update"),
        pytest.param({"update_started_s": 600.0}, (2 + 294) / 300, id="the first second of a slot"),
        pytest.param({"update_started_s": 508.5, "update_ended_s": 512.5}, 1 / 4, id="first in, last out"),
        pytest.param({"update_started_s": 899.6, "update_ended_s": 900.4}, 0.0, id="nobody came"),
        pytest.param({"update_ended_s": 3600.0}, (25 + 1194) / 1494, id="an update that outlasts the counted time"),
        pytest.param({"update_started_s": None}, 0.0, id="no update"),
    ],
)
def test_exposed(changes, expected):
    """Of the requests between the start and the verdict, those that the new fleet answered: one in four from second 506
    on, and all from second 606 on."""
    log = marked("new", lambda t: (t >= 606) | (t >= 506) & (t.astype(int) % 4 == 0))

    assert measure(EVEN, run_like(requests=log, **changes), QUIET.requests)[EXPOSED] == pytest.approx(expected)


EBB = Workload(rate=20.0, shape=Daily(amplitude=1.0, period_s=3600.0))
TIDE = world(workload=EBB, duration_s=1400.0, timing=STEADY)
"""Busy at first and idle after half an hour; what comes after 1,400 seconds, within a slot, is not counted."""


@pytest.mark.parametrize("seed", range(3))
def test_exposed_counts_requests_and_not_minutes(seed):
    """On traffic that ebbs away, the minutes in which the new fleet has everything are those in which few come."""
    run = simulate(TIDE, Plan.of(update(canary(ONE, 600, 600))), seed)
    before = simulate(replace(TIDE, duration_s=run.update_started_s), Plan(), seed).totals.requests
    found = measure(TIDE, run, simulate(TIDE, Plan(), seed).requests)[EXPOSED]

    assert found == run.totals.by_config["v2"] / (run.totals.requests - before)
    assert found < share_of_the_time(run, 1400.0) - 0.1


def share_of_the_time(run, end):
    """Return the new fleet's share of the traffic, averaged over the seconds from the update's start."""
    seconds = np.arange(run.update_started_s, end)
    return float(np.mean([run.traffic_at(t).get("v2", 0.0) for t in seconds]))


def test_without_an_update_everything_is_zero():
    """Nothing harmed, exposed, detected or recovered; no extra minutes."""
    found = measure(EVEN, QUIET, QUIET.requests)

    assert found.outcome == "no-update"
    assert (found[HARMED], found[EXPOSED], found[DURATION], found[EXTRA_INSTANCE_MINUTES]) == (0, 0.0, 0.0, 0.0)
    assert (found[TIME_TO_DETECT], found[TIME_TO_RECOVER]) == (0.0, 0.0)


def measured(where, plan, seed=0):
    """Return the measures of a plan in a world."""
    return measure(where, simulate(where, plan, seed), simulate(where, Plan(), seed).requests)


def test_harm_of_a_broken_release_is_what_its_fleet_answered():
    """A model that fails everything harms exactly the requests that the new configuration answered."""
    for plan in (guarded(canary, ONE, 600, 600), Plan.of(update()), guarded(in_batches, ONE, 300)):
        run = simulate(EVEN, plan, 0)

        assert harm(run.requests, QUIET.requests).count == run.totals.by_config["v2"] > 0


def test_time_to_detect_and_recover_in_the_simulator():
    """One look more than the rollback takes lies between detection and recovery."""
    found = measured(EVEN, guarded(canary, ONE, 600, 600))
    between = found[TIME_TO_RECOVER] - found[TIME_TO_DETECT]

    assert found.outcome == "rolled-back"
    assert 120 < found[TIME_TO_DETECT] < 300
    assert STEADY.rollback_s <= between <= STEADY.rollback_s + STEADY.alarm_poll_s
    assert found[EXPOSED] == pytest.approx(0.25 * found[TIME_TO_DETECT] / (found[TIME_TO_DETECT] + 187), abs=0.01)


@pytest.mark.parametrize(
    "small, large",
    [
        (guarded(canary, ONE, 600, 600), guarded(all_at_once, 900)),
        (guarded(all_at_once, 900), Plan.of(update())),
    ],
    ids=["canary < all at once", "guarded < unguarded"],
)
def test_the_order_of_harm(small, large):
    """A canary harms fewer than an all-at-once update with a bake, and that one fewer than no guard at all."""
    for seed in range(3):
        assert measured(EVEN, small, seed)[HARMED] < measured(EVEN, large, seed)[HARMED]


@settings(max_examples=25)
@given(st.floats(0, 1), st.integers(0, 20))
def test_harm_is_never_more_than_went_wrong(rate, seed):
    """Harmed requests are among those that ended badly, and among those of the counted time."""
    where = world(new=failing(rate), old=failing(0.1), rate=2.0, duration_s=900.0)
    run = simulate(where, Plan.of(update(canary(ONE, 120, 60))), seed)
    count = harm(run.requests, simulate(where, Plan(), seed).requests).count
    totals = run.totals

    assert 0 <= count <= totals.errors_4xx + totals.errors_5xx + totals.slo_missed


def test_the_unguarded_update():
    """The same configuration and what it needs, at the same time, all at once and without bake or alarm."""
    new = config("v3", model_name="v2")
    asked = update(
        canary(alarms=("errors",)), to="v3", retain_all_variant_properties=True, retain_deployment_config=True
    )
    bare = unguarded(Plan((*Plan.of(new, errors_alarm()).steps, later(120, asked))), "churn")

    assert [type(step.request).__name__ for step in bare.steps] == ["EndpointConfig", "UpdateEndpoint"]
    assert bare.steps[1] == later(120, update(None, to="v3", retain_all_variant_properties=True))
    assert unguarded(Plan.of(errors_alarm()), "churn") == Plan()


def test_a_slow_release_harms_by_missing_the_slo():
    """Harm is an error or an answer later than the SLO; a caller does not care which."""
    slow = world(new=model(service=replace(model().service, mean_ms=3000, kind="constant"), workers=64, queue="shared"))
    run = simulate(slow, Plan.of(update()), 1)

    assert harm(run.requests, simulate(slow, Plan(), 1).requests).count == run.totals.by_config["v2"]
    assert run.totals.errors_5xx == 0
