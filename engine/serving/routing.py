"""Which fleet answers a request: variants by weight, and within a variant the two fleets of an update.

Routing is random per request, not sticky (spec sagemaker 2.7): one uniform per request decides variant, fleet and
instance. New configurations sit at the low end, so a request that a small canary answered is answered by the new fleet
in every larger one too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.serving.fleet import Fleet


@dataclass(frozen=True, slots=True)
class Slice:
    """The part [low, high) of the dice for which `fleet` answers."""

    fleet: Fleet
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantRoute:
    """One variant: its weight, and its fleets with their shares of its traffic, the newest first."""

    name: str
    weight: float
    fleets: Sequence[tuple[Fleet, float]]


@dataclass(frozen=True, slots=True)
class Routes:
    """The routing table of an endpoint at one moment."""

    slices: tuple[Slice, ...]
    by_variant: Mapping[str, tuple[Slice, ...]]
    """The whole dice over one variant's fleets, for requests that name a TargetVariant."""

    @classmethod
    def over(cls, variants: Sequence[VariantRoute]) -> Routes:
        """Return the table for these variants. What AWS does with weights that sum to zero is not published (spec
        sagemaker 13.12); here all variants then share alike."""
        total = sum(variant.weight for variant in variants)
        slices: list[Slice] = []
        by_variant: dict[str, tuple[Slice, ...]] = {}
        low = 0.0
        for variant in variants:
            weight = variant.weight / total if total > 0 else 1 / len(variants)
            within = _cut(variant.fleets)
            by_variant[variant.name] = within
            slices += [Slice(s.fleet, low + s.low * weight, low + s.high * weight) for s in within]
            low += weight
        kept = [s for s in slices if s.high > s.low]
        if kept:
            kept[-1] = Slice(kept[-1].fleet, kept[-1].low, 1.0)
        return cls(tuple(kept), by_variant)

    def shares(self) -> Mapping[str, float]:
        """Return the share of each endpoint configuration; they add up to 1."""
        shares: dict[str, float] = {}
        for s in self.slices:
            shares[s.fleet.config] = shares.get(s.fleet.config, 0.0) + s.high - s.low
        return shares


def _cut(fleets: Sequence[tuple[Fleet, float]]) -> tuple[Slice, ...]:
    slices: list[Slice] = []
    low = 0.0
    for fleet, share in fleets:
        slices.append(Slice(fleet, low, low + share))
        low += share
    if slices:
        slices[-1] = Slice(slices[-1].fleet, slices[-1].low, 1.0)
    return tuple(s for s in slices if s.high > s.low)
