"""Application Auto Scaling in a run: it is told of alarms, and sets the capacity of variants as anybody would.

What policies ask for and what comes of it is decided in `engine.autoscaling`; capacity is changed by
UpdateEndpointWeightsAndCapacities, so that it takes as long and can be refused as well (spec inference 1, 2).
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Literal

import simpy

from engine.autoscaling.activities import (
    ATTEMPT,
    Activity,
    NotScaled,
    by_alarm,
    by_bound,
    describe_activity,
    describe_scalable_targets,
    failed,
    fulfilled,
    setting,
    waiting,
)
from engine.autoscaling.combination import Ask, NotScaledCode, combined, not_scaled
from engine.autoscaling.cooldowns import Cooldowns
from engine.autoscaling.registry import ScalableTarget, bounds_of
from engine.autoscaling.schedules import parse_schedule, times
from engine.autoscaling.tracking_alarms import alarms_of, variant_of
from engine.cloudwatch.evaluation import Evaluation
from engine.errors import RefusedRequest
from engine.requests.autoscaling import (
    DeregisterScalableTarget,
    PutScalingPolicy,
    PutScheduledAction,
    RegisterScalableTarget,
    ScalingRequest,
    TargetId,
)
from engine.requests.sagemaker import UpdateEndpointWeightsAndCapacities
from engine.sagemaker.cloud import Cloud
from engine.sagemaker.control_plane import ControlPlane
from engine.sagemaker.holdings import Holdings
from engine.sagemaker.life.launching import NO_CAPACITY
from engine.sagemaker.refusals.rules import insist
from engine.sagemaker.scaling.asks import asks_of, policies_told
from engine.sagemaker.scaling.dimensions import capacity_of, change_to, named

Work = Generator[simpy.Event, None, None]
AGAIN_S = 10.0
"""From one look at an endpoint that is busy to the next, while its capacity lies outside its bounds; not published."""


class Scaler:
    """The service with its history, in one run."""

    def __init__(self, holdings: Holdings, cloud: Cloud, until_s: float) -> None:
        """From `until_s` on it begins nothing more; `cloud` is that of any endpoint."""
        self.activities: list[Activity] = []
        self._holdings = holdings
        self._cloud = cloud
        self._until_s = until_s
        self._since: dict[TargetId, float] = {}
        self._cooldowns: dict[TargetId, Cooldowns] = {}
        self._busy: set[TargetId] = set()
        """Targets of which an activity is in progress."""
        self._reasons: dict[TargetId, NotScaledCode] = {}
        """Why a target was not scaled last, until it is: written down once (spec inference 1.9)."""
        self._cloud.alarms.tell = self._told

    def take(self, request: ScalingRequest) -> None:
        """Check the request as the service does, and do what it asks for."""
        insist(request, self._control(request.target))
        before = self._holdings.registered
        self._holdings.registered = after = before.after(request)
        self._log(request.target, type(request).__name__, "Accepted.", status=200)
        gone = [name for name, policy in before.policies.items() if after.policies.get(name) is not policy]
        kept = {alarm.alarm_name for policy in after.policies.values() for alarm in alarms_of(policy)}
        old = [alarm.alarm_name for name in gone for alarm in alarms_of(before.policies[name])]
        self._cloud.alarms.delete(name for name in old if name not in kept)
        match request:
            case RegisterScalableTarget():
                self._since.setdefault(request.target, self._cloud.env.now)
                self._begin(self._fit(request.target))
                self._begin(self._react(request.target))  # what was suspended may be due
            case PutScalingPolicy():
                for alarm in alarms_of(request):
                    self._cloud.alarms.put(alarm)
            case PutScheduledAction():
                name = (request.target, request.scheduled_action_name)
                self._begin(self._keep_time(after.actions[name]))
            case _:
                self._forget(request)

    def forget_endpoint(self, name: str) -> None:
        """Deregister what is registered of an endpoint that is deleted, as the service does itself where the caller may
        (spec sagemaker 7)."""
        for service, resource, dimension in tuple(self._holdings.registered.targets):
            if (variant_of(resource) or ("",))[0] == name:
                self.take(
                    DeregisterScalableTarget(
                        service_namespace=service, resource_id=resource, scalable_dimension=dimension
                    )
                )

    def describe_activities(self) -> tuple[Mapping[str, Any], ...]:
        """Return all activities as DescribeScalingActivities lists them, in the order of time."""
        clock = self._cloud.world.clock
        return tuple(describe_activity(each, place, clock) for place, each in enumerate(self.activities))

    def describe_targets(self) -> Mapping[str, Any]:
        """Return what DescribeScalableTargets answers now."""
        return describe_scalable_targets(self._holdings.registered, self._cloud.world.clock, self._since)

    def _forget(self, request: ScalingRequest) -> None:
        """A target that is registered anew begins without a past."""
        if isinstance(request, DeregisterScalableTarget):
            for kept in (self._since, self._cooldowns, self._reasons):
                kept.pop(request.target, None)

    def _begin(self, work: Work) -> None:
        self._cloud.env.process(work)

    def _log(self, target: TargetId, what: str, say: str, **detail: object) -> None:
        """Write down what happens to a target, with what happens to its endpoint."""
        self._control(target).cloud.recorder.event(self._cloud.env.now, what, say, **detail)

    def _control(self, target: TargetId) -> ControlPlane:
        """Return who takes requests about the endpoint of a target."""
        return self._holdings.control_of((variant_of(target.resource_id) or (None,))[0])

    def _capacity(self, target: TargetId) -> int | None:
        """Return what is scaled of the variant; None where it is not there."""
        found = variant_of(target.resource_id)
        desired = self._control(target).desired
        return capacity_of(desired[found[1]], target) if found is not None and found[1] in desired else None

    def _told(self, evaluation: Evaluation) -> None:
        """React to an alarm that is in ALARM, if it is that of a policy."""
        told = {policy.target for policy in policies_told(self._holdings.registered, evaluation.alarm)}
        for target in sorted(told):
            self._begin(self._react(target, evaluation))

    def _react(self, target: TargetId, told: Evaluation | None = None) -> Work:
        """Ask all policies of the target, some time later, and do what they come to."""
        yield self._cloud.env.timeout(self._cloud.world.timing.autoscaling_s)
        registered, current = self._holdings.registered.targets.get(target), self._capacity(target)
        if registered is None or current is None or target in self._busy or self._is_over():
            return
        policies = tuple(self._holdings.registered.policies_of(target))
        now, cooldowns = self._cloud.env.now, self._cooldowns.get(target, Cooldowns())
        base, how = cooldowns.base(current, now), self._cloud.world.timing.tracking_scale_in
        asks = asks_of(policies, self._cloud.alarms, base, current, how, told)
        agree = [
            each.policy_name for each in policies if each.target_tracking and not each.target_tracking.disable_scale_in
        ]
        ask = combined(asks, current, agree)
        if ask is None or _is_suspended(registered, ask, current):
            return
        reason = not_scaled(ask, current, registered.bounds)
        if self._control(target).busy_with is not None:
            reason = "TargetServicePutResourceAsUnscalable"
        cause = by_alarm(ask.alarm, ask.policy)
        if reason is not None:
            self._not_scaled(target, NotScaled(reason, current, registered.bounds), cause)
            return
        wanted = registered.bounds.clamped(ask.capacity)
        if wanted > current or cooldowns.lets_in(now):
            yield from self._set(target, current, wanted, cause, ask.cooldown_s)

    def _is_over(self) -> bool:
        return self._cloud.env.now >= self._until_s

    def _not_scaled(self, target: TargetId, reason: NotScaled, cause: str) -> None:
        if self._reasons.get(target) == reason.code:
            return
        self._reasons[target] = reason.code
        now = self._cloud.env.now
        self._log(target, "NotScaled", f"{reason.code}: {cause}.", resource=target.resource_id)
        self.activities.append(
            Activity(
                target=target,
                description=ATTEMPT,
                cause=cause,
                started=now,
                ended=now,
                status="Failed",
                not_scaled=reason,
            )
        )

    def _fit(self, target: TargetId) -> Work:
        """Bring the capacity within its bounds: at once, or as soon as the endpoint takes a change."""
        while not self._is_over():
            registered, current = self._holdings.registered.targets.get(target), self._capacity(target)
            if registered is None or current is None or registered.bounds.clamped(current) == current:
                return
            if self._control(target).busy_with is None and target not in self._busy:
                wanted = registered.bounds.clamped(current)
                bound: Literal["minimum", "maximum"] = "minimum" if wanted > current else "maximum"
                yield from self._set(target, current, wanted, by_bound(bound, wanted))
                return
            yield self._cloud.env.timeout(AGAIN_S)

    def _set(self, target: TargetId, before: int, wanted: int, cause: str, cooldown_s: float | None = None) -> Work:
        """Set the capacity, and wait until it is there; without a cooldown nothing has to wait afterwards."""
        endpoint, variant = variant_of(target.resource_id) or ("", "")
        began, place, of = self._cloud.env.now, len(self.activities), named(target)
        self._reasons.pop(target, None)
        self._log(target, "ScalingActivity", f"{setting(wanted, of)} {cause}.", resource=target.resource_id)
        activity = Activity(target=target, description=setting(wanted, of), cause=cause, started=began)
        self.activities.append(replace(activity, message=waiting(wanted, of)))
        change = change_to(variant, wanted, target)
        request = UpdateEndpointWeightsAndCapacities(endpoint_name=endpoint, desired_weights_and_capacities=(change,))
        try:
            done = self._control(target).update_weights(request)
        except RefusedRequest as refusal:
            said = failed(wanted, refusal.message, refusal.code, of)
            self.activities[place] = replace(activity, ended=began, status="Failed", message=said)
            self._log(target, "ScalingFailed", said, resource=target.resource_id)
            return
        self._busy.add(target)
        yield done
        self._busy.discard(target)
        now = self._cloud.env.now
        if self._capacity(target) != wanted:
            said = failed(wanted, NO_CAPACITY, "InsufficientInstanceCapacity", of)
            self.activities[place] = replace(activity, ended=now, status="Failed", message=said)
            self._log(target, "ScalingFailed", said, resource=target.resource_id)
            return
        self.activities[place] = replace(activity, ended=now, status="Successful", message=fulfilled(wanted, of))
        if cooldown_s is not None and target in self._holdings.registered.targets:
            cooldowns = self._cooldowns.get(target, Cooldowns())
            self._cooldowns[target] = cooldowns.after(before, wanted, began=began, now=now, cooldown_s=cooldown_s)

    def _keep_time(self, action: PutScheduledAction) -> Work:
        """Set the action's bounds at its times, until it is replaced, deleted or over."""
        world, name = self._cloud.world, (action.target, action.scheduled_action_name)
        since, until = world.clock(self._cloud.env.now), world.clock(self._until_s)
        schedule = parse_schedule(action.schedule or "")
        assert not isinstance(schedule, str), "refusals insist on a schedule"
        until = until if action.end_time is None else min(until, action.end_time)
        for moment in times(schedule, action.timezone, since=since, start=action.start_time, until=until):
            yield self._cloud.env.timeout(max(0.0, (moment - world.clock(self._cloud.env.now)) / timedelta(seconds=1)))
            if self._holdings.registered.actions.get(name) is not action:
                return
            self._act(action)

    def _act(self, action: PutScheduledAction) -> None:
        """Change the bounds, and the capacity where it lies outside them; cooldowns do not matter."""
        target, given = self._holdings.registered.targets[action.target], bounds_of(action)
        low = target.bounds.low if given.min_capacity is None else given.min_capacity
        high = target.bounds.high if given.max_capacity is None else given.max_capacity
        if target.schedule_suspended or low > high:
            why = "scheduled scaling is suspended" if target.schedule_suspended else "its minimum is above the maximum"
            self._log(action.target, "ScheduledActionSkipped", f"{action.scheduled_action_name}: {why}.")
            return
        self._log(action.target, "ScheduledAction", f"{action.scheduled_action_name}: between {low} and {high}.")
        self._holdings.registered = self._holdings.registered.bounded(action.target, low, high)
        self._begin(self._fit(action.target))


def _is_suspended(target: ScalableTarget, ask: Ask, current: int) -> bool:
    return target.out_suspended if ask.capacity > current else target.in_suspended
