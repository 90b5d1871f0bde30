"""The numbers of Application Auto Scaling: bounds, targets, cooldowns and step adjustments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from engine.autoscaling.cooldowns import DEFAULT_S
from engine.plan import Plan
from engine.requests.autoscaling import (
    PutScalingPolicy,
    PutScheduledAction,
    RegisterScalableTarget,
    ScalableTargetAction,
    ScalingRequest,
    StepScaling,
    TargetTracking,
)
from engine.sagemaker.holdings import endpoint_named
from engine.world import World
from labs.whatif.knob import POINTS, Knob, around, knob, multiples, swapped

COOLDOWNS_S = (0, 60, 120, 300, 600, 900, 1800, 3600)
"""Cooldowns to try; AWS names no longest one (spec inference 1.6)."""
PERCENTAGES = (5, 10, 20, 25, 30, 50, 75, 100, 150, 200)
"""Changes of a capacity to try."""
Turned = Callable[[float], Plan]


def scaling_knobs(plan: Plan, world: World) -> Iterator[Knob]:
    """Yield the numbers of what is registered, of each policy and of each scheduled action."""
    for step in plan.steps:
        match step.request:
            case RegisterScalableTarget() as request:
                variant = request.resource_id.rpartition("/")[2]
                yield from _bounds(_Turning(world, plan, request, variant), request, lambda new: new)
            case PutScheduledAction(scalable_target_action=ScalableTargetAction() as bounds) as action:
                turning = _Turning(world, plan, action, action.scheduled_action_name)
                yield from _bounds(turning, bounds, partial(_rescheduled, action))
            case PutScalingPolicy() as policy:
                turning = _Turning(world, plan, policy, policy.policy_name)
                if policy.target_tracking is not None:
                    yield from _tracking(turning, policy, policy.target_tracking)
                if policy.step_scaling is not None:
                    yield from _steps(turning, policy, policy.step_scaling)
            case _:
                pass


@dataclass(frozen=True, slots=True)
class _Turning:
    """A request whose numbers are turned."""

    world: World
    plan: Plan
    request: ScalingRequest
    called: str

    @property
    def name(self) -> str:
        """How it is called, and of which endpoint, if that is another one."""
        endpoint = endpoint_named(self.request)
        return self.called if endpoint in (None, self.world.endpoint.endpoint_name) else f"{endpoint}/{self.called}"

    def knob(self, id: str, field: str, current: float, tried: Iterable[float], new: Callable[[Any], Any]) -> Knob:
        """Return the knob of one field, given the request with another value in it."""
        seconds = field.endswith("Cooldown")
        return knob(
            self.world,
            id=f"{self.name}.{id}",
            title=f"{self.name}: {field}",
            unit="s" if seconds else "",
            current=current,
            tried=tried,
            turned=lambda value: swapped(self.plan, self.request, new(value)),
            path=(field.partition(" ")[0],),
            of="load",
        )


def _bounds(turning: _Turning, bounds: Any, inside: Callable[[Any], ScalingRequest]) -> Iterator[Knob]:  # noqa: ANN401
    """Yield the bounds of a target or of a scheduled action, which are called alike."""

    def turned(field: str, value: float) -> ScalingRequest:
        changed: Any = {field: int(value)}
        return inside(replace(bounds, **changed))

    low, high = bounds.min_capacity, bounds.max_capacity
    if low is not None:
        yield turning.knob("min", "MinCapacity", low, around(low, least=0), partial(turned, "min_capacity"))
    if high is not None:
        yield turning.knob("max", "MaxCapacity", high, around(high), partial(turned, "max_capacity"))


def _rescheduled(action: PutScheduledAction, bounds: ScalableTargetAction) -> PutScheduledAction:
    return replace(action, scalable_target_action=bounds)


def _tracking(turning: _Turning, policy: PutScalingPolicy, tracking: TargetTracking) -> Iterator[Knob]:
    def turned(field: str, value: float) -> PutScalingPolicy:
        changed: Any = {field: value if field == "target_value" else int(value)}
        return replace(policy, target_tracking=replace(tracking, **changed))

    current = tracking.target_value
    yield turning.knob("target", "TargetValue", current, multiples(current), partial(turned, "target_value"))
    for id, field, name in (
        ("out", "scale_out_cooldown", "ScaleOutCooldown"),
        ("in", "scale_in_cooldown", "ScaleInCooldown"),
    ):
        yield turning.knob(id, name, _cooldown(getattr(tracking, field)), COOLDOWNS_S, partial(turned, field))


def _steps(turning: _Turning, policy: PutScalingPolicy, steps: StepScaling) -> Iterator[Knob]:
    def cooled(value: float) -> PutScalingPolicy:
        return replace(policy, step_scaling=replace(steps, cooldown=int(value)))

    def adjusted(place: int, value: float) -> PutScalingPolicy:
        each = steps.step_adjustments
        new = replace(each[place], scaling_adjustment=int(value))
        return replace(policy, step_scaling=replace(steps, step_adjustments=(*each[:place], new, *each[place + 1 :])))

    for place, step in enumerate(steps.step_adjustments):
        field = f"ScalingAdjustment {place + 1}" if len(steps.step_adjustments) > 1 else "ScalingAdjustment"
        tried = _adjustments(steps, step.scaling_adjustment)
        yield turning.knob(f"step-{place + 1}", field, step.scaling_adjustment, tried, partial(adjusted, place))
    yield turning.knob("cooldown", "Cooldown", _cooldown(steps.cooldown), COOLDOWNS_S, cooled)


def _adjustments(steps: StepScaling, current: int) -> Iterable[int]:
    """Return changes in the same direction: as many instances, or as many per cent of what there is."""
    sign = -1 if current < 0 else 1
    if steps.adjustment_type == "PercentChangeInCapacity":
        return [sign * each for each in PERCENTAGES]
    return [sign * each for each in range(max(0, abs(current) - POINTS), abs(current) + POINTS + 1)]


def _cooldown(given: int | None) -> int:
    return int(DEFAULT_S) if given is None else given
