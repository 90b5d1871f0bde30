"""What may be turned of scaling, variants, shadow tests and transform jobs: values within AWS's bounds."""

from __future__ import annotations

import pytest

from engine.plan import Plan, Step
from engine.requests.autoscaling import (
    PutScalingPolicy,
    PutScheduledAction,
    RegisterScalableTarget,
    ScalableTargetAction,
    StepAdjustment,
    StepScaling,
    TargetTracking,
)
from engine.requests.sagemaker import (
    AsyncInferenceConfig,
    DesiredWeightAndCapacity,
    EndpointConfig,
    ProductionVariant,
    ServerlessConfig,
    ServerlessUpdateConfig,
    UpdateEndpointWeightsAndCapacities,
)
from labs.whatif.knobs import knobs
from tests.engine.batch.jobs import job, part
from tests.engine.rollouts import canary, update, world
from tests.engine.sagemaker.shadow_tests.experiments import changed, created, mode, variant

TARGET = {"resource_id": "endpoint/churn/variant/main"}
REGISTER = RegisterScalableTarget(min_capacity=2, max_capacity=4, **TARGET)
WHERE = world(count=4, inputs=(part(),))


def served(name="main", count=2, weight=1.0):
    """Return a variant on instances."""
    return ProductionVariant(
        variant_name=name, model_name="v2", initial_instance_count=count, initial_variant_weight=weight
    )


def config(*variants, shadow=(), **more):
    """Return a configuration that a plan creates."""
    return EndpointConfig(
        endpoint_config_name="v3", production_variants=variants, shadow_production_variants=shadow, **more
    )


def tracking(**fields):
    """Return a policy that tracks invocations."""
    block = TargetTracking(
        target_value=200.0, predefined_metric_type="SageMakerVariantInvocationsPerInstance", **fields
    )
    return PutScalingPolicy(policy_name="track", policy_type="TargetTrackingScaling", target_tracking=block, **TARGET)


def stepping(kind, *changes, **fields):
    """Return a step policy with these changes, a step for each."""
    last = len(changes) - 1
    steps = tuple(
        StepAdjustment(
            scaling_adjustment=change,
            metric_interval_lower_bound=at,
            metric_interval_upper_bound=None if at == last else at + 1,
        )
        for at, change in enumerate(changes)
    )
    block = StepScaling(adjustment_type=kind, step_adjustments=steps, **fields)
    return PutScalingPolicy(policy_name="steps", step_scaling=block, **TARGET)


def values(*requests, where=WHERE):
    """Return the values of each knob by its id."""
    steps = (each if isinstance(each, Step) else Step(request=each) for each in requests)
    return {knob.id: knob.values for knob in knobs(Plan(tuple(steps)), where)}


@pytest.mark.parametrize(
    "requests, id, points",
    [
        pytest.param([REGISTER], "main.max", (2, 3, 4, 5, 6, 7, 8), id="max is not below min"),
        pytest.param(
            [RegisterScalableTarget(min_capacity=4, max_capacity=6, **TARGET)],
            "main.min",
            (1, 2, 3, 4, 5, 6),
            id="min from 1 (spec sagemaker 7) to max",
        ),
        pytest.param(
            [REGISTER, tracking()], "track.target", (20, 50, 100, 200, 400, 800, 2000), id="target: a tenth to tenfold"
        ),
        pytest.param(
            [REGISTER, tracking()], "track.out", (0, 60, 120, 300, 600, 900, 1800), id="300 s where none is given"
        ),
        pytest.param(
            [REGISTER, tracking(scale_in_cooldown=30)], "track.in", (0, 30, 60, 120, 300, 600, 900), id="given"
        ),
        pytest.param(
            [REGISTER, stepping("ChangeInCapacity", 1, 3)], "steps.step-2", (0, 1, 2, 3, 4, 5, 6), id="second step"
        ),
        pytest.param(
            [REGISTER, stepping("PercentChangeInCapacity", -30)],
            "steps.step-1",
            (-75, -50, -30, -25, -20, -10, -5),
            id="a share that goes stays one that goes",
        ),
        pytest.param(
            [REGISTER, stepping("ChangeInCapacity", 1, cooldown=3600)],
            "steps.cooldown",
            (60, 120, 300, 600, 900, 1800, 3600),
            id="cooldown of steps",
        ),
        pytest.param(
            [
                REGISTER,
                PutScheduledAction(
                    scheduled_action_name="night",
                    schedule="rate(1 day)",
                    scalable_target_action=ScalableTargetAction(max_capacity=2),
                    **TARGET,
                ),
            ],
            "night.max",
            (1, 2, 3, 4, 5, 6, 7),
            id="bounds of a scheduled action",
        ),
        pytest.param([config(served(count=3))], "v3.main.instances", (1, 2, 3, 4, 5, 6, 7), id="instances"),
        pytest.param(
            [config(served(weight=4.0), shadow=(served("copy"),))],
            "v3.copy.weight",
            (0.2, 0.4, 0.8, 1, 2, 4),
            id="a shadow's weight is a share of production's (spec sagemaker 9)",
        ),
        pytest.param(
            [config(served("one"), served("two"))], "v3.two.weight", (0.05, 0.1, 0.2, 0.25, 0.5, 1, 2), id="A/B"
        ),
        pytest.param(
            [
                config(
                    served(), async_inference_config=AsyncInferenceConfig(max_concurrent_invocations_per_instance=800)
                )
            ],
            "v3.at-once",
            (32, 64, 128, 256, 512, 800, 1000),
            id="1 to 1000 of an asynchronous instance (spec sagemaker 8)",
        ),
        pytest.param([created(75)], "try.sampling", (5, 10, 20, 25, 50, 75, 100), id="1 to 100 % of a shadow test"),
        pytest.param(
            [created(), Step(request=changed(shadow_mode=mode(1)), after_s=1800)],
            "try.sampling@2",
            (1, 5, 10, 20, 25, 50, 75),
            id="later",
        ),
        pytest.param(
            [created(shadow=variant(count=1))], "try.Shadow-01.instances", (1, 2, 3, 4, 5, 6, 7), id="of its shadow"
        ),
        pytest.param([job(instance_count=100)], "nightly.instances", tuple(range(94, 101)), id="100 instances at most"),
        pytest.param(
            [job(max_payload_in_mb=20, max_concurrent_transforms=2)],
            "nightly.at-once",
            (1, 2, 3, 4),
            id="payload times requests at once is at most 100 MB (spec sagemaker 8)",
        ),
        pytest.param([job()], "nightly.at-once", (0, 2, 3, 4, 6, 8, 12), id="0, which is as good as 1 here"),
        pytest.param([job()], "nightly.payload", (1, 2, 4, 6, 10, 20, 50), id="payload"),
        pytest.param([job()], "nightly.retries", (0, 1, 2, 3), id="retries"),
    ],
)
def test_what_may_be_turned(requests, id, points):
    """At most seven values, of those that AWS takes the nearest to the learner's."""
    assert values(*requests)[id] == points


