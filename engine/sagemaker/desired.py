"""What the variants of an endpoint are asked to have, request after request, as long as every update ends well."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from engine.autoscaling.tracking_alarms import variant_of
from engine.plan import Request
from engine.requests.autoscaling import CONCURRENCY, RegisterScalableTarget
from engine.requests.sagemaker import (
    CreateEndpoint,
    DeleteEndpoint,
    EndpointConfig,
    ProductionVariant,
    ServerlessConfig,
    ServerlessUpdateConfig,
    UpdateEndpoint,
    UpdateEndpointWeightsAndCapacities,
)
from engine.sagemaker.capacity import Desired, Newcomer, new_fleets
from engine.sagemaker.serverless import apply, changed
from engine.world import World

NewcomersOf = Callable[[EndpointConfig, UpdateEndpoint, Mapping[str, Desired]], tuple[Newcomer, ...]]


def desired_at_start(world: World) -> Mapping[str, Desired]:
    """Return count and weight of each variant before anything is sent."""
    config = world.config(world.endpoint.endpoint_config_name)
    return _at_start(world, config.production_variants if config else ())


def shadows_at_start(world: World) -> Mapping[str, Desired]:
    """Return the same of each shadow variant."""
    config = world.config(world.endpoint.endpoint_config_name)
    return _at_start(world, config.shadow_production_variants if config else ())


def _at_start(world: World, variants: Iterable[ProductionVariant]) -> Mapping[str, Desired]:
    before = world.endpoint
    return {
        variant.variant_name: Desired(
            (before.instance_counts or {}).get(variant.variant_name, variant.initial_instance_count),
            (before.weights or {}).get(variant.variant_name, variant.initial_variant_weight),
            variant.serverless_config,
        )
        for variant in variants
    }


def desired_after(
    desired: Mapping[str, Desired],
    request: Request,
    configs: Mapping[str, EndpointConfig],
    newcomers: NewcomersOf = new_fleets,
) -> Mapping[str, Desired]:
    """Return the same after one more request; `configs` holds those that exist when it is sent, and `newcomers` says
    whether it is about production variants or shadows.
    """
    match request:
        case UpdateEndpoint():
            config = configs.get(request.endpoint_config_name)
            if config is None:
                return desired
            found = newcomers(config, request, desired)
            return {each.variant.variant_name: each.desired for each in found}
        case CreateEndpoint(endpoint_name=endpoint, endpoint_config_name=name):
            created = UpdateEndpoint(endpoint_name=endpoint, endpoint_config_name=name)
            return desired_after({}, created, configs, newcomers)
        case DeleteEndpoint():
            return {}
        case UpdateEndpointWeightsAndCapacities():
            return _changed(desired, request)
        case RegisterScalableTarget():
            return _within(desired, request)
        case _:
            return desired


def _within(desired: Mapping[str, Desired], request: RegisterScalableTarget) -> Mapping[str, Desired]:
    """A registration moves the capacity between its bounds at once (spec inference 1.1)."""
    name = (variant_of(request.resource_id) or ("", ""))[1]
    if name not in desired:
        return desired
    before = desired[name]
    if request.scalable_dimension == CONCURRENCY:
        return {**desired, name: replace(before, serverless=_provisioned_within(before.serverless, request))}
    low = before.count if request.min_capacity is None else max(before.count, request.min_capacity)
    return {
        **desired,
        name: replace(before, count=low if request.max_capacity is None else min(low, request.max_capacity)),
    }


def _provisioned_within(before: ServerlessConfig | None, request: RegisterScalableTarget) -> ServerlessConfig | None:
    """What a variant cannot have is refused, and changes nothing."""
    if before is None:
        return None
    low = before.provisioned if request.min_capacity is None else max(before.provisioned, request.min_capacity)
    slots = low if request.max_capacity is None else min(low, request.max_capacity)
    return replace(before, provisioned_concurrency=slots or None) if slots <= before.max_concurrency else before


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
