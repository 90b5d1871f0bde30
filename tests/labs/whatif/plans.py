"""Any plan with numbers to turn, in any world, for Hypothesis; most of them AWS would accept."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from engine.plan import Plan
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
    MEMORY_MB,
    AsyncInferenceConfig,
    CapacitySize,
    DesiredWeightAndCapacity,
    EndpointConfig,
    ProductionVariant,
    ServerlessConfig,
    ServerlessUpdateConfig,
    UpdateEndpointWeightsAndCapacities,
)
from engine.timing import Timing
from tests.engine.batch.jobs import job, part
from tests.engine.rollouts import all_at_once, canary, errors_alarm, in_batches, later, linear, update, world
from tests.engine.sagemaker.shadow_tests.experiments import changed, created, mode, variant

counts = st.sampled_from([4, 9, 12, 20, 37, 100])


@st.composite
def worlds(draw):
    """Draw a world whose endpoint has one variant or two, scaled or not, in an account with a quota or without one."""
    names = draw(st.sampled_from([("main",), ("main",), ("main", "other")]))
    return world(
        configs=tuple(
            EndpointConfig(
                endpoint_config_name=version,
                production_variants=tuple(
                    ProductionVariant(variant_name=name, model_name=version, initial_instance_count=draw(counts))
                    for name in names
                ),
            )
            for version in ("v1", "v2")
        ),
        endpoint={"instance_counts": draw(st.none() | st.fixed_dictionaries(dict.fromkeys(names, counts)))},
        timing=Timing(percent_rounding=draw(st.sampled_from(["half-up", "ceil", "floor"]))),
        instance_quota=draw(st.sampled_from([None, None, 40, 300])),
    )


sizes = st.one_of(
    st.builds(CapacitySize, type=st.just("CAPACITY_PERCENT"), value=st.integers(1, 50)),
    st.builds(CapacitySize, type=st.just("INSTANCE_COUNT"), value=st.sampled_from([1, 1, 2, 3, 4, 10])),
)
waits = st.sampled_from([0, 45, 300, 3600])
policies = st.one_of(
    st.builds(all_at_once, waits),
    st.builds(canary, sizes, waits, waits),
    st.builds(linear, sizes, waits, waits),
    st.builds(in_batches, sizes, waits),
)
updates = st.builds(update, st.none() | policies, retain_all_variant_properties=st.booleans())


@st.composite
def alarms(draw):
    """Draw an alarm on errors with any window and threshold."""
    n = draw(st.sampled_from([1, 2, 3, 4, 5, 12, 24, 70]))
    return errors_alarm(
        period=draw(st.sampled_from([60, 300, 3600, 21_600])),
        evaluation_periods=n,
        datapoints_to_alarm=draw(st.none() | st.integers(1, n)),
        threshold=draw(st.sampled_from([0.0, -3.0, 0.2, 5, 1e308, 5e-324]) | st.floats(-1e6, 1e6)),
    )


@st.composite
def plans(draw):
    """Draw an update, perhaps with alarms, perhaps after the endpoint was scaled, perhaps with another update after
    it that does the same."""
    guards = draw(st.lists(alarms(), max_size=2))
    first = draw(updates)
    if draw(st.booleans()):
        return Plan.of(*guards, first)
    steps = [later(0, guard) for guard in guards]
    if draw(st.booleans()):
        desired = DesiredWeightAndCapacity(variant_name="main", desired_instance_count=draw(counts))
        scaling = UpdateEndpointWeightsAndCapacities(endpoint_name="churn", desired_weights_and_capacities=(desired,))
        steps.append(later(0, scaling))
    steps.append(later(600, first))
    if draw(st.booleans()):
        again = replace(first, deployment_config=None, retain_deployment_config=True)
        steps.append(later(20_000, again))
    return Plan(tuple(steps))


few = st.integers(1, 12)
seconds = st.sampled_from([None, 0, 60, 300, 3600])
weights = st.sampled_from([0.0, 0.1, 0.5, 1.0, 40.0])
TARGET = {"resource_id": "endpoint/churn/variant/main"}


@st.composite
def configs_of_any_kind(draw):
    """Draw a configuration that the plan creates: serverless, asynchronous, with a shadow, or with two variants."""
    kind = draw(st.sampled_from(["serverless", "asynchronous", "shadow", "two"]))
    most = draw(st.integers(1, 200))
    names = ("main", "other") if kind == "two" else ("main",)
    fleets = [
        ProductionVariant(
            variant_name=name, model_name="v2", initial_instance_count=draw(few), initial_variant_weight=draw(weights)
        )
        for name in (*names, "copy")
    ]
    if kind == "serverless":
        slots = draw(st.none() | st.integers(1, most))
        serverless = ServerlessConfig(
            memory_size_in_mb=draw(st.sampled_from(MEMORY_MB)), max_concurrency=most, provisioned_concurrency=slots
        )
        fleets[0] = ProductionVariant(variant_name="main", model_name="v2", serverless_config=serverless)
    at_once = AsyncInferenceConfig(max_concurrent_invocations_per_instance=draw(st.none() | st.integers(1, 1000)))
    return EndpointConfig(
        endpoint_config_name="v3",
        production_variants=tuple(fleets[: len(names)]),
        shadow_production_variants=tuple(fleets[-1:]) if kind == "shadow" else (),
        async_inference_config=at_once if kind == "asynchronous" else None,
    )


@st.composite
def scalings(draw):
    """Draw the registration of the variant with a policy and a scheduled action."""
    low, high = sorted((draw(few), draw(few)))
    tracking = TargetTracking(
        target_value=draw(st.sampled_from([0.5, 5.0, 70.0, 1500.0])),
        predefined_metric_type="SageMakerVariantInvocationsPerInstance",
        scale_out_cooldown=draw(seconds),
        scale_in_cooldown=draw(seconds),
    )
    change = draw(st.integers(-12, 12))
    steps = StepScaling(
        adjustment_type=draw(st.sampled_from(["ChangeInCapacity", "PercentChangeInCapacity"])),
        step_adjustments=(
            StepAdjustment(scaling_adjustment=change, metric_interval_lower_bound=0.0, metric_interval_upper_bound=9.0),
            StepAdjustment(scaling_adjustment=2 * change, metric_interval_lower_bound=9.0),
        ),
        cooldown=draw(seconds),
    )
    policy = draw(
        st.sampled_from(
            [
                PutScalingPolicy(
                    policy_name="it", policy_type="TargetTrackingScaling", target_tracking=tracking, **TARGET
                ),
                PutScalingPolicy(policy_name="it", step_scaling=steps, **TARGET),
            ]
        )
    )
    bounds = ScalableTargetAction(min_capacity=draw(st.none() | few), max_capacity=high + 12)
    morning = PutScheduledAction(
        scheduled_action_name="morning", schedule="rate(1 day)", scalable_target_action=bounds, **TARGET
    )
    return RegisterScalableTarget(min_capacity=low, max_capacity=high, **TARGET), policy, morning


@st.composite
def weight_changes(draw):
    """Draw a change of count, weight or both of a variant."""
    change = DesiredWeightAndCapacity(
        variant_name="main",
        desired_instance_count=draw(st.none() | few),
        desired_weight=draw(st.none() | weights),
    )
    return UpdateEndpointWeightsAndCapacities(endpoint_name="churn", desired_weights_and_capacities=(change,))


@st.composite
def concurrency_changes(draw):
    """Draw a change of the concurrency of a serverless variant."""
    most = draw(st.none() | st.integers(100, 200))
    concurrency = ServerlessUpdateConfig(
        max_concurrency=most, provisioned_concurrency=draw(st.none() | st.integers(1, 100))
    )
    change = DesiredWeightAndCapacity(variant_name="main", serverless_update_config=concurrency)
    return UpdateEndpointWeightsAndCapacities(endpoint_name="churn", desired_weights_and_capacities=(change,))


@st.composite
def shadow_tests(draw):
    """Draw a shadow test of the endpoint."""
    return created(draw(st.integers(1, 100)), shadow=variant(count=draw(few)))


@st.composite
def jobs(draw):
    """Draw a transform job within AWS's bounds."""
    return job(
        instance_count=draw(st.integers(1, 100)),
        max_concurrent_transforms=draw(st.sampled_from([0, 1, 4, 10])),
        max_payload_in_mb=draw(st.sampled_from([1, 6, 10])),
        invocations_timeout_in_seconds=draw(st.sampled_from([1, 600, 3600])),
        invocations_max_retries=draw(st.integers(0, 3)),
    )


@st.composite
def loads(draw):
    """Draw a plan about how requests or records are worked on, and a world for it."""
    where = world(count=4, inputs=(part(),))
    kind = draw(st.sampled_from(["config", "scaling", "weights", "concurrency", "test", "job"]))
    match kind:
        case "scaling":
            return Plan.of(*draw(scalings())), where
        case "test":
            test = draw(shadow_tests())
            again = changed(shadow_mode=mode(draw(st.integers(1, 100))))
            return draw(st.sampled_from([Plan.of(test), Plan((later(0, test), later(3600, again)))])), where
        case "concurrency":
            wanted = ServerlessConfig(memory_size_in_mb=2048, max_concurrency=100)
            served = ProductionVariant(variant_name="main", model_name="v1", serverless_config=wanted)
            config = EndpointConfig(endpoint_config_name="v1", production_variants=(served,))
            return Plan.of(draw(concurrency_changes())), world(configs=(config, where.configs[1]))
    single = {"config": configs_of_any_kind(), "weights": weight_changes(), "job": jobs()}[kind]
    return Plan.of(draw(single)), where
