"""Takes requests as the service does: refuses them, or starts what they ask for (spec sagemaker 1.6, 1.7)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import assert_never

import simpy

from engine.autoscaling.registry import Registered
from engine.requests.sagemaker import (
    AsyncInferenceConfig,
    BlueGreenUpdatePolicy,
    DeleteEndpointConfig,
    DeploymentConfig,
    DesiredWeightAndCapacity,
    EndpointConfig,
    ProductionVariant,
    RollingUpdatePolicy,
    UpdateEndpoint,
    UpdateEndpointWeightsAndCapacities,
    UpdatePolicy,
)
from engine.run import AlarmTransition, Outcome
from engine.sagemaker.account import deployment_of
from engine.sagemaker.capacity import Desired, Newcomer, new_fleets, new_shadows
from engine.sagemaker.cloud import Cloud
from engine.sagemaker.endpoint import PENDING_AFTER_S, VariantState, VariantStatus, desired_of
from engine.sagemaker.fleets import fleet_of
from engine.sagemaker.refusals.rules import insist
from engine.sagemaker.serverless import apply
from engine.sagemaker.shadow_tests.experiment import Experiment
from engine.sagemaker.transforms.jobs import TransformJobs
from engine.sagemaker.updates.blue_green import return_to_blue
from engine.sagemaker.updates.rolling import relaunch_blue
from engine.sagemaker.updates.schedule import schedule
from engine.sagemaker.updates.steps import Interrupted, Steps, Update, fleets_of, going, provision_time
from engine.sagemaker.updates.terms import Terms, terms_of
from engine.serving.fleet import Fleet
from engine.serving.serverless.fleet import ServerlessFleet
from engine.timing import Timing

BUSY = ("Creating", "Updating", "SystemUpdating", "RollingBack", "Deleting")
"""Statuses in which an endpoint takes no update (spec sagemaker 3.2)."""


@dataclass(slots=True)
class ControlPlane:
    """The SageMaker API of an account with one endpoint; it is also the `Account` that refusals ask about."""

    cloud: Cloud
    configs: dict[str, EndpointConfig]
    transforms: TransformJobs
    outcome: Outcome = "no-update"
    started_s: float | None = None
    ended_s: float | None = None
    deciding_alarm: AlarmTransition | None = None
    running: Update | None = None
    registered: Registered = field(default_factory=Registered)
    experiments: dict[str, Experiment] = field(default_factory=dict)
    """Shadow tests by name."""

    @property
    def endpoint_name(self) -> str:
        """The account's one endpoint."""
        return self.cloud.endpoint.endpoint_name

    @property
    def busy_with(self) -> str | None:
        """What the endpoint is busy with, if it is busy."""
        return self.cloud.endpoint.status if self.cloud.endpoint.status in BUSY else None

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
    def shadows(self) -> Mapping[str, Desired]:
        """What each shadow variant is to have."""
        return desired_of(self.cloud.endpoint.shadows)

    @property
    def instances(self) -> int:
        """How many are in service."""
        return self.cloud.endpoint.instances

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

    def update_endpoint(self, request: UpdateEndpoint) -> None:
        """Check the request as the service does, then start the update."""
        insist(request, self)
        endpoint, config = self.cloud.endpoint, self.configs[request.endpoint_config_name]
        settings = deployment_of(request, self.last_deployment)
        variants = (*(state.variant for state in endpoint.variants), *config.production_variants)
        newcomers = new_fleets(config, request, self.desired), new_shadows(config, request, self.shadows)
        if settings is not None:
            endpoint.last_deployment_config = settings
        self._start(config, terms_of(settings, variants), *newcomers)

    def update_weights(self, request: UpdateEndpointWeightsAndCapacities) -> simpy.Event:
        """Start a change of weights or instance counts, without a new configuration; return when it is over."""
        insist(request, self)
        cloud = self.cloud
        known = {state.variant.variant_name: state for state in cloud.endpoint.all_variants}
        cloud.endpoint.turn("Updating", cloud.env.now)
        cloud.recorder.event(cloud.env.now, "UpdateEndpointWeightsAndCapacities", "Accepted.", status=200)
        launches = [self._announce(desired, known) for desired in request.desired_weights_and_capacities]
        cloud.changed()
        return cloud.env.process(self._reweigh(any(launches), known))

    def _start(
        self, config: EndpointConfig, terms: Terms, newcomers: Sequence[Newcomer], shadows: Sequence[Newcomer]
    ) -> None:
        cloud, endpoint, now = self.cloud, self.cloud.endpoint, self.cloud.env.now
        policy, name = terms.policy, config.endpoint_config_name
        limit = policy.maximum_execution_timeout_in_seconds or cloud.world.timing.default_execution_timeout_s
        update = Update(cloud=cloud, alarm_names=terms.alarms, deadline=now + limit, finish=self._finish)
        self.running, self.started_s, self.ended_s = update, now, None
        cloud.guarded, cloud.bill_incoming = terms.guarded, terms.bills_both
        endpoint.turn("Updating", now)
        endpoint.pending_config, endpoint.pending_since = name, now
        cloud.recorder.event(now, "UpdateEndpoint", f"UpdateEndpoint to {name}: accepted.", status=200)
        self._place(newcomers, config, endpoint.variants)
        self._place(shadows, replace(config, async_inference_config=None), endpoint.shadows)  # copies never wait
        cloud.changed()
        plan = schedule(policy, fleets_of(endpoint.variants), cloud.world.timing)
        cloud.env.process(going(update, plan, _way_back(update, policy), name))
        cloud.env.process(self._appear())

    def _place(self, newcomers: Sequence[Newcomer], config: EndpointConfig, among: list[VariantState]) -> None:
        """Put new fleets beside old ones: by name, and a renamed variant beside the one whose place it takes."""
        names = {newcomer.variant.variant_name for newcomer in newcomers}
        states = {state.variant.variant_name: state for state in among}
        orphans = [state for name, state in states.items() if name not in names]
        for newcomer in newcomers:
            state = states.get(newcomer.variant.variant_name) or (orphans.pop(0) if orphans else None)
            if state is None:
                state = self._empty(newcomer, config)
                among.append(state)
            state.incoming = self.fleet(newcomer.variant, config.endpoint_config_name, config.async_inference_config)
            state.incoming_desired, state.incoming_weight, state.launching = newcomer.count, newcomer.weight, 0

    def _empty(self, newcomer: Newcomer, config: EndpointConfig) -> VariantState:
        """Return a place for a variant that replaces none: without instances, it publishes nothing."""
        name, asynchronous = self.cloud.endpoint.config_name, config.async_inference_config
        fleet = fleet_of(newcomer.variant, name, self.cloud.world, asynchronous)
        return VariantState(variant=newcomer.variant, weight=0.0, desired_count=0, fleet=fleet)

    def fleet(self, variant: ProductionVariant, config: str, asynchronous: AsyncInferenceConfig | None = None) -> Fleet:
        """Return an empty fleet whose metrics are kept from now on."""
        fleet = fleet_of(variant, config, self.cloud.world, asynchronous)
        self.cloud.plane.sink.watch(fleet)
        return fleet

    def _appear(self) -> Steps:
        """PendingDeploymentSummary shows a little after the request."""
        yield self.cloud.env.timeout(PENDING_AFTER_S)
        self.cloud.changed()

    def _announce(self, desired: DesiredWeightAndCapacity, known: dict[str, VariantState]) -> bool:
        """Note what a variant is to become; return whether it needs new instances, or more provisioned environments.

        AWS's message is for scaling out; the other direction is our wording (spec sagemaker 3.2).
        """
        state, now, count = known[desired.variant_name], self.cloud.env.now, desired.desired_instance_count
        state.desired_weight = desired.desired_weight
        change, serverless = desired.serverless_update_config, state.variant.serverless_config
        if change is not None and serverless is not None:
            wanted = state.desired_serverless = apply(serverless, change)
            message = f"Changing concurrency to {wanted.max_concurrency}, {wanted.provisioned} provisioned."
            state.doing = VariantStatus("Updating", message, now)
            self.cloud.recorder.event(now, "Updating", message, variant=desired.variant_name)
            return wanted.provisioned > serverless.provisioned
        if count is None or count == state.fleet.instances:
            return False
        grows = count > state.fleet.instances
        message = f"Scaling {'out' if grows else 'in'} desired instance count to {count}."
        state.desired_count, state.doing = count, VariantStatus("Updating", message, now)
        self.cloud.recorder.event(now, "Updating", message, variant=desired.variant_name)
        return grows

    def _reweigh(self, launches: bool, known: dict[str, VariantState]) -> Steps:
        cloud = self.cloud
        yield cloud.env.timeout(provision_time(cloud) if launches else cloud.world.timing.activate_s)
        cloud.plane.advance(cloud.env.now)
        for state in known.values():
            if state.desired_serverless is not None and isinstance(state.fleet, ServerlessFleet):
                state.fleet.configure(state.desired_serverless, cloud.env.now)
                state.variant, state.desired_serverless = state.fleet.variant, None
            _resize(state.fleet, state.desired_count, cloud.env.now)
            state.weight = state.weight if state.desired_weight is None else state.desired_weight
            state.desired_weight, state.doing = None, None
        cloud.endpoint.turn("InService", cloud.env.now)
        cloud.reroute()
        cloud.recorder.event(cloud.env.now, "InService", "Weights and capacities are as desired.")

    def _finish(self, outcome: Outcome) -> None:
        self.outcome, self.ended_s = outcome, self.cloud.env.now
        if self.running is not None:
            self.deciding_alarm = self.running.deciding_alarm
        self.running = None


def _way_back(update: Update, policy: UpdatePolicy) -> Callable[[Interrupted], Steps]:
    match policy:
        case BlueGreenUpdatePolicy():
            return partial(return_to_blue, update)
        case RollingUpdatePolicy():
            return partial(relaunch_blue, update, policy)
        case _:
            assert_never(policy)


def _resize(fleet: Fleet, count: int, now: float) -> None:
    fleet.launch(max(0, count - fleet.instances))
    fleet.terminate(max(0, fleet.instances - count))
    fleet.enable(count, now)
