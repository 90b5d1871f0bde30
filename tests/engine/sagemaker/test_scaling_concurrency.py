"""Application Auto Scaling of what a serverless variant keeps warm (spec inference 1, 3.3)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.aws.checking import check
from engine.aws.translation.writing import write_plan
from engine.plan import Plan
from engine.requests.autoscaling import (
    CONCURRENCY,
    INSTANCES,
    PutScalingPolicy,
    PutScheduledAction,
    RegisterScalableTarget,
    ScalableTargetAction,
    TargetTracking,
)
from engine.simulate import simulate
from engine.traffic.workload import Window, Workload
from tests.engine.rollouts import config, world
from tests.engine.sagemaker.test_serverless import SECOND, endpoint, last, serverless

OF = {"resource_id": "endpoint/churn/variant/main", "scalable_dimension": CONCURRENCY}
BUSY = Workload(rate=6.0, arrivals="regular")
"""Six in work at any moment, at a second each."""


def register(low=1, high=20, **fields):
    """Return the registration of the variant's provisioned concurrency."""
    return RegisterScalableTarget(min_capacity=low, max_capacity=high, **{**OF, **fields})


def track(target=0.5, metric="SageMakerVariantProvisionedConcurrencyUtilization"):
    """Return a policy at AWS's example, half of what is warm in use."""
    block = TargetTracking(target_value=target, predefined_metric_type=metric)
    return PutScalingPolicy(policy_name="warm", policy_type="TargetTrackingScaling", target_tracking=block, **OF)


def where(most=40, slots=2, **changes):
    """Return a serverless endpoint that keeps some environments warm."""
    fields = {"old": SECOND, "workload": BUSY, "duration_s": 2400.0, "update_at_s": 0.0, **changes}
    return endpoint(serverless("v1", most, slots), **fields)


def warm(run):
    """Return how many environments are provisioned at the end."""
    return last(run)["CurrentServerlessConfig"].get("ProvisionedConcurrency")


def refused(plan, where):
    """Return what the service says against it, which a run and a check say alike."""
    events = simulate(replace(where, duration_s=60.0), plan, 1, series=False).events
    said = [event.detail["message"] for event in events if event.is_refusal]
    found = [each.say for each in check(write_plan(plan), where) if each.severity == "service"]

    assert all(any(message in say for say in found) for message in said)
    return said


def test_half_of_what_is_warm_is_in_use():
    """Six at once are 0.5 of twelve; two were far too few, and a few spill over and come back."""
    run = simulate(where(), Plan.of(register(), track()), 1)

    assert 12 <= warm(run) <= 16
    assert run.scaling_activities[0]["ScalableDimension"] == CONCURRENCY
    assert run.scaling_activities[0]["StatusCode"] == "Successful"
    assert "desired concurrency to" in run.scaling_activities[0]["Description"]


def test_what_is_idle_is_let_go():
    """Without requests the utilization is zero (spec cloudwatch 11), and the minimum stays warm."""
    quiet = replace(BUSY, shape=Window(from_s=0, until_s=60))
    run = simulate(where(slots=10, workload=quiet), Plan.of(register(low=2), track()), 1)

    assert warm(run) == 2


def test_a_registration_moves_it_between_its_bounds():
    """As with instances (worked case A16)."""
    assert warm(simulate(where(), Plan.of(register(low=5)), 1, series=False)) == 5


def test_a_schedule_sets_it():
    """Worked case A17."""
    action = PutScheduledAction(
        scheduled_action_name="morning",
        schedule="rate(5 minutes)",
        scalable_target_action=ScalableTargetAction(min_capacity=7),
        **OF,
    )

    assert warm(simulate(where(), Plan.of(register(), action), 1, series=False)) == 7


def test_what_is_above_max_concurrency_fails():
    """The activity says what SageMaker refused (spec inference 1.9, 3.3), and nothing changes."""
    run = simulate(where(most=4), Plan.of(register(low=5)), 1, series=False)

    assert run.scaling_activities[0]["StatusCode"] == "Failed"
    assert "MaxConcurrency 4" in run.scaling_activities[0]["StatusMessage"]
    assert warm(run) == 2


@pytest.mark.parametrize(
    ("requests", "text"),
    [
        pytest.param([register(low=0)], "Minimum capacity cannot be less than 1", id="none kept warm"),
        pytest.param([register(high=201)], "at most 200 provisioned environments", id="more than there can be"),
        pytest.param(
            [register(scalable_dimension=INSTANCES)], "Variant main is serverless and has no instances", id="instances"
        ),
        pytest.param(
            [register(), track(metric="SageMakerVariantInvocationsPerInstance")],
            f"Scalable dimension {CONCURRENCY} only supports the following predefined metric types: "
            "SageMakerVariantProvisionedConcurrencyUtilization",
            id="a metric of instances",
        ),
        pytest.param([track()], "No scalable target registered for", id="nothing registered"),
    ],
)
def test_what_is_refused(requests, text):
    """In a run and before it alike."""
    assert text in refused(Plan.of(*requests), where())[0]


def test_a_variant_with_instances_keeps_nothing_warm():
    """Its dimension is the number of instances, and so is its metric."""
    there = world(configs=(config("v1"), config("v2")), update_at_s=0.0)
    of_instances = replace(track(), scalable_dimension=INSTANCES)

    assert "has instances and no provisioned concurrency" in refused(Plan.of(register()), there)[0]
    plan = Plan.of(register(scalable_dimension=INSTANCES), of_instances)
    assert f"Scalable dimension {INSTANCES} only supports" in refused(plan, there)[0]


@pytest.mark.parametrize(
    ("requests", "said"),
    [
        ([register(), track(70)], "ServerlessProvisionedConcurrencyUtilization is a share"),
        ([register(), track(0.5)], None),
        ([register(high=41)], "MaxConcurrency is 40, and scaling beyond it fails. Write 40"),
        ([register(high=40)], None),
    ],
)
def test_advice(requests, said):
    """A target in per cent is never reached, and scaling ends at MaxConcurrency."""
    starts = ("ServerlessProvisionedConcurrencyUtilization is a share", "MaxConcurrency is")
    found = [each.say for each in check(write_plan(Plan.of(*requests)), where()) if each.say.startswith(starts)]

    assert [each.startswith(said) for each in found] == ([True] if said else [])


def test_a_target_in_per_cent_never_adds_any():
    """As the advice says."""
    assert warm(simulate(where(), Plan.of(register(), track(70)), 1, series=False)) < 3
