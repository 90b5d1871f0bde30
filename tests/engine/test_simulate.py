"""One run: equal inputs give equal outputs, and two plans of one seed meet the very same requests."""

from __future__ import annotations

import gc
import hashlib
import json
import os
import subprocess
import sys
from dataclasses import fields, replace

import numpy as np
import pytest

from engine.metrics.store import MetricStore
from engine.plan import Plan
from engine.requests.cloudwatch import CompositeAlarm
from engine.serving.data_plane import DataPlane
from engine.serving.faults import LargePayload, Slow, SomeUsers
from engine.serving.fleet import Fleet
from engine.serving.model import ServiceTime
from engine.simulate import simulate
from engine.timing import Timing
from engine.traffic.arrivals import Arrivals, Slot
from engine.traffic.workload import Payload, Workload
from tests.engine.rollouts import (
    ONE,
    all_at_once,
    canary,
    errors_alarm,
    failing,
    guarded,
    in_batches,
    later,
    linear,
    model,
    update,
    world,
)
from tests.engine.serving.tape import arrived

FLAKY = model(error_rate_4xx=0.02, error_rate_5xx=0.05, faults=(Slow(share=0.1, add_ms=1500),))
BUSY = world(old=FLAKY, new=FLAKY, rate=20.0, count=3)
PLAN = Plan.of(
    errors_alarm(threshold=0.9),
    errors_alarm("slow", threshold=0.01),
    CompositeAlarm(alarm_name="both", alarm_rule="ALARM(errors) AND ALARM(slow)"),
    update(canary(ONE, 120, 60, alarms=("errors", "both"))),
)
RUN = simulate(BUSY, PLAN, 7)


def bits(log):
    """Return which requests were bad, and which the new configuration answered, in order of arrival."""
    columns = []
    for pages in (log.bad, log.new):
        rows = zip(pages, log.counts, strict=True)
        columns.append(np.concatenate([np.unpackbits(np.frombuffer(page, np.uint8), count=n) for page, n in rows]))
    return tuple(column.astype(bool) for column in columns)


@pytest.mark.parametrize("field", [field.name for field in fields(RUN)])
def test_equal_inputs_give_equal_runs(field):
    """Every field of a run is a value that comes out the same again."""
    assert getattr(simulate(BUSY, PLAN, 7), field) == getattr(RUN, field)


@pytest.mark.parametrize("other", [8, 9])
def test_another_seed_gives_another_run(other):
    """Seeds differ in their requests, their answers and the time that provisioning takes."""
    run = simulate(BUSY, PLAN, other)

    assert run.requests != RUN.requests
    assert run.totals != RUN.totals
    assert run.update_ended_s != RUN.update_ended_s


TINY = """
import json
from tests.engine.test_simulate import summary_of_tiny_run
print(json.dumps(summary_of_tiny_run()))
"""


def summary_of_tiny_run():
    """Return what a small run left behind, times to the millisecond and no more than that."""
    run = simulate(world(old=FLAKY, new=failing(0.8), rate=3.0), guarded(canary, ONE, 600, 60), 1)
    totals = run.totals
    return {
        "outcome": run.outcome,
        "totals": [totals.requests, totals.errors_4xx, totals.errors_5xx, totals.slo_missed],
        "by config": dict(sorted(totals.by_config.items())),
        "times": [round(t, 3) for t in (run.update_started_s, run.update_ended_s, run.ended_s)],
        "events": [[round(event.t, 3), event.what] for event in run.events],
        "bits": hashlib.sha256(b"".join(run.requests.bad + run.requests.new)).hexdigest()[:16],
    }


def test_another_process_gives_the_same_run():
    """Neither the process nor the hashing of strings in it matters."""
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    command = [sys.executable, "-c", TINY]
    found = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)

    assert json.loads(found.stdout) == json.loads(json.dumps(summary_of_tiny_run()))


GOLDEN = {
    "outcome": "rolled-back",
    "totals": [5352, 94, 322, 539],
    "by config": {"v1": 5263, "v2": 89},
    "times": [306.0, 636.96, 1800.0],
    "events": [
        [306.0, "AlarmCreated"],
        [306.0, "UpdateEndpoint"],
        [306.0, "Creating"],
        [373.0, "OK"],
        [470.96, "ActivatingTraffic"],
        [477.96, "Baking"],
        [553.0, "ALARM"],
        [557.96, "RollingBack"],
        [557.96, "RollingBack"],
        [606.96, "TrafficRestored"],
        [606.96, "Deleting"],
        [636.96, "InService"],
        [853.0, "OK"],
    ],
    "bits": "be0416971b901b2d",
}


