"""An endpoint while a run goes on: what every request about it and every update works on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import simpy

from engine.cloudwatch.watch import AlarmWatch
from engine.recorder import Recorder
from engine.requests.sagemaker import AsyncInferenceConfig, ProductionVariant
from engine.sagemaker.describe_endpoint import describe_endpoint
from engine.sagemaker.endpoint import EndpointState
from engine.sagemaker.eventbridge import state_change
from engine.sagemaker.fleets import fleet_of
from engine.serving.data_plane import DataPlane
from engine.serving.fleet import Fleet
from engine.world import World


@dataclass(slots=True, kw_only=True)
class Cloud:
    """One endpoint and what is around it, shared by everything that happens to it in one run."""

    env: simpy.Environment
    world: World
    plane: DataPlane
    endpoint: EndpointState
    alarms: AlarmWatch
    recorder: Recorder
    dice: np.random.Generator
    """For the control plane: how long provisioning takes."""
    is_expected: bool = True
    """Whether the world has it, or has callers for it; else it is somebody's who created it."""
    guarded: bool = True
    """Whether the running update sends deployment events; excluded endpoints get none (spec sagemaker 2.9)."""
    bill_incoming: bool = True
    """Whether the new fleet is billed beside the old one."""

    def fleet(self, variant: ProductionVariant, config: str, asynchronous: AsyncInferenceConfig | None = None) -> Fleet:
        """Return an empty fleet whose metrics are kept from the time on when it is in service."""
        fleet = fleet_of(variant, config, self.world, asynchronous)
        self.plane.sink.watch(fleet, stands=False)
        return fleet

    def changed(self) -> None:
        """Write down what has changed: DescribeEndpoint, which fleets are in service, and the bill."""
        now = self.env.now
        self.plane.sink.stand(now, self.endpoint.in_service)
        answer = describe_endpoint(self.endpoint, now)
        before = self.recorder.endpoint[-1][1] if self.recorder.endpoint else None
        self.recorder.describe(now, answer)
        if before is not None and before != answer:
            event = state_change(before, answer, self.world.clock(now), guarded=self.guarded)
            self.recorder.event_bridge.extend(event)
        self.recorder.billed(now, self.endpoint.billed(self.bill_incoming))

    def reroute(self) -> None:
        """Send requests as the fleets now stand."""
        routes = self.endpoint.routes()
        self.plane.route(self.env.now, routes)
        self.endpoint.hand_over(self.env.now)
        self.recorder.share(self.env.now, routes.shares())
        self.changed()
