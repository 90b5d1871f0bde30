"""Policies of the variant `main` of endpoint `churn`, for tests."""

from __future__ import annotations

from engine.requests.autoscaling import (
    PutScalingPolicy,
    RegisterScalableTarget,
    ScalableTargetAction,
    StepAdjustment,
    StepScaling,
    TargetTracking,
)
from engine.requests.autoscaling import PutScheduledAction as Action

MAIN = "endpoint/churn/variant/main"
INVOCATIONS = "SageMakerVariantInvocationsPerInstance"
CONCURRENCY = "SageMakerVariantConcurrentRequestsPerModelHighResolution"


def register(low=None, high=None, **more):
    """Return the registration of the variant."""
    return RegisterScalableTarget(resource_id=MAIN, min_capacity=low, max_capacity=high, **more)


def step(adjustment, low=None, high=None):
    """Return one step of a policy."""
    return StepAdjustment(
        scaling_adjustment=adjustment, metric_interval_lower_bound=low, metric_interval_upper_bound=high
    )


def stepping(*steps, kind="ChangeInCapacity", name="steps", **more):
    """Return a step policy."""
    scaling = StepScaling(adjustment_type=kind, step_adjustments=steps, **more)
    return PutScalingPolicy(resource_id=MAIN, policy_name=name, policy_type="StepScaling", step_scaling=scaling)


def tracking(target, metric=INVOCATIONS, name="track", **more):
    """Return a target-tracking policy."""
    given = TargetTracking(target_value=target, predefined_metric_type=metric, **more)
    return PutScalingPolicy(
        resource_id=MAIN, policy_name=name, policy_type="TargetTrackingScaling", target_tracking=given
    )


def scheduled(schedule, low=None, high=None, name="night", **more):
    """Return a scheduled action."""
    bounds = ScalableTargetAction(min_capacity=low, max_capacity=high)
    return Action(
        resource_id=MAIN, scheduled_action_name=name, schedule=schedule, scalable_target_action=bounds, **more
    )