def test_a_seed_keeps_its_meaning():
    """A change of these numbers changes every grade ever given: do it on purpose or not at all."""
    assert summary_of_tiny_run() == GOLDEN


PLANS = {
    "no update": Plan(),
    "all at once": Plan.of(update()),
    "canary": Plan.of(update(canary())),
    "linear": Plan.of(update(linear())),
    "rolling": Plan.of(update(in_batches())),
    "guarded": guarded(all_at_once, 600),
}


@pytest.mark.parametrize("name", PLANS)
def test_all_plans_meet_the_same_requests(name):
    """Common random numbers: as many requests in every slot, and until the update nothing differs at all."""
    run, bare = simulate(BUSY, PLANS[name], 3), simulate(BUSY, Plan(), 3)
    before = len(arrived(BUSY.workload, 3, BUSY.update_at_s))

    assert run.requests.counts == bare.requests.counts
    assert bits(run.requests)[0][:before].tolist() == bits(bare.requests)[0][:before].tolist()
    assert run.totals.requests == bare.totals.requests


def test_a_request_fares_alike_wherever_the_models_are_alike():
    """With many warm workers old and new answer alike, so a whole update changes nothing for anybody."""
    calm = model(error_rate_5xx=0.1, workers=64, queue="shared", faults=(SomeUsers(share=0.05),))
    alike = world(old=calm, new=calm, rate=20.0, timing=Timing(warmup_s=0))
    bare = simulate(alike, Plan(), 3)
    for plan in PLANS.values():
        run = simulate(alike, plan, 3)
        if run.outcome == "promoted":
            assert bits(run.requests)[0].tolist() == bits(bare.requests)[0].tolist()


def test_shared_arrivals_change_nothing():
    """Runs that share their drawn requests come out as runs that draw them anew, in any order."""
    shared = Arrivals(BUSY.workload, 7, keep=True)
    for _ in range(2):
        simulate(BUSY, PLANS["linear"], 7, arrivals=shared)
        assert simulate(BUSY, PLAN, 7, arrivals=shared) == RUN


@pytest.mark.parametrize("keep_requests", [True, False])
@pytest.mark.parametrize("series", [True, False])
def test_what_is_not_asked_for_changes_nothing_else(keep_requests, series):
    """Without series or request bits the run is the same run."""
    run = simulate(BUSY, PLAN, 7, keep_requests=keep_requests, series=series)
    expected = replace(
        RUN,
        metrics=RUN.metrics if series else (),
        idle_costs=RUN.idle_costs if series else {},
        requests=RUN.requests if keep_requests else replace(RUN.requests, bad=(), new=(), counts=()),
    )

    assert run == expected


def test_watching_changes_nothing():
    """Alarms that nobody acts on, on any metric, leave totals, traffic and bits as they are, metrics to 1e-9."""
    watchers = [
        replace(
            errors_alarm(f"a{k}"), metric=replace(errors_alarm().metric, metric_name=name, stat=stat, period=period)
        )
        for k, (name, stat, period) in enumerate(
            [
                ("ModelLatency", "p99", 60),
                ("OverheadLatency", "tm90", 300),
                ("ConcurrentRequestsPerModel", "Maximum", 10),
            ]
        )
    ]
    run = simulate(BUSY, Plan((*Plan.of(*watchers).steps, *PLAN.steps)), 7)

    of_alarms = {"alarms": (), "alarm_history": (), "alarm_states": {}, "events": (), "deciding_alarm": None}
    assert replace(run, **of_alarms, metrics=()) == replace(RUN, **of_alarms, metrics=())
    points, expected = (np.array([series.points for series in each.metrics], dtype=float) for each in (run, RUN))
    np.testing.assert_allclose(points, expected, rtol=1e-9)


