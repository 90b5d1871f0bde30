"""One seed, many streams: every random number is keyed by (seed, purpose, slot).

So turning one knob reshuffles nothing else, and two plans with one seed meet the very same requests
(common random numbers), however their control events cut the run.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any
from zlib import crc32

import numpy as np

_PERIOD = 1 << 128
_SLOT_STRIDE = 0x9E3779B97F4A7C15F39CC0605CEDC835
"""Draws from one slot to the next: the golden part of the period, so that slots lie far apart and in no pattern. A
power of two would leave half of the generator's state the same in every slot, and the slots alike."""


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
    METRIC_DELAY = 12
    EVALUATION = 13
    SETUP = 14
    SHADOW = 15
    TRUTH = 16
    JUDGEMENT = 17
    TRANSFORM = 18
    OUTCOME = 19
    CALLER = 20
    SIDE = 21
    PROBE = 22

    __hash__ = int.__hash__  # an enumeration hashes its name, in Python: several microseconds in every stretch


class Streams:
    """All random streams of one seed."""

    def __init__(self, seed: int, whose: str = "") -> None:
        """`whose` tells several endpoints of one run apart."""
        self._seed = seed
        self._whose = (crc32(whose.encode()),) if whose else ()
        self._streams: dict[Purpose, tuple[np.random.PCG64DXSM, Mapping[str, Any], np.random.Generator]] = {}

    def at(self, purpose: Purpose, slot: int) -> np.random.Generator:
        """Return the generator of `purpose`, placed at the first draw of `slot`."""
        stream = self._streams.get(purpose)
        if stream is None:
            bits = np.random.PCG64DXSM(np.random.SeedSequence(self._seed, spawn_key=(purpose, *self._whose)))
            stream = self._streams[purpose] = (bits, bits.state, np.random.Generator(bits))
        bits, start, generator = stream
        bits.state = start  # type: ignore[assignment]  # numpy's stubs narrow the setter to their own TypedDict
        bits.advance(slot * _SLOT_STRIDE % _PERIOD)
        return generator
