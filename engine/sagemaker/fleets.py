"""Which kind of fleet serves a variant: instances that answer at once or from a queue, or serverless environments."""

from __future__ import annotations

from engine.requests.sagemaker import AsyncInferenceConfig, ProductionVariant
from engine.serving.asynchronous.fleet import AsyncFleet
from engine.serving.fleet import Fleet
from engine.serving.serverless.fleet import ServerlessFleet
from engine.world import World


def fleet_of(
    variant: ProductionVariant, name: str, world: World, asynchronous: AsyncInferenceConfig | None = None
) -> Fleet:
    """Return an empty fleet for a variant of the configuration of that name."""
    fleet = _kind_of_fleet(variant, name, world, asynchronous)
    fleet.hardware = world.hardware(variant.instance_type)
    return fleet


def _kind_of_fleet(
    variant: ProductionVariant, name: str, world: World, asynchronous: AsyncInferenceConfig | None
) -> Fleet:
    model, timing = world.loaded(variant.model_name), world.timing
    if variant.serverless_config is not None:
        return ServerlessFleet(variant, name, model, timing, world.workload.payload, world.duration_s)
    if asynchronous is not None:
        slo_s = world.slo.latency_ms / 1000 if world.slo.asynchronous == "completion" else None
        return AsyncFleet(
            variant,
            name,
            model,
            timing,
            world.workload,
            asynchronous,
            counted_s=world.duration_s,
            slo_s=slo_s,
        )
    return Fleet(variant, name, model, timing, world.workload.payload)
