"""Any plan in any world: nothing is lost, nothing ends half done, and an alarm that is seen in a bake rolls back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.simulate import simulate
from tests.engine.sagemaker.invariants import REASON, check, looks, state_at
from tests.engine.sagemaker.plans import plans, simple_plans, worlds

seeds = st.integers(0, 50)


@settings(max_examples=300)
@given(worlds, plans, seeds)
def test_what_always_holds(world, plan, seed):
    """Every request is answered once, shares add up, phases are in order, the bill is what ran, and all has ended."""
    check(world, simulate(world, plan, seed, series=False))


@settings(max_examples=100)
@given(worlds, simple_plans, seeds)
def test_an_alarm_that_a_bake_sees_rolls_back(world, plan, seed):
    """The first look of a bake that finds a named alarm in ALARM ends it; without one the update is not rolled back.

    A linear update looks while it shifts on, too: "at any point" (spec sagemaker 2.3). A look at the very moment of an
    evaluation may come before or after it, so times are kept apart.
    """
    world = replace(world, update_at_s=66.6)
    run = simulate(world, plan, seed, series=False)
    named = plan.updates[0].deployment_config.alarms if plan.updates[0].deployment_config else ()
    seen = [
        t
        for phase in watched(run, plan)
        for t in looks(phase, world.timing.alarm_poll_s)
        if any(state_at(run, name, t) == "ALARM" for name in named)
    ]
    if seen:
        rolling_back = next(event for event in run.events if event.what == "RollingBack")
        assert run.outcome in ("rolled-back", "rollback-failed")
        assert seen == [rolling_back.t]
        assert run.endpoint["FailureReason"].startswith(REASON.format("errors"))
    else:
        assert run.outcome in ("promoted", "timed-out", "failed", "refused", "rollback-failed")


def watched(run, plan):
    """Return the phases in which alarms are heeded."""
    policy = plan.updates[0].deployment_config and plan.updates[0].deployment_config.blue_green_update_policy
    linear = policy is not None and policy.traffic_routing_configuration.type == "LINEAR"
    shifts = [phase for phase in run.phases if phase.status == "ActivatingTraffic"]
    return [phase for phase in run.phases if phase.status == "Baking" or (linear and phase in shifts[1:])]


@settings(max_examples=100)
@given(worlds, simple_plans, seeds)
def test_where_it_ends(world, plan, seed):
    """Promoted: all traffic and all instances are the new configuration's. Not promoted: they are the old one's."""
    run = simulate(world, plan, seed, series=False)
    old, new = (c.production_variants[0].initial_instance_count for c in world.configs)
    new = old if plan.updates[0].retain_all_variant_properties else new
    expected = {"promoted": ("v2", new), "rollback-failed": None}.get(run.outcome, ("v1", old))
    if expected is None:
        assert run.endpoint["EndpointStatus"] == "UpdateRollbackFailed"
        assert set(run.traffic[-1].shares) == {"v1", "v2"}
        return
    name, count = expected
    assert run.endpoint["EndpointConfigName"] == name
    assert run.endpoint["EndpointStatus"] == "InService"
    assert run.traffic[-1].shares == {name: pytest.approx(1.0)}
    assert run.instances[-1].counts == {name: count}
    assert run.endpoint["ProductionVariants"][0]["CurrentInstanceCount"] == count
    assert ("FailureReason" in run.endpoint) == (run.outcome in ("rolled-back", "timed-out", "failed"))


@settings(max_examples=80)
@given(worlds, plans, seeds, st.sampled_from([3.7, 11.0, 60.0]))
def test_cutting_a_run_changes_nothing(world, plan, seed, every_s):
    """The data plane may be moved at any time: counts, states and bits are equal, metrics to 1e-9."""
    whole = simulate(world, plan, seed)
    cut = simulate(world, plan, seed, cut_every_s=every_s)
    assert replace(cut, metrics=()) == replace(whole, metrics=())
    for mine, other in zip(cut.metrics, whole.metrics, strict=True):
        assert mine.dimensions == other.dimensions and mine.name == other.name
        assert [p is None for p in mine.points] == [p is None for p in other.points]
        np.testing.assert_allclose([p or 0.0 for p in mine.points], [p or 0.0 for p in other.points], 1e-9, 1e-9)
