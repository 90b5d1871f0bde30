"""The numbers of shadow tests: the share of the requests that is copied, and the instances."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from engine.plan import Plan
from engine.requests.experiments import (
    CreateInferenceExperiment,
    ModelVariant,
    ShadowMode,
    UpdateInferenceExperiment,
)
from engine.world import World
from labs.whatif.knob import Knob, around, knob, swapped

PERCENTAGES = (1, 5, 10, 20, 25, 50, 75, 100)
"""Shares of the requests to try, within AWS's 1 to 100 (spec sagemaker 9)."""


def experiment_knobs(plan: Plan, world: World) -> Iterator[Knob]:
    """Yield the numbers of each test that the plan creates or changes."""
    for step in plan.steps:
        request = step.request
        if not isinstance(request, CreateInferenceExperiment | UpdateInferenceExperiment):
            continue
        if request.shadow_mode is not None:
            yield _sampling(plan, world, request, request.shadow_mode)
        for index, variant in enumerate(request.model_variants):
            yield _instances(world, request.name, variant, partial(_resized, plan, request, index))


def _sampling(
    plan: Plan, world: World, request: CreateInferenceExperiment | UpdateInferenceExperiment, mode: ShadowMode
) -> Knob:
    def turned(value: float) -> Plan:
        new = replace(mode, sampling_percentage=int(value))
        return swapped(plan, request, replace(request, shadow_mode=new))

    return knob(
        world,
        id=f"{request.name}.sampling",
        title=f"{request.name}: SamplingPercentage",
        unit="%",
        current=mode.sampling_percentage,
        tried=PERCENTAGES,
        turned=turned,
        path=("SamplingPercentage",),
        of="load",
    )


def _instances(world: World, test: str, variant: ModelVariant, turned: Callable[[float], Plan]) -> Knob:
    return knob(
        world,
        id=f"{test}.{variant.variant_name}.instances",
        title=f"{variant.variant_name}: InstanceCount",
        unit="instances",
        current=variant.instance_count,
        tried=around(variant.instance_count),
        turned=turned,
        path=("InstanceCount",),
        of="load",
    )


def _resized(
    plan: Plan, request: CreateInferenceExperiment | UpdateInferenceExperiment, index: int, value: float
) -> Plan:
    variants = request.model_variants
    new = replace(variants[index], instance_count=int(value))
    changed = (*variants[:index], new, *variants[index + 1 :])
    return swapped(plan, request, replace(request, model_variants=changed))
