"""Which kind of fleet serves a variant: instances, or serverless environments."""

from __future__ import annotations

from engine.requests.sagemaker import ProductionVariant
from engine.serving.fleet import Fleet
from engine.serving.serverless import ServerlessFleet
from engine.world import World


def fleet_of(variant: ProductionVariant, config: str, world: World) -> Fleet:
    """Return an empty fleet for a variant of a configuration."""
    model, timing, payload = world.models[variant.model_name], world.timing, world.workload.payload
    if variant.serverless_config is None:
        return Fleet(variant, config, model, timing, payload)
    return ServerlessFleet(variant, config, model, timing, payload, world.duration_s)
