"""The knobs of a plan: what a learner may turn to ask "what if?".

To add one: a function here that yields `Knob`s, and its name in `_SOURCES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from engine.plan import Plan, Request
from engine.requests.cloudwatch import MetricAlarm
from engine.requests.sagemaker import (
    BlueGreenUpdatePolicy,
    CapacitySize,
    RollingUpdatePolicy,
    TrafficRoutingConfiguration,
    UpdateEndpoint,
    UpdatePolicy,
)
from engine.world import World

POINTS = 7
"""Points of a curve, the learner's own among them."""
WAITS_S = (0, 60, 120, 180, 300, 600, 900, 1800, 3600)
"""Waits to try, within AWS's 0 to 3600 s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knob:
    """One number of a plan and the values to try."""

    id: str
    title: str
    unit: str
    current: float
    values: tuple[float, ...]
    """Increasing; `current` is one of them."""
    turned: Callable[[float], Plan]
    """The plan with this value in place."""


def knobs(plan: Plan, world: World) -> tuple[Knob, ...]:
    """Return every knob that the plan has, with values that AWS would accept in this world."""
    return tuple(knob for source in _SOURCES for knob in source(plan, world))


def _traffic(plan: Plan, world: World) -> Iterator[Knob]:
    update = plan.update
    settings = update.deployment_config if update else None
    if update is None or settings is None:
        return
    fleet = _fleet(plan, update, world)
    policy = settings.blue_green_update_policy
    if policy is not None:
        yield from _blue_green(plan, update, policy, fleet)
    if settings.rolling_update_policy is not None:
        yield from _rolling(plan, update, settings.rolling_update_policy, fleet)


def _fleet(plan: Plan, update: UpdateEndpoint, world: World) -> int:
    """Return the instances of the new configuration's smallest variant."""
    known = (*plan.configs, *world.configs)
    config = next((c for c in known if c.endpoint_config_name == update.endpoint_config_name), None)
    return min(v.initial_instance_count for v in config.production_variants) if config else 1


def _blue_green(plan: Plan, update: UpdateEndpoint, policy: BlueGreenUpdatePolicy, fleet: int) -> Iterator[Knob]:
    routing = policy.traffic_routing_configuration

    def with_routing(new: TrafficRoutingConfiguration) -> Plan:
        return _with_policy(plan, update, replace(policy, traffic_routing_configuration=new))

    if routing.type == "CANARY" and routing.canary_size is not None:
        size = routing.canary_size
        yield _size("canary-size", "Canary size", size, fleet, lambda s: with_routing(replace(routing, canary_size=s)))
    if routing.type == "LINEAR" and routing.linear_step_size is not None:
        step = routing.linear_step_size
        yield _size(
            "step-size", "Linear step", step, fleet, lambda s: with_routing(replace(routing, linear_step_size=s))
        )
    if routing.type != "ALL_AT_ONCE":
        yield _wait(
            "wait",
            "WaitIntervalInSeconds",
            routing.wait_interval_in_seconds,
            lambda s: with_routing(replace(routing, wait_interval_in_seconds=s)),
        )
    yield _wait(
        "termination-wait",
        "TerminationWaitInSeconds",
        policy.termination_wait_in_seconds,
        lambda s: _with_policy(plan, update, replace(policy, termination_wait_in_seconds=s)),
    )


def _rolling(plan: Plan, update: UpdateEndpoint, policy: RollingUpdatePolicy, fleet: int) -> Iterator[Knob]:
    def turned(new: RollingUpdatePolicy) -> Plan:
        return _with_policy(plan, update, new)

    batch = policy.maximum_batch_size
    yield _size("batch-size", "MaximumBatchSize", batch, fleet, lambda s: turned(replace(policy, maximum_batch_size=s)))
    wait = policy.wait_interval_in_seconds
    yield _wait("wait", "WaitIntervalInSeconds", wait, lambda s: turned(replace(policy, wait_interval_in_seconds=s)))


