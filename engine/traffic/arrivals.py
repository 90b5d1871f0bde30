"""The requests of a run, slot by slot: when each comes, and the random numbers that belong to it.

A slot is a fixed piece of time: some minutes, or a part of one where the traffic is dense.
Its requests depend on the workload and the seed alone, so every plan meets the very same ones.
"""

from __future__ import annotations

import math
from zlib import crc32

import numpy as np
import numpy.typing as npt

from engine.running_sum import running_sum
from engine.ticks import whole_ticks
from engine.traffic.streams import Purpose, Streams
from engine.traffic.workload import Constant, Trace, Workload

Floats = npt.NDArray[np.float64]

SLOT_LENGTHS_S = (600, 300, 120, 60, 30, 20, 15, 12, 10, 6, 5, 4, 3, 2, 1)
"""Whole minutes, or what divides one: a minute always begins with a slot or within one, never between two."""
MAX_SLOT_REQUESTS = 1 << 14
"""Requests expected in a slot at most: its arrays then stay within the processor's cache and memory stays flat."""

_NORMAL = frozenset({Purpose.SERVICE_NORMAL, Purpose.OVERHEAD, Purpose.PAYLOAD, Purpose.SETUP})
_EXPONENTIAL = frozenset({Purpose.SERVICE_EXPONENTIAL})


class Slot:
    """All requests that arrive in [start, start + length), in order."""

    __slots__ = ("_drawn", "_lognormal", "_named", "_streams", "arrival", "index", "length", "start")

    def __init__(self, index: int, start: float, length: float, arrival: Floats, streams: Streams) -> None:
        self.index = index
        self.start = start
        self.length = length
        self.arrival = arrival
        """Seconds from the start of the run, increasing."""
        self._streams = streams
        self._drawn: dict[Purpose, Floats] = {}
        self._lognormal: dict[tuple[Purpose, float, float], Floats] = {}
        self._named: dict[tuple[Purpose, str], Floats] = {}

    def draw(self, purpose: Purpose) -> Floats:
        """Return one variate per request: normal, exponential or uniform as the purpose needs."""
        drawn = self._drawn.get(purpose)
        if drawn is None:
            generator = self._streams.at(purpose, self.index)
            drawn = _variates(generator, purpose, len(self.arrival))
            self._drawn[purpose] = drawn
        return drawn

    def uniform_of(self, purpose: Purpose, whose: str) -> Floats:
        """Return one uniform per request for somebody of that name, independent of everybody else's."""
        if (purpose, whose) not in self._named:
            place = self.index + (crc32(whose.encode()) + 1 << 32)
            self._named[purpose, whose] = self._streams.at(purpose, place).random(len(self.arrival))
        return self._named[purpose, whose]

    def lognormal(self, purpose: Purpose, mean: float, cv: float) -> Floats:
        """Return one lognormal variate per request, with this mean and coefficient of variation.

        Kept like what is drawn: the runs that share a slot mostly ask for the same.
        """
        found = self._lognormal.get((purpose, mean, cv))
        if found is None:
            variance = math.log1p(cv * cv)
            found = self.draw(purpose) * math.sqrt(variance)
            found += math.log(max(mean, 1e-12)) - variance / 2
            np.exp(found, out=found)
            self._lognormal[purpose, mean, cv] = found
        return found


def _variates(generator: np.random.Generator, purpose: Purpose, n: int) -> Floats:
    if purpose in _NORMAL:
        return generator.standard_normal(n)
    if purpose in _EXPONENTIAL:
        return generator.standard_exponential(n)
    return generator.random(n)


