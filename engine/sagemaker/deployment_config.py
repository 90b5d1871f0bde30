"""A DeploymentConfig as a request holds it; reading one is `engine.aws.translation.reading`'s."""

from __future__ import annotations

from engine.requests.fields import Written, present
from engine.requests.sagemaker import (
    BlueGreenUpdatePolicy,
    CapacitySize,
    DeploymentConfig,
    RollingUpdatePolicy,
    TrafficRoutingConfiguration,
)


def write_deployment_config(value: DeploymentConfig) -> Written:
    """Return a DeploymentConfig as UpdateEndpoint takes it and DescribeEndpoint shows it."""
    alarms = [{"AlarmName": name} for name in value.alarms]
    return present(
        BlueGreenUpdatePolicy=value.blue_green_update_policy and _blue_green(value.blue_green_update_policy),
        RollingUpdatePolicy=value.rolling_update_policy and _rolling(value.rolling_update_policy),
        AutoRollbackConfiguration={"Alarms": alarms} if alarms else None,
    )


def _blue_green(value: BlueGreenUpdatePolicy) -> Written:
    return present(
        TrafficRoutingConfiguration=_routing(value.traffic_routing_configuration),
        TerminationWaitInSeconds=value.termination_wait_in_seconds,
        MaximumExecutionTimeoutInSeconds=value.maximum_execution_timeout_in_seconds,
    )


def _routing(value: TrafficRoutingConfiguration) -> Written:
    return present(
        Type=value.type,
        WaitIntervalInSeconds=value.wait_interval_in_seconds,
        CanarySize=_size(value.canary_size),
        LinearStepSize=_size(value.linear_step_size),
    )


def _rolling(value: RollingUpdatePolicy) -> Written:
    return present(
        MaximumBatchSize=_size(value.maximum_batch_size),
        WaitIntervalInSeconds=value.wait_interval_in_seconds,
        MaximumExecutionTimeoutInSeconds=value.maximum_execution_timeout_in_seconds,
        RollbackMaximumBatchSize=_size(value.rollback_maximum_batch_size),
    )


def _size(value: CapacitySize | None) -> Written | None:
    return None if value is None else {"Type": value.type, "Value": value.value}
