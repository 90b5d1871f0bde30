"""One seed, many streams: every random number is keyed by (seed, purpose, minute).

So turning one knob reshuffles nothing else, and two plans with one seed meet the very same requests
(common random numbers), however their control events cut the run.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np

_MINUTE_STRIDE = 1 << 64
"""Draws set aside for one minute of one purpose: far more than any minute takes, of a period of 2**128."""


class Purpose(IntEnum):
    """What a random number is for; the order is part of the seed's meaning, so only append."""

    COUNT = 0
    ARRIVAL = 1
    ROUTE = 2
    SERVICE_NORMAL = 3
    SERVICE_EXPONENTIAL = 4
    ERROR = 5
    OVERHEAD = 6
    PAYLOAD = 7
    USER = 8
    TAIL = 9
    TARGET = 10
    CONTROL = 11


class Streams:
    """All random streams of one seed."""

    def __init__(self, seed: int) -> None:
        children = np.random.SeedSequence(seed).spawn(len(Purpose))
        self._bits = [np.random.PCG64(child) for child in children]
        self._starts = [bits.state for bits in self._bits]
        self._generators = [np.random.Generator(bits) for bits in self._bits]

    def at(self, purpose: Purpose, minute: int) -> np.random.Generator:
        """Return the generator of `purpose`, placed at the first draw of `minute`."""
        bits = self._bits[purpose]
        bits.state = self._starts[purpose]
        bits.advance(minute * _MINUTE_STRIDE)
        return self._generators[purpose]
