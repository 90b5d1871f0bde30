"""What is registered for scaling: a value that each request turns into the next, in runs and in checks alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, TypeVar
from uuid import NAMESPACE_URL, uuid5

from engine.autoscaling.combination import Bounds
from engine.requests.arns import ACCOUNT, REGION
from engine.requests.autoscaling import (
    DeleteScalingPolicy,
    DeleteScheduledAction,
    DeregisterScalableTarget,
    PutScalingPolicy,
    PutScheduledAction,
    RegisterScalableTarget,
    ScalableTargetAction,
    ScalingRequest,
    SuspendedState,
    TargetId,
)

Name = tuple[TargetId, str]
"""A target and a name of its own."""
Held = TypeVar("Held")
NOTHING: Mapping[Any, Any] = MappingProxyType({})
ROLE = (
    f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/sagemaker.application-autoscaling.amazonaws.com/"
    "AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint"
)
"""The service-linked role (spec sagemaker 7)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScalableTarget:
    """A registered variant."""

    id: TargetId
    bounds: Bounds
    role_arn: str = ROLE
    in_suspended: bool = False
    out_suspended: bool = False
    schedule_suspended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """All targets of an account with their policies and scheduled actions; names are unique per target."""

    targets: Mapping[TargetId, ScalableTarget] = field(default_factory=lambda: NOTHING)
    policies: Mapping[Name, PutScalingPolicy] = field(default_factory=lambda: NOTHING)
    actions: Mapping[Name, PutScheduledAction] = field(default_factory=lambda: NOTHING)

    def after(self, request: ScalingRequest) -> Registered:
        """Return what is registered after one more request that the service takes."""
        match request:
            case RegisterScalableTarget():
                return replace(self, targets={**self.targets, request.target: self._registered(request)})
            case DeregisterScalableTarget():
                return Registered(
                    targets={name: each for name, each in self.targets.items() if name != request.target},
                    policies=_without_target(self.policies, request.target),
                    actions=_without_target(self.actions, request.target),
                )
            case PutScalingPolicy():
                return replace(self, policies={**self.policies, (request.target, request.policy_name): request})
            case DeleteScalingPolicy():
                return replace(self, policies=_without(self.policies, (request.target, request.policy_name)))
            case PutScheduledAction():
                name = (request.target, request.scheduled_action_name)
                return replace(self, actions={**self.actions, name: self._kept(name, request)})
            case DeleteScheduledAction():
                name = (request.target, request.scheduled_action_name)
                return replace(self, actions=_without(self.actions, name))

    def bounded(self, target: TargetId, low: int | None, high: int | None) -> Registered:
        """Return the same with other bounds of a target; None keeps one."""
        return self.after(
            RegisterScalableTarget(
                service_namespace=target.service_namespace,
                resource_id=target.resource_id,
                scalable_dimension=target.scalable_dimension,
                min_capacity=low,
                max_capacity=high,
            )
        )

    def policies_of(self, target: TargetId) -> Iterator[PutScalingPolicy]:
        """Yield the policies of a target."""
        return (policy for (of, _), policy in self.policies.items() if of == target)

    def _registered(self, request: RegisterScalableTarget) -> ScalableTarget:
        """Return the target; what the request leaves out is as it was."""
        before = self.targets.get(request.target, ScalableTarget(id=request.target, bounds=Bounds(0, 0)))
        state = request.suspended_state or SuspendedState()
        return ScalableTarget(
            id=request.target,
            bounds=Bounds(
                _or(request.min_capacity, before.bounds.low),
                _or(request.max_capacity, before.bounds.high),
            ),
            role_arn=before.role_arn if request.role_arn is None else request.role_arn,
            in_suspended=_or(state.dynamic_scaling_in_suspended, before.in_suspended),
            out_suspended=_or(state.dynamic_scaling_out_suspended, before.out_suspended),
            schedule_suspended=_or(state.scheduled_scaling_suspended, before.schedule_suspended),
        )

    def _kept(self, name: Name, request: PutScheduledAction) -> PutScheduledAction:
        """Return the action; an update keeps the schedule and the bounds that it leaves out, and drops its times."""
        before = self.actions.get(name)
        if before is None:
            return request
        return replace(
            request,
            schedule=request.schedule or before.schedule,
            scalable_target_action=request.scalable_target_action or before.scalable_target_action,
        )


def bounds_of(action: PutScheduledAction) -> ScalableTargetAction:
    """Return the bounds that an action sets."""
    return action.scalable_target_action or ScalableTargetAction()


def _or(given: Held | None, before: Held) -> Held:
    return before if given is None else given


def _without(held: Mapping[Name, Held], name: Name) -> Mapping[Name, Held]:
    return {each: value for each, value in held.items() if each != name}


def _without_target(held: Mapping[Name, Held], target: TargetId) -> Mapping[Name, Held]:
    return {each: value for each, value in held.items() if each[0] != target}


def policy_arn_tail(policy: PutScalingPolicy) -> str:
    """Return the end of the policy's ARN, behind the UUID that AWS draws."""
    return f":resource/{policy.service_namespace}/{policy.resource_id}:policyName/{policy.policy_name}"


POLICY_ARN = f"arn:aws:autoscaling:{REGION}:{ACCOUNT}:scalingPolicy:"
"""How the ARN of a policy begins; a UUID and what it belongs to follow."""


def policy_arn(policy: PutScalingPolicy) -> str:
    """Return the ARN of a policy; the UUID follows from what it names."""
    tail = policy_arn_tail(policy)
    return f"{POLICY_ARN}{uuid5(NAMESPACE_URL, tail)}{tail}"
