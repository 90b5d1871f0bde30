"""The endpoint as it stands when a run begins, or the place where a plan may create it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from engine.requests.sagemaker import AsyncInferenceConfig, ProductionVariant
from engine.sagemaker.capacity import Desired
from engine.sagemaker.desired import desired_at_start, shadows_at_start
from engine.sagemaker.endpoint import ABSENT, EndpointState, VariantState
from engine.sagemaker.fleets import fleet_of
from engine.serving.fleet import ALWAYS, Fleet
from engine.world import World


def endpoint_at_start(world: World, watch: Callable[[Fleet], None]) -> EndpointState:
    """Return the endpoint with its instance counts and weights: instances are warm, and of serverless environments
    those that are provisioned. `watch` is told of each fleet.
    """
    before = world.endpoint
    if not before.exists:
        return EndpointState(
            endpoint_name=before.endpoint_name, config_name="", variants=[], clock=world.clock, status=ABSENT
        )
    config = world.config(before.endpoint_config_name)
    assert config is not None, "World checks that its endpoint's configuration exists"
    asynchronous, as_loaded = config.async_inference_config, replace(world, overwritten=None)
    return EndpointState(
        endpoint_name=before.endpoint_name,
        config_name=before.endpoint_config_name,
        variants=_states(as_loaded, config.production_variants, desired_at_start(world), asynchronous, watch),
        shadows=_states(as_loaded, config.shadow_production_variants, shadows_at_start(world), None, watch),
        clock=world.clock,
        last_deployment_config=before.last_deployment_config,
        failure_reason=before.failure_reason,
    )


def _states(
    world: World,
    variants: Iterable[ProductionVariant],
    desired: Mapping[str, Desired],
    asynchronous: AsyncInferenceConfig | None,
    watch: Callable[[Fleet], None],
) -> list[VariantState]:
    states = []
    for variant in variants:
        has = desired[variant.variant_name]
        fleet = fleet_of(variant, world.endpoint.endpoint_config_name, world, asynchronous)
        fleet.launch(has.count)
        fleet.enable(has.count, ALWAYS)
        watch(fleet)
        states.append(VariantState(variant=variant, weight=has.weight, desired_count=has.count, fleet=fleet))
    return states
