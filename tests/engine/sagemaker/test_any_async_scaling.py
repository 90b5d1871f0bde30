"""Whatever scales an asynchronous endpoint, to zero and back: every request is answered, fails or expires, once."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.plan import Plan
from engine.simulate import simulate
from engine.traffic.workload import Window, Workload
from tests.engine.autoscaling.policies import register, scheduled, step, stepping
from tests.engine.rollouts import later
from tests.engine.sagemaker.test_asynchronous import asynchronous, backlog_tracking, endpoint, series, waking
from tests.engine.shadows import shadow

PLUS_ONE = stepping(step(1, low=0.0))
POLICIES = st.sampled_from([(), (PLUS_ONE, waking(PLUS_ONE))])
ACTIONS = st.builds(
    lambda minutes, low, more: scheduled(f"rate({minutes} minutes)", low, low + more),
    st.integers(4, 12),
    st.integers(0, 2),
    st.integers(0, 2),
)


@settings(max_examples=10, deadline=None)
@given(
    count=st.integers(0, 2),
    most=st.integers(1, 3),
    target=st.sampled_from([1.0, 5.0]),
    policies=POLICIES,
    actions=st.lists(st.builds(later, st.sampled_from([0.0, 500.0]), ACTIONS), max_size=1),
    rate=st.sampled_from([0.05, 0.3]),
    beside=st.booleans(),
    every_s=st.sampled_from([17.0, 60.0]),
)
def test_each_request_is_over_once(count, most, target, policies, actions, rate, beside, every_s):
    """Nothing is lost while there is no instance, nor when instances go; with a shadow beside or without, and however
    the run is cut. The count keeps its bounds, and nothing costs less than nothing."""
    traffic = Workload(rate=rate, shape=Window(until_s=900), request_ttl_s=600.0)
    config = asynchronous("v1")
    if beside:
        config = replace(config, shadow_production_variants=(shadow(0.5, model_name="v2"),))
    there = endpoint(count, workload=traffic, duration_s=2700.0, configs=(config,))
    plan = Plan((*Plan.of(register(0, most), backlog_tracking(target), *policies).steps, *actions))
    run, cut = (simulate(there, plan, 1, cut_every_s=each) for each in (None, every_s))
    over = [series(run, name, "Sum") for name in ("InvocationsProcesssed", "ExpiredRequests")]
    bounds = [(0, most), *((each.min_capacity, each.max_capacity) for each in map(bounds_in, actions))]
    counts = {found for change in run.instances for fleet, found in change.fleets.items() if fleet.variant == "main"}

    assert sum(point or 0 for points in over for point in points) == run.totals.requests
    assert run.totals.errors_5xx == sum(point or 0 for point in over[1])
    assert max(counts, default=0) <= max(count, *(high for _, high in bounds))
    assert all(usd >= 0 for usd in run.costs.values())
    assert replace(cut, metrics=()) == replace(run, metrics=())


def bounds_in(action):
    """Return the bounds that a step sets."""
    return action.request.scalable_target_action
