"""How long an update bakes and how much of the traffic goes first, worked out before it runs.

Everything in seconds (spec sagemaker 2.6, 2.7).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from engine.aws.scene import Rollout
from engine.sagemaker.capacity import instances_of
from engine.sagemaker.requests import CapacitySize, DeploymentConfig
from engine.timing import Timing

PERCENT = 100
"""Instances that a fleet of unknown size is taken to have, so that a percentage is exact."""


@dataclass(frozen=True, slots=True)
class Guard:
    """The bakes of one update."""

    kind: str
    """ALL_AT_ONCE, CANARY, LINEAR or ROLLING."""
    first_share: float
    """The new fleet's share of the traffic after the first shift."""
    first_bake_s: float
    bakes_s: float
    """All bakes together."""
    watched_s: float
    """From the first request on the new fleet to the last look at the alarms."""
    total_s: float
    """From UpdateEndpoint to the last look, if nothing goes wrong."""


def guard_of(rollout: Rollout) -> Guard:
    """Return the bakes of an update; without a policy it moves everything at once and bakes never."""
    deployment, timing = rollout.deployment or DeploymentConfig(), rollout.scene.timing
    fleet = max(1, min(rollout.fleets.values(), default=PERCENT))
    rolling, blue_green = deployment.rolling_update_policy, deployment.blue_green_update_policy
    if rolling:
        wait, each = rolling.wait_interval_in_seconds, timing.provision_s + timing.terminate_s
        return _stepwise("ROLLING", rolling.maximum_batch_size, fleet, timing, wait, after_last=wait, each=each)
    if blue_green is None:
        return Guard("ALL_AT_ONCE", 1.0, 0, 0, 0, timing.provision_s + timing.activate_s)
    routing, last = blue_green.traffic_routing_configuration, blue_green.termination_wait_in_seconds
    wait = routing.wait_interval_in_seconds
    if routing.type == "CANARY" and routing.canary_size:
        share = instances_of(routing.canary_size, fleet, timing) / fleet
        total = timing.provision_s + 2 * timing.activate_s + wait + last
        return Guard("CANARY", share, wait, wait + last, wait + timing.activate_s + last, total)
    if routing.type == "LINEAR" and routing.linear_step_size:
        return _stepwise("LINEAR", routing.linear_step_size, fleet, timing, wait, after_last=last, each=0)
    return Guard("ALL_AT_ONCE", 1.0, last, last, last, timing.provision_s + timing.activate_s + last)


def _stepwise(
    kind: str, size: CapacitySize, fleet: int, timing: Timing, wait: float, *, after_last: float, each: float
) -> Guard:
    """Return the bakes of equal steps; `each` is what a step takes beside activation and bake."""
    step = instances_of(size, fleet, timing)
    more = math.ceil(fleet / step) - 1
    bakes = more * wait + after_last
    watched = bakes + more * (timing.activate_s + each)
    first = wait if more else after_last
    return Guard(kind, step / fleet, first, bakes, watched, watched + timing.provision_s + timing.activate_s)