class Arrivals:
    """The request process of one workload and seed.

    `keep` holds on to every slot, for several runs that meet the same requests; without it memory stays flat. `whose`
    tells several endpoints of one run apart.
    """

    def __init__(self, workload: Workload, seed: int, *, keep: bool = False, whose: str = "") -> None:
        self.workload = workload
        self.seed = seed
        self._kept: dict[int, Slot] | None = {} if keep else None
        self._streams = Streams(seed, whose)
        self.slot_s = float(_slot_length(workload))
        self._regular_before = [0.0]

    def slot(self, index: int) -> Slot:
        """Return the requests of one slot."""
        if self._kept is not None and index in self._kept:
            return self._kept[index]
        start = index * self.slot_s
        slot = Slot(index, start, self.slot_s, whole_ticks(self._times(index, start)), self._streams)
        if self._kept is not None:
            self._kept[index] = slot
        return slot

    def index_at(self, t: float) -> int:
        """Return the slot in which `t` lies."""
        return int(t // self.slot_s)

    def _times(self, index: int, start: float) -> Floats:
        knots = self._cumulative(start)
        if isinstance(self.workload.shape, Trace):
            unit = self._unit_times(index, _traced(self.workload.shape, start, self.slot_s))
        elif self.workload.arrivals == "regular":
            return self._regular(index, start, knots)
        else:
            count = int(self._streams.at(Purpose.COUNT, index).poisson(knots[-1]))
            unit = self._unit_times(index, count)
        if len(knots) == 2 or knots[-1] == 0:
            unit *= self.slot_s
            unit += start
            return unit
        seconds = np.linspace(start, start + self.slot_s, len(knots))
        bent: Floats = np.interp(unit * knots[-1], knots, seconds)
        return bent

    def _unit_times(self, index: int, count: int) -> Floats:
        """Return `count` increasing times in (0, 1): evenly spaced, or the order statistics of uniforms."""
        if self.workload.arrivals == "regular":
            evenly: Floats = (np.arange(count) + 0.5) / max(count, 1)
            return evenly
        gaps = self._streams.at(Purpose.ARRIVAL, index).standard_exponential(count + 1)
        sums = running_sum(gaps, float(np.add.reduce(gaps)))
        times: Floats = sums[:-1]
        times /= sums[-1]
        return times

    def _cumulative(self, start: float) -> Floats:
        """Return the expected number of requests since `start`, at the ends of the slot or at each of its seconds."""
        workload = self.workload
        if isinstance(workload.shape, Constant | Trace):
            return np.array([0.0, workload.rate_at(start) * self.slot_s])
        pieces = max(1, round(self.slot_s))
        step = self.slot_s / pieces
        rates = [max(0.0, workload.rate_at(start + (k + 0.5) * step)) for k in range(pieces)]
        return np.concatenate(([0.0], np.cumsum(rates) * step))

    def _regular(self, index: int, start: float, knots: Floats) -> Floats:
        """Return evenly spaced times: request k comes when k + 1/2 requests were due."""
        while len(self._regular_before) <= index:
            earlier = len(self._regular_before) - 1
            due = float(self._cumulative(earlier * self.slot_s)[-1])
            self._regular_before.append(self._regular_before[-1] + due)
        before = self._regular_before[index]
        first = math.ceil(before - 0.5)
        last = math.ceil(before + float(knots[-1]) - 0.5)
        due_at = np.arange(first, last) + 0.5 - before
        seconds = np.linspace(start, start + self.slot_s, len(knots))
        times: Floats = np.interp(due_at, knots, seconds)
        return times


def _slot_length(workload: Workload) -> int:
    """Return the seconds of a slot; a trace counts by the minute, and so its slots are no longer."""
    fitting = [length for length in SLOT_LENGTHS_S if workload.peak_rate * length <= MAX_SLOT_REQUESTS]
    if isinstance(workload.shape, Trace):
        fitting = [length for length in fitting if length <= 60]
    return fitting[0] if fitting else SLOT_LENGTHS_S[-1]


def _traced(trace: Trace, start: float, slot_s: float) -> int:
    """Return the recorded count of a slot: its minute's, divided so that the slots add up to it."""
    minute, second = divmod(start, 60.0)
    count, parts = trace.per_minute[int(minute) % len(trace.per_minute)], round(60 / slot_s)
    part = round(second / slot_s)
    return count * (part + 1) // parts - count * part // parts
