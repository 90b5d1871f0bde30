"""Scaling activities in AWS's words, and what the Describe operations answer (spec inference 1.9)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import NAMESPACE_URL, uuid5

from engine.autoscaling.combination import Bounds, NotScaledCode
from engine.autoscaling.registry import Registered, ScalableTarget
from engine.requests.autoscaling import TargetId
from engine.requests.fields import present

StatusCode = Literal["Pending", "InProgress", "Successful", "Overridden", "Unfulfilled", "Failed"]
Clock = Callable[[float], datetime]
INSTANCE_COUNT, CONCURRENCY_COUNT = "instance count", "concurrency"
"""What is set: the words of the sheet, and ours of provisioned concurrency."""
ATTEMPT = "Attempting to scale due to alarm triggered"
"""Description of what was not scaled; as users print it, the sheet has none."""


@dataclass(frozen=True, slots=True)
class NotScaled:
    """Why an alarm changed nothing."""

    code: NotScaledCode
    current: int
    bounds: Bounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One change of capacity, or why there was none; times are seconds from the start of the run."""

    target: TargetId
    description: str
    cause: str
    started: float
    ended: float | None = None
    status: StatusCode = "InProgress"
    message: str = ""
    not_scaled: NotScaled | None = None


def setting(count: int, of: str = INSTANCE_COUNT) -> str:
    """Return the Description of a change."""
    return f"Setting desired {of} to {count}."


def by_alarm(alarm: str, policy: str) -> str:
    """Return the Cause of a change that an alarm brought about."""
    return f"monitor alarm {alarm} in state ALARM triggered policy {policy}"


def by_bound(bound: Literal["minimum", "maximum"], capacity: int) -> str:
    """Return the Cause of a change that a bound brought about; AWS's example is of a minimum."""
    return f"{bound} capacity was set to {capacity}"


def waiting(count: int, of: str = INSTANCE_COUNT) -> str:
    """Return the StatusMessage while instances come or go."""
    return f"Successfully set desired {of} to {count}. Waiting for change to be fulfilled by sagemaker."


def fulfilled(count: int, of: str = INSTANCE_COUNT) -> str:
    """Return the StatusMessage once they have."""
    return f"Successfully set desired {of} to {count}. Change successfully fulfilled by sagemaker."


def failed(count: int, reason: str, code: str, of: str = INSTANCE_COUNT) -> str:
    """Return the StatusMessage of a change that SageMaker refused."""
    head = f"Failed to set desired {of} to {count}. Reason: {reason}"
    return f"{head} (Service: AmazonSageMaker; Status Code: 400; Error Code: {code})"


def describe_activity(activity: Activity, place: int, clock: Clock) -> Mapping[str, Any]:
    """Return one entry of DescribeScalingActivities; `place` in the history makes its id."""
    named = "/".join(activity.target)
    reason = activity.not_scaled
    return present(
        ActivityId=str(uuid5(NAMESPACE_URL, f"{named}/{place}")),
        ServiceNamespace=activity.target.service_namespace,
        ResourceId=activity.target.resource_id,
        ScalableDimension=activity.target.scalable_dimension,
        Description=activity.description,
        Cause=activity.cause,
        StartTime=_stamp(clock, activity.started),
        EndTime=None if activity.ended is None else _stamp(clock, activity.ended),
        StatusCode=activity.status,
        StatusMessage=activity.message or None,
        NotScaledReasons=None if reason is None else [_reason(reason)],
    )


def _reason(reason: NotScaled) -> Mapping[str, Any]:
    match reason.code:
        case "AlreadyAtMaxCapacity":
            return {"Code": reason.code, "MaxCapacity": reason.bounds.high}
        case "AlreadyAtMinCapacity":
            return {"Code": reason.code, "MinCapacity": reason.bounds.low}
        case "AlreadyAtDesiredCapacity":
            return {"Code": reason.code, "CurrentCapacity": reason.current}
        case _:
            return {"Code": reason.code}


def describe_scaling_activities(
    activities: Iterable[Activity], clock: Clock, *, include_not_scaled: bool = False
) -> Mapping[str, Any]:
    """Return the answer of DescribeScalingActivities, the newest first."""
    entries = [describe_activity(each, place, clock) for place, each in enumerate(activities)]
    kept = [each for each in entries if include_not_scaled or "NotScaledReasons" not in each]
    return {"ScalingActivities": kept[::-1]}


def describe_scalable_targets(
    registered: Registered, clock: Clock, since: Mapping[TargetId, float]
) -> Mapping[str, Any]:
    """Return the answer of DescribeScalableTargets; `since` says when each was registered first."""
    return {"ScalableTargets": [_target(each, clock, since[each.id]) for each in registered.targets.values()]}


def _target(target: ScalableTarget, clock: Clock, since: float) -> Mapping[str, Any]:
    return {
        "ServiceNamespace": target.id.service_namespace,
        "ResourceId": target.id.resource_id,
        "ScalableDimension": target.id.scalable_dimension,
        "MinCapacity": target.bounds.low,
        "MaxCapacity": target.bounds.high,
        "RoleARN": target.role_arn,
        "CreationTime": _stamp(clock, since),
        "SuspendedState": {
            "DynamicScalingInSuspended": target.in_suspended,
            "DynamicScalingOutSuspended": target.out_suspended,
            "ScheduledScalingSuspended": target.schedule_suspended,
        },
    }


def _stamp(clock: Clock, t: float) -> str:
    return clock(t).isoformat(timespec="seconds")
