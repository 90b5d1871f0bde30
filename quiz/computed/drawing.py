"""Which figures a seed stands for.

All combinations of what the parameters may be are dealt out to `LANES` lanes, and a seed takes one from its own lane,
seed modulo `LANES`. So seeds that follow each other never share one, and it is enough to try that many seeds to know
that every seed finds one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from math import gcd, prod
from random import Random

from quiz.computed.computed import Computed

LANES = 20
"""Seeds in a row that never share their figures."""
MOST_TRIED = 500
"""Combinations that are looked at for one seed; a family that hardly ever gives a question is a mistake."""
_STRIDES = (7919, 104_729, 1_299_709)
"""Primes: with one that shares no factor with the number of combinations, neighbours differ in all parameters."""


def combinations(computed: Computed) -> int:
    """Return how many there are."""
    return prod(len(values) for values in computed.choices.values())


def drawn(computed: Computed, seed: int, id: str) -> Iterator[Mapping[str, object]]:
    """Yield what to give the function for this seed of the question `id`, the first that will do being the one."""
    choices, size = computed.choices, combinations(computed)
    lane = seed % LANES
    count = max(0, -(-(size - lane) // LANES))
    start = Random(f"{seed}:{id}").randrange(count) if count else 0
    stride = next(prime for prime in _STRIDES if gcd(prime, size) == 1)
    places = (lane + LANES * ((start + step) % count) for step in range(count))
    yield from islice((_nth(choices, place * stride % size) for place in places), MOST_TRIED)


def _nth(choices: Mapping[str, Sequence[object]], place: int) -> Mapping[str, object]:
    """Return one of all combinations by its place among them."""
    given: dict[str, object] = {}
    for name, values in choices.items():
        place, at = divmod(place, len(values))
        given[name] = values[at]
    return given
