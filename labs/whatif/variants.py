"""The numbers of variants: instances, weights, and what an asynchronous instance takes at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from engine.plan import Plan
from engine.requests.sagemaker import (
    DesiredWeightAndCapacity,
    EndpointConfig,
    ProductionVariant,
    ServerlessUpdateConfig,
    UpdateEndpointWeightsAndCapacities,
)
from engine.world import World
from labs.whatif.knob import Knob, around, knob, swapped

SHARES = (0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0)
"""Weights to try, against a weight of 1."""
PER_INSTANCE = (1, 2, 3, 4, 6, 8, 12, 16, 32, 64, 128, 256, 512, 1000)
"""MaxConcurrentInvocationsPerInstance to try, within AWS's 1 to 1000 (spec sagemaker 8)."""


def variant_knobs(plan: Plan, world: World) -> Iterator[Knob]:
    """Yield the numbers of configurations that the plan creates, and of what it changes without one."""
    for step in plan.steps:
        match step.request:
            case EndpointConfig() as config:
                yield from _of_config(plan, world, config)
            case UpdateEndpointWeightsAndCapacities() as request:
                for index in range(len(request.desired_weights_and_capacities)):
                    yield from _of_change(plan, world, request, index)
            case _:
                pass


def _of_config(plan: Plan, world: World, config: EndpointConfig) -> Iterator[Knob]:
    alone = len(config.production_variants) == 1
    for field in ("production_variants", "shadow_production_variants"):
        variants: tuple[ProductionVariant, ...] = getattr(config, field)
        shadows = field != "production_variants"
        for index, variant in enumerate(variants):
            around_it = config.production_variants[0] if shadows else variant
            yield from _of_variant(plan, world, config, (field, index), around_it, weighed=shadows or not alone)
    yield from _asynchronous(plan, world, config)


def _of_variant(
    plan: Plan, world: World, config: EndpointConfig, at: tuple[str, int], against: ProductionVariant, *, weighed: bool
) -> Iterator[Knob]:
    """Yield instances and, where it says anything, the weight; a shadow's is its share (spec sagemaker 9)."""
    field, index = at
    variants: tuple[ProductionVariant, ...] = getattr(config, field)
    variant = variants[index]
    name = f"{config.endpoint_config_name}.{variant.variant_name}"

    def turned(**changes: Any) -> Plan:  # noqa: ANN401 - fields of a variant have several types
        new = replace(variant, **changes)
        changed: Any = {field: (*variants[:index], new, *variants[index + 1 :])}
        return swapped(plan, config, replace(config, **changed))

    if variant.serverless_config is None:
        yield knob(
            world,
            id=f"{name}.instances",
            title=f"{name}: InitialInstanceCount",
            unit="instances",
            current=variant.initial_instance_count,
            tried=around(variant.initial_instance_count),
            turned=lambda value: turned(initial_instance_count=int(value)),
            path=("InitialInstanceCount",),
            of="load",
        )
    most = SHARES[-1] if against is variant else 1.0
    if weighed:
        yield knob(
            world,
            id=f"{name}.weight",
            title=f"{name}: InitialVariantWeight",
            current=variant.initial_variant_weight,
            tried=(share * (against.initial_variant_weight or 1.0) for share in SHARES if share <= most),
            turned=lambda value: turned(initial_variant_weight=value),
            path=("InitialVariantWeight",),
            of="load",
        )


def _asynchronous(plan: Plan, world: World, config: EndpointConfig) -> Iterator[Knob]:
    wanted = config.async_inference_config
    if wanted is None or wanted.max_concurrent_invocations_per_instance is None:
        return

    def turned(value: float) -> Plan:
        new = replace(wanted, max_concurrent_invocations_per_instance=int(value))
        return swapped(plan, config, replace(config, async_inference_config=new))

    yield knob(
        world,
        id=f"{config.endpoint_config_name}.at-once",
        title=f"{config.endpoint_config_name}: MaxConcurrentInvocationsPerInstance",
        current=wanted.max_concurrent_invocations_per_instance,
        tried=PER_INSTANCE,
        turned=turned,
        path=("MaxConcurrentInvocationsPerInstance",),
        of="load",
    )


def _of_change(plan: Plan, world: World, request: UpdateEndpointWeightsAndCapacities, index: int) -> Iterator[Knob]:
    desired = request.desired_weights_and_capacities
    change = desired[index]
    name, count, weight = change.variant_name, change.desired_instance_count, change.desired_weight

    def turned(new: DesiredWeightAndCapacity) -> Plan:
        changed = (*desired[:index], new, *desired[index + 1 :])
        return swapped(plan, request, replace(request, desired_weights_and_capacities=changed))

    if count is not None:
        yield knob(
            world,
            id=f"{name}.desired-instances",
            title=f"{name}: DesiredInstanceCount",
            unit="instances",
            current=count,
            tried=around(count),
            turned=lambda value: turned(replace(change, desired_instance_count=int(value))),
            path=("DesiredInstanceCount",),
            of="load",
        )
    if weight is not None:
        yield knob(
            world,
            id=f"{name}.desired-weight",
            title=f"{name}: DesiredWeight",
            current=weight,
            tried=SHARES,
            turned=lambda value: turned(replace(change, desired_weight=value)),
            path=("DesiredWeight",),
            of="load",
        )
    serverless = change.serverless_update_config
    for field, title in CONCURRENCIES if serverless else ():
        current: int | None = getattr(serverless, field)
        if current is not None:
            yield knob(
                world,
                id=f"{name}.{field.replace('_', '-')}",
                title=f"{name}: {title}",
                current=current,
                tried=around(current),
                turned=lambda value, field=field: turned(  # type: ignore[misc]
                    replace(change, serverless_update_config=_with(serverless, field, value))
                ),
                path=("ServerlessUpdateConfig", title),
                of="load",
            )


CONCURRENCIES = (("max_concurrency", "MaxConcurrency"), ("provisioned_concurrency", "ProvisionedConcurrency"))


def _with(config: ServerlessUpdateConfig | None, field: str, value: float) -> ServerlessUpdateConfig | None:
    changed: Any = {field: int(value)}
    return config and replace(config, **changed)
