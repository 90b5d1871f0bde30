"""Plans that AWS would accept, as Hypothesis strategies."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from itertools import chain

from hypothesis import strategies as st

from engine.plan import Plan, Step
from engine.requests.autoscaling import (
    CustomizedMetric,
    DeleteScalingPolicy,
    DeleteScheduledAction,
    DeregisterScalableTarget,
    PutScalingPolicy,
    PutScheduledAction,
    RegisterScalableTarget,
    ScalableTargetAction,
    StepAdjustment,
    StepScaling,
    SuspendedState,
    TargetTracking,
)
from engine.requests.batch import CreateTransformJob, DataProcessing, StopTransformJob
from engine.requests.cloudwatch import (
    CompositeAlarm,
    DeleteAlarms,
    DisableAlarmActions,
    EnableAlarmActions,
    MetricAlarm,
    MetricDataQuery,
    MetricStat,
    SetAlarmState,
)
from engine.requests.experiments import (
    CreateInferenceExperiment,
    DeleteInferenceExperiment,
    ModelVariant,
    Schedule,
    ShadowMode,
    StartInferenceExperiment,
    StopInferenceExperiment,
    UpdateInferenceExperiment,
)
from engine.requests.metric_data import MetricDatum, PutMetricData
from engine.requests.sagemaker import (
    MEMORY_MB,
    AsyncInferenceConfig,
    AsyncOutputConfig,
    BlueGreenUpdatePolicy,
    CapacitySize,
    CreateEndpoint,
    DeleteEndpoint,
    DeleteEndpointConfig,
    DeploymentConfig,
    DesiredWeightAndCapacity,
    EndpointConfig,
    ProductionVariant,
    RollingUpdatePolicy,
    ServerlessConfig,
    ServerlessUpdateConfig,
    TrafficRoutingConfiguration,
    UpdateEndpoint,
    UpdateEndpointWeightsAndCapacities,
)

NAMES = st.from_regex(r"[a-zA-Z0-9](-?[a-zA-Z0-9]){0,8}", fullmatch=True)
TEXTS = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=10).map(lambda s: f"a{s}")
WAITS = st.integers(0, 3600)
TIMEOUTS = st.none() | st.integers(600, 28_800)
COUNTS = st.integers(1, 1000)
WEIGHTS = st.floats(0, 100)


def sizes(low: int, high: int) -> st.SearchStrategy[CapacitySize]:
    percent = st.builds(CapacitySize, type=st.just("CAPACITY_PERCENT"), value=st.integers(low, high))
    return percent | st.builds(CapacitySize, type=st.just("INSTANCE_COUNT"), value=COUNTS)


ROUTINGS = st.one_of(
    st.builds(TrafficRoutingConfiguration, type=st.just("ALL_AT_ONCE"), wait_interval_in_seconds=WAITS),
    st.builds(
        TrafficRoutingConfiguration,
        type=st.just("CANARY"),
        wait_interval_in_seconds=WAITS,
        canary_size=sizes(1, 50),
    ),
    st.builds(
        TrafficRoutingConfiguration,
        type=st.just("LINEAR"),
        wait_interval_in_seconds=WAITS,
        linear_step_size=sizes(10, 50),
    ),
)
BLUE_GREEN = st.builds(
    BlueGreenUpdatePolicy,
    traffic_routing_configuration=ROUTINGS,
    termination_wait_in_seconds=WAITS,
    maximum_execution_timeout_in_seconds=TIMEOUTS,
)
ROLLING = st.builds(
    RollingUpdatePolicy,
    maximum_batch_size=sizes(5, 50),
    wait_interval_in_seconds=WAITS,
    maximum_execution_timeout_in_seconds=TIMEOUTS,
    rollback_maximum_batch_size=st.none() | sizes(1, 100),
)
ALARM_NAMES = st.lists(TEXTS, max_size=3).map(tuple)
DEPLOYMENTS = st.one_of(
    st.builds(DeploymentConfig, blue_green_update_policy=BLUE_GREEN, alarms=ALARM_NAMES),
    st.builds(DeploymentConfig, rolling_update_policy=ROLLING, alarms=ALARM_NAMES),
    st.builds(DeploymentConfig, alarms=ALARM_NAMES),
)
UPDATES = st.builds(
    UpdateEndpoint,
    endpoint_name=NAMES,
    endpoint_config_name=NAMES,
    deployment_config=st.none() | DEPLOYMENTS,
    retain_all_variant_properties=st.booleans(),
    exclude_retained_variant_properties=st.lists(st.sampled_from(["DesiredWeight", "DataCaptureConfig"])).map(
        lambda each: tuple(each[:3])
    ),
    retain_deployment_config=st.booleans(),
)
CREATIONS = st.builds(
    CreateEndpoint,
    endpoint_name=NAMES,
    endpoint_config_name=NAMES,
    deployment_config=st.none() | DEPLOYMENTS,
)
ENDS = st.builds(DeleteEndpoint, endpoint_name=NAMES)
VARIANTS = st.builds(
    ProductionVariant,
    variant_name=NAMES,
    model_name=NAMES,
    instance_type=st.sampled_from(["ml.m5.large", "ml.g5.xlarge"]),
    initial_instance_count=COUNTS,
    initial_variant_weight=WEIGHTS,
    routing_strategy=st.sampled_from(["RANDOM", "LEAST_OUTSTANDING_REQUESTS"]),
)
SERVERLESS = st.builds(
    lambda most, slots, **fields: ServerlessConfig(
        max_concurrency=most, provisioned_concurrency=slots and min(slots, most), **fields
    ),
    st.integers(1, 200),
    st.none() | st.integers(1, 200),
    memory_size_in_mb=st.sampled_from(MEMORY_MB),
)
SERVERLESS_VARIANTS = st.builds(
    ProductionVariant,
    variant_name=NAMES,
    model_name=NAMES,
    initial_variant_weight=WEIGHTS,
    serverless_config=SERVERLESS,
)
BUCKETS = st.none() | st.sampled_from(["s3://answers/here", "s3://failures"])
TOPICS = st.none() | st.just("arn:aws:sns:us-east-1:111122223333:answers")
ASYNCHRONOUS = st.builds(
    AsyncInferenceConfig,
    output_config=st.builds(
        AsyncOutputConfig,
        s3_output_path=BUCKETS,
        s3_failure_path=BUCKETS,
        success_topic=TOPICS,
        error_topic=TOPICS,
        include_inference_response_in=st.sampled_from([(), ("SUCCESS_NOTIFICATION_TOPIC",)]),
    ),
    max_concurrent_invocations_per_instance=st.none() | st.integers(1, 1000),
)
SHADOWED = st.builds(
    EndpointConfig,
    endpoint_config_name=NAMES,
    production_variants=st.tuples(VARIANTS),
    shadow_production_variants=st.tuples(VARIANTS),
)
CONFIGS = (
    SHADOWED
    | st.builds(
        EndpointConfig,
        endpoint_config_name=NAMES,
        production_variants=st.lists(
            VARIANTS, min_size=1, max_size=3, unique_by=lambda variant: variant.variant_name
        ).map(tuple),
        async_inference_config=st.none() | ASYNCHRONOUS,
    )
    | st.builds(EndpointConfig, endpoint_config_name=NAMES, production_variants=st.tuples(SERVERLESS_VARIANTS))
)
CONCURRENCIES = st.builds(
    ServerlessUpdateConfig,
    max_concurrency=st.none() | st.integers(1, 200),
    provisioned_concurrency=st.none() | st.integers(1, 200),
)
WEIGHT_CHANGES = st.builds(
    UpdateEndpointWeightsAndCapacities,
    endpoint_name=NAMES,
    desired_weights_and_capacities=st.lists(
        st.builds(
            DesiredWeightAndCapacity,
            variant_name=NAMES,
            desired_weight=st.none() | WEIGHTS,
            desired_instance_count=st.none() | COUNTS,
            serverless_update_config=st.none() | CONCURRENCIES,
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
)


MODEL_VARIANTS = st.builds(
    ModelVariant,
    model_name=NAMES,
    variant_name=NAMES,
    instance_type=st.sampled_from(["ml.m5.large", "ml.g5.xlarge"]),
    instance_count=COUNTS,
)
MOMENTS = st.none() | st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
SCHEDULES = st.builds(Schedule, start_time=MOMENTS, end_time=MOMENTS)
ACTIONS = st.dictionaries(NAMES, st.sampled_from(["Retain", "Remove", "Promote"]), min_size=1, max_size=2)


@st.composite
def shadow_tests(draw: st.DrawFn) -> CreateInferenceExperiment:
    """Draw a shadow test of one variant beside another."""
    variants = st.lists(MODEL_VARIANTS, min_size=2, max_size=2, unique_by=lambda variant: variant.variant_name)
    source, shadow = draw(variants)
    return CreateInferenceExperiment(
        name=draw(NAMES),
        role_arn="arn:aws:iam::111122223333:role/sagemaker",
        endpoint_name=draw(NAMES),
        model_variants=(source, shadow),
        shadow_mode=ShadowMode(
            source_variant=source.variant_name,
            shadow_variant=shadow.variant_name,
            sampling_percentage=draw(st.integers(1, 100)),
        ),
        schedule=draw(SCHEDULES),
        description=draw(st.none() | TEXTS),
    )


EXPERIMENTS = st.one_of(
    shadow_tests(),
    st.builds(
        UpdateInferenceExperiment,
        name=NAMES,
        schedule=st.none() | SCHEDULES,
        description=st.none() | TEXTS,
        model_variants=st.lists(MODEL_VARIANTS, max_size=2).map(tuple),
    ),
    st.builds(StartInferenceExperiment, name=NAMES),
    st.builds(
        StopInferenceExperiment,
        name=NAMES,
        actions=ACTIONS,
        desired_variants=st.lists(MODEL_VARIANTS, max_size=2).map(tuple),
        desired_state=st.sampled_from(["Completed", "Cancelled"]),
        reason=st.none() | TEXTS,
    ),
    st.builds(DeleteInferenceExperiment, name=NAMES),
)


def metrics(periods: st.SearchStrategy[int]) -> st.SearchStrategy[MetricStat]:
    return st.builds(
        MetricStat,
        namespace=TEXTS,
        metric_name=TEXTS,
        dimensions=st.dictionaries(TEXTS, TEXTS, max_size=3).map(lambda each: tuple(sorted(each.items()))),
        period=periods,
        stat=st.sampled_from(["Sum", "Average", "p99", "tm90", "IQM", "PR(1:20)"]),
        unit=st.none() | st.sampled_from(["Count", "None"]),
    )


@st.composite
def metric_alarms(draw: st.DrawFn) -> MetricAlarm:
    """Draw an alarm on one metric, or on the quotient of two."""
    n = draw(st.integers(1, 20))
    metric = draw(metrics(st.sampled_from([10, 20, 30, 60, 300, 3600])))
    lines = tuple(MetricDataQuery(id=id, metric_stat=metric, return_data=False) for id in ("m1", "m2"))
    quotient = (MetricDataQuery(id="rate", expression="m1 / m2"), *lines)
    alone = draw(st.booleans())
    return MetricAlarm(
        alarm_name=draw(TEXTS),
        metric=metric if alone else None,
        metrics=() if alone else quotient,
        evaluation_periods=n,
        datapoints_to_alarm=draw(st.none() | st.integers(1, n)),
        threshold=draw(st.floats(-1e6, 1e6)),
        comparison_operator=draw(st.sampled_from(["GreaterThanThreshold", "LessThanOrEqualToThreshold"])),
        treat_missing_data=draw(st.sampled_from(["missing", "ignore", "breaching", "notBreaching"])),
        evaluate_low_sample_count_percentile="ignore" if alone and metric.stat == "p99" else "evaluate",
        alarm_actions=draw(st.sampled_from([(), ("arn:aws:sns:us-east-1:111122223333:alarms",)])),
        actions_enabled=draw(st.booleans()),
    )


COMPOSITES = st.one_of(
    st.builds(CompositeAlarm, alarm_name=NAMES, alarm_rule=st.just("ALARM(one) OR NOT OK(two)")),
    st.builds(
        CompositeAlarm,
        alarm_name=NAMES,
        alarm_rule=st.just("FALSE"),
        actions_suppressor=NAMES,
        actions_suppressor_wait_period=WAITS,
        actions_suppressor_extension_period=WAITS,
    ),
)

STATES = st.builds(
    SetAlarmState,
    alarm_name=TEXTS,
    state_value=st.sampled_from(["OK", "ALARM", "INSUFFICIENT_DATA"]),
    state_reason=TEXTS,
)
LISTED = st.lists(TEXTS, min_size=1, max_size=3).map(tuple)
OF_MANY = st.one_of(
    *(st.builds(each, alarm_names=LISTED) for each in (EnableAlarmActions, DisableAlarmActions, DeleteAlarms))
)
NUMBERS = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: float(value) + 0.0)
SEEN = st.dictionaries(NUMBERS, st.integers(1, 9).map(float), min_size=1, max_size=4)


def datum(name, seen, unit, every_s, at):
    """Return what was seen, as samples."""
    count, total = sum(seen.values()), math.fsum(value * times for value, times in seen.items())
    return MetricDatum(
        metric_name=name,
        dimensions=(("Team", "b"),),
        totals=(count, total, min(seen), max(seen)),
        values=tuple(seen.items()),
        unit=unit,
        storage_resolution=every_s,
        timestamp=at,
    )


SPAN = (datetime(2026, 3, 1), datetime(2026, 3, 3))  # noqa: DTZ001 - Hypothesis adds the zone
MOMENTS = st.none() | st.datetimes(*SPAN, timezones=st.just(UTC))
DATA = st.builds(
    PutMetricData,
    namespace=NAMES,
    metric_data=st.lists(
        st.builds(datum, NAMES, SEEN, st.sampled_from(["None", "Count"]), st.sampled_from([60, 1]), MOMENTS),
        min_size=1,
        max_size=3,
    ).map(tuple),
)
JOBS = st.builds(
    CreateTransformJob,
    transform_job_name=NAMES,
    model_name=NAMES,
    s3_uri=NAMES.map(lambda name: f"s3://{name}/in/"),
    s3_output_path=NAMES.map(lambda name: f"s3://{name}/out/"),
    instance_type=st.sampled_from(["ml.m5.large", "ml.c5.xlarge"]),
    instance_count=st.integers(1, 100),
    split_type=st.sampled_from(["None", "Line", "RecordIO", "TFRecord"]),
    batch_strategy=st.none() | st.sampled_from(["MultiRecord", "SingleRecord"]),
    assemble_with=st.sampled_from(["None", "Line"]),
    max_concurrent_transforms=st.integers(0, 100),
    max_payload_in_mb=st.integers(0, 100),
    invocations_timeout_in_seconds=st.integers(1, 3600),
    invocations_max_retries=st.integers(0, 3),
    data_processing=st.none()
    | st.builds(
        DataProcessing,
        input_filter=st.sampled_from(["$", "$[1:]"]),
        output_filter=st.sampled_from(["$", "$[0,-1]"]),
        join_source=st.sampled_from(["None", "Input"]),
    ),
    content_type=st.none() | st.just("text/csv"),
    accept=st.none() | st.just("text/csv"),
)
STOPS = st.builds(StopTransformJob, transform_job_name=NAMES)
DELETIONS = st.builds(DeleteEndpointConfig, endpoint_config_name=NAMES)
TARGETS = {"resource_id": st.just("endpoint/churn/variant/main")}
CAPACITIES = st.none() | st.integers(0, 1000)
OFTEN_BOOLEAN = st.none() | st.booleans()
SUSPENSIONS = st.builds(
    SuspendedState,
    dynamic_scaling_in_suspended=OFTEN_BOOLEAN,
    dynamic_scaling_out_suspended=OFTEN_BOOLEAN,
    scheduled_scaling_suspended=OFTEN_BOOLEAN,
)
STEPS_OF_POLICIES = st.builds(
    StepScaling,
    adjustment_type=st.sampled_from([None, "ChangeInCapacity", "PercentChangeInCapacity", "ExactCapacity"]),
    step_adjustments=st.lists(
        st.builds(
            StepAdjustment,
            scaling_adjustment=st.integers(-9, 9),
            metric_interval_lower_bound=st.none() | WEIGHTS,
            metric_interval_upper_bound=st.none() | WEIGHTS,
        ),
        max_size=3,
    ).map(tuple),
    min_adjustment_magnitude=st.none() | st.integers(1, 9),
    cooldown=st.none() | WAITS,
    metric_aggregation_type=st.sampled_from([None, "Average", "Maximum"]),
)
CUSTOMIZED = st.builds(
    CustomizedMetric,
    metric_name=st.just("CPUUtilization"),
    namespace=st.just("/aws/sagemaker/Endpoints"),
    statistic=st.just("Average"),
    dimensions=st.dictionaries(NAMES, NAMES, max_size=2).map(lambda each: tuple(sorted(each.items()))),
) | st.builds(
    CustomizedMetric,
    metrics=st.builds(
        MetricDataQuery,
        id=st.just("m1"),
        metric_stat=st.builds(MetricStat, namespace=NAMES, metric_name=NAMES, stat=st.just("Sum")),
        return_data=st.booleans(),
    ).map(lambda each: (each,)),
)
TRACKED = st.builds(
    TargetTracking,
    target_value=st.floats(-1e6, 1e6),
    predefined_metric_type=st.sampled_from([None, "SageMakerVariantInvocationsPerInstance"]),
    customized_metric=st.none() | CUSTOMIZED,
    scale_out_cooldown=st.none() | WAITS,
    scale_in_cooldown=st.none() | WAITS,
    disable_scale_in=st.booleans(),
)
MOMENTS = st.none() | st.integers(1_767_225_600, 1_798_761_600).map(lambda second: datetime.fromtimestamp(second, UTC))
"""Seconds of 2026."""
SCALING = st.one_of(
    st.builds(
        RegisterScalableTarget,
        min_capacity=CAPACITIES,
        max_capacity=CAPACITIES,
        role_arn=st.none() | st.just("arn:aws:iam::111122223333:role/scaling"),
        suspended_state=st.none() | SUSPENSIONS,
        **TARGETS,
    ),
    st.builds(
        PutScalingPolicy,
        policy_name=NAMES,
        policy_type=st.sampled_from(["StepScaling", "TargetTrackingScaling"]),
        step_scaling=st.none() | STEPS_OF_POLICIES,
        target_tracking=st.none() | TRACKED,
        **TARGETS,
    ),
    st.builds(
        PutScheduledAction,
        scheduled_action_name=NAMES,
        schedule=st.sampled_from([None, "rate(5 minutes)", "cron(0 8 ? * MON-FRI *)"]),
        timezone=st.sampled_from([None, "Asia/Tokyo"]),
        start_time=MOMENTS,
        end_time=MOMENTS,
        scalable_target_action=st.none()
        | st.builds(ScalableTargetAction, min_capacity=CAPACITIES, max_capacity=CAPACITIES),
        **TARGETS,
    ),
    st.builds(DeregisterScalableTarget, **TARGETS),
    st.builds(DeleteScalingPolicy, policy_name=NAMES, **TARGETS),
    st.builds(DeleteScheduledAction, scheduled_action_name=NAMES, **TARGETS),
)
"""Requests of Application Auto Scaling, also those that its service refuses."""


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw a plan whose steps stand in the order of their times, with one change of the endpoint at a time."""
    at_once = [draw(st.lists(kind, max_size=2)) for kind in (CONFIGS, metric_alarms(), COMPOSITES)]
    requests = [*chain.from_iterable(at_once), *draw(st.lists(UPDATES, max_size=1))]
    times = draw(st.lists(st.floats(1, 86_400), max_size=3, unique=True).map(sorted))
    changes = UPDATES | WEIGHT_CHANGES | STATES | OF_MANY | DATA | DELETIONS | CREATIONS | ENDS
    any_request = changes | metric_alarms() | SCALING | EXPERIMENTS | JOBS | STOPS
    later = [Step(request=draw(any_request), after_s=t) for t in times]
    return Plan((*(Step(request=request) for request in requests), *later))
