"""Is something more than chance? Exactly, for trials that differ in how likely they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

LEVEL = 0.01
"""What happens by chance in less than one of a hundred packs is taken for no chance."""


def distribution(chances: Iterable[float]) -> list[float]:
    """Return how likely each number of successes is, from none to all (a Poisson binomial distribution)."""
    found = [1.0]
    for chance in chances:
        found = [a * (1 - chance) + b * chance for a, b in zip((*found, 0.0), (0.0, *found), strict=True)]
    return found


def too_many(successes: int, chances: Sequence[float]) -> float:
    """Return how likely it is to have so many successes or more."""
    return min(sum(distribution(chances)[successes:]), 1.0)


def too_few(successes: int, chances: Sequence[float]) -> float:
    """Return how likely it is to have so few successes or fewer."""
    return min(sum(distribution(chances)[: successes + 1]), 1.0)
