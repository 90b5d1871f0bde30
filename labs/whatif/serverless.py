"""The numbers of serverless variants that a plan creates or changes: memory and concurrency."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.plan import Plan
from engine.requests.sagemaker import MEMORY_MB, EndpointConfig, ServerlessConfig
from engine.world import World
from labs.whatif.knob import Knob, around, knob, swapped

FIELD = "ServerlessConfig"


def serverless_knobs(plan: Plan, world: World) -> Iterator[Knob]:
    """Yield the numbers of each; AWS takes one serverless variant in a configuration."""
    for config in plan.configs:
        serverless = config.production_variants[0].serverless_config
        if serverless is not None:
            yield from _of_config(plan, world, config, serverless)


def _of_config(plan: Plan, world: World, config: EndpointConfig, serverless: ServerlessConfig) -> Iterator[Knob]:
    name, most, slots = config.endpoint_config_name, serverless.max_concurrency, serverless.provisioned_concurrency

    def turned(wanted: ServerlessConfig) -> Plan:
        variant = replace(config.production_variants[0], serverless_config=wanted)
        return swapped(plan, config, replace(config, production_variants=(variant,)))

    yield knob(
        world,
        id=f"{name}.memory",
        title=f"{name}: MemorySizeInMB",
        unit="MB",
        current=serverless.memory_size_in_mb,
        tried=MEMORY_MB,
        turned=lambda value: turned(replace(serverless, memory_size_in_mb=int(value))),
        path=(FIELD, "MemorySizeInMB"),
        of="load",
    )
    yield knob(
        world,
        id=f"{name}.most",
        title=f"{name}: MaxConcurrency",
        current=most,
        tried=(count for count in around(most) if count >= serverless.provisioned),
        turned=lambda value: turned(replace(serverless, max_concurrency=int(value))),
        path=(FIELD, "MaxConcurrency"),
        of="load",
    )
    if slots is not None:
        yield knob(
            world,
            id=f"{name}.slots",
            title=f"{name}: ProvisionedConcurrency",
            current=slots,
            tried=(count for count in around(slots) if count <= most),
            turned=lambda value: turned(replace(serverless, provisioned_concurrency=int(value))),
            path=(FIELD, "ProvisionedConcurrency"),
            of="load",
        )
