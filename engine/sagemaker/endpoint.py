"""The endpoint while a run goes on: its status, and its variants with their fleets (spec sagemaker 3.1, 3.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engine.requests.sagemaker import DeploymentConfig, ProductionVariant, ServerlessConfig
from engine.run import FleetName
from engine.sagemaker.capacity import Desired
from engine.serving.fleet import Fleet
from engine.serving.routing import Copies, Routes, VariantRoute

ABSENT = "Absent"
"""There is no endpoint: not a status of AWS, and never shown."""
BUSY = ("Creating", "Updating", "SystemUpdating", "RollingBack", "Deleting")
"""Statuses in which an endpoint takes no update and no deletion (spec sagemaker 3.2)."""
NOT_SERVING = (ABSENT, "Creating", "Failed", "OutOfService", "Deleting")
"""Statuses in which no request is answered."""


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
    """An endpoint, be it there or not; what a caller sees of it is in `describe_endpoint`."""

    endpoint_name: str
    config_name: str
    variants: list[VariantState]
    shadows: list[VariantState] = field(default_factory=list)
    """Shadow variants: they have instances, and no share of the traffic (spec sagemaker 9)."""
    clock: Callable[[float], datetime]
    status: str = "InService"
    created_at: float = 0.0
    modified_at: float = 0.0
    failure_reason: str | None = None
    last_deployment_config: DeploymentConfig | None = None
    pending_config: str | None = None
    pending_since: float = 0.0
    doing: VariantStatus | None = None
    _stamps: dict[float, str] = field(default_factory=dict, init=False, repr=False)
    """Times as they are shown: each of them in many answers."""

    def begin(self, config: str, now: float) -> None:
        """Bring the endpoint into being, Creating."""
        self.config_name, self.created_at = config, now
        self.turn("Creating", now)

    def end(self, now: float) -> None:
        """Let nothing be left of it but the name, which may be used again."""
        self.variants, self.shadows, self.config_name = [], [], ""
        self.failure_reason, self.last_deployment_config = None, None
        self.turn(ABSENT, now)

    @property
    def exists(self) -> bool:
        """Is there an endpoint?"""
        return self.status != ABSENT

    def turn(self, status: str, now: float) -> None:
        """Change EndpointStatus, and LastModifiedTime with it."""
        self.status, self.modified_at = status, now

    @property
    def instances(self) -> int:
        """All instances in service, whatever their configuration."""
        return sum(fleet.instances for fleet in self._fleets if fleet.variant.serverless_config is None)

    @property
    def in_service(self) -> list[Fleet]:
        """All fleets that answer or could: with instances, environments or a queue, with traffic or without."""
        if self.status in NOT_SERVING:
            return []
        return [fleet for fleet in self._fleets if fleet.instances or fleet.asynchronous is not None]

    @property
    def _fleets(self) -> list[Fleet]:
        return [fleet for s in self.all_variants for fleet in (s.fleet, s.leftover, s.incoming) if fleet is not None]

    @property
    def all_variants(self) -> list[VariantState]:
        """Production variants and shadows."""
        return [*self.variants, *self.shadows]

    def routes(self) -> Routes:
        """Return the routing table as the fleets stand."""
        if self.status in NOT_SERVING:
            return Routes.over(())
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

    def stamp(self, t: float) -> str:
        """Return the wall clock as answers show it."""
        if t not in self._stamps:
            self._stamps[t] = self.clock(t).isoformat(timespec="seconds")
        return self._stamps[t]


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
