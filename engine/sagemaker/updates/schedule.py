"""How long an update bakes and how much of the traffic goes first, worked out before it runs.

Everything in seconds (spec sagemaker 2.6, 2.7).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from engine.aws.rules.outlook import Rollout
from engine.requests.sagemaker import BlueGreenUpdatePolicy, CapacitySize, DeploymentConfig
from engine.sagemaker.capacity import instances_of

PERCENT = 100
"""Instances that a fleet of unknown size is taken to have, so that a percentage is exact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """The bakes of one update: one after each shift of traffic, the last one under full traffic."""

    kind: str
    """ALL_AT_ONCE, CANARY, LINEAR or ROLLING."""
    first_share: float
    """The new fleet's share of the traffic after the first shift."""
    shifts: int
    bake_s: float
    """After each shift but the last."""
    last_bake_s: float
    between_s: float
    """From the end of a bake to the next shift."""
    start_s: float
    """From UpdateEndpoint to the first shift."""

    @property
    def first_bake_s(self) -> float:
        """The bake after the first shift."""
        return self.bake_s if self.shifts > 1 else self.last_bake_s

    @property
    def bakes_s(self) -> float:
        """All bakes together."""
        return (self.shifts - 1) * self.bake_s + self.last_bake_s

    @property
    def total_s(self) -> float:
        """From UpdateEndpoint to the end of the last bake, if nothing goes wrong."""
        return self.start_s + self.bakes_s + (self.shifts - 1) * self.between_s

    @property
    def watched_s(self) -> float:
        """From the first request on the new fleet to the last look at the alarms; only a bake looks."""
        if self.last_bake_s > 0:
            return self.total_s - self.start_s
        early = self.shifts - 1
        return early * self.bake_s + (early - 1) * self.between_s if early and self.bake_s > 0 else 0.0


def guard_of(rollout: Rollout) -> Guard:
    """Return the bakes of an update; without a policy it moves everything at once and bakes never."""
    deployment, timing = rollout.deployment or DeploymentConfig(), rollout.scene.timing
    rolling, blue_green = deployment.rolling_update_policy, deployment.blue_green_update_policy
    if rolling:
        more_s = timing.provision_s + timing.terminate_s
        wait = rolling.wait_interval_in_seconds
        return _guard(rollout, "ROLLING", rolling.maximum_batch_size, wait, wait, more_s)
    return _blue_green(rollout, blue_green) if blue_green else _guard(rollout, "ALL_AT_ONCE", None, 0, 0)


def _blue_green(rollout: Rollout, policy: BlueGreenUpdatePolicy) -> Guard:
    routing, last = policy.traffic_routing_configuration, policy.termination_wait_in_seconds
    size = {"CANARY": routing.canary_size, "LINEAR": routing.linear_step_size}.get(routing.type)
    if routing.type == "LINEAR" and rollout.scene.timing.linear_waits_after_last_step:
        last += routing.wait_interval_in_seconds
    return _guard(rollout, routing.type, size, routing.wait_interval_in_seconds, last)


def _guard(
    rollout: Rollout, kind: str, size: CapacitySize | None, wait: float, last: float, more_s: float = 0.0
) -> Guard:
    """Return the bakes of a strategy; `more_s` is what a shift takes beside its activation."""
    timing = rollout.scene.timing
    fleet = max(1, min(rollout.fleets.values(), default=PERCENT))
    step = fleet if size is None else instances_of(size, fleet, timing)
    shifts = math.ceil(fleet / step)
    return Guard(
        kind=kind,
        first_share=step / fleet,
        shifts=min(shifts, 2) if kind == "CANARY" else shifts,
        bake_s=wait,
        last_bake_s=last,
        between_s=timing.activate_s + more_s,
        start_s=timing.provision_s + timing.activate_s,
    )
