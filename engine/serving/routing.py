"""Which fleet answers a request: variants by weight, and within a variant the two fleets of an update.

Routing is random per request, not sticky (spec sagemaker 2.7): one uniform per request decides variant, fleet and
instance. New configurations sit at the low end, so a request that a small canary answered is answered by the new fleet
in every larger one too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from engine.serving.fleet import Fleet

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Hand = tuple[Fleet, Ints, Floats]
"""A fleet, the places of the requests that it answers, and their dice stretched over [0, 1)."""


@dataclass(frozen=True, slots=True)
class Slice:
    """The part [low, high) of the dice for which `fleet` answers."""

    fleet: Fleet
    low: float
    high: float

    def picks(self, dice: Floats) -> Ints:
        """Return the places of the dice that lie in this part."""
        return ((dice >= self.low) & (dice < self.high)).nonzero()[0]

    def stretched(self, dice: Floats) -> Floats:
        """Stretch dice of this part over [0, 1), never reaching 1."""
        scaled = dice - self.low
        scaled /= self.high - self.low
        return np.minimum(scaled, 1 - 1e-12, out=scaled)


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantRoute:
    """One variant: its weight, and its fleets with their shares of its traffic, the newest first."""

    name: str
    weight: float
    fleets: Sequence[tuple[Fleet, float]]


@dataclass(frozen=True, slots=True)
class Copies:
    """A shadow variant: a share of what `source` answers is answered by `shadow` too, for nobody (spec sagemaker 9)."""

    source: Fleet
    shadow: Fleet
    share: float
    """From 0 to 1."""


@dataclass(frozen=True, slots=True)
class Routes:
    """The routing table of an endpoint at one moment."""

    slices: tuple[Slice, ...]
    by_variant: Mapping[str, tuple[Slice, ...]]
    """The whole dice over one variant's fleets, for requests that name a TargetVariant."""
    copies: tuple[Copies, ...] = field(default=(), compare=False)
    """Not compared: they change nothing of where requests go."""

    @classmethod
    def over(cls, variants: Sequence[VariantRoute], copies: tuple[Copies, ...] = ()) -> Routes:
        """Return the table for these variants; one without a fleet that has traffic takes no part.

        What AWS does with weights that sum to zero is not published (spec sagemaker 13.12); here all variants then
        share alike.
        """
        by_variant = {variant.name: _cut(variant.fleets) for variant in variants}
        served = [variant for variant in variants if by_variant[variant.name]]
        total = sum(variant.weight for variant in served)
        slices: list[Slice] = []
        low = 0.0
        for variant in served:
            weight = variant.weight / total if total > 0 else 1 / len(served)
            slices += [Slice(s.fleet, low + s.low * weight, low + s.high * weight) for s in by_variant[variant.name]]
            low += weight
        return cls(_closed(slices), by_variant, copies)

    def deal(self, dice: Floats) -> Iterator[tuple[Fleet, Ints | None, Floats]]:
        """Yield which fleet answers which requests; None for all of them."""
        if len(self.slices) == 1:
            yield self.slices[0].fleet, None, dice
            return
        for part in self.slices:
            where = part.picks(dice)
            if len(where):
                yield part.fleet, where, part.stretched(dice.take(where))

    def deal_targeted(self, dice: Floats, aim: Floats, targets: Sequence[tuple[str, float]]) -> Iterator[Hand]:
        """Yield the same where `aim` decides which requests name a TargetVariant, which overrides the weights (spec
        sagemaker 5); requests for a variant that is not there go to no fleet."""
        hands: dict[int, list[Hand]] = {}
        for low, high, slices in self._aims(targets):
            aimed = np.flatnonzero((aim >= low) & (aim < high))
            for part in slices:
                where = aimed[part.picks(dice[aimed])]
                hands.setdefault(id(part.fleet), []).append((part.fleet, where, part.stretched(dice[where])))
        for pieces in hands.values():
            where = np.concatenate([piece[1] for piece in pieces])
            order = np.argsort(where)
            if len(where):
                yield pieces[0][0], where[order], np.concatenate([piece[2] for piece in pieces])[order]

    def _aims(self, targets: Sequence[tuple[str, float]]) -> Iterator[tuple[float, float, tuple[Slice, ...]]]:
        """Yield the part of the aim for each named variant, and the rest, which goes by the weights."""
        low = 0.0
        for name, share in targets:
            yield low, low + share, self.by_variant.get(name, ())
            low += share
        yield low, 1.0, self.slices

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
    return _closed(slices)


def _closed(slices: Sequence[Slice]) -> tuple[Slice, ...]:
    """Return the slices that hold something, the last one up to 1 whatever the rounding."""
    kept = [s for s in slices if s.high > s.low]
    return (*kept[:-1], Slice(kept[-1].fleet, kept[-1].low, 1.0)) if kept else ()
