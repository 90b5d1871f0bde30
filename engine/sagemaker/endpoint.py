"""The endpoint while a run goes on: its status, its variants with their fleets, and what DescribeEndpoint says of it
(spec sagemaker 3.1, 3.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from engine.requests.arns import arn
from engine.requests.sagemaker import DeploymentConfig, ProductionVariant, ServerlessConfig
from engine.run import FleetName
from engine.sagemaker.asynchronous import write_async
from engine.sagemaker.capacity import Desired
from engine.sagemaker.deployment_config import write_deployment_config
from engine.sagemaker.serverless import write_serverless
from engine.serving.fleet import Fleet
from engine.serving.routing import Copies, Routes, VariantRoute

PENDING_AFTER_S = 5.0
"""PendingDeploymentSummary is not there yet 1 s after UpdateEndpoint (spec sagemaker 3.1); how much later it comes is
not known."""


@dataclass(slots=True)
class VariantStatus:
    """What an update is doing to the variants just now."""

    status: str
    message: str
    since: float


@dataclass(slots=True, kw_only=True)
class VariantState:
    """One variant: the fleet that serves it, and the one that is to replace it."""

    variant: ProductionVariant
    weight: float
    desired_count: int
    fleet: Fleet
    leftover: Fleet | None = None
    """Instances of another configuration that a failed rollback left in service beside `fleet`."""
    incoming: Fleet | None = None
    incoming_desired: int = 0
    incoming_weight: float = 1.0
    launching: int = 0
    """New instances that are billed already, although not yet in service."""
    desired_weight: float | None = None
    """While UpdateEndpointWeightsAndCapacities runs, what the weight will be."""
    desired_serverless: ServerlessConfig | None = None
    """While UpdateEndpointWeightsAndCapacities runs, what the concurrency will be."""
    doing: VariantStatus | None = None
    """What UpdateEndpointWeightsAndCapacities is doing to this variant."""

    @property
    def name(self) -> str:
        """The variant's name, or that of the one which is to replace it."""
        return self.variant.variant_name if self.incoming is None else self.incoming.variant.variant_name

    @property
    def stands(self) -> bool:
        """Is there something that takes requests: instances, or a queue?"""
        return bool(self.fleet.instances) or self.fleet.asynchronous is not None

    @property
    def incoming_share(self) -> float:
        """The share of this variant's traffic that the new fleet has: its enabled instances over all of them."""
        if self.incoming is None or not self.incoming_desired:
            return 0.0
        return self.incoming.enabled / self.incoming_desired


