"""An account as a request will meet it, foreseen from a plan and its world."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.autoscaling.registry import Registered
from engine.aws.calls import Call
from engine.aws.rules.endpoints import about, endpoint_names, endpoint_of
from engine.aws.rules.outlook import CHANGES, LIFE, Outlook
from engine.aws.shapes.partial import Unknown
from engine.plan import Request
from engine.requests.batch import CreateTransformJob, StopTransformJob
from engine.requests.experiments import CreateInferenceExperiment
from engine.requests.sagemaker import (
    CreateEndpoint,
    DeploymentConfig,
    EndpointConfig,
)
from engine.sagemaker.account import Life, ShadowTest
from engine.sagemaker.capacity import Desired
from engine.sagemaker.shadow_tests.terms import ENDED
from engine.timing import Timing
from engine.world import World


@dataclass(frozen=True, slots=True)
class ForeseenTest:
    """A shadow test; unless it is created at this moment, only a run can tell how far it is by then."""

    request: CreateInferenceExperiment
    is_new: bool

    @property
    def status(self) -> str:
        """What it begins with, if it has just begun; else nobody can know."""
        if not self.is_new:
            raise Unknown
        return "Creating"

    @property
    def over(self) -> bool:
        """Has it ended?"""
        return self.status in ENDED


@dataclass(frozen=True, slots=True)
class Foreseen:
    """An `engine.sagemaker.account.Account` as a call will meet it if all before it goes well; Unknown where nobody
    can know."""

    outlook: Outlook
    """What is sent before about the same endpoint."""
    call: Call
    everything: Outlook
    """All that is sent before."""

    @classmethod
    def of(cls, before: Outlook, call: Call, request: Request | None) -> Foreseen:
        """Return what a call will meet, with its request where that can be read."""
        return cls(about(before, endpoint_of(before, call, request)), call, before)

    @property
    def _world(self) -> World:
        if self.outlook.world is None:
            raise Unknown
        return self.outlook.world

    def _insist_on_a_world(self) -> None:
        """Raise Unknown without one: the plan alone does not say what else there is."""
        _ = self._world

    @property
    def endpoint_name(self) -> str:
        """The name of the endpoint that is meant."""
        return self._world.endpoint.endpoint_name

    @property
    def endpoint_names(self) -> tuple[str, ...]:
        """The world's and those that were created before."""
        self._insist_on_a_world()
        return endpoint_names(self.everything)

    @property
    def existing_endpoints(self) -> tuple[str, ...]:
        """Those of them that are there by then."""
        each = ((name, about(self.everything, name)) for name in self.endpoint_names)
        return tuple(name for name, own in each if Foreseen(own, self.call, self.everything).life != "none")

    @property
    def life(self) -> Life:
        """How far the endpoint is: what is sent at this moment has only begun, what was sent earlier went well and is
        over."""
        world = self.outlook.world
        there: Life = "none" if world is not None and not world.endpoint.exists else "serving"
        for call, request in self.outlook.known(*LIFE):
            if call.condition is not None:
                raise Unknown
            begun: Life = "creating" if isinstance(request, CreateEndpoint) else "deleting"
            over: Life = "serving" if isinstance(request, CreateEndpoint) else "none"
            there = begun if call.after_s == self.call.after_s else over
        return there

    @property
    def busy_with(self) -> str | None:
        """What is sent at the same moment, and first; whether an earlier update is over, only a run can tell."""
        kinds = (*CHANGES, *LIFE, CreateInferenceExperiment)
        sent = (pair for pair in self.outlook.known(*kinds) if pair[0].after_s == self.call.after_s)
        return next((call.operation for call, each in sent if call.condition is None and self._begins(each)), None)

    def _begins(self, request: Request) -> bool:
        """Does it begin at once? A shadow test may begin later."""
        start = request.schedule.start_time if isinstance(request, CreateInferenceExperiment) else None
        return start is None or start <= self.now

    @property
    def config_name(self) -> str:
        """The configuration of the last update."""
        self._insist_on_a_world()
        return self.outlook.current_name

    @property
    def configs(self) -> Mapping[str, EndpointConfig]:
        """The configurations by name; without a world nobody knows what else there is."""
        self._insist_on_a_world()
        return self.outlook.configs

    @property
    def models(self) -> Collection[str]:
        """The world's models."""
        return self._world.models

    @property
    def jobs(self) -> Mapping[str, str]:
        """Transform jobs that were sent; whether one of them is over by now, only a run can tell."""
        jobs = {job.transform_job_name: "InProgress" for _, job in self.outlook.every(CreateTransformJob)}
        return jobs | {stop.transform_job_name: "Stopping" for _, stop in self.outlook.every(StopTransformJob)}

    @property
    def desired(self) -> Mapping[str, Desired]:
        """What the variants were last asked to have."""
        self._insist_on_a_world()
        return self.outlook.desired

    @property
    def variants(self) -> Mapping[str, tuple[str, ...]]:
        """The production variants of every endpoint, as they were last asked for."""
        return {name: tuple(about(self.everything, name).desired) for name in self.endpoint_names}

    @property
    def shadows(self) -> Mapping[str, Desired]:
        """What the shadow variants were last asked to have."""
        self._insist_on_a_world()
        return self.outlook.shadows

    @property
    def instances(self) -> int:
        """As many as were last asked for."""
        self._insist_on_a_world()
        endpoints = (about(self.everything, name) for name in endpoint_names(self.everything))
        return sum(
            desired.instances for each in endpoints for desired in (*each.desired.values(), *each.shadows.values())
        )

    @property
    def concurrency(self) -> int:
        """As much as was last asked for."""
        self._insist_on_a_world()
        endpoints = (about(self.everything, name) for name in endpoint_names(self.everything))
        serverless = (desired.serverless for each in endpoints for desired in each.desired.values())
        return sum(each.max_concurrency for each in serverless if each is not None)

    @property
    def experiments(self) -> Mapping[str, ShadowTest]:
        """The shadow tests that are created before."""
        sent = self.everything.every(CreateInferenceExperiment)
        certain = ((call, request) for call, request in sent if call.condition is None)
        new = {request.name for call, request in certain if call.after_s == self.call.after_s}
        tests = self.everything.experiments.items()
        return {name: ForeseenTest(request, is_new=name in new) for name, request in tests}

    @property
    def now(self) -> datetime:
        """When the call is sent."""
        return self._world.clock(self._world.update_at_s + self.call.after_s)

    @property
    def mixed(self) -> bool:
        """No: here every update goes well."""
        return False

    @property
    def last_deployment(self) -> DeploymentConfig | None:
        """The last one that was sent."""
        return self.outlook.last_deployment

    @property
    def quota(self) -> int | None:
        """The world's quota."""
        return self._world.instance_quota

    @property
    def serverless_quota(self) -> int | None:
        """The world's quota of concurrency."""
        return self._world.serverless_quota

    @property
    def registered(self) -> Registered:
        """What was registered before; without a world nobody knows what else there is."""
        self._insist_on_a_world()
        return self.outlook.registered

    @property
    def timing(self) -> Timing:
        """The world's timing."""
        return self.outlook.timing