def test_concurrency_that_is_changed_can_be_turned():
    """MaxConcurrency is not below what is provisioned (spec inference 3.3)."""
    wanted = ServerlessConfig(memory_size_in_mb=2048, max_concurrency=10, provisioned_concurrency=6)
    today = ProductionVariant(variant_name="main", model_name="v1", serverless_config=wanted)
    where = world(configs=(EndpointConfig(endpoint_config_name="v1", production_variants=(today,)),))
    change = DesiredWeightAndCapacity(
        variant_name="main", serverless_update_config=ServerlessUpdateConfig(max_concurrency=8)
    )
    request = UpdateEndpointWeightsAndCapacities(endpoint_name="churn", desired_weights_and_capacities=(change,))

    assert values(request, where=where) == {"main.max-concurrency": (6, 7, 8, 9, 10, 11, 12)}


@pytest.mark.parametrize(
    "request_, id, points",
    [
        pytest.param(
            config(
                ProductionVariant(
                    variant_name="main",
                    model_name="v2",
                    serverless_config=ServerlessConfig(memory_size_in_mb=2048, max_concurrency=200),
                )
            ),
            "v3.most",
            range(194, 201),
            id="200 at once at most (spec sagemaker 8)",
        ),
        pytest.param(config(served(count=1000)), "v3.main.instances", range(994, 1001), id="instances: ours"),
    ],
)
def test_no_value_lies_beyond_what_a_request_can_hold(request_, id, points):
    """At the upper end there are only smaller ones."""
    serverless = ProductionVariant(
        variant_name="main",
        model_name="v1",
        serverless_config=ServerlessConfig(memory_size_in_mb=2048, max_concurrency=10),
    )
    where = world(configs=(EndpointConfig(endpoint_config_name="v1", production_variants=(serverless,)),))

    assert values(request_, where=where)[id] == tuple(points)


def test_weights_and_counts_that_are_changed_can_be_turned():
    """Of a variant that is in service."""
    change = DesiredWeightAndCapacity(variant_name="main", desired_weight=1.0, desired_instance_count=2)
    request = UpdateEndpointWeightsAndCapacities(endpoint_name="churn", desired_weights_and_capacities=(change,))

    assert values(request) == {
        "main.desired-instances": (1, 2, 3, 4, 5, 6, 7),
        "main.desired-weight": (0.05, 0.1, 0.2, 0.25, 0.5, 1, 2),
    }


def test_a_knob_knows_what_it_is_about():
    """Which figures make sense depends on it: those of a guard, or those of a load."""
    found = knobs(Plan.of(config(served()), update(canary(), to="v3")), WHERE)

    assert {knob.id: knob.of for knob in found} == {
        "wait": "guard",
        "termination-wait": "guard",
        "v3.main.instances": "load",
    }
