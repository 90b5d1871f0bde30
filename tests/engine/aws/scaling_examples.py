"""Requests of Application Auto Scaling that AWS accepts, to be spoiled one field at a time (spec inference 1)."""

from __future__ import annotations

from typing import Any

TARGET: dict[str, Any] = {
    "ServiceNamespace": "sagemaker",
    "ResourceId": "endpoint/churn/variant/main",
    "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
}
REGISTER: dict[str, Any] = {**TARGET, "MinCapacity": 1, "MaxCapacity": 8}
TRACKING: dict[str, Any] = {
    "TargetValue": 300.0,
    "PredefinedMetricSpecification": {"PredefinedMetricType": "SageMakerVariantInvocationsPerInstance"},
    "ScaleInCooldown": 300,
    "ScaleOutCooldown": 60,
}
STEPS: dict[str, Any] = {
    "AdjustmentType": "PercentChangeInCapacity",
    "StepAdjustments": [
        {"MetricIntervalLowerBound": 0, "MetricIntervalUpperBound": 100, "ScalingAdjustment": 25},
        {"MetricIntervalLowerBound": 100, "ScalingAdjustment": 50},
    ],
    "MinAdjustmentMagnitude": 1,
    "Cooldown": 120,
    "MetricAggregationType": "Maximum",
}
TRACK: dict[str, Any] = {
    "PolicyName": "track",
    **TARGET,
    "PolicyType": "TargetTrackingScaling",
    "TargetTrackingScalingPolicyConfiguration": TRACKING,
}
STEP: dict[str, Any] = {
    "PolicyName": "steps",
    **TARGET,
    "PolicyType": "StepScaling",
    "StepScalingPolicyConfiguration": STEPS,
}
ACTION: dict[str, Any] = {
    **TARGET,
    "ScheduledActionName": "morning",
    "Schedule": "cron(0 8 ? * MON-FRI *)",
    "Timezone": "Europe/Berlin",
    "ScalableTargetAction": {"MinCapacity": 4},
}


def scaling(*policies: dict[str, Any], **register: Any) -> dict[str, Any]:
    """Return a plan that registers the variant and puts these policies."""
    return {"RegisterScalableTarget": {**REGISTER, **register}, "PutScalingPolicy": list(policies) or [TRACK]}