def _alarms(plan: Plan, world: World) -> Iterator[Knob]:
    for alarm in plan.metric_alarms:
        yield _threshold(plan, alarm)
        yield _periods(plan, alarm)
        if alarm.evaluation_periods > 1:
            yield _datapoints(plan, alarm)


def _threshold(plan: Plan, alarm: MetricAlarm) -> Knob:
    base = alarm.threshold or 1.0
    values = {alarm.threshold, *(base * factor for factor in (0.1, 0.25, 0.5, 2.0, 4.0, 10.0))}
    return Knob(
        id=f"{alarm.alarm_name}.threshold",
        title=f"{alarm.alarm_name}: Threshold",
        unit="",
        current=alarm.threshold,
        values=tuple(sorted(values)),
        turned=lambda value: _swapped(plan, alarm, replace(alarm, threshold=value)),
    )


def _periods(plan: Plan, alarm: MetricAlarm) -> Knob:
    def turned(value: float) -> Plan:
        n = int(value)
        m = None if alarm.datapoints_to_alarm is None else min(alarm.datapoints_to_alarm, n)
        return _swapped(plan, alarm, replace(alarm, evaluation_periods=n, datapoints_to_alarm=m))

    return Knob(
        id=f"{alarm.alarm_name}.n",
        title=f"{alarm.alarm_name}: EvaluationPeriods",
        unit="",
        current=alarm.evaluation_periods,
        values=_near(alarm.evaluation_periods, (1, 2, 3, 4, 5, 6, 8, 10)),
        turned=turned,
    )


def _datapoints(plan: Plan, alarm: MetricAlarm) -> Knob:
    return Knob(
        id=f"{alarm.alarm_name}.m",
        title=f"{alarm.alarm_name}: DatapointsToAlarm",
        unit="",
        current=alarm.m,
        values=_near(alarm.m, tuple(range(1, alarm.evaluation_periods + 1))),
        turned=lambda value: _swapped(plan, alarm, replace(alarm, datapoints_to_alarm=int(value))),
    )


_SOURCES: tuple[Callable[[Plan, World], Iterator[Knob]], ...] = (_traffic, _alarms)


def _size(id: str, title: str, size: CapacitySize, fleet: int, turned: Callable[[CapacitySize], Plan]) -> Knob:
    """A size may be at most half of the fleet (spec sagemaker 1.2, 1.4)."""
    percent = size.type == "CAPACITY_PERCENT"
    tried = (10, 20, 25, 33, 40, 50) if percent else tuple(range(1, fleet // 2 + 1))
    return Knob(
        id=id,
        title=title,
        unit="%" if percent else "instances",
        current=size.value,
        values=_near(size.value, tried),
        turned=lambda value: turned(replace(size, value=int(value))),
    )


def _wait(id: str, title: str, seconds: int, turned: Callable[[int], Plan]) -> Knob:
    values = _near(seconds, WAITS_S)
    return Knob(id=id, title=title, unit="s", current=seconds, values=values, turned=lambda value: turned(int(value)))


def _near(current: float, tried: tuple[float, ...]) -> tuple[float, ...]:
    """Return the values nearest to the current one, itself among them, in order."""
    around = sorted({current, *tried}, key=lambda value: (abs(value - current), value))[:POINTS]
    return tuple(sorted(around))


def _with_policy(plan: Plan, update: UpdateEndpoint, policy: UpdatePolicy) -> Plan:
    settings = update.deployment_config
    assert settings is not None, "a policy comes out of a deployment configuration"
    if isinstance(policy, BlueGreenUpdatePolicy):
        settings = replace(settings, blue_green_update_policy=policy)
    else:
        settings = replace(settings, rolling_update_policy=policy)
    return _swapped(plan, update, replace(update, deployment_config=settings))


def _swapped(plan: Plan, old: Request, new: Request) -> Plan:
    """Return the plan in which one request has been replaced."""
    return Plan(tuple(replace(step, request=new) if step.request is old else step for step in plan.steps))