def changed(what):
    """Return the bits of a world in which one thing is different, and those of the world as it was."""
    calm = {"workers": 64, "queue": "shared"}
    base = model(error_rate_5xx=0.1, **calm)
    models = {
        "service": model(error_rate_5xx=0.1, service=ServiceTime(mean_ms=80, kind="exponential"), **calm),
        "tail": model(error_rate_5xx=0.1, faults=(Slow(share=0.5, add_ms=100),), **calm),
        "payload": model(error_rate_5xx=0.1, faults=(LargePayload(above_kb=50, rate=0, factor=2),), **calm),
        "users": model(error_rate_5xx=0.1, faults=(SomeUsers(share=0.5, rate=0, factor=2),), **calm),
    }
    other = models.get(what, base)
    quiet = world(old=base, new=base, rate=20.0, timing=Timing(warmup_s=0))
    loud = world(old=other, new=other, rate=20.0, timing=Timing(warmup_s=0))
    if what == "workload":
        loud = replace(loud, workload=Workload(rate=20.0, payload=Payload(median_kb=500), client_timeout_s=30))
    if what == "overhead":
        loud = replace(loud, timing=Timing(warmup_s=0, overhead_ms=50, overhead_cv=0.1))
    return (simulate(each, Plan.of(update(canary())), 5) for each in (loud, quiet))


@pytest.mark.parametrize("what", ["service", "tail", "payload", "users", "workload", "overhead"])
def test_one_knob_moves_one_stream(what):
    """Turning the knob of one purpose leaves the dice of errors and of routing alone: the same requests fail."""
    loud, quiet = changed(what)

    assert [column.tolist() for column in bits(loud.requests)] == [column.tolist() for column in bits(quiet.requests)]


def test_a_worse_release_harms_a_superset():
    """The requests that fail at 5 % fail at 50 % too, so harm grows with the fault and never moves."""
    failed = []
    for rate in (0.0, 0.05, 0.5):
        mild = world(new=model(error_rate_5xx=rate), rate=20.0, count=3)
        failed.append(bits(simulate(mild, Plan.of(update(canary(ONE, 300, 60))), 4).requests)[0])
    none, some, many = failed

    assert (some | ~none).all() and (many | ~some).all()
    assert none.sum() < some.sum() < many.sum()


@pytest.mark.parametrize("duration_s", [90.0, 200.5, 600.0])
def test_the_counted_time_ends_where_it_says(duration_s):
    """A run that is counted to the middle of a minute logs the same requests whatever the plan."""
    short = replace(BUSY, duration_s=duration_s, update_at_s=30.0)
    run, bare = (simulate(short, plan, 2) for plan in (PLAN, Plan()))

    assert run.ended_s >= bare.ended_s == duration_s
    assert run.requests.counts == bare.requests.counts
    assert run.totals.requests == bare.totals.requests


def test_progress_is_told_and_may_stop_the_run():
    """The callback hears of every minute, and an exception in it ends the run."""
    heard = []
    simulate(BUSY, PLAN, 1, on_progress=lambda done, of: heard.append((done, of)))

    assert [done for done, _ in heard] == sorted(done for done, _ in heard)
    assert heard[-1] == (1800.0, 1800.0)

    with pytest.raises(KeyboardInterrupt):
        simulate(BUSY, PLAN, 1, on_progress=stop)


def test_progress_is_made_when_it_is_told(monkeypatch):
    """Where many requests come, those of a minute are drawn and answered in it, also where no alarm asks for them."""
    slot, drawn, heard = Arrivals.slot, [], []
    monkeypatch.setattr(Arrivals, "slot", lambda self, number: drawn.append(number) or slot(self, number))
    simulate(world(rate=200.0, duration_s=300.0), Plan(), 1, on_progress=lambda done, of: heard.append(len(drawn)))

    assert heard == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("duration_s", [90.0, 1200.0])
def test_who_listens_to_progress_changes_nothing(duration_s):
    """A run that goes on in one piece ends as one that stops at every minute, also where the update takes longer."""
    short = replace(BUSY, duration_s=duration_s, update_at_s=30.0)

    assert simulate(short, PLAN, 1) == simulate(short, PLAN, 1, on_progress=lambda done, of: None)


def test_a_run_leaves_nothing_for_the_collector():
    """Its fleets, metrics and requests are freed as it ends, not when Python next looks for circles."""
    gc.collect()
    gc.disable()
    try:
        simulate(BUSY, PLAN, 1)
        left = [type(each) for each in gc.get_objects() if isinstance(each, Fleet | MetricStore | DataPlane | Slot)]
    finally:
        gc.enable()

    assert left == []


def stop(done, of):
    """Stop the run."""
    raise KeyboardInterrupt


def test_steps_are_sent_at_their_times():
    """A step of Later is sent so many seconds after the update, in the order of the times."""
    plan = Plan((later(100, errors_alarm("second")), later(20.5, errors_alarm("first"))))
    run = simulate(BUSY, plan, 1)

    created = [(event.t, event.detail["alarm"]) for event in run.events if event.what == "AlarmCreated"]
    assert created == [(326.5, "first"), (406.0, "second")]
