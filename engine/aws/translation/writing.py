"""The engine's values written back as requests; reading what was written gives the same values."""

from __future__ import annotations

from engine.aws.calls import AFTER, IF, LATER, ORDER, UNLESS
from engine.aws.translation.reading_data import write_metric_data
from engine.aws.translation.writing_alarms import (
    write_alarm_state,
    write_composite_alarm,
    write_condition,
    write_metric_alarm,
)
from engine.aws.translation.writing_experiments import write_change, write_creation, write_stop
from engine.aws.translation.writing_scaling import write_scaling
from engine.plan import Plan, Request, Step
from engine.requests.batch import CreateTransformJob, StopTransformJob
from engine.requests.cloudwatch import (
    CompositeAlarm,
    DeleteAlarms,
    DisableAlarmActions,
    EnableAlarmActions,
    MetricAlarm,
    SetAlarmState,
)
from engine.requests.experiments import (
    CreateInferenceExperiment,
    DeleteInferenceExperiment,
    StartInferenceExperiment,
    StopInferenceExperiment,
    UpdateInferenceExperiment,
)
from engine.requests.fields import Written, present
from engine.requests.metric_data import PutMetricData
from engine.requests.sagemaker import (
    CreateEndpoint,
    DeleteEndpoint,
    DeleteEndpointConfig,
    EndpointConfig,
    ProductionVariant,
    ServerlessUpdateConfig,
    UpdateEndpoint,
    UpdateEndpointWeightsAndCapacities,
)
from engine.sagemaker.asynchronous import write_async
from engine.sagemaker.deployment_config import write_deployment_config
from engine.sagemaker.serverless import write_serverless
from engine.sagemaker.transforms.job import write_transform_job


def write_plan(plan: Plan) -> Written:
    """Return the plan as it would stand in a file: a single request of an operation without a list."""
    now, later = _split(plan.steps)
    written: Written = {}
    for step in now:
        operation, request = write_request(step.request)
        written.setdefault(operation, []).append(request)
    for operation, requests in written.items():
        written[operation] = requests[0] if len(requests) == 1 else requests
    if later:
        written[LATER] = [write_later(step) for step in later]
    return written


def write_later(step: Step) -> Written:
    """Return a step with its time and its condition."""
    condition = {} if step.when is None else {IF if step.when.holds else UNLESS: write_condition(step.when.condition)}
    return {AFTER: step.after_s, **condition, **dict([write_request(step.request)])}


def _split(steps: tuple[Step, ...]) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """Return what is sent at once and in the usual order, and the rest."""
    last = 0
    for count, step in enumerate(steps):
        place = ORDER.index(write_request(step.request)[0])
        if step.after_s or step.when is not None or place < last:
            return steps[:count], steps[count:]
        last = place
    return steps, ()


def write_request(value: Request) -> tuple[str, Written]:
    """Return the operation and its request; fields that hold AWS's default are left out."""
    match value:
        case EndpointConfig():
            return "CreateEndpointConfig", _endpoint_config(value)
        case MetricAlarm():
            return "PutMetricAlarm", write_metric_alarm(value)
        case CompositeAlarm():
            return "PutCompositeAlarm", write_composite_alarm(value)
        case UpdateEndpointWeightsAndCapacities():
            return "UpdateEndpointWeightsAndCapacities", _weights(value)
        case UpdateEndpoint():
            return "UpdateEndpoint", _update(value)
        case CreateEndpoint():
            return "CreateEndpoint", _creation(value)
        case DeleteEndpoint():
            return "DeleteEndpoint", {"EndpointName": value.endpoint_name}
        case SetAlarmState():
            return "SetAlarmState", write_alarm_state(value)
        case EnableAlarmActions() | DisableAlarmActions() | DeleteAlarms():
            return type(value).__name__, {"AlarmNames": list(value.alarm_names)}
        case PutMetricData():
            return "PutMetricData", write_metric_data(value)
        case DeleteEndpointConfig():
            return "DeleteEndpointConfig", {"EndpointConfigName": value.endpoint_config_name}
        case CreateInferenceExperiment():
            return "CreateInferenceExperiment", write_creation(value)
        case UpdateInferenceExperiment():
            return "UpdateInferenceExperiment", write_change(value)
        case StartInferenceExperiment():
            return "StartInferenceExperiment", {"Name": value.name}
        case StopInferenceExperiment():
            return "StopInferenceExperiment", write_stop(value)
        case DeleteInferenceExperiment():
            return "DeleteInferenceExperiment", {"Name": value.name}
        case CreateTransformJob():
            return "CreateTransformJob", write_transform_job(value)
        case StopTransformJob():
            return "StopTransformJob", {"TransformJobName": value.transform_job_name}
        case _:
            return write_scaling(value)


def _endpoint_config(value: EndpointConfig) -> Written:
    asynchronous = value.async_inference_config
    return present(
        EndpointConfigName=value.endpoint_config_name,
        ProductionVariants=[_variant(variant) for variant in value.production_variants],
        ShadowProductionVariants=[_variant(variant) for variant in value.shadow_production_variants] or None,
        AsyncInferenceConfig=None if asynchronous is None else write_async(asynchronous),
    )


def _variant(value: ProductionVariant) -> Written:
    routing = {"RoutingStrategy": value.routing_strategy} if value.routing_strategy != "RANDOM" else None
    serverless = value.serverless_config
    return present(
        VariantName=value.variant_name,
        ModelName=value.model_name,
        InstanceType=value.instance_type if serverless is None else None,
        InitialInstanceCount=value.initial_instance_count if serverless is None else None,
        InitialVariantWeight=value.initial_variant_weight,
        RoutingConfig=routing,
        ServerlessConfig=None if serverless is None else write_serverless(serverless),
    )


def _update(value: UpdateEndpoint) -> Written:
    excluded = [{"VariantPropertyType": each} for each in value.exclude_retained_variant_properties]
    deployment = value.deployment_config
    return present(
        EndpointName=value.endpoint_name,
        EndpointConfigName=value.endpoint_config_name,
        RetainAllVariantProperties=value.retain_all_variant_properties or None,
        ExcludeRetainedVariantProperties=excluded or None,
        DeploymentConfig=None if deployment is None else write_deployment_config(deployment),
        RetainDeploymentConfig=value.retain_deployment_config or None,
    )


def _creation(value: CreateEndpoint) -> Written:
    deployment = value.deployment_config
    return present(
        EndpointName=value.endpoint_name,
        EndpointConfigName=value.endpoint_config_name,
        DeploymentConfig=None if deployment is None else write_deployment_config(deployment),
    )


def _weights(value: UpdateEndpointWeightsAndCapacities) -> Written:
    desired = [
        present(
            VariantName=each.variant_name,
            DesiredWeight=each.desired_weight,
            DesiredInstanceCount=each.desired_instance_count,
            ServerlessUpdateConfig=_concurrency(each.serverless_update_config),
        )
        for each in value.desired_weights_and_capacities
    ]
    return {"EndpointName": value.endpoint_name, "DesiredWeightsAndCapacities": desired}


def _concurrency(value: ServerlessUpdateConfig | None) -> Written | None:
    if value is None:
        return None
    return present(MaxConcurrency=value.max_concurrency, ProvisionedConcurrency=value.provisioned_concurrency)
