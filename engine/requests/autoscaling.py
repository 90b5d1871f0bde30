"""The requests of Application Auto Scaling in a plan as values, with AWS's names (spec inference 1).

What a field may hold is up to the service, whose texts are in `engine.autoscaling.refusals`: values here hold anything
that its client lets pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from engine.requests.cloudwatch import Dimensions, MetricDataQuery

PolicyType = Literal["StepScaling", "TargetTrackingScaling", "PredictiveScaling"]
AdjustmentType = Literal["ChangeInCapacity", "PercentChangeInCapacity", "ExactCapacity"]
Aggregation = Literal["Average", "Minimum", "Maximum"]
SAGEMAKER = "sagemaker"
INSTANCES = "sagemaker:variant:DesiredInstanceCount"
CONCURRENCY = "sagemaker:variant:DesiredProvisionedConcurrency"
SCALED = (INSTANCES, CONCURRENCY)
"""The dimensions that a run scales: a variant's instances, and what a serverless one keeps warm."""


class TargetId(NamedTuple):
    """What tells one scalable target from all others."""

    service_namespace: str
    resource_id: str
    scalable_dimension: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfTarget:
    """What every request names: the scalable target."""

    resource_id: str
    """Such as `endpoint/churn/variant/main` (spec sagemaker 7)."""
    service_namespace: str = SAGEMAKER
    scalable_dimension: str = INSTANCES

    @property
    def target(self) -> TargetId:
        """The target that is meant."""
        return TargetId(self.service_namespace, self.resource_id, self.scalable_dimension)


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendedState:
    """What is suspended; None keeps what holds, which is at first nothing."""

    dynamic_scaling_in_suspended: bool | None = None
    dynamic_scaling_out_suspended: bool | None = None
    scheduled_scaling_suspended: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterScalableTarget(OfTarget):
    """Put a variant's capacity between two bounds; None keeps what an earlier registration said."""

    min_capacity: int | None = None
    max_capacity: int | None = None
    role_arn: str | None = None
    suspended_state: SuspendedState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeregisterScalableTarget(OfTarget):
    """Forget a target with its policies and scheduled actions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepAdjustment:
    """What to do in one interval of breach; bounds are offsets from the alarm's threshold, None is infinity."""

    scaling_adjustment: int
    metric_interval_lower_bound: float | None = None
    metric_interval_upper_bound: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepScaling:
    """StepScalingPolicyConfiguration."""

    adjustment_type: AdjustmentType | None = None
    step_adjustments: tuple[StepAdjustment, ...] = ()
    min_adjustment_magnitude: int | None = None
    cooldown: int | None = None
    """Seconds; None: AWS's default."""
    metric_aggregation_type: Aggregation | None = None
    """None: Average."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomizedMetric:
    """CustomizedMetricSpecification: one metric, or metric math over several."""

    metric_name: str | None = None
    namespace: str | None = None
    dimensions: Dimensions = ()
    statistic: str | None = None
    unit: str | None = None
    metrics: tuple[MetricDataQuery, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetTracking:
    """TargetTrackingScalingPolicyConfiguration."""

    target_value: float
    predefined_metric_type: str | None = None
    resource_label: str | None = None
    """Belongs to load balancers; SageMaker's metrics have none."""
    customized_metric: CustomizedMetric | None = None
    scale_out_cooldown: int | None = None
    """Seconds; None: AWS's default."""
    scale_in_cooldown: int | None = None
    disable_scale_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PutScalingPolicy(OfTarget):
    """Create a policy, or replace the one of the same name."""

    policy_name: str
    policy_type: PolicyType = "StepScaling"
    """AWS's default for a new policy."""
    step_scaling: StepScaling | None = None
    target_tracking: TargetTracking | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteScalingPolicy(OfTarget):
    """Forget a policy; the alarms of a tracking policy go with it, those of a step policy stay."""

    policy_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScalableTargetAction:
    """The bounds that a scheduled action sets; None keeps one."""

    min_capacity: int | None = None
    max_capacity: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PutScheduledAction(OfTarget):
    """Change the bounds at some time, or again and again; an update drops what it does not name."""

    scheduled_action_name: str
    schedule: str | None = None
    """`at(...)`, `rate(...)` or `cron(...)`."""
    timezone: str | None = None
    """None: UTC."""
    start_time: datetime | None = None
    end_time: datetime | None = None
    scalable_target_action: ScalableTargetAction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteScheduledAction(OfTarget):
    """Forget a scheduled action."""

    scheduled_action_name: str


ScalingRequest = (
    RegisterScalableTarget
    | DeregisterScalableTarget
    | PutScalingPolicy
    | DeleteScalingPolicy
    | PutScheduledAction
    | DeleteScheduledAction
)
