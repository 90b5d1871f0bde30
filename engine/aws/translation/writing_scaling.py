"""The requests of Application Auto Scaling written back."""

from __future__ import annotations

from typing import assert_never

from engine.aws.translation.writing_alarms import write_dimensions
from engine.requests.autoscaling import (
    CustomizedMetric,
    DeleteScalingPolicy,
    DeleteScheduledAction,
    DeregisterScalableTarget,
    OfTarget,
    PutScalingPolicy,
    PutScheduledAction,
    RegisterScalableTarget,
    ScalableTargetAction,
    ScalingRequest,
    StepAdjustment,
    StepScaling,
    SuspendedState,
    TargetTracking,
)
from engine.requests.cloudwatch import MetricDataQuery
from engine.requests.fields import Written, present


def write_scaling(value: ScalingRequest) -> tuple[str, Written]:
    """Return the operation and its request."""
    match value:
        case RegisterScalableTarget():
            return "RegisterScalableTarget", _registration(value)
        case DeregisterScalableTarget():
            return "DeregisterScalableTarget", _target(value)
        case PutScalingPolicy():
            return "PutScalingPolicy", _policy(value)
        case DeleteScalingPolicy():
            return "DeleteScalingPolicy", {"PolicyName": value.policy_name, **_target(value)}
        case PutScheduledAction():
            return "PutScheduledAction", _action(value)
        case DeleteScheduledAction():
            return "DeleteScheduledAction", {"ScheduledActionName": value.scheduled_action_name, **_target(value)}
        case _:
            assert_never(value)


def _target(value: OfTarget) -> Written:
    return {
        "ServiceNamespace": value.service_namespace,
        "ResourceId": value.resource_id,
        "ScalableDimension": value.scalable_dimension,
    }


def _registration(value: RegisterScalableTarget) -> Written:
    state = value.suspended_state
    return _target(value) | present(
        MinCapacity=value.min_capacity,
        MaxCapacity=value.max_capacity,
        RoleARN=value.role_arn,
        SuspendedState=None if state is None else _suspended(state),
    )


def _suspended(value: SuspendedState) -> Written:
    return present(
        DynamicScalingInSuspended=value.dynamic_scaling_in_suspended,
        DynamicScalingOutSuspended=value.dynamic_scaling_out_suspended,
        ScheduledScalingSuspended=value.scheduled_scaling_suspended,
    )


def _policy(value: PutScalingPolicy) -> Written:
    steps, tracking = value.step_scaling, value.target_tracking
    return present(
        PolicyName=value.policy_name,
        **_target(value),
        PolicyType=value.policy_type,
        StepScalingPolicyConfiguration=None if steps is None else _step_scaling(steps),
        TargetTrackingScalingPolicyConfiguration=None if tracking is None else _tracking(tracking),
    )


def _step_scaling(value: StepScaling) -> Written:
    return present(
        AdjustmentType=value.adjustment_type,
        StepAdjustments=list(map(_step, value.step_adjustments)),
        MinAdjustmentMagnitude=value.min_adjustment_magnitude,
        Cooldown=value.cooldown,
        MetricAggregationType=value.metric_aggregation_type,
    )


def _step(value: StepAdjustment) -> Written:
    return present(
        MetricIntervalLowerBound=value.metric_interval_lower_bound,
        MetricIntervalUpperBound=value.metric_interval_upper_bound,
        ScalingAdjustment=value.scaling_adjustment,
    )


def _tracking(value: TargetTracking) -> Written:
    predefined = present(PredefinedMetricType=value.predefined_metric_type, ResourceLabel=value.resource_label)
    return present(
        TargetValue=value.target_value,
        PredefinedMetricSpecification=predefined or None,
        CustomizedMetricSpecification=None if value.customized_metric is None else _customized(value.customized_metric),
        ScaleOutCooldown=value.scale_out_cooldown,
        ScaleInCooldown=value.scale_in_cooldown,
        DisableScaleIn=value.disable_scale_in or None,
    )


def _customized(value: CustomizedMetric) -> Written:
    return present(
        MetricName=value.metric_name,
        Namespace=value.namespace,
        Dimensions=write_dimensions(value.dimensions),
        Statistic=value.statistic,
        Unit=value.unit,
        Metrics=list(map(_query, value.metrics)) or None,
    )


def _query(value: MetricDataQuery) -> Written:
    stat = value.metric_stat
    metric = None
    if stat is not None:
        named = present(
            Namespace=stat.namespace, MetricName=stat.metric_name, Dimensions=write_dimensions(stat.dimensions)
        )
        metric = present(Metric=named, Stat=stat.stat, Unit=stat.unit)
    return present(Id=value.id, Expression=value.expression, MetricStat=metric, ReturnData=value.return_data)


def _action(value: PutScheduledAction) -> Written:
    bounds = value.scalable_target_action
    return present(
        **_target(value),
        ScheduledActionName=value.scheduled_action_name,
        Schedule=value.schedule,
        Timezone=value.timezone,
        StartTime=None if value.start_time is None else value.start_time.isoformat(),
        EndTime=None if value.end_time is None else value.end_time.isoformat(),
        ScalableTargetAction=None if bounds is None else _bounds(bounds),
    )


def _bounds(value: ScalableTargetAction) -> Written:
    return present(MinCapacity=value.min_capacity, MaxCapacity=value.max_capacity)
