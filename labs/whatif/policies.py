"""The numbers of an update policy: sizes and waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import assert_never

from engine.plan import Plan
from engine.requests.sagemaker import (
    BlueGreenUpdatePolicy,
    CapacitySize,
    RollingUpdatePolicy,
    TrafficRoutingConfiguration,
    UpdatePolicy,
)
from engine.sagemaker.capacity import instances_of, new_fleets
from engine.sagemaker.desired import desired_after, desired_at_start
from engine.sagemaker.holdings import endpoint_named
from engine.sagemaker.updates.terms import (
    CANARY_SIZE,
    DEFAULT_POLICY,
    LINEAR_STEP_SIZE,
    MAXIMUM_BATCH_SIZE,
    Size,
    policy_of,
)
from engine.world import World
from labs.whatif.knob import Knob, around, knob, swapped

WAITS_S = (0, 60, 120, 180, 300, 600, 900, 1800, 3600)
"""Waits to try, within AWS's 0 to 3600 s."""
PERCENTAGES = (5, 10, 20, 25, 33, 40, 50)
"""Shares of a fleet to try."""


def policy_knobs(plan: Plan, world: World) -> Iterator[Knob]:
    """Yield the numbers of the policy that the plan's update of the world's endpoint brings along, unless the last one
    takes its place."""
    update = plan.update_of(world.endpoint.endpoint_name)
    if update is None or (update.retain_deployment_config and world.endpoint.last_deployment_config is not None):
        return
    policy = policy_of(update.deployment_config)
    if policy is DEFAULT_POLICY:
        return
    match policy:
        case BlueGreenUpdatePolicy():
            yield from _blue_green(plan, world, policy)
        case RollingUpdatePolicy():
            yield from _rolling(plan, world, policy)
        case _:
            assert_never(policy)


def _blue_green(plan: Plan, world: World, policy: BlueGreenUpdatePolicy) -> Iterator[Knob]:
    routing = policy.traffic_routing_configuration

    def routed(new: TrafficRoutingConfiguration) -> Plan:
        return _with_policy(plan, world, replace(policy, traffic_routing_configuration=new))

    if routing.type == "CANARY" and routing.canary_size is not None:
        yield _size(
            plan,
            world,
            id="canary-size",
            title="Canary size",
            size=routing.canary_size,
            terms=CANARY_SIZE,
            turned=lambda size: routed(replace(routing, canary_size=size)),
        )
    if routing.type == "LINEAR" and routing.linear_step_size is not None:
        yield _size(
            plan,
            world,
            id="step-size",
            title="Linear step",
            size=routing.linear_step_size,
            terms=LINEAR_STEP_SIZE,
            turned=lambda size: routed(replace(routing, linear_step_size=size)),
        )
    if routing.type != "ALL_AT_ONCE":
        yield _wait(
            world,
            id="wait",
            title="WaitIntervalInSeconds",
            seconds=routing.wait_interval_in_seconds,
            turned=lambda seconds: routed(replace(routing, wait_interval_in_seconds=seconds)),
        )
    yield _wait(
        world,
        id="termination-wait",
        title="TerminationWaitInSeconds",
        seconds=policy.termination_wait_in_seconds,
        turned=lambda seconds: _with_policy(plan, world, replace(policy, termination_wait_in_seconds=seconds)),
    )


def _rolling(plan: Plan, world: World, policy: RollingUpdatePolicy) -> Iterator[Knob]:
    yield _size(
        plan,
        world,
        id="batch-size",
        title="MaximumBatchSize",
        size=policy.maximum_batch_size,
        terms=MAXIMUM_BATCH_SIZE,
        turned=lambda size: _with_policy(plan, world, replace(policy, maximum_batch_size=size)),
    )
    yield _wait(
        world,
        id="wait",
        title="WaitIntervalInSeconds",
        seconds=policy.wait_interval_in_seconds,
        turned=lambda seconds: _with_policy(plan, world, replace(policy, wait_interval_in_seconds=seconds)),
    )


def _wait(world: World, *, id: str, title: str, seconds: int, turned: Callable[[int], Plan]) -> Knob:
    return knob(
        world,
        id=id,
        title=title,
        unit="s",
        current=seconds,
        tried=WAITS_S,
        turned=lambda value: turned(int(value)),
        path=(title,),
    )


def _size(
    plan: Plan,
    world: World,
    *,
    id: str,
    title: str,
    size: CapacitySize,
    terms: Size,
    turned: Callable[[CapacitySize], Plan],
) -> Knob:
    """Return the knob of a size: percentages that come to the same instances are one value."""
    percent, fleets = size.type == "CAPACITY_PERCENT", _fleets(plan, world)

    def sized(value: float) -> CapacitySize:
        return replace(size, value=int(value))

    return knob(
        world,
        id=id,
        title=title,
        unit="%" if percent else "instances",
        current=size.value,
        tried=PERCENTAGES if percent else around(size.value),
        turned=lambda value: turned(sized(value)),
        path=(terms.field, "Value"),
        meaning=lambda value: tuple(instances_of(sized(value), fleet, world.timing, terms) for fleet in fleets),
    )


def _fleets(plan: Plan, world: World) -> tuple[int, ...]:
    """Return the instances of each new fleet of the plan's update, as the requests about its endpoint leave them."""
    name, desired = world.endpoint.endpoint_name, desired_at_start(world)
    update = plan.update_of(name)
    configs = {config.endpoint_config_name: config for config in (*world.configs, *plan.configs)}
    for step in sorted(plan.steps, key=lambda step: step.after_s):
        if step.request is update:
            break
        if endpoint_named(step.request) in (None, name):
            desired = desired_after(desired, step.request, configs)
    assert update is not None, "a size is that of an update"
    newcomers = new_fleets(configs[update.endpoint_config_name], update, desired)
    return tuple(newcomer.count for newcomer in newcomers)


def _with_policy(plan: Plan, world: World, policy: UpdatePolicy) -> Plan:
    update = plan.update_of(world.endpoint.endpoint_name)
    assert update is not None and update.deployment_config is not None, "the policy comes out of it"
    if isinstance(policy, BlueGreenUpdatePolicy):
        settings = replace(update.deployment_config, blue_green_update_policy=policy)
    else:
        settings = replace(update.deployment_config, rolling_update_policy=policy)
    return swapped(plan, update, replace(update, deployment_config=settings))
