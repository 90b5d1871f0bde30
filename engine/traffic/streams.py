"""One seed, many streams: every random number is keyed by (seed, purpose, minute).

So turning one knob reshuffles nothing else, and two plans with one seed meet the very same requests
(common random numbers), however their control events cut the run.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np

_PERIOD = 1 << 128
_MINUTE_STRIDE = 0x9E3779B97F4A7C15F39CC0605CEDC835
"""Draws from one minute to the next: the golden part of the period, so that minutes lie far apart and in no pattern. A
power of two would leave half of the generator's state the same in every minute, and the minutes alike."""


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
        self._bits = [np.random.PCG64DXSM(child) for child in children]
        self._starts = [bits.state for bits in self._bits]
        self._generators = [np.random.Generator(bits) for bits in self._bits]

    def at(self, purpose: Purpose, minute: int) -> np.random.Generator:
        """Return the generator of `purpose`, placed at the first draw of `minute`."""
        bits = self._bits[purpose]
        bits.state = self._starts[purpose]
        bits.advance(minute * _MINUTE_STRIDE % _PERIOD)
        return self._generators[purpose]
