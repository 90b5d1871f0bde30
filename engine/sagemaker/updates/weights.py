"""UpdateEndpointWeightsAndCapacities carried out: other weights, counts or concurrency on the same configuration
(spec sagemaker 1.7, 3.2)."""

from __future__ import annotations

import simpy

from engine.requests.sagemaker import DesiredWeightAndCapacity, UpdateEndpointWeightsAndCapacities
from engine.sagemaker.cloud import Cloud
from engine.sagemaker.endpoint import VariantState, VariantStatus
from engine.sagemaker.life.launching import provision_time
from engine.sagemaker.serverless import apply
from engine.sagemaker.updates.steps import Steps
from engine.serving.fleet import Fleet
from engine.serving.serverless.fleet import ServerlessFleet


def change_weights(cloud: Cloud, request: UpdateEndpointWeightsAndCapacities) -> simpy.Event:
    """Begin a change that has been accepted; return when it is over."""
    known = {state.variant.variant_name: state for state in cloud.endpoint.all_variants}
    cloud.endpoint.turn("Updating", cloud.env.now)
    cloud.recorder.event(cloud.env.now, "UpdateEndpointWeightsAndCapacities", "Accepted.", status=200)
    launches = [_announce(cloud, desired, known) for desired in request.desired_weights_and_capacities]
    cloud.changed()
    return cloud.env.process(_reweigh(cloud, any(launches), known))


def _announce(cloud: Cloud, desired: DesiredWeightAndCapacity, known: dict[str, VariantState]) -> bool:
    """Note what a variant is to become; return whether it needs new instances, or more provisioned environments.

    AWS's message is for scaling out; the other direction is our wording (spec sagemaker 3.2).
    """
    state, now, count = known[desired.variant_name], cloud.env.now, desired.desired_instance_count
    state.desired_weight = desired.desired_weight
    change, serverless = desired.serverless_update_config, state.variant.serverless_config
    if change is not None and serverless is not None:
        wanted = state.desired_serverless = apply(serverless, change)
        message = f"Changing concurrency to {wanted.max_concurrency}, {wanted.provisioned} provisioned."
        state.doing = VariantStatus("Updating", message, now)
        cloud.recorder.event(now, "Updating", message, variant=desired.variant_name)
        return wanted.provisioned > serverless.provisioned
    if count is None or count == state.fleet.instances:
        return False
    grows = count > state.fleet.instances
    message = f"Scaling {'out' if grows else 'in'} desired instance count to {count}."
    state.desired_count, state.doing = count, VariantStatus("Updating", message, now)
    cloud.recorder.event(now, "Updating", message, variant=desired.variant_name)
    return grows


def _reweigh(cloud: Cloud, launches: bool, known: dict[str, VariantState]) -> Steps:
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


def _resize(fleet: Fleet, count: int, now: float) -> None:
    fleet.launch(max(0, count - fleet.instances))
    fleet.terminate(max(0, fleet.instances - count))
    fleet.enable(count, now)
