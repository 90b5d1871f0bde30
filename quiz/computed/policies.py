"""Update policies as questions speak of them, and what the simulated cloud does with them."""

from __future__ import annotations

from engine.requests.sagemaker import (
    BlueGreenUpdatePolicy,
    CapacitySize,
    RollingUpdatePolicy,
    TrafficRoutingConfiguration,
    UpdatePolicy,
)
from engine.sagemaker.updates.schedule import Replacement, Schedule, schedule
from engine.timing import Timing


def blue_green(type: str, size: CapacitySize | None, wait: int, bake: int) -> BlueGreenUpdatePolicy:
    """Return a policy whose waits are given in minutes."""
    routing = TrafficRoutingConfiguration(
        type="CANARY" if type == "CANARY" else "LINEAR" if type == "LINEAR" else "ALL_AT_ONCE",
        wait_interval_in_seconds=60 * wait,
        canary_size=size if type == "CANARY" else None,
        linear_step_size=size if type == "LINEAR" else None,
    )
    return BlueGreenUpdatePolicy(traffic_routing_configuration=routing, termination_wait_in_seconds=60 * bake)


def rolling(size: CapacitySize) -> RollingUpdatePolicy:
    """Return a rolling policy that bakes five minutes after each batch."""
    return RollingUpdatePolicy(maximum_batch_size=size, wait_interval_in_seconds=300)


def count(value: int) -> CapacitySize:
    """Return a size in instances."""
    return CapacitySize(type="INSTANCE_COUNT", value=value)


def percent(value: int) -> CapacitySize:
    """Return a size in per cent of the fleet."""
    return CapacitySize(type="CAPACITY_PERCENT", value=value)


def played(policy: UpdatePolicy, instances: int, launch: int) -> Schedule:
    """Return what the policy does where shifts take no time."""
    timing = Timing(provision_s=60 * launch, activate_s=0, terminate_s=0)
    return schedule(policy, {"main": Replacement(old=instances, new=instances)}, timing)
