"""What the variants of an endpoint are asked to have, request after request, as long as every update ends well."""

from __future__ import annotations

from collections.abc import Mapping

from engine.plan import Request
from engine.requests.sagemaker import (
    EndpointConfig,
    ServerlessConfig,
    ServerlessUpdateConfig,
    UpdateEndpoint,
    UpdateEndpointWeightsAndCapacities,
)
from engine.sagemaker.capacity import Desired, new_fleets
from engine.sagemaker.serverless import apply, changed
from engine.world import World


def desired_at_start(world: World) -> Mapping[str, Desired]:
    """Return count and weight of each variant before anything is sent."""
    config, before = world.config(world.endpoint.endpoint_config_name), world.endpoint
    return {
        variant.variant_name: Desired(
            (before.instance_counts or {}).get(variant.variant_name, variant.initial_instance_count),
            (before.weights or {}).get(variant.variant_name, variant.initial_variant_weight),
            variant.serverless_config,
        )
        for variant in (config.production_variants if config else ())
    }


def desired_after(
    desired: Mapping[str, Desired], request: Request, configs: Mapping[str, EndpointConfig]
) -> Mapping[str, Desired]:
    """Return the same after one more request; `configs` holds those that exist when it is sent."""
    match request:
        case UpdateEndpoint():
            config = configs.get(request.endpoint_config_name)
            found = new_fleets(config, request, desired) if config else ()
            return {each.variant.variant_name: each.desired for each in found} or desired
        case UpdateEndpointWeightsAndCapacities():
            return _changed(desired, request)
        case _:
            return desired


def _changed(desired: Mapping[str, Desired], request: UpdateEndpointWeightsAndCapacities) -> Mapping[str, Desired]:
    changed = dict(desired)
    for each in request.desired_weights_and_capacities:
        if each.variant_name in changed:
            before = changed[each.variant_name]
            changed[each.variant_name] = Desired(
                before.count if each.desired_instance_count is None else each.desired_instance_count,
                before.weight if each.desired_weight is None else each.desired_weight,
                _serverless(before.serverless, each.serverless_update_config),
            )
    return changed


def _serverless(before: ServerlessConfig | None, change: ServerlessUpdateConfig | None) -> ServerlessConfig | None:
    """Return the concurrency after a change; one that will be refused changes nothing."""
    if before is None or change is None:
        return before
    most, slots = changed(before, change)
    return apply(before, change) if slots <= most else before
