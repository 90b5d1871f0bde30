"""Which kind of fleet serves a variant: instances that answer at once or from a queue, or serverless environments."""

from __future__ import annotations

from engine.requests.sagemaker import EndpointConfig, ProductionVariant
from engine.serving.asynchronous import AsyncFleet
from engine.serving.fleet import Fleet
from engine.serving.serverless import ServerlessFleet
from engine.world import World


def fleet_of(variant: ProductionVariant, config: EndpointConfig, world: World) -> Fleet:
    """Return an empty fleet for a variant of a configuration."""
    model, timing, name = world.models[variant.model_name], world.timing, config.endpoint_config_name
    if variant.serverless_config is not None:
        return ServerlessFleet(variant, name, model, timing, world.workload.payload, world.duration_s)
    if config.async_inference_config is not None:
        slo_s = world.slo.latency_ms / 1000 if world.slo.asynchronous == "completion" else None
        return AsyncFleet(
            variant,
            name,
            model,
            timing,
            world.workload,
            config.async_inference_config,
            counted_s=world.duration_s,
            slo_s=slo_s,
        )
    return Fleet(variant, name, model, timing, world.workload.payload)
