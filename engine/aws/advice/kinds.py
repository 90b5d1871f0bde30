"""Advice on metrics that a kind of variant has and others have not: with instances, serverless, asynchronous
(spec sagemaker 6.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from engine.aws.advice.alarms.alarms_of_updates import AlarmMetric, metrics_of_alarms
from engine.aws.finding import Path
from engine.aws.rules.outlook import Outlook
from engine.requests.sagemaker import (
    CreateEndpoint,
    EndpointConfig,
    ProductionVariant,
    UpdateEndpoint,
    UpdateEndpointWeightsAndCapacities,
)

Advice = Iterator[tuple[Path, str]]


class Watched(NamedTuple):
    """A variant that an alarm watches, under the configuration that it serves in."""

    config: EndpointConfig
    variant: ProductionVariant


def other_kind(outlook: Outlook) -> Advice:
    """Say which metric has no data because nothing that is watched publishes it."""
    from engine.metrics.published import METRICS, OF_JOBS

    for each in metrics_of_alarms(outlook) if outlook.world else ():
        metric = METRICS.get(each.stat.metric_name)
        if metric is None or metric.only is None or each.stat.namespace in OF_JOBS:
            continue
        watched = list(_watched(outlook, each, any_variant=metric.of_endpoint))
        if not watched or any(metric.only in _kinds(found, outlook) for found in watched):
            continue
        say, remedy = _say(metric.only, watched[0])
        yield (*each.metric_at, "MetricName"), f"{metric.name} {say}, so this alarm never has data. {remedy}"


def _say(only: str, found: Watched) -> tuple[str, str]:
    """Return why there is no data, and what to watch instead."""
    name, serverless = found.variant.variant_name, found.variant.serverless_config is not None
    match only:
        case "serverless":
            return (
                f"is a metric of serverless variants, and {name} has instances",
                "Watch Invocation5XXErrors or ModelLatency.",
            )
        case "provisioned":
            return (
                f"is published where ProvisionedConcurrency is set, and {name} has none",
                "Watch ServerlessConcurrentExecutionsUtilization, or provision some.",
            )
        case "asynchronous":
            return (
                f"is a metric of asynchronous endpoints, and {name} answers at once",
                "Watch Invocation5XXErrors or ModelLatency.",
            )
    if serverless:
        return (
            f"is not published by serverless variants such as {name}",
            "Watch Invocation5XXErrors, ModelLatency or ServerlessConcurrentExecutionsUtilization.",
        )
    return (
        f"is not published by asynchronous variants such as {name}",
        "Watch InvocationFailures, TimeInBacklog or ModelLatency.",
    )


def _watched(outlook: Outlook, each: AlarmMetric, *, any_variant: bool) -> Iterator[Watched]:
    """Yield the variants that may publish under these names: of that configuration, or of all that ever serve."""
    variant, config = each.dimensions.get("VariantName"), each.dimensions.get("EndpointConfigName")
    targets = [update.endpoint_config_name for _, update in outlook.every(UpdateEndpoint)]
    targets += [creation.endpoint_config_name for _, creation in outlook.every(CreateEndpoint)]
    first = [outlook.world.endpoint.endpoint_config_name] if outlook.world else []
    for name in [config] if config is not None else [*first, *targets]:
        found = outlook.configs.get(name)
        for served in found.production_variants if found else ():
            if found is not None and (any_variant or served.variant_name == variant):
                yield Watched(found, served)


def _kinds(found: Watched, outlook: Outlook) -> Iterator[str]:
    """Yield which metrics a variant has beside those of any; concurrency that is changed later counts too."""
    serverless = found.variant.serverless_config
    if serverless is not None:
        yield from ("calls", "serverless")
        if serverless.provisioned or any(outlook.every(UpdateEndpointWeightsAndCapacities)):
            yield "provisioned"
    elif found.config.async_inference_config is not None:
        yield from ("instances", "asynchronous")
    else:
        yield from ("instances", "calls", "answered at once")


KIND_ADVICE = (other_kind,)
