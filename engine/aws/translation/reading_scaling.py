"""The requests of Application Auto Scaling as values."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from engine.aws.translation.reading_alarms import read_dimensions
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
from engine.requests.cloudwatch import MetricDataQuery, MetricStat
from engine.requests.fields import Raw, present

MINUTE_S = 60
"""Of the metrics that a policy computes with: a period is no field of theirs."""


def _target(request: Raw) -> dict[str, Any]:
    return {
        "service_namespace": request["ServiceNamespace"],
        "resource_id": request["ResourceId"],
        "scalable_dimension": request["ScalableDimension"],
    }


def read_registration(request: Raw) -> RegisterScalableTarget:
    """Return what RegisterScalableTarget registers."""
    state = request.get("SuspendedState")
    return RegisterScalableTarget(
        **_target(request),
        min_capacity=request.get("MinCapacity"),
        max_capacity=request.get("MaxCapacity"),
        role_arn=request.get("RoleARN"),
        suspended_state=None if state is None else _suspended(state),
    )


def _suspended(raw: Raw) -> SuspendedState:
    return SuspendedState(
        dynamic_scaling_in_suspended=raw.get("DynamicScalingInSuspended"),
        dynamic_scaling_out_suspended=raw.get("DynamicScalingOutSuspended"),
        scheduled_scaling_suspended=raw.get("ScheduledScalingSuspended"),
    )


def read_deregistration(request: Raw) -> DeregisterScalableTarget:
    """Return what DeregisterScalableTarget forgets."""
    return DeregisterScalableTarget(**_target(request))


def read_policy(request: Raw) -> PutScalingPolicy:
    """Return the policy that PutScalingPolicy puts."""
    steps, tracking = (request.get(f"{kind}PolicyConfiguration") for kind in ("StepScaling", "TargetTrackingScaling"))
    return PutScalingPolicy(
        **_target(request),
        policy_name=request["PolicyName"],
        **present(policy_type=request.get("PolicyType")),
        step_scaling=None if steps is None else _step_scaling(steps),
        target_tracking=None if tracking is None else _tracking(tracking),
    )


def _step_scaling(raw: Raw) -> StepScaling:
    return StepScaling(
        adjustment_type=raw.get("AdjustmentType"),
        step_adjustments=tuple(map(_step, raw.get("StepAdjustments", ()))),
        min_adjustment_magnitude=raw.get("MinAdjustmentMagnitude"),
        cooldown=raw.get("Cooldown"),
        metric_aggregation_type=raw.get("MetricAggregationType"),
    )


def _step(raw: Raw) -> StepAdjustment:
    return StepAdjustment(
        scaling_adjustment=raw["ScalingAdjustment"],
        metric_interval_lower_bound=raw.get("MetricIntervalLowerBound"),
        metric_interval_upper_bound=raw.get("MetricIntervalUpperBound"),
    )


def _tracking(raw: Raw) -> TargetTracking:
    predefined, customized = raw.get("PredefinedMetricSpecification"), raw.get("CustomizedMetricSpecification")
    return TargetTracking(
        target_value=raw["TargetValue"],
        predefined_metric_type=None if predefined is None else predefined["PredefinedMetricType"],
        resource_label=None if predefined is None else predefined.get("ResourceLabel"),
        customized_metric=None if customized is None else _customized(customized),
        scale_out_cooldown=raw.get("ScaleOutCooldown"),
        scale_in_cooldown=raw.get("ScaleInCooldown"),
        disable_scale_in=raw.get("DisableScaleIn", False),
    )


def _customized(raw: Raw) -> CustomizedMetric:
    return CustomizedMetric(
        metric_name=raw.get("MetricName"),
        namespace=raw.get("Namespace"),
        dimensions=read_dimensions(raw),
        statistic=raw.get("Statistic"),
        unit=raw.get("Unit"),
        metrics=tuple(map(_query, raw.get("Metrics", ()))),
    )


def _query(raw: Raw) -> MetricDataQuery:
    stat = raw.get("MetricStat")
    return MetricDataQuery(
        id=raw["Id"],
        expression=raw.get("Expression"),
        metric_stat=None if stat is None else _metric_stat(stat),
        return_data=raw.get("ReturnData", True),
    )


def _metric_stat(raw: Raw) -> MetricStat:
    metric = raw["Metric"]
    return MetricStat(
        namespace=metric.get("Namespace", ""),
        metric_name=metric.get("MetricName", ""),
        dimensions=read_dimensions(metric),
        period=MINUTE_S,
        stat=raw["Stat"],
        unit=raw.get("Unit"),
    )


def read_policy_deletion(request: Raw) -> DeleteScalingPolicy:
    """Return which policy DeleteScalingPolicy forgets."""
    return DeleteScalingPolicy(**_target(request), policy_name=request["PolicyName"])


def read_action(request: Raw) -> PutScheduledAction:
    """Return the action that PutScheduledAction puts."""
    bounds, start, end = (request.get(name) for name in ("ScalableTargetAction", "StartTime", "EndTime"))
    return PutScheduledAction(
        **_target(request),
        scheduled_action_name=request["ScheduledActionName"],
        schedule=request.get("Schedule"),
        timezone=request.get("Timezone"),
        start_time=None if start is None else _moment(start),
        end_time=None if end is None else _moment(end),
        scalable_target_action=None if bounds is None else _bounds(bounds),
    )


def _bounds(raw: Raw) -> ScalableTargetAction:
    return ScalableTargetAction(min_capacity=raw.get("MinCapacity"), max_capacity=raw.get("MaxCapacity"))


def _moment(raw: str | float) -> datetime:
    """Return a time as the client reads it, one without an offset as UTC: the client's own zone is not known."""
    from botocore.utils import parse_timestamp

    moment: datetime = parse_timestamp(raw)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def read_action_deletion(request: Raw) -> DeleteScheduledAction:
    """Return which action DeleteScheduledAction forgets."""
    return DeleteScheduledAction(**_target(request), scheduled_action_name=request["ScheduledActionName"])
