"""Advice on shadow variants and shadow tests: a shadow that is too small for its share, or that nobody watches
(spec sagemaker 9, inference 7.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.aws.advice.alarms.evidence import usual_rate
from engine.aws.finding import Path
from engine.aws.rules.outlook import Outlook
from engine.requests.experiments import (
    CreateInferenceExperiment,
    StopInferenceExperiment,
    UpdateInferenceExperiment,
)
from engine.requests.sagemaker import EndpointConfig

Advice = Iterator[tuple[Path, str]]
WHOLE = 100
"""Per cent of the requests: what AWS advises before a promotion."""


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A shadow that the plan brings, and where it stands."""

    name: str
    model: str
    instances: int
    share: float
    """Of the requests, from 0 to 1."""
    name_at: Path
    count_at: Path


def shadows_of(outlook: Outlook) -> Iterator[AskedFor]:
    """Yield the shadows of configurations and of tests."""
    for call, config in outlook.every(EndpointConfig):
        weight = config.production_variants[0].initial_variant_weight
        for index, each in enumerate(config.shadow_production_variants):
            at = call.at("ShadowProductionVariants", index)
            share = min(1.0, each.initial_variant_weight / weight) if weight else 1.0
            places = ((*at, "VariantName"), (*at, "InitialInstanceCount"))
            yield AskedFor(each.variant_name, each.model_name, each.initial_instance_count, share, *places)
    for call, test in outlook.every(CreateInferenceExperiment):
        shadow = test.shadow
        at = call.at("ModelVariants", test.model_variants.index(shadow))
        count_at = (*at, "InfrastructureConfig", "RealTimeInferenceConfig", "InstanceCount")
        share = test.shadow_mode.share
        yield AskedFor(
            shadow.variant_name, shadow.model_name, shadow.instance_count, share, (*at, "VariantName"), count_at
        )


def too_small(outlook: Outlook) -> Advice:
    """A shadow has its own instances and its own queue; its errors without enough of them say nothing of the model."""
    world = outlook.world
    for each in shadows_of(outlook) if world else ():
        assert world is not None
        model, rate = world.models.get(each.model), usual_rate(world.workload) * each.share
        if model is None:
            continue
        possible = each.instances * model.workers / (model.mean_ms / 1000)
        if rate >= possible:
            say = f"{each.name} gets about {rate:.3g} requests a second, and {each.instances} instance(s) answer"
            say = f"{say} {possible:.3g}: what it shows then is its queue, not its model."
            needed = int(rate / possible * each.instances) + 1
            yield each.count_at, f"{say} Give it {needed} instances, or a smaller share."


def unwatched(outlook: Outlook) -> Advice:
    """An alarm on the production variant's name is blind to the shadow, and the reverse."""
    alarms = outlook.metric_alarms.values()
    watched = {
        value for alarm in alarms for stat in alarm.stats for name, value in stat.dimensions if name == "VariantName"
    }
    for each in shadows_of(outlook) if watched else ():
        if each.name not in watched:
            say = f"No alarm sees {each.name}: its errors and its latency are in metrics of its own, and production's"
            yield each.name_at, f"{say} alarms are blind to them. Put one with the dimension VariantName: {each.name}."


def promoted(outlook: Outlook) -> Advice:
    """Who promotes a shadow puts all requests on it: on a part of them it was tried, or on too few instances
    (spec sagemaker 9, inference 7.2)."""
    for call, stop in outlook.every(StopInferenceExperiment):
        before = outlook.before(call)
        test = before.experiments.get(stop.name)
        if test is None or stop.actions.get(test.shadow.variant_name) != "Promote":
            continue
        at = call.at("ModelVariantActions", test.shadow.variant_name)
        share = _last_share(before, test)
        if share < WHOLE:
            say = f"{test.shadow.variant_name} has seen {share} % of the requests, and now gets all of them."
            yield at, f"{say} Let it see 100 % with UpdateInferenceExperiment first."
        world = outlook.world
        model = world.models.get(test.shadow.model_name) if world else None
        wanted = [each for each in stop.desired_variants if each.variant_name == test.shadow.variant_name]
        instances = (wanted[0] if wanted else test.shadow).instance_count
        if world is None or model is None:
            continue
        rate, possible = usual_rate(world.workload), instances * model.workers / (model.mean_ms / 1000)
        if rate >= possible:
            say = f"It comes with {instances} instance(s), which answer {possible:.3g} of {rate:.3g} requests a second."
            yield at, f"{say} Write {int(rate / possible * instances) + 1} instances in DesiredModelVariants."


def _last_share(outlook: Outlook, test: CreateInferenceExperiment) -> int:
    """Return SamplingPercentage as last asked for."""
    changes = [
        change.shadow_mode.sampling_percentage
        for _, change in outlook.every(UpdateInferenceExperiment)
        if change.name == test.name and change.shadow_mode is not None
    ]
    return [test.shadow_mode.sampling_percentage, *changes][-1]


SHADOW_ADVICE = (too_small, unwatched, promoted)
