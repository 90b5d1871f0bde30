"""Which requests the service takes while a run goes on, and what it makes of them (spec sagemaker 1.6, 2.9, 8.1)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.plan import Plan
from engine.requests.cloudwatch import CompositeAlarm
from engine.requests.sagemaker import (
    DeleteEndpointConfig,
    DeploymentConfig,
    DesiredWeightAndCapacity,
    EndpointConfig,
    ProductionVariant,
    UpdateEndpointWeightsAndCapacities,
)
from engine.simulate import simulate
from tests.engine.rollouts import (
    GOOD,
    ONE,
    STEADY,
    all_at_once,
    canary,
    config,
    in_batches,
    later,
    model,
    update,
    world,
)

INVALID, LIMIT = "ValidationException", "ResourceLimitExceeded"
QUIET = world(timing=STEADY)


def two_policies():
    """Return settings that name both kinds of policy."""
    return replace(canary(), rolling_update_policy=in_batches().rolling_update_policy)


def variants(name, *names):
    """Return a configuration with these variants, one instance each."""
    rows = tuple(ProductionVariant(variant_name=variant, model_name="v1") for variant in names)
    return EndpointConfig(endpoint_config_name=name, production_variants=rows)


def desired(name="main", **what):
    """Return a request for other weights or counts."""
    row = DesiredWeightAndCapacity(variant_name=name, **what)
    return UpdateEndpointWeightsAndCapacities(endpoint_name="churn", desired_weights_and_capacities=(row,))


def refusals(run):
    """Return code and sentence of what was refused."""
    return [(event.what, event.say) for event in run.events if event.detail.get("status") == 400]


TWO = world(timing=STEADY, count=1, configs=(config("v1", 1), config("v2", 1), variants("v3", "main", "b")))


@pytest.mark.parametrize(
    "where, request_, code, words",
    [
        pytest.param(
            QUIET,
            update(to="gone"),
            INVALID,
            'Could not find endpoint configuration "arn:aws:sagemaker:us-east-1:111122223333:endpoint-config/gone".',
            id="config",
        ),
        pytest.param(
            QUIET,
            replace(update(), endpoint_name="chrun"),
            INVALID,
            'Could not find endpoint "arn:aws:sagemaker:us-east-1:111122223333:endpoint/chrun".',
            id="endpoint",
        ),
        pytest.param(QUIET, update(two_policies()), INVALID, "one update policy", id="two policies, spec 1.1"),
        pytest.param(TWO, update(in_batches(), to="v3"), INVALID, "names must be the same", id="rolling, other names"),
        pytest.param(TWO, update(canary(), to="v3"), INVALID, "names must be the same", id="canary, other names"),
        pytest.param(
            replace(QUIET, instance_quota=7),
            update(canary()),
            LIMIT,
            "request delta of 4",
            id="quota",
        ),
        pytest.param(
            replace(QUIET, instance_quota=4),
            update(in_batches(ONE)),
            LIMIT,
            "current utilization of 4 Instances and a request delta of 1",
            id="no room for a batch",
        ),
        pytest.param(QUIET, config("v1"), INVALID, "already existing", id="configurations are immutable"),
        pytest.param(QUIET, config("V2"), INVALID, 'already existing endpoint configuration "', id="in other letters"),
        pytest.param(QUIET, config("v9"), INVALID, 'model/v9".', id="a model that is not there"),
        pytest.param(
            QUIET,
            CompositeAlarm(alarm_name="all", alarm_rule="ALARM(nobody)"),
            "ValidationError",
            "'nobody' does not exist",
            id="a composite of an alarm that is not there",
        ),
        pytest.param(QUIET, desired("other", desired_weight=1), INVALID, "is/are not present", id="unknown variant"),
        pytest.param(QUIET, desired(desired_instance_count=0), INVALID, "at least 1", id="no instance"),
        pytest.param(
            replace(QUIET, instance_quota=6),
            desired(desired_instance_count=7),
            LIMIT,
            "request delta of 3",
            id="quota for scaling out",
        ),
    ],
)
def test_what_is_refused(where, request_, code, words):
    """A refused request leaves the endpoint as it is, and the run says why."""
    run = simulate(where, Plan.of(request_), 1)
    ((found, say),) = refusals(run)

    assert found == code
    assert words in say
    assert run.endpoint["EndpointStatus"] == "InService"
    assert run.endpoint["EndpointConfigName"] == "v1"
    assert run.instances[-1] == run.instances[0]
    assert run.outcome == ("refused" if type(request_) is type(update()) else "no-update")


def test_the_quota_that_is_just_enough():
    """Blue and green together fit into a quota of eight; a rolling update of one needs five."""
    assert simulate(replace(QUIET, instance_quota=8), Plan.of(update(canary())), 1).outcome == "promoted"
    assert simulate(replace(QUIET, instance_quota=5), Plan.of(update(in_batches(ONE))), 1).outcome == "promoted"


@pytest.mark.parametrize("second", [update(to="v1"), desired(desired_weight=2)])
def test_a_busy_endpoint_takes_nothing(second):
    """While Updating, updates and weights are refused: "Cannot update in-progress endpoint" (spec sagemaker 3.2)."""
    run = simulate(QUIET, Plan((*Plan.of(update(canary())).steps, later(200, second))), 1)

    assert [say for _, say in refusals(run)] == [
        'Cannot update in-progress endpoint "arn:aws:sagemaker:us-east-1:111122223333:endpoint/churn".'
    ]
    assert run.outcome == "promoted"


SCALED = {"instance_counts": {"main": 12}, "weights": {"main": 3.0}}


@pytest.mark.parametrize(
    "retain, count, weight",
    [
        pytest.param({}, 2, 1.0, id="falls back to InitialInstanceCount"),
        pytest.param({"retain_all_variant_properties": True}, 12, 3.0, id="retained"),
        pytest.param(
            {
                "retain_all_variant_properties": True,
                "exclude_retained_variant_properties": ("DesiredInstanceCount",),
            },
            2,
            3.0,
            id="all but the count",
        ),
        pytest.param(
            {"retain_all_variant_properties": True, "exclude_retained_variant_properties": ("DesiredWeight",)},
            12,
            1.0,
            id="all but the weight",
        ),
    ],
)
def test_retained_properties(retain, count, weight):
    """Scaled-out counts and changed weights survive an update only if they are retained (spec sagemaker 1.6, 7)."""
    scaled = world(count=2, endpoint=SCALED, timing=STEADY)
    run = simulate(scaled, Plan.of(update(canary(), **retain)), 1)
    (variant,) = run.endpoint["ProductionVariants"]

    assert run.instances[0].counts == {"v1": 12}
    assert run.instances[-1].counts == {"v2": count}
    assert variant["DesiredInstanceCount"] == count
    assert variant["DesiredWeight"] == weight


def test_the_forgotten_scale():
    """A perfect model drowns on the two instances that the configuration names (spec labs 13)."""
    scaled = {"instance_counts": {"main": 12}}
    busy = world(count=2, endpoint=scaled, rate=60.0, old=SLOWISH, new=SLOWISH, timing=STEADY)
    forgotten, kept = (
        simulate(busy, Plan.of(update(all_at_once(300), retain_all_variant_properties=retain)), 1)
        for retain in (False, True)
    )

    assert kept.totals.slo_missed < 0.01 * kept.totals.requests
    assert forgotten.totals.slo_missed + forgotten.totals.errors_5xx > 0.5 * forgotten.totals.requests


SLOWISH = model(service=replace(GOOD.service, mean_ms=100))


@pytest.mark.parametrize("old, new", [("m5.large", "inf1.xlarge"), ("inf1.xlarge", "m5.large")])
@pytest.mark.parametrize("settings", [canary(), in_batches(), None])
def test_inf1_falls_back_silently(old, new, settings):
    """Inf1 instances, old or new: all at once, no bake, no deployment events, and no error (spec sagemaker 2.9)."""
    configs = (config("v1", instance_type=f"ml.{old}"), config("v2", instance_type=f"ml.{new}"))
    run = simulate(world(configs=configs, timing=STEADY), Plan.of(update(settings)), 1)

    assert [phase.status for phase in run.phases] == ["Creating", "ActivatingTraffic", "Deleting"]
    assert run.outcome == "promoted"
    assert {event["detail-type"] for event in run.event_bridge} == {"SageMaker Endpoint State Change"}
    assert run.totals.extra_instance_minutes == 0


def test_alarms_without_a_policy():
    """A DeploymentConfig without an update policy is blue/green, all at once, without a bake (spec sagemaker 1.1)."""
    run = simulate(QUIET, Plan.of(update(DeploymentConfig(alarms=("errors",)))), 1)

    assert [phase.status for phase in run.phases] == ["Creating", "ActivatingTraffic", "Deleting"]
    assert [change.shares for change in run.traffic] == [{"v1": 1.0}, {"v2": 1.0}, {"v2": 1.0}]


def test_a_renamed_variant_with_the_default_update():
    """Without a DeploymentConfig a rename is accepted and takes about three minutes (spec sagemaker 2.9)."""
    renamed = config("v2", variant_name="other")
    run = simulate(world(configs=(config("v1"), renamed), timing=STEADY), Plan.of(update()), 1)

    assert run.outcome == "promoted"
    assert [v["VariantName"] for v in run.endpoint["ProductionVariants"]] == ["other"]
    assert run.instances[-1].counts == {"v2": 4}
    assert run.totals.by_config.keys() == {"v1", "v2"}


@pytest.mark.parametrize("before, after", [("ab", "a"), ("a", "ab"), ("ab", "c"), ("abc", "db"), ("ab", "cde")])
def test_variants_come_and_go_with_the_default_update(before, after):
    """After a default update exactly the variants of the new configuration serve, by their weights."""
    configs = (variants("v1", *before), variants("v2", *after))
    run = simulate(world(configs=configs, timing=STEADY), Plan.of(update()), 1)

    assert sorted(v["VariantName"] for v in run.endpoint["ProductionVariants"]) == sorted(after)
    assert run.instances[-1].counts == {"v2": len(after)}
    assert run.traffic[-1].shares == {"v2": pytest.approx(1.0)}
    assert run.totals.requests == sum(run.totals.by_config.values())


@pytest.mark.parametrize("before, after", [("ab", "a"), ("a", "ab"), ("ab", "cde")])
def test_variants_stay_when_the_update_fails(before, after):
    """An update that never comes into service leaves the old variants, and no others."""
    new = EndpointConfig(
        endpoint_config_name="v2",
        production_variants=tuple(ProductionVariant(variant_name=name, model_name="v2") for name in after),
    )
    broken = world(configs=(variants("v1", *before), new), new=model(start="failed-ping"), timing=STEADY)
    run = simulate(broken, Plan.of(update()), 1)

    assert run.outcome == "failed"
    assert [v["VariantName"] for v in run.endpoint["ProductionVariants"]] == list(before)
    assert run.traffic[-1].shares == {"v1": pytest.approx(1.0)}
    assert f"production variant {after[0]} " in run.endpoint["FailureReason"]


def test_weights_change_without_a_new_configuration():
    """UpdateEndpointWeightsAndCapacities moves shares at its end; the configuration stays (spec 1.7)."""
    both = world(configs=(variants("v1", "a", "b"), config("v2")), timing=STEADY, rate=20.0)
    run = simulate(both, Plan.of(desired("a", desired_weight=3.0)), 1)
    weights = {v["VariantName"]: v["CurrentWeight"] for v in run.endpoint["ProductionVariants"]}

    assert run.describe_endpoint(310)["EndpointStatus"] == "Updating"
    assert run.describe_endpoint(306 + STEADY.reweigh_s)["EndpointStatus"] == "InService"
    assert weights == {"a": 3.0, "b": 1.0}
    assert run.endpoint["EndpointConfigName"] == "v1"
    assert run.outcome == "no-update"
    last = {
        m.dimensions[1][1]: sum(m.points[10:])
        for m in run.metrics
        if m.name == "Invocations" and len(m.dimensions) == 2
    }
    assert last["a"] / (last["a"] + last["b"]) == pytest.approx(0.75, abs=0.01)


def test_other_weights_take_a_minute():
    """58 and 59 polls of a second were measured, and the weights follow at the end (spec inference 8)."""
    both = world(configs=(variants("v1", "a", "b"), config("v2")))
    run = simulate(both, Plan.of(desired("a", desired_weight=3.0)), 1)
    shown = [(t - 306, answer["EndpointStatus"]) for t, answer in run.endpoint_history[1:]]

    assert shown == [(0, "Updating"), (58.5, "InService")]
    assert run.describe_endpoint(306 + 58)["ProductionVariants"][0]["CurrentWeight"] == 1.0


@pytest.mark.parametrize("count, takes", [(6, STEADY.provision_s), (2, STEADY.reweigh_s)])
def test_capacity_changes(count, takes):
    """More instances need provisioning, fewer only a shift; what is billed follows."""
    run = simulate(QUIET, Plan.of(desired(desired_instance_count=count)), 1)
    changed = run.instances[-1]

    assert changed.counts == {"v1": count}
    assert changed.t == 306 + takes
    assert run.endpoint["ProductionVariants"][0]["CurrentInstanceCount"] == count
    assert run.totals.extra_instance_minutes == pytest.approx((count - 4) * (1800 - changed.t) / 60)


def test_a_configuration_from_the_plan():
    """CreateEndpointConfig and UpdateEndpoint in one plan: the new configuration is there in time."""
    new = EndpointConfig(
        endpoint_config_name="v3",
        production_variants=(ProductionVariant(variant_name="main", model_name="v2", initial_instance_count=3),),
    )
    run = simulate(QUIET, Plan.of(new, update(to="v3")), 1)

    assert run.outcome == "promoted"
    assert run.instances[-1].counts == {"v3": 3}


def deleted(name):
    """Return the request that removes a configuration."""
    return DeleteEndpointConfig(endpoint_config_name=name)


def test_a_configuration_that_is_in_use_may_be_deleted():
    """Tools do it: the endpoint goes on, its next change finds no configuration, and the bill stays (spec 1.6, 10)."""
    scale = later(100, desired(desired_instance_count=2))
    run = simulate(QUIET, Plan((*Plan.of(deleted("v1")).steps, scale)), 1)

    assert [say for _, say in refusals(run)] == [
        'Could not find endpoint configuration "arn:aws:sagemaker:us-east-1:111122223333:endpoint-config/v1".'
    ]
    assert run.instances[-1].counts == {"v1": 4}
    assert run.totals.cost_usd > 0


@pytest.mark.parametrize("settings", [None, all_at_once(), canary()])
def test_an_endpoint_without_its_configuration_takes_no_update(settings):
    """Not to another configuration either; once one of the old name is there again, it does (spec 1.6, 10)."""
    gone, back = Plan.of(deleted("v1")).steps, later(200, config("v1", 4))
    run = simulate(QUIET, Plan((*gone, later(100, update(settings)), back, later(300, update(settings)))), 1)

    assert [say for _, say in refusals(run)] == [
        'Could not find endpoint configuration "arn:aws:sagemaker:us-east-1:111122223333:endpoint-config/v1".'
    ]
    assert (run.outcome, run.endpoint["EndpointConfigName"]) == ("promoted", "v2")


@pytest.mark.parametrize("name, then", [("v2", update()), ("gone", deleted("gone"))])
def test_what_is_deleted_is_gone(name, then):
    """An update to a deleted configuration is refused, and so is deleting what is not there."""
    run = simulate(QUIET, Plan((*Plan.of(deleted(name)).steps, later(10, then))), 1)

    assert refusals(run)[-1] == (
        INVALID,
        f'Could not find endpoint configuration "arn:aws:sagemaker:us-east-1:111122223333:endpoint-config/{name}".',
    )
    assert run.endpoint["EndpointConfigName"] == "v1"
