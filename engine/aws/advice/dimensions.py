"""Advice on metrics that nobody publishes, whose alarms never have data (spec sagemaker 0.2 item 6, 6.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.aws.finding import Path
from engine.aws.nearest import did_you_mean
from engine.aws.rules.outlook import Scene
from engine.aws.watched import Watched, watched

Advice = Iterator[tuple[Path, str]]


def unknown_metric(scene: Scene) -> Advice:
    """Name, namespace and unit must be those that SageMaker publishes."""
    from engine.metrics.published import METRICS

    for each in watched(scene):
        stat, metric = each.stat, METRICS.get(each.stat.metric_name)
        if metric is None:
            say = f"A real-time endpoint publishes no metric {stat.metric_name}, so there is never any data."
            yield (*each.metric_at, "MetricName"), f"{say} {did_you_mean(stat.metric_name, METRICS)}"
        elif metric.namespace != stat.namespace:
            say = f"{metric.name} is published in {metric.namespace}, so there is no data in {stat.namespace}."
            yield (*each.metric_at, "Namespace"), f"{say} Write {metric.namespace}."
        elif stat.unit not in (None, metric.unit):
            say = f"{metric.name} is published with the unit {metric.unit}, so there is no data in {stat.unit}."
            yield (*each.period_at, "Unit"), f"{say} Write {metric.unit}, or leave Unit out."


def wrong_dimensions(scene: Scene) -> Advice:
    """Every set of dimensions is a metric of its own (spec sagemaker 3)."""
    from engine.metrics.store import BY_CONFIG, BY_VARIANT

    for each in watched(scene):
        given = each.dimensions.keys()
        if len(given) < len(each.stat.dimensions):
            yield _place(each), "A dimension is named twice, and a metric has each of them once. Take one out."
        if given in (BY_VARIANT, BY_CONFIG):
            continue
        say = f"SageMaker publishes nothing under {_list(given)}. It publishes by {_list(BY_VARIANT)}, and by"
        say = f"{say} these two with EndpointConfigName."
        yield _place(each), f"{say} {_difference(given, BY_VARIANT, BY_CONFIG)}"


def _place(each: Watched) -> Path:
    return (*each.metric_at, "Dimensions") if each.stat.dimensions else each.metric_at


def _list(names: Iterable[str]) -> str:
    return " and ".join(sorted(names)) or "no dimension at all"


def _difference(given: Iterable[str], least: frozenset[str], most: frozenset[str]) -> str:
    missing, strange = least - set(given), set(given) - most
    add = f"Add {_list(missing)}." if missing else ""
    return " ".join(part for part in (add, f"Take out {_list(strange)}." if strange else "") if part)


def wrong_endpoint(scene: Scene) -> Advice:
    """EndpointName must be the endpoint's."""
    if scene.world:
        known = (scene.world.endpoint.endpoint_name,)
        yield from _wrong_value(scene, "EndpointName", known, "endpoint")


def wrong_variant(scene: Scene) -> Advice:
    """AllTraffic is no wildcard, only the SDK's default name for a variant (spec sagemaker 0.2 item 6)."""
    configs = scene.configs.values()
    known = {variant.variant_name for config in configs for variant in config.production_variants}
    hint = " AllTraffic is a variant's name like any other, and does not mean all of them."
    for path, say in _wrong_value(scene, "VariantName", sorted(known), "variant"):
        yield path, say + (hint if "AllTraffic" in say and "AllTraffic" not in known else "")


def wrong_config(scene: Scene) -> Advice:
    """EndpointConfigName must be one that exists or is created."""
    if scene.world:
        yield from _wrong_value(scene, "EndpointConfigName", sorted(scene.configs), "endpoint configuration")


def _wrong_value(scene: Scene, dimension: str, known: Iterable[str], what: str) -> Advice:
    names = tuple(known)
    for each in watched(scene):
        given = each.dimensions.get(dimension)
        if names and given is not None and given not in names:
            say = f"There is no {what} {given}, so this alarm never has any data. {did_you_mean(given, names)}"
            yield _place(each), say


DIMENSION_ADVICE = (unknown_metric, wrong_dimensions, wrong_endpoint, wrong_variant, wrong_config)
