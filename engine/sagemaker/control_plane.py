"""Takes requests as the service does: refuses them, or starts what they ask for (spec sagemaker 1.6, 1.7)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import simpy

from engine.autoscaling.registry import Registered
from engine.requests.experiments import CreateInferenceExperiment
from engine.requests.sagemaker import (
    CreateEndpoint,
    DeleteEndpoint,
    DeleteEndpointConfig,
    DeploymentConfig,
    EndpointConfig,
    UpdateEndpoint,
    UpdateEndpointWeightsAndCapacities,
)
from engine.run import AlarmTransition, Outcome
from engine.sagemaker.account import Life, deployment_of
from engine.sagemaker.capacity import Desired, new_fleets, new_shadows
from engine.sagemaker.cloud import Cloud
from engine.sagemaker.endpoint import ABSENT, BUSY, desired_of
from engine.sagemaker.holdings import Holdings
from engine.sagemaker.life.creation import create
from engine.sagemaker.life.deletion import delete
from engine.sagemaker.refusals.rules import insist
from engine.sagemaker.shadow_tests.experiment import Experiment
from engine.sagemaker.transforms.jobs import TransformJobs
from engine.sagemaker.updates.start import start_update
from engine.sagemaker.updates.steps import Update
from engine.sagemaker.updates.terms import terms_of
from engine.sagemaker.updates.weights import change_weights
from engine.timing import Timing

LIVES: Mapping[str, Life] = {ABSENT: "none", "Creating": "creating", "Failed": "failed", "Deleting": "deleting"}
"""How far an endpoint of each status is; in all others it serves."""


@dataclass(slots=True)
class ControlPlane:
    """The SageMaker API as far as it is about one endpoint; it is also the `Account` that refusals ask about."""

    cloud: Cloud
    holdings: Holdings
    transforms: TransformJobs
    outcome: Outcome = "no-update"
    started_s: float | None = None
    ended_s: float | None = None
    deciding_alarm: AlarmTransition | None = None
    running: Update | None = None

    @property
    def endpoint_name(self) -> str:
        """The endpoint."""
        return self.cloud.endpoint.endpoint_name

    @property
    def endpoint_names(self) -> tuple[str, ...]:
        """All endpoints that there are, and that of the world."""
        return tuple(
            name for name, each in self.holdings.endpoints.items() if each.life != "none" or each.cloud.is_expected
        )

    @property
    def existing_endpoints(self) -> tuple[str, ...]:
        """All endpoints that there are."""
        return tuple(name for name, each in self.holdings.endpoints.items() if each.life != "none")

    @property
    def configs(self) -> dict[str, EndpointConfig]:
        """The configurations by name."""
        return self.holdings.configs

    @property
    def experiments(self) -> dict[str, Experiment]:
        """The shadow tests by name."""
        return self.holdings.experiments

    @property
    def registered(self) -> Registered:
        """What is registered for scaling."""
        return self.holdings.registered

    @property
    def life(self) -> Life:
        """How far the endpoint is."""
        return LIVES.get(self.cloud.endpoint.status, "serving")

    @property
    def busy_with(self) -> str | None:
        """What the endpoint is busy with, if it is busy: also a shadow test that starts as soon as it is created. A
        change that is sent in between would cancel it."""
        if self.cloud.endpoint.status in BUSY:
            return self.cloud.endpoint.status
        tests = (each for each in self.experiments.values() if each.request.endpoint_name == self.endpoint_name)
        comes = any(test.status == "Creating" and test.start_s <= self.cloud.env.now for test in tests)
        return CreateInferenceExperiment.__name__ if comes else None

    @property
    def config_name(self) -> str:
        """The configuration that the endpoint runs."""
        return self.cloud.endpoint.config_name

    @property
    def models(self) -> Collection[str]:
        """The names of all models."""
        return self.cloud.world.models

    @property
    def jobs(self) -> Mapping[str, str]:
        """The status of every transform job."""
        return self.transforms.statuses()

    @property
    def desired(self) -> Mapping[str, Desired]:
        """What each variant is to have."""
        return desired_of(self.cloud.endpoint.variants)

    @property
    def variants(self) -> Mapping[str, tuple[str, ...]]:
        """The production variants of every endpoint."""
        return {name: tuple(each.desired) for name, each in self.holdings.endpoints.items()}

    @property
    def shadows(self) -> Mapping[str, Desired]:
        """What each shadow variant is to have."""
        return desired_of(self.cloud.endpoint.shadows)

    @property
    def instances(self) -> int:
        """How many are in service, on all endpoints."""
        return sum(each.cloud.endpoint.instances for each in self.holdings.endpoints.values())

    @property
    def concurrency(self) -> int:
        """What all serverless variants may do together."""
        desired = (each for control in self.holdings.endpoints.values() for each in control.desired.values())
        return sum(each.serverless.max_concurrency for each in desired if each.serverless is not None)

    @property
    def now(self) -> datetime:
        """What the clock shows."""
        return self.cloud.world.clock(self.cloud.env.now)

    @property
    def mixed(self) -> bool:
        """Did a rollback fail?"""
        return self.cloud.endpoint.status == "UpdateRollbackFailed"

    @property
    def last_deployment(self) -> DeploymentConfig | None:
        """What RetainDeploymentConfig would reuse."""
        return self.cloud.endpoint.last_deployment_config

    @property
    def quota(self) -> int | None:
        """How many instances the account may run."""
        return self.cloud.world.instance_quota

    @property
    def serverless_quota(self) -> int | None:
        """The concurrency that its serverless endpoints may have together."""
        return self.cloud.world.serverless_quota

    @property
    def timing(self) -> Timing:
        """AWS's times and roundings."""
        return self.cloud.world.timing

    def create_endpoint_config(self, config: EndpointConfig) -> None:
        """Remember a configuration; configurations are immutable."""
        insist(config, self)
        self.configs[config.endpoint_config_name] = config

    def delete_endpoint_config(self, request: DeleteEndpointConfig) -> None:
        """Forget a configuration, also one that is in use: the endpoint goes on, its next change does not."""
        insist(request, self)
        name = request.endpoint_config_name
        del self.configs[name]
        self.cloud.recorder.event(self.cloud.env.now, "DeleteEndpointConfig", f"{name} is deleted.", config=name)

    def create_endpoint(self, request: CreateEndpoint) -> None:
        """Check the request as the service does, then let the endpoint come."""
        insist(request, self)
        create(self.cloud, request, self.configs[request.endpoint_config_name])

    def delete_endpoint(self, request: DeleteEndpoint) -> None:
        """Check the request as the service does, then take the endpoint away."""
        insist(request, self)
        delete(self.cloud)

    def update_endpoint(self, request: UpdateEndpoint) -> None:
        """Check the request as the service does, then start the update."""
        insist(request, self)
        endpoint, config = self.cloud.endpoint, self.configs[request.endpoint_config_name]
        settings = deployment_of(request, self.last_deployment)
        variants = (*(state.variant for state in endpoint.variants), *config.production_variants)
        newcomers = new_fleets(config, request, self.desired), new_shadows(config, request, self.shadows)
        if settings is not None:
            endpoint.last_deployment_config = settings
        self.cloud.plane.bring(self.cloud.env.now, config.endpoint_config_name)
        self.started_s, self.ended_s = self.cloud.env.now, None
        self.running = start_update(self.cloud, config, terms_of(settings, variants), newcomers, self._finish)

    def update_weights(self, request: UpdateEndpointWeightsAndCapacities) -> simpy.Event:
        """Start a change of weights or instance counts, without a new configuration; return when it is over."""
        insist(request, self)
        return change_weights(self.cloud, request)

    def _finish(self, outcome: Outcome) -> None:
        self.outcome, self.ended_s = outcome, self.cloud.env.now
        if self.running is not None:
            self.deciding_alarm = self.running.deciding_alarm
        self.running = None
