"""Shadow variants of endpoint configurations: described, billed, updated, promoted (spec sagemaker 9, inference 7.3).

What an update does to shadows is not published: here they belong to their configuration.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.plan import Plan
from engine.requests.sagemaker import DesiredWeightAndCapacity, UpdateEndpointWeightsAndCapacities
from engine.simulate import simulate
from tests.engine.rollouts import (
    GOOD,
    STEADY,
    all_at_once,
    canary,
    config,
    failing,
    guarded,
    in_batches,
    later,
    model,
    update,
    world,
)
from tests.engine.sagemaker.invariants import check
from tests.engine.shadows import DIES, points, shadow, shadowed, world_with

STATUS = {"CurrentWeight": 0.5, "DesiredWeight": 0.5, "CurrentInstanceCount": 1, "DesiredInstanceCount": 1}


def to_shadowed(*, new=GOOD, of=GOOD, **changes):
    """Return a world whose `v2` brings a shadow variant, which `v1` does not have."""
    configs = (config("v1"), shadowed("v2", shadow(count=2)))
    models = {"v1": GOOD, "v2": new, "shadow": of}
    return world(configs=configs, models=models, timing=STEADY, **changes)


def test_describe_endpoint_lists_them():
    """With weight and instances, as the production variants (spec sagemaker 9)."""
    run = simulate(world_with(), Plan(), 1)

    assert run.endpoint["ShadowProductionVariants"] == [{"VariantName": "shadow", **STATUS}]
    assert [each["VariantName"] for each in run.endpoint["ProductionVariants"]] == ["main"]
    assert run.traffic[-1].shares == {"v1": 1.0}


@pytest.mark.parametrize("weight", [0.01, 1.0])
def test_it_costs_its_instances_whatever_it_is_sampled(weight):
    """Billed in full: no cost scales with the share (spec inference 7.3)."""
    run = simulate(world_with(shadow(weight, count=2, instance_type="ml.m5.xlarge")), Plan(), 1)

    assert run.costs == {"v1/main": pytest.approx(4 * 0.115 / 2), "v1/shadow": pytest.approx(2 * 0.23 / 2)}
    assert run.totals.cost_usd == pytest.approx(sum(run.costs.values()))


def test_an_update_brings_a_shadow():
    """It is launched with the new fleet, copies what that one answers, and both fleets are billed (spec sagemaker 2.8).

    What it copies of the canary's requests is the canary's share of them.
    """
    where = to_shadowed()
    run = simulate(where, guarded(canary), 1)
    seen = [answer.get("PendingDeploymentSummary", {}) for _, answer in run.endpoint_history]

    assert run.outcome == "promoted"
    assert [each["VariantName"] for each in run.endpoint["ShadowProductionVariants"]] == ["shadow"]
    assert any(each.get("ShadowProductionVariants") for each in seen)
    assert {(f.config, f.variant): n for f, n in run.instances[1].fleets.items()} == {
        ("v1", "main"): 4,
        ("v2", "main"): 4,
        ("v2", "shadow"): 2,
    }
    copied, answered = points(run, "Invocations", "Sum", config="v2"), points(run, "Invocations", "Sum", "main", "v2")
    assert 0.4 < sum(filter(None, copied)) / sum(filter(None, answered)) < 0.6
    check(where, run)


def test_a_rollback_takes_the_shadow_away():
    """With the new fleet, in which its requests were answered."""
    where = to_shadowed(new=failing())
    run = simulate(where, guarded(canary), 1)

    assert run.outcome == "rolled-back"
    assert "ShadowProductionVariants" not in run.endpoint
    assert run.instances[-1].counts == {"v1": 4}
    assert run.agreement["v2/shadow"].copied > 0


def test_a_rollback_leaves_the_old_shadow():
    """One that the old configuration has goes on all the time."""
    run = simulate(world_with(shadow(1.0), new=failing(), timing=STEADY), guarded(canary), 1)
    last = points(run, "Invocations", "Sum")[-2]

    assert run.outcome == "rolled-back"
    assert run.endpoint["ShadowProductionVariants"][0]["CurrentInstanceCount"] == 1
    assert last == points(run, "Invocations", "Sum", "main")[-2] > 0


def test_an_update_without_shadows_takes_them_away():
    """They are not in the new configuration, and no longer billed."""
    run = simulate(world_with(timing=STEADY), guarded(canary), 1)

    assert "ShadowProductionVariants" not in run.endpoint
    assert run.instances[-1].counts == {"v2": 4}


@pytest.mark.parametrize("settings", [all_at_once(), canary(), in_batches()], ids=["at-once", "canary", "rolling"])
def test_promotion_by_a_new_configuration(settings):
    """The shadow's model as production variant, and no shadow any more (spec sagemaker 9)."""
    promoted = config("v2", 4, model_name="shadow")
    base = world_with(shadow(1.0), of=model(error_rate_4xx=1.0), timing=STEADY)
    run = simulate(replace(base, configs=(base.configs[0], promoted)), Plan.of(update(settings)), 1)

    assert run.outcome == "promoted"
    assert run.totals.errors_4xx == run.totals.by_config["v2"] > 0


def test_a_failing_shadow_trips_no_alarm_of_production():
    """An update to a configuration whose shadow fails everything goes through (spec inference 7.3)."""
    assert simulate(to_shadowed(of=DIES), guarded(canary), 1).outcome == "promoted"


def test_a_shadow_that_never_starts_fails_the_update():
    """A configuration comes into service as a whole."""
    run = simulate(to_shadowed(of=model(start="failed-ping")), guarded(canary), 1)

    assert run.outcome == "failed"
    assert "production variant shadow" in run.endpoint["FailureReason"]


def test_a_failed_rolling_rollback_leaves_no_shadow():
    """What a mix of configurations has of them is not known: here those of the new one go."""
    where = to_shadowed(new=failing(), relaunch="insufficient-capacity")
    run = simulate(where, guarded(in_batches), 1)

    assert run.outcome == "rollback-failed"
    assert "ShadowProductionVariants" not in run.endpoint


def test_a_shadow_scales_by_itself():
    """Its count and its weight change as those of a production variant do (spec inference 7.3)."""
    desired = DesiredWeightAndCapacity(variant_name="shadow", desired_weight=1.0, desired_instance_count=3)
    request = UpdateEndpointWeightsAndCapacities(endpoint_name="churn", desired_weights_and_capacities=(desired,))
    run = simulate(world_with(shadow(0.1), timing=STEADY), Plan((later(0, request),)), 1)
    copied = points(run, "Invocations", "Sum")

    assert run.endpoint["ShadowProductionVariants"] == [
        {"VariantName": "shadow", "CurrentWeight": 1.0, "DesiredWeight": 1.0}
        | {"CurrentInstanceCount": 3, "DesiredInstanceCount": 3}
    ]
    assert run.instances[-1].fleets[("v1", "shadow", "ml.m5.large")] == 3
    assert copied[20] > 5 * copied[1]


@pytest.mark.parametrize("quota, outcome", [(10, "promoted"), (9, "refused")])
def test_shadows_count_against_the_quota(quota, outcome):
    """Four and four, and two of the shadow (spec sagemaker 8.1)."""
    assert simulate(to_shadowed(instance_quota=quota), guarded(canary), 1).outcome == outcome


def test_a_weight_of_zero_copies_nothing():
    """The instances are there, and have nothing to do."""
    run = simulate(world_with(shadow(0.0)), Plan(), 1)

    assert run.agreement["v1/shadow"].copied == 0
    assert run.costs["v1/shadow"] > 0
