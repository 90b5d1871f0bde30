"""Requests that AWS would accept, turned into the engine's values.

Called when a check has nothing left to refuse; what the simulation does not use (tags, actions) is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.aws.calls import Call, take_apart
from engine.aws.translation import reading_experiments as experiments
from engine.aws.translation.reading_alarms import (
    read_alarm_state,
    read_composite_alarm,
    read_metric_alarm,
    read_when,
)
from engine.aws.translation.reading_data import read_metric_data
from engine.aws.translation.reading_jobs import read_transform_job, read_transform_stop
from engine.aws.translation.reading_scaling import (
    read_action,
    read_action_deletion,
    read_deregistration,
    read_policy,
    read_policy_deletion,
    read_registration,
)
from engine.plan import Plan, Request, Step
from engine.requests.cloudwatch import DeleteAlarms, DisableAlarmActions, EnableAlarmActions
from engine.requests.fields import Raw, present
from engine.requests.sagemaker import (
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

__all__ = [
    "read_composite_alarm",
    "read_deployment_config",
    "read_endpoint_config",
    "read_metric_alarm",
    "read_plan",
    "read_step",
    "read_update",
]


def read_plan(requests: Raw) -> Plan:
    """Return the plan, its steps in the order in which they are sent."""
    return Plan(tuple(map(read_step, take_apart(requests)[0])))


def read_step(call: Call) -> Step:
    """Return one request with its time."""
    when = None if call.condition is None else read_when(call.condition)
    return Step(request=READERS[call.operation](call.request), after_s=call.after_s, when=when)


def read_endpoint_config(request: Raw) -> EndpointConfig:
    """Return what CreateEndpointConfig creates."""
    return EndpointConfig(
        endpoint_config_name=request["EndpointConfigName"],
        production_variants=tuple(map(_variant, request["ProductionVariants"])),
        shadow_production_variants=tuple(map(_variant, request.get("ShadowProductionVariants", ()))),
        async_inference_config=_asynchronous(request.get("AsyncInferenceConfig")),
    )


def _asynchronous(raw: Raw | None) -> AsyncInferenceConfig | None:
    if raw is None:
        return None
    output = raw["OutputConfig"]
    notices = output.get("NotificationConfig", {})
    return AsyncInferenceConfig(
        max_concurrent_invocations_per_instance=raw.get("ClientConfig", {}).get("MaxConcurrentInvocationsPerInstance"),
        output_config=AsyncOutputConfig(
            s3_output_path=output.get("S3OutputPath"),
            s3_failure_path=output.get("S3FailurePath"),
            kms_key_id=output.get("KmsKeyId"),
            success_topic=notices.get("SuccessTopic"),
            error_topic=notices.get("ErrorTopic"),
            include_inference_response_in=tuple(notices.get("IncludeInferenceResponseIn", ())),
        ),
    )


def _variant(raw: Raw) -> ProductionVariant:
    optional = present(
        instance_type=raw.get("InstanceType"),
        initial_instance_count=raw.get("InitialInstanceCount"),
        initial_variant_weight=raw.get("InitialVariantWeight"),
        routing_strategy=raw.get("RoutingConfig", {}).get("RoutingStrategy"),
        serverless_config=_serverless(raw.get("ServerlessConfig")),
    )
    return ProductionVariant(variant_name=raw["VariantName"], model_name=raw["ModelName"], **optional)


def _serverless(raw: Raw | None) -> ServerlessConfig | None:
    if raw is None:
        return None
    return ServerlessConfig(
        memory_size_in_mb=raw["MemorySizeInMB"],
        max_concurrency=raw["MaxConcurrency"],
        provisioned_concurrency=raw.get("ProvisionedConcurrency"),
    )


def read_deployment_config(request: Raw) -> DeploymentConfig:
    """Return how an update is to be carried out."""
    blue_green, rolling = request.get("BlueGreenUpdatePolicy"), request.get("RollingUpdatePolicy")
    alarms = request.get("AutoRollbackConfiguration", {}).get("Alarms", ())
    return DeploymentConfig(
        blue_green_update_policy=_blue_green(blue_green) if blue_green else None,
        rolling_update_policy=_rolling(rolling) if rolling else None,
        alarms=tuple(alarm["AlarmName"] for alarm in alarms),
    )


def _blue_green(raw: Raw) -> BlueGreenUpdatePolicy:
    routing = raw["TrafficRoutingConfiguration"]
    return BlueGreenUpdatePolicy(
        traffic_routing_configuration=TrafficRoutingConfiguration(
            type=routing["Type"],
            wait_interval_in_seconds=routing["WaitIntervalInSeconds"],
            canary_size=_size(routing.get("CanarySize")),
            linear_step_size=_size(routing.get("LinearStepSize")),
        ),
        termination_wait_in_seconds=raw.get("TerminationWaitInSeconds", 0),
        maximum_execution_timeout_in_seconds=raw.get("MaximumExecutionTimeoutInSeconds"),
    )


def _rolling(raw: Raw) -> RollingUpdatePolicy:
    return RollingUpdatePolicy(
        maximum_batch_size=CapacitySize(type=raw["MaximumBatchSize"]["Type"], value=raw["MaximumBatchSize"]["Value"]),
        wait_interval_in_seconds=raw["WaitIntervalInSeconds"],
        maximum_execution_timeout_in_seconds=raw.get("MaximumExecutionTimeoutInSeconds"),
        rollback_maximum_batch_size=_size(raw.get("RollbackMaximumBatchSize")),
    )


def _size(raw: Raw | None) -> CapacitySize | None:
    return None if raw is None else CapacitySize(type=raw["Type"], value=raw["Value"])


def read_update(request: Raw) -> UpdateEndpoint:
    """Return the UpdateEndpoint request."""
    deployment = request.get("DeploymentConfig")
    excluded = request.get("ExcludeRetainedVariantProperties", ())
    return UpdateEndpoint(
        endpoint_name=request["EndpointName"],
        endpoint_config_name=request["EndpointConfigName"],
        deployment_config=None if deployment is None else read_deployment_config(deployment),
        retain_all_variant_properties=request.get("RetainAllVariantProperties", False),
        exclude_retained_variant_properties=tuple(each["VariantPropertyType"] for each in excluded),
        retain_deployment_config=request.get("RetainDeploymentConfig", False),
    )


def _creation(request: Raw) -> CreateEndpoint:
    deployment = request.get("DeploymentConfig")
    return CreateEndpoint(
        endpoint_name=request["EndpointName"],
        endpoint_config_name=request["EndpointConfigName"],
        deployment_config=None if deployment is None else read_deployment_config(deployment),
    )


def _endpoint_deletion(request: Raw) -> DeleteEndpoint:
    return DeleteEndpoint(endpoint_name=request["EndpointName"])


def _weights(request: Raw) -> UpdateEndpointWeightsAndCapacities:
    return UpdateEndpointWeightsAndCapacities(
        endpoint_name=request["EndpointName"],
        desired_weights_and_capacities=tuple(
            DesiredWeightAndCapacity(
                variant_name=each["VariantName"],
                desired_weight=each.get("DesiredWeight"),
                desired_instance_count=each.get("DesiredInstanceCount"),
                serverless_update_config=_concurrency(each.get("ServerlessUpdateConfig")),
            )
            for each in request["DesiredWeightsAndCapacities"]
        ),
    )


def _concurrency(raw: Raw | None) -> ServerlessUpdateConfig | None:
    if raw is None:
        return None
    return ServerlessUpdateConfig(
        max_concurrency=raw.get("MaxConcurrency"), provisioned_concurrency=raw.get("ProvisionedConcurrency")
    )


def _deletion(request: Raw) -> DeleteEndpointConfig:
    return DeleteEndpointConfig(endpoint_config_name=request["EndpointConfigName"])


READERS: Mapping[str, Callable[[Raw], Request]] = {
    "CreateEndpointConfig": read_endpoint_config,
    "PutMetricAlarm": read_metric_alarm,
    "PutCompositeAlarm": read_composite_alarm,
    "UpdateEndpointWeightsAndCapacities": _weights,
    "UpdateEndpoint": read_update,
    "CreateEndpoint": _creation,
    "DeleteEndpoint": _endpoint_deletion,
    "SetAlarmState": read_alarm_state,
    "EnableAlarmActions": lambda request: EnableAlarmActions(alarm_names=tuple(request["AlarmNames"])),
    "DisableAlarmActions": lambda request: DisableAlarmActions(alarm_names=tuple(request["AlarmNames"])),
    "DeleteAlarms": lambda request: DeleteAlarms(alarm_names=tuple(request["AlarmNames"])),
    "PutMetricData": read_metric_data,
    "DeleteEndpointConfig": _deletion,
    "RegisterScalableTarget": read_registration,
    "DeregisterScalableTarget": read_deregistration,
    "PutScalingPolicy": read_policy,
    "DeleteScalingPolicy": read_policy_deletion,
    "PutScheduledAction": read_action,
    "DeleteScheduledAction": read_action_deletion,
    "CreateInferenceExperiment": experiments.read_creation,
    "UpdateInferenceExperiment": experiments.read_change,
    "StartInferenceExperiment": experiments.read_start,
    "StopInferenceExperiment": experiments.read_stop,
    "DeleteInferenceExperiment": experiments.read_removal,
    "CreateTransformJob": read_transform_job,
    "StopTransformJob": read_transform_stop,
}
"""How a request of each operation is read."""
