"""UpdateEndpointWeightsAndCapacities carried out: other weights, counts or concurrency on the same configuration
(spec sagemaker 1.7, 3.2)."""

from __future__ import annotations

from collections.abc import Sequence

import simpy

from engine.requests.sagemaker import DesiredWeightAndCapacity, UpdateEndpointWeightsAndCapacities
from engine.sagemaker.cloud import Cloud
from engine.sagemaker.endpoint import VariantState, VariantStatus
from engine.sagemaker.life.launching import NO_CAPACITY, lacks_capacity, provision_time
from engine.sagemaker.serverless import apply
from engine.sagemaker.updates.steps import Steps
from engine.serving.fleet import Fleet
from engine.serving.serverless.fleet import ServerlessFleet


def change_weights(cloud: Cloud, request: UpdateEndpointWeightsAndCapacities) -> simpy.Event:
    """Begin a change that has been accepted; return when it is over."""
    known = {state.variant.variant_name: state for state in cloud.endpoint.all_variants}
    cloud.endpoint.turn("Updating", cloud.env.now)
    cloud.recorder.event(cloud.env.now, "UpdateEndpointWeightsAndCapacities", "Accepted.", status=200)
    launches = [
        desired.variant_name for desired in request.desired_weights_and_capacities if _announce(cloud, desired, known)
    ]
    cloud.changed()
    return cloud.env.process(_reweigh(cloud, launches, known))


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


def _reweigh(cloud: Cloud, launches: Sequence[str], known: dict[str, VariantState]) -> Steps:
    """Wait for the instances; without capacity the endpoint is InService again with as many as before, and no
    FailureReason says so (spec inference 2)."""
    timing, stuck = cloud.world.timing, [name for name in launches if lacks_capacity(cloud, known[name].fleet)]
    launched_s = provision_time(cloud) if launches else timing.reweigh_s
    yield cloud.env.timeout(timing.capacity_failure_s if stuck else launched_s)
    cloud.plane.advance(cloud.env.now)
    for name in stuck:
        known[name].desired_count = known[name].fleet.instances
    for state in known.values():
        if state.desired_serverless is not None and isinstance(state.fleet, ServerlessFleet):
            state.fleet.configure(state.desired_serverless, cloud.env.now)
            state.variant, state.desired_serverless = state.fleet.variant, None
        _resize(state.fleet, state.desired_count, cloud.env.now)
        state.weight = state.weight if state.desired_weight is None else state.desired_weight
        state.desired_weight, state.doing = None, None
    cloud.endpoint.turn("InService", cloud.env.now)
    cloud.reroute()
    say = f"{NO_CAPACITY} {', '.join(stuck)} as before." if stuck else "Weights and capacities are as desired."
    cloud.recorder.event(cloud.env.now, "InService", say)


def _resize(fleet: Fleet, count: int, now: float) -> None:
    fleet.launch(max(0, count - fleet.instances))
    fleet.terminate(max(0, fleet.instances - count))
    fleet.enable(count, now)