@dataclass(slots=True, kw_only=True)
class EndpointState:
    """The endpoint; `describe` is what a caller sees of it."""

    endpoint_name: str
    config_name: str
    variants: list[VariantState]
    shadows: list[VariantState] = field(default_factory=list)
    """Shadow variants: they have instances, and no share of the traffic (spec sagemaker 9)."""
    clock: Callable[[float], datetime]
    status: str = "InService"
    modified_at: float = 0.0
    failure_reason: str | None = None
    last_deployment_config: DeploymentConfig | None = None
    pending_config: str | None = None
    pending_since: float = 0.0
    doing: VariantStatus | None = None
    _stamps: dict[float, str] = field(default_factory=dict, init=False, repr=False)
    """Times as they are shown: each of them in many answers."""

    def turn(self, status: str, now: float) -> None:
        """Change EndpointStatus, and LastModifiedTime with it."""
        self.status, self.modified_at = status, now

    @property
    def instances(self) -> int:
        """All instances in service, whatever their configuration."""
        fleets = [fleet for s in self.all_variants for fleet in (s.fleet, s.leftover, s.incoming) if fleet is not None]
        return sum(fleet.instances for fleet in fleets if fleet.variant.serverless_config is None)

    @property
    def all_variants(self) -> list[VariantState]:
        """Production variants and shadows."""
        return [*self.variants, *self.shadows]

    def routes(self) -> Routes:
        """Return the routing table as the fleets stand."""
        replaced = [state for state in self.variants if state.incoming is not None]
        moved = bool(replaced) and all(state.incoming_share == 1 for state in replaced)
        gone = [state for state in self.variants if state.incoming is None] if moved else []
        return Routes.over([_route(state) for state in self.variants if state not in gone], tuple(self._copies()))

    def _copies(self) -> Iterator[Copies]:
        """Yield which fleet's requests are copied to which shadow.

        What becomes of shadows while an update runs is not published (spec inference 7.3): here each belongs to its
        configuration and copies what that one's production variant answers, so that the new shadow gets as much as
        the new fleet, and both are taken back by a rollback.
        """
        for shadow in self.shadows:
            for state in self.variants:
                yield from _copies(state.fleet, state.weight, shadow.fleet, shadow.weight)
                if state.incoming is not None and shadow.incoming is not None:
                    yield from _copies(state.incoming, state.incoming_weight, shadow.incoming, shadow.incoming_weight)

    def hand_over(self, now: float) -> None:
        """Let requests that wait for a fleet without traffic wait for one that has it."""
        for state in self.variants:
            fleets = [fleet for fleet in (state.fleet, state.leftover, state.incoming) if fleet is not None]
            to = next((fleet for fleet in fleets if fleet.enabled), state.fleet)
            for fleet in fleets:
                if fleet is not to and not fleet.enabled:
                    fleet.hand_over(to, now)

    def billed(self, count_incoming: bool) -> Counter[FleetName]:
        """Return the instances billed now; whether the new fleet counts depends on the policy."""
        counts: Counter[FleetName] = Counter()
        for state in self.all_variants:
            for fleet in (state.fleet, state.leftover):
                if fleet is not None and fleet.variant.serverless_config is None:
                    counts[_name(fleet.config, fleet.variant)] += fleet.instances
            new = state.incoming
            if new is not None and new.variant.serverless_config is None and count_incoming and self.pending_config:
                launched = max(new.instances, state.launching)
                counts[_name(self.pending_config, new.variant)] += launched
        return counts

    def describe(self, now: float) -> Mapping[str, Any]:
        """Return DescribeEndpoint's answer at `now`; an endpoint is as old as the run."""
        answer: dict[str, Any] = {
            "EndpointName": self.endpoint_name,
            "EndpointArn": arn("endpoint", self.endpoint_name),
            "CreationTime": self._stamp(0.0),
            "LastModifiedTime": self._stamp(self.modified_at),
            "EndpointConfigName": self.config_name,
            "EndpointStatus": self.status,
            "ProductionVariants": [self._variant(state) for state in self.variants if state.stands],
        }
        if any(state.fleet.instances for state in self.shadows):
            answer["ShadowProductionVariants"] = [self._variant(s) for s in self.shadows if s.fleet.instances]
        asynchronous = next((state.fleet.asynchronous for state in self.variants), None)
        if asynchronous is not None:
            answer["AsyncInferenceConfig"] = write_async(asynchronous)
        if self.failure_reason is not None:
            answer["FailureReason"] = self.failure_reason
        if self.last_deployment_config is not None:
            answer["LastDeploymentConfig"] = _written(self.last_deployment_config)
        visible = now >= self.pending_since + PENDING_AFTER_S
        if self.pending_config is not None and self.doing is not None and visible:
            answer["PendingDeploymentSummary"] = {
                "EndpointConfigName": self.pending_config,
                "StartTime": self._stamp(self.pending_since),
                "ProductionVariants": [self._incoming(state) for state in self.variants if state.incoming],
            }
            if any(state.incoming for state in self.shadows):
                shadows = [self._incoming(state) for state in self.shadows if state.incoming]
                answer["PendingDeploymentSummary"]["ShadowProductionVariants"] = shadows
        return answer

    def _variant(self, state: VariantState) -> dict[str, Any]:
        summary = {
            "VariantName": state.variant.variant_name,
            "CurrentWeight": state.weight,
            "DesiredWeight": state.weight if state.desired_weight is None else state.desired_weight,
            **_capacity(
                state.variant.serverless_config,
                state.desired_serverless,
                state.fleet.enabled + (state.leftover.enabled if state.leftover else 0),
                state.desired_count,
            ),
        }
        return summary if state.doing is None else {**summary, "VariantStatus": [self._status(state.doing)]}

    def _incoming(self, state: VariantState) -> dict[str, Any]:
        assert state.incoming is not None and self.doing is not None
        return {
            "VariantName": state.incoming.variant.variant_name,
            "CurrentWeight": state.incoming_weight,
            "DesiredWeight": state.incoming_weight,
            **_capacity(state.incoming.variant.serverless_config, None, state.incoming.enabled, state.incoming_desired),
            "VariantStatus": [self._status(self.doing)],
        }

    def _status(self, doing: VariantStatus) -> dict[str, str]:
        return {"Status": doing.status, "StatusMessage": doing.message, "StartTime": self._stamp(doing.since)}

    def _stamp(self, t: float) -> str:
        if t not in self._stamps:
            self._stamps[t] = self.clock(t).isoformat(timespec="seconds")
        return self._stamps[t]


def _capacity(
    serverless: ServerlessConfig | None, wanted: ServerlessConfig | None, current: int, desired: int
) -> Mapping[str, Any]:
    """Return what is shown of instances, or of the concurrency that a serverless variant has in their place."""
    if serverless is None:
        return {"CurrentInstanceCount": current, "DesiredInstanceCount": desired}
    return {
        "CurrentServerlessConfig": write_serverless(serverless),
        "DesiredServerlessConfig": write_serverless(wanted or serverless),
    }


@lru_cache(maxsize=64)
def _written(config: DeploymentConfig) -> Mapping[str, Any]:
    """Return what is shown of it, once: many answers of a run are compared, and mostly it is the same."""
    return write_deployment_config(config)


def _route(state: VariantState) -> VariantRoute:
    share = state.incoming_share
    old = [state.fleet] if state.leftover is None else [state.fleet, state.leftover]
    enabled = sum(fleet.enabled for fleet in old)
    fleets = [(fleet, (1.0 - share) * fleet.enabled / enabled) for fleet in old] if enabled else []
    if not enabled and state.fleet.asynchronous is not None:
        fleets = [(state.fleet, 1.0 - share)]
    if state.incoming is not None:
        fleets.insert(0, (state.incoming, share))
    weight = state.weight * (1.0 - share) + state.incoming_weight * share
    return VariantRoute(name=state.variant.variant_name, weight=weight, fleets=fleets)


def _copies(source: Fleet, weight: float, shadow: Fleet, shadow_weight: float) -> Iterator[Copies]:
    """Yield the copies of a fleet's requests, if the shadow is in service: its share is its weight over that of the
    production variant (spec sagemaker 9), and no request is copied twice.
    """
    if shadow.enabled:
        yield Copies(source, shadow, min(1.0, shadow_weight / weight) if weight > 0 else float(shadow_weight > 0))


def desired_of(states: Iterable[VariantState]) -> Mapping[str, Desired]:
    """Return what variants are to have, by name: what an update may retain."""
    return {
        state.variant.variant_name: Desired(state.desired_count, state.weight, state.variant.serverless_config)
        for state in states
    }


def _name(config: str, variant: ProductionVariant) -> FleetName:
    return FleetName(config, variant.variant_name, variant.instance_type)
