"""How many instances: of a new fleet, of a CapacitySize, of the old fleet beside it (spec sagemaker 1.3, 1.6, 2.7)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from engine.requests.sagemaker import (
    CapacitySize,
    EndpointConfig,
    ProductionVariant,
    ServerlessConfig,
    UpdateEndpoint,
)
from engine.sagemaker.updates.terms import Size
from engine.timing import Timing


@dataclass(frozen=True, slots=True)
class Desired:
    """DesiredInstanceCount and DesiredWeight of a variant."""

    count: int
    """1 for a serverless variant: what an update replaces is one unit."""
    weight: float
    serverless: ServerlessConfig | None = None

    @property
    def instances(self) -> int:
        """Instances that count against a quota."""
        return self.count if self.serverless is None else 0


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A variant of the new configuration, with the count and weight that it begins with."""

    variant: ProductionVariant
    count: int
    weight: float

    @property
    def desired(self) -> Desired:
        """What it is to have."""
        return Desired(self.count, self.weight, self.variant.serverless_config)

    @property
    def instances(self) -> int:
        """Instances that count against a quota."""
        return self.desired.instances


def new_fleets(config: EndpointConfig, update: UpdateEndpoint, running: Mapping[str, Desired]) -> tuple[Newcomer, ...]:
    """Return the new variants: with the configuration's counts and weights, or with those that are retained.

    `running` holds what the variants that serve now are to have, by name.
    """
    return tuple(
        _newcomer(variant, update, running.get(variant.variant_name)) for variant in config.production_variants
    )


def new_shadows(config: EndpointConfig, update: UpdateEndpoint, running: Mapping[str, Desired]) -> tuple[Newcomer, ...]:
    """Return the new shadow variants in the same way; `running` holds the shadows of now."""
    shadows = config.shadow_production_variants
    return tuple(_newcomer(variant, update, running.get(variant.variant_name)) for variant in shadows)


def _newcomer(variant: ProductionVariant, update: UpdateEndpoint, running: Desired | None) -> Newcomer:
    """An asynchronous variant that has scaled to zero begins with one instance, since a container has to pass its ping:
    what AWS does then is not published.
    """
    count, weight = variant.initial_instance_count, variant.initial_variant_weight
    if update.retain_all_variant_properties and running is not None:
        excluded = update.exclude_retained_variant_properties
        has_instances = variant.serverless_config is None and running.serverless is None
        count = max(1, running.count) if has_instances and "DesiredInstanceCount" not in excluded else count
        weight = weight if "DesiredWeight" in excluded else running.weight
    return Newcomer(variant, count, weight)


def instances_of(size: CapacitySize, fleet: int, timing: Timing, terms: Size) -> int:
    """Return the instances that `size` means in a fleet of `fleet`: at least 1, at most all.

    Rounding never breaks the bounds that AWS sets for this size (spec sagemaker 1.2, 1.4), where a whole number of
    instances can keep them.
    """
    if size.type == "INSTANCE_COUNT":
        return min(size.value, fleet)
    exact = fleet * size.value / 100
    match timing.percent_rounding:
        case "half-up":
            count = math.floor(exact + 0.5)
        case "ceil":
            count = math.ceil(exact)
        case "floor":
            count = math.floor(exact)
    least, most = -(-fleet * terms.low // 100), fleet * terms.high // 100
    return min(max(1, min(max(count, least), most)), fleet)


def steps(size: int, fleet: int) -> tuple[int, ...]:
    """Return the instances with traffic after each step; a last step that does not divide evenly is short."""
    return tuple(min(fleet, done) for done in range(size, fleet + size, size))


def counterpart(old: int, new: int, new_enabled: int) -> int:
    """Return how many old instances keep traffic while `new_enabled` of `new` new ones have it: the same share of
    the fleet is deactivated (spec sagemaker 2.3), but never the last one while it still has a share."""
    if new_enabled >= new:
        return 0
    return max(1, math.floor(old * (1 - new_enabled / new) + 0.5))
