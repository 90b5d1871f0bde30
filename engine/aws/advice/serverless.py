"""Advice on serverless variants: concurrency for their traffic (spec inference 3).

How much finds everything busy is Erlang B, whatever the work of a request is spread like.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.aws.finding import Path
from engine.aws.rules.outlook import Outlook
from engine.aws.rules.rollout import rollouts
from engine.requests.sagemaker import (
    MOST_CONCURRENCY,
    EndpointConfig,
    ProductionVariant,
    ServerlessConfig,
    UpdateEndpointWeightsAndCapacities,
)
from engine.sagemaker.desired import desired_after
from engine.serving.serverless.blocking import erlang_b

Advice = Iterator[tuple[Path, str]]
TOLD_FROM, ENOUGH = 0.01, 0.001
"""Shares of throttled requests: from when on it is told, and what is aimed at."""
TOO_MANY = 2
"""Times as many provisioned environments as the peak needs are told."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Concurrency that a request asks for, and the work that will come."""

    place: Path
    """Of the request's ServerlessConfig or ServerlessUpdateConfig, or of the name of a configuration that has one."""
    config: ServerlessConfig
    offered: float
    """Requests in progress at the busiest, on average: rate times service time."""
    rate: float
    mean_s: float

    def at(self, field: str) -> Path:
        """Return the place of one of its fields."""
        return self.place if self.place[-1] == "EndpointConfigName" else (*self.place, field)


def no_guard(outlook: Outlook) -> Advice:
    """Whoever knows guardrails may count on them (spec sagemaker 2.9, 8)."""
    for rollout in rollouts(outlook):
        if rollout.is_serverless and outlook.world:
            say = (
                "A serverless endpoint has no deployment guardrails: all traffic moves at once, and no alarm brings it"
            )
            yield rollout.call.path, f"{say} back. Look at its metrics yourself, and keep the old configuration."


def throttled(outlook: Outlook) -> Advice:
    """MaxConcurrency below what the traffic needs throttles, at its peak at least (spec inference 3.2)."""
    for asked in _asked(outlook):
        most = asked.config.max_concurrency
        share, needed = erlang_b(most, asked.offered), _needed(asked.offered, ENOUGH)
        if share < TOLD_FROM:
            continue
        say = (
            f"{asked.rate:g} requests a second of {asked.mean_s:g} s keep {asked.offered:.3g} in progress at the peak:"
        )
        say = f"{say} MaxConcurrency {most} throttles about {share:.0%} of them then (Erlang B)."
        enough = f"Write {needed} to throttle hardly any." if needed else f"Even {MOST_CONCURRENCY} are too few."
        yield asked.at("MaxConcurrency"), f"{say} {enough}"


def idle_provisioned(outlook: Outlook) -> Advice:
    """Provisioned environments are paid for all the time, and pay above 60 % of it (spec inference 3.4)."""
    for asked in _asked(outlook):
        slots, needed = asked.config.provisioned, _needed(asked.offered, TOLD_FROM)
        if needed and slots >= TOO_MANY * needed:
            say = f"About {asked.offered:.2g} of these {slots} environments are busy at the peak, and all are paid for"
            say = f"{say} all the time; they pay above 60 % of it. Write {needed}: what comes on top goes on demand."
            yield asked.at("ProvisionedConcurrency"), say


def _needed(offered: float, share: float) -> int | None:
    """Return how many environments leave at most this share without one; None where no number that AWS takes does."""
    return next((n for n in range(1, MOST_CONCURRENCY + 1) if erlang_b(n, offered) <= share), None)


def _asked(outlook: Outlook) -> Iterator[Asked]:
    for call, config in outlook.every(EndpointConfig):
        for index, variant in enumerate(config.production_variants):
            wanted, place = variant.serverless_config, call.at("ProductionVariants", index, "ServerlessConfig")
            if wanted is not None:
                yield from _asked_of(outlook, place, variant.model_name, wanted)
    created = {config.endpoint_config_name for _, config in outlook.every(EndpointConfig)}
    for rollout in rollouts(outlook):
        for variant in rollout.target if rollout.update.endpoint_config_name not in created else ():
            wanted, place = variant.serverless_config, rollout.call.at("EndpointConfigName")
            if wanted is not None:
                yield from _asked_of(outlook, place, variant.model_name, wanted)
    for call, request in outlook.every(UpdateEndpointWeightsAndCapacities):
        before = outlook.before(call)
        models = {each.variant_name: each.model_name for each in _variants(before.current_config)}
        after = desired_after(before.desired, request, before.configs)
        for index, each in enumerate(request.desired_weights_and_capacities):
            then, change = after.get(each.variant_name), each.serverless_update_config
            place = call.at("DesiredWeightsAndCapacities", index, "ServerlessUpdateConfig")
            if change is not None and then is not None and then.serverless is not None:
                yield from _asked_of(outlook, place, models.get(each.variant_name, ""), then.serverless)


def _asked_of(outlook: Outlook, place: Path, model: str, wanted: ServerlessConfig) -> Iterator[Asked]:
    if outlook.world is not None and model in outlook.world.models:
        rate, mean_s = outlook.world.workload.peak_rate, outlook.world.models[model].mean_ms / 1000
        yield Asked(place, wanted, rate * mean_s, rate, mean_s)


def _variants(config: EndpointConfig | None) -> tuple[ProductionVariant, ...]:
    return config.production_variants if config else ()


SERVERLESS_ADVICE = (no_guard, throttled, idle_provisioned)
