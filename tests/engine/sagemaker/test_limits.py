"""What there is not: instances of a type, and concurrency that an account may have."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.plan import Plan
from engine.requests.sagemaker import DesiredWeightAndCapacity, ServerlessUpdateConfig
from engine.simulate import simulate
from tests.engine.rollouts import STEADY, all_at_once, canary, config, in_batches, update, world
from tests.engine.sagemaker.test_life import (
    AT,
    CREATE,
    NO_CAPACITY,
    REGISTER,
    WEIGHTS,
    empty,
    plan,
    refusals,
    serverless,
    statuses,
)


def test_another_type_has_capacity():
    """What AWS's reason asks for helps: the same on another instance type."""
    where = empty(unavailable_types=("ml.m5.large",), duration_s=3600.0)
    other = config("other", 4, model_name="v1", instance_type="ml.m5.xlarge")
    run = simulate(where, Plan.of(other, replace(CREATE, endpoint_config_name="other")), 1)

    assert statuses(run)[-1] == (AT + 157, "InService")


def test_no_capacity_for_a_new_fleet():
    """The endpoint stays InService on the old configuration, and says why (spec sagemaker 3)."""
    where = world(timing=STEADY, unavailable_types=("ml.m5.xlarge",))
    where = replace(where, configs=(where.configs[0], config("v2", 4, instance_type="ml.m5.xlarge")))
    run = simulate(where, Plan.of(update(all_at_once())), 1)

    assert (run.outcome, run.endpoint["FailureReason"]) == ("failed", NO_CAPACITY)
    assert run.update_ended_s == AT + 2040
    assert run.totals.errors_4xx == 0


@pytest.mark.parametrize("strategy", [all_at_once(), all_at_once(600), canary(), in_batches()])
def test_instances_that_never_came_cost_nothing(strategy):
    """Billing is per second of an instance (spec sagemaker 8.2): AWS has none of the type, so none is billed, neither
    for the 34 minutes of an update nor for those of a creation."""
    there = world(timing=STEADY, unavailable_types=("ml.m5.xlarge",), duration_s=3600.0)
    dear = config("v2", 4, instance_type="ml.m5.xlarge")
    updated = simulate(replace(there, configs=(there.configs[0], dear)), Plan.of(update(strategy)), 1)
    created = simulate(empty(unavailable_types=("ml.m5.large",), duration_s=3600.0), Plan.of(CREATE), 1)

    assert updated.outcome == "failed"
    assert updated.costs == {"v1/main": pytest.approx(4 * 0.115)}
    assert updated.totals.extra_instance_minutes == 0
    assert (created.endpoint["EndpointStatus"], created.totals.cost_usd, created.instances[-1].counts) == (
        "Failed",
        0,
        {},
    )


def test_no_capacity_for_more_instances():
    """After 34 minutes the endpoint is InService at the old count, without a FailureReason (spec inference 2)."""
    where = world(timing=STEADY, unavailable_types=("ml.m5.large",), duration_s=3600.0)
    run = simulate(where, Plan.of(WEIGHTS), 1)
    scaled = simulate(where, Plan.of(replace(REGISTER, min_capacity=5)), 1)

    [variant] = run.endpoint["ProductionVariants"]
    assert statuses(run)[-1] == (AT + 2040, "InService")
    assert (variant["CurrentInstanceCount"], variant["DesiredInstanceCount"]) == (4, 4)
    assert "FailureReason" not in run.endpoint
    assert [each["StatusCode"] for each in scaled.scaling_activities] == ["Failed"]


@pytest.mark.parametrize(("most", "refused"), [(10, False), (11, True)])
def test_an_account_has_a_limit_of_concurrency(most, refused):
    """10 in a new account, over all serverless endpoints (spec sagemaker 8.1)."""
    small = serverless("small", most)
    run = simulate(empty(serverless_quota=10), Plan.of(small, replace(CREATE, endpoint_config_name="small")), 1)

    assert [code for _, code, _ in refusals(run)] == ["ResourceLimitExceeded"] * refused
    assert all(f"is 10, with current utilization of 0 and a request delta of {most}." in m for *_, m in refusals(run))


def test_the_limit_holds_for_changes_too():
    """Updates and changes of concurrency ask for the difference."""
    where = empty(serverless_quota=10)
    change = DesiredWeightAndCapacity(
        variant_name="main", serverless_update_config=ServerlessUpdateConfig(max_concurrency=11)
    )
    run = simulate(
        where,
        plan(
            (0, serverless("small", 8)),
            (0, serverless("large", 12)),
            (0, replace(CREATE, endpoint_config_name="small")),
            (300, update(to="large")),
            (300, replace(WEIGHTS, desired_weights_and_capacities=(change,))),
        ),
        1,
    )

    assert ["a request delta of 4." in m or "a request delta of 3." in m for *_, m in refusals(run)] == [True, True]
