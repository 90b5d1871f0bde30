"""Advice on metrics that nobody publishes, whose alarms never have data (spec sagemaker 0.2 item 6, 6.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.aws.advice.alarms.alarms_of_updates import AlarmMetric, metrics_of_alarms
from engine.aws.finding import Path, did_you_mean
from engine.aws.rules.endpoints import endpoint_names
from engine.aws.rules.outlook import Outlook
from engine.requests.experiments import CreateInferenceExperiment

Advice = Iterator[tuple[Path, str]]


def unknown_metric(outlook: Outlook) -> Advice:
    """Name, namespace and unit must be those that SageMaker publishes."""
    from engine.metrics.published import METRICS, NAMESPACES, OF_JOBS, UNPUBLISHED

    published = outlook.published
    for each in metrics_of_alarms(outlook):
        stat, metric = each.stat, published.get(each.stat.metric_name)
        if metric is None:
            if own := [metric.name for metric in outlook.own_metrics if metric.namespace == stat.namespace]:
                say = f"The caller publishes {' and '.join(own)} in {stat.namespace} and nothing else"
                yield (*each.metric_at, "MetricName"), f"{say}, so there is never any data. Write {' or '.join(own)}."
            elif stat.namespace in NAMESPACES and stat.metric_name not in UNPUBLISHED:
                say = f"No metric {stat.metric_name} of a real-time endpoint is known here, so there is never any data."
                yield (*each.metric_at, "MetricName"), f"{say} {did_you_mean(stat.metric_name, METRICS)}"
        elif stat.namespace in OF_JOBS:
            continue  # which is told as not simulated
        elif metric.namespace != stat.namespace:
            say = f"{metric.name} is published in {metric.namespace}, so there is no data in {stat.namespace}."
            yield (*each.metric_at, "Namespace"), f"{say} Write {metric.namespace}."
        elif stat.unit not in (None, metric.unit):
            say = f"{metric.name} is published with the unit {metric.unit}, so there is no data in {stat.unit}."
            yield (*each.period_at, "Unit"), f"{say} Write {metric.unit}, or leave Unit out."


def wrong_dimensions(outlook: Outlook) -> Advice:
    """Every set of dimensions is a metric of its own (spec sagemaker 3)."""
    from engine.metrics.store import BY_CONFIG, BY_ENDPOINT, BY_VARIANT

    for each in endpoint_metrics(outlook):
        given = each.dimensions.keys()
        if len(given) < len(each.stat.dimensions):
            yield _place(each), "A dimension is named twice, and a metric has each of them once. Take one out."
        metric = outlook.published[each.stat.metric_name]
        if metric.of_endpoint or metric.own:
            who, by = ("The caller", BY_VARIANT) if metric.own else ("SageMaker", BY_ENDPOINT)
            if given != by:
                say = f"{who} publishes {metric.name} by {_list(by)} alone."
                yield _place(each), f"{say} {_difference(given, by, by)}"
            continue
        if given in (BY_VARIANT, BY_CONFIG):
            continue
        say = f"SageMaker publishes nothing under {_list(given)}. It publishes by {_list(BY_VARIANT)}, and by"
        say = f"{say} these two with EndpointConfigName."
        yield _place(each), f"{say} {_difference(given, BY_VARIANT, BY_CONFIG)}"


def endpoint_metrics(outlook: Outlook) -> Iterator[AlarmMetric]:
    """Yield those metrics of alarms that a simulated endpoint or its caller publishes, also where their namespace is
    mistaken."""
    from engine.metrics.published import OF_JOBS

    published = outlook.published
    of_endpoints = (each for each in metrics_of_alarms(outlook) if each.stat.namespace not in OF_JOBS)
    return (each for each in of_endpoints if each.stat.metric_name in published)


def _place(each: AlarmMetric) -> Path:
    return (*each.metric_at, "Dimensions") if each.stat.dimensions else each.metric_at


def _list(names: Iterable[str]) -> str:
    return " and ".join(sorted(names)) or "no dimension at all"


def _difference(given: Iterable[str], least: frozenset[str], most: frozenset[str]) -> str:
    missing, strange = least - set(given), set(given) - most
    add = f"Add {_list(missing)}." if missing else ""
    return " ".join(part for part in (add, f"Take out {_list(strange)}." if strange else "") if part)


def wrong_endpoint(outlook: Outlook) -> Advice:
    """EndpointName must be that of an endpoint which is there, or is created."""
    if outlook.world:
        yield from _wrong_value(outlook, "EndpointName", endpoint_names(outlook), "endpoint")


def wrong_variant(outlook: Outlook) -> Advice:
    """AllTraffic is no wildcard, only the SDK's default name for a variant (spec sagemaker 0.2 item 6)."""
    configs = outlook.configs.values()
    known = {variant.variant_name for config in configs for variant in config.variants}
    tests = outlook.every(CreateInferenceExperiment)
    known |= {variant.variant_name for _, test in tests for variant in test.model_variants} if known else set()
    hint = " AllTraffic is a variant's name like any other, and does not mean all of them."
    for path, say in _wrong_value(outlook, "VariantName", sorted(known), "variant"):
        yield path, say + (hint if "AllTraffic" in say and "AllTraffic" not in known else "")


def wrong_config(outlook: Outlook) -> Advice:
    """EndpointConfigName must be one that exists or is created."""
    if outlook.world:
        yield from _wrong_value(outlook, "EndpointConfigName", sorted(outlook.configs), "endpoint configuration")


def _wrong_value(outlook: Outlook, dimension: str, known: Iterable[str], what: str) -> Advice:
    names = tuple(known)
    for each in endpoint_metrics(outlook):
        given = each.dimensions.get(dimension)
        if names and given is not None and given not in names:
            say = f"There is no {what} {given}, so this alarm never has any data. {did_you_mean(given, names)}"
            yield _place(each), say


DIMENSION_ADVICE = (unknown_metric, wrong_dimensions, wrong_endpoint, wrong_variant, wrong_config)
