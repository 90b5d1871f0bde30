"""Whatever scales, and whenever: capacity keeps its bounds, and every request is answered once."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.bill import costs
from engine.plan import Plan
from engine.requests.autoscaling import DeregisterScalableTarget
from engine.simulate import simulate
from engine.traffic.workload import Bursts, Workload
from tests.engine.autoscaling.policies import CONCURRENCY, MAIN, register, scheduled, step, stepping, tracking
from tests.engine.rollouts import all_at_once, canary, in_batches, later, update, world
from tests.engine.sagemaker.invariants import check
from tests.engine.sagemaker.test_scaling import calls_alarm
from tests.engine.serving.test_shadows import what_callers_see
from tests.engine.shadows import shadow, without_shadows, world_with

BOUNDS = st.tuples(st.integers(1, 3), st.integers(0, 4)).map(lambda pair: (pair[0], sum(pair)))
COOLDOWNS = st.sampled_from([None, 0, 60])
TRACKING = st.builds(
    tracking,
    st.sampled_from([1.0, 30.0, 1000.0]),
    st.just("SageMakerVariantInvocationsPerInstance"),
    scale_out_cooldown=COOLDOWNS,
    scale_in_cooldown=COOLDOWNS,
)
QUICK = st.builds(tracking, st.sampled_from([0.1, 5.0]), st.just(CONCURRENCY), st.just("quick"))
STEPPING = st.builds(
    lambda low, high, cooldown: stepping(step(low, None, 0), step(high, 0), cooldown=cooldown),
    st.integers(-2, 0),
    st.integers(0, 3),
    COOLDOWNS,
)
ACTIONS = st.builds(lambda minutes, bounds: scheduled(f"rate({minutes} minutes)", *bounds), st.integers(3, 8), BOUNDS)
UPDATES = st.sampled_from([canary(wait=60, term=60), all_at_once(), in_batches(wait=0)]).map(update)
LATER = st.builds(
    later,
    st.sampled_from([0.0, 200.0, 700.0]),
    st.one_of(
        UPDATES,
        ACTIONS,
        BOUNDS.map(lambda bounds: register(*bounds)),
        st.just(DeregisterScalableTarget(resource_id=MAIN)),
    ),
)
WORLDS = st.builds(
    world,
    count=st.integers(1, 4),
    new_count=st.integers(1, 4),
    workload=st.builds(
        Workload,
        rate=st.sampled_from([0.0, 1.0, 3.0]),
        shape=st.just(Bursts(times=3, every_s=600, lasts_s=300)),
    ),
    duration_s=st.just(1500.0),
    instance_quota=st.sampled_from([None, 5]),
)


@settings(max_examples=12, deadline=None)
@given(WORLDS, BOUNDS, st.lists(TRACKING | STEPPING | QUICK, max_size=3), st.lists(LATER, max_size=2))
def test_capacity_keeps_its_bounds(there, bounds, policies, steps):
    """Each activity sets what is allowed at that moment; a run is whole, and the same when it is run again."""
    plan = Plan((*Plan.of(register(*bounds), calls_alarm(), *policies).steps, *steps))
    run = simulate(there, plan, 1, series=False)
    allowed = [bounds, *(found for each in steps if (found := bounds_in(each.request)) is not None)]
    asked = [
        int(each["Description"].split()[-1].rstrip("."))
        for each in run.scaling_activities
        if "NotScaledReasons" not in each
    ]

    check(there, run)
    assert all(min(low for low, _ in allowed) <= count <= max(high for _, high in allowed) for count in asked)
    assert all(each["StatusCode"] != "InProgress" for each in run.scaling_activities)
    assert simulate(there, plan, 1, series=False, cut_every_s=47.0).scaling_activities == run.scaling_activities


@settings(max_examples=12, deadline=None)
@given(
    BOUNDS,
    st.lists(TRACKING | STEPPING | QUICK, max_size=3),
    st.lists(st.builds(later, st.sampled_from([0.0, 300.0]), ACTIONS), max_size=1),
    st.sampled_from([0.2, 1.0]),
    st.lists(st.floats(0.0, 1500.0), max_size=4),
)
def test_callers_and_policies_never_notice_a_shadow(bounds, policies, steps, weight, cuts):
    """Requests, alarms and activities are those without a shadow; main keeps its bounds, and what was paid in pieces of
    the time adds up to what was paid in all of it, whatever they are."""
    busy = Workload(rate=3.0, shape=Bursts(times=3, every_s=600, lasts_s=300))
    with_it = world_with(shadow(weight), count=2, workload=busy, duration_s=1500.0)
    plan = Plan((*Plan.of(register(*bounds), calls_alarm(), *policies).steps, *steps))
    run, alone = (simulate(each, plan, 1, series=False) for each in (with_it, without_shadows(with_it)))
    counts = {count for change in run.instances for fleet, count in change.fleets.items() if fleet.variant == "main"}
    lows, highs = zip((2, 2), bounds, *(bounds_in(each.request) for each in steps), strict=True)
    ends = [0.0, *sorted(cuts), with_it.duration_s]
    pieces = [costs(with_it, run.instances, since, until) for since, until in pairwise(ends)]

    assert what_callers_see(run) == what_callers_see(alone)
    assert run.scaling_activities == alone.scaling_activities
    assert min(lows) <= min(counts) <= max(counts) <= max(highs)
    for name, usd in costs(with_it, run.instances).items():
        assert usd > 0
        assert sum(piece.get(name, 0.0) for piece in pieces) == pytest.approx(usd, rel=1e-9)


def bounds_in(request):
    """Return the bounds that a request sets, None for one that sets none."""
    found = getattr(request, "scalable_target_action", request)
    low = getattr(found, "min_capacity", None)
    return None if low is None else (low, found.max_capacity)
