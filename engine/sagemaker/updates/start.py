"""How an UpdateEndpoint begins: new fleets beside old ones, and a schedule that is carried out (spec sagemaker 2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import assert_never

from engine.requests.sagemaker import BlueGreenUpdatePolicy, EndpointConfig, RollingUpdatePolicy, UpdatePolicy
from engine.run import Outcome
from engine.sagemaker.capacity import Newcomer
from engine.sagemaker.cloud import Cloud
from engine.sagemaker.describe_endpoint import PENDING_AFTER_S
from engine.sagemaker.endpoint import VariantState
from engine.sagemaker.fleets import fleet_of
from engine.sagemaker.updates.blue_green import return_to_blue
from engine.sagemaker.updates.rolling import relaunch_blue
from engine.sagemaker.updates.schedule import schedule
from engine.sagemaker.updates.steps import Interrupted, Steps, Update, fleets_of, going
from engine.sagemaker.updates.terms import Terms


def start_update(
    cloud: Cloud,
    config: EndpointConfig,
    terms: Terms,
    newcomers: tuple[Sequence[Newcomer], Sequence[Newcomer]],
    finish: Callable[[Outcome], None],
) -> Update:
    """Begin an update that has been accepted; `newcomers` are its production variants and its shadows."""
    endpoint, now = cloud.endpoint, cloud.env.now
    policy, name = terms.policy, config.endpoint_config_name
    limit = policy.maximum_execution_timeout_in_seconds or cloud.world.timing.default_execution_timeout_s
    update = Update(cloud=cloud, alarm_names=terms.alarms, deadline=now + limit, finish=finish)
    cloud.guarded, cloud.bill_incoming = terms.guarded, terms.bills_both
    endpoint.turn("Updating", now)
    endpoint.pending_config, endpoint.pending_since = name, now
    cloud.recorder.event(now, "UpdateEndpoint", f"UpdateEndpoint to {name}: accepted.", status=200)
    production, shadows = newcomers
    _place(cloud, production, config, endpoint.variants)
    _place(cloud, shadows, replace(config, async_inference_config=None), endpoint.shadows)  # copies never wait
    cloud.changed()
    plan = schedule(policy, fleets_of(endpoint.variants), cloud.world.timing)
    cloud.env.process(going(update, plan, _way_back(update, policy), name))
    cloud.env.process(_appear(cloud))
    return update


def _place(cloud: Cloud, newcomers: Sequence[Newcomer], config: EndpointConfig, among: list[VariantState]) -> None:
    """Put new fleets beside old ones: by name, and a renamed variant beside the one whose place it takes."""
    names = {newcomer.variant.variant_name for newcomer in newcomers}
    states = {state.variant.variant_name: state for state in among}
    orphans = [state for name, state in states.items() if name not in names]
    for newcomer in newcomers:
        state = states.get(newcomer.variant.variant_name) or (orphans.pop(0) if orphans else None)
        if state is None:
            state = _empty(cloud, newcomer, config)
            among.append(state)
        state.incoming = cloud.fleet(newcomer.variant, config.endpoint_config_name, config.async_inference_config)
        state.incoming_desired, state.incoming_weight, state.launching = newcomer.count, newcomer.weight, 0


def _empty(cloud: Cloud, newcomer: Newcomer, config: EndpointConfig) -> VariantState:
    """Return a place for a variant that replaces none: without instances, it publishes nothing."""
    name, asynchronous = cloud.endpoint.config_name, config.async_inference_config
    fleet = fleet_of(newcomer.variant, name, cloud.world, asynchronous)
    return VariantState(variant=newcomer.variant, weight=0.0, desired_count=0, fleet=fleet)


def _appear(cloud: Cloud) -> Steps:
    """PendingDeploymentSummary shows a little after the request."""
    yield cloud.env.timeout(PENDING_AFTER_S)
    cloud.changed()


def _way_back(update: Update, policy: UpdatePolicy) -> Callable[[Interrupted], Steps]:
    match policy:
        case BlueGreenUpdatePolicy():
            return partial(return_to_blue, update)
        case RollingUpdatePolicy():
            return partial(relaunch_blue, update, policy)
        case _:
            assert_never(policy)
