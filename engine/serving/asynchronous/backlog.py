"""The queue of an asynchronous variant: who takes what, and when (spec inference 4, sagemaker 8).

Requests wait in the order in which they came until an instance has room for one more invocation; in its container they
wait again until a worker is free. AWS promises no order, and nothing says which of the instances with room is asked:
here the one whose room has been free longest. This depends on every request before, and so it goes request by request,
over plain lists and heaps.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heapreplace
from itertools import islice
from math import inf
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
TIMED_OUT, EXPIRED = 8, 16
"""Bits beside the statuses of a `batch`: an instance gave it up, nobody took it in time."""
LONG = 4096
"""So many requests that are over are let go of at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What holds for each request, in seconds."""

    ttl_s: float
    """RequestTTLSeconds: who waits longer expires."""
    timeout_s: float
    """InvocationTimeoutSeconds: what an instance works on longer fails."""
    warmup_s: float = 0.0
    """How long a new instance is slow, and how much."""
    warmup_factor: float = 1.0
    idle_s: float = inf
    """After how long without work a worker is cold, and how much longer its next request takes."""
    cold_s: float = 0.0


class Over(NamedTuple):
    """Requests that are over, a row each."""

    arrival: Floats
    taken: Floats
    """When an instance took it; for an expired one when it expired."""
    completion: Floats
    work_s: Floats
    """How long it kept a worker busy."""
    status: npt.NDArray[np.uint8]


Row = tuple[float, float, float, float, int]
"""A request that was taken or has expired, as in `Over`."""
Waiting = tuple[float, float, int]
"""A request that waits: its arrival, its service time and how it will end."""


class Backlog:
    """Requests that wait, and instances with room for so many invocations each."""

    __slots__ = ("_begun", "_concurrency", "_head", "_instances", "_limits", "_parked", "_room", "_rows", "_waiting")

    def __init__(self, concurrency: int, limits: Limits) -> None:
        self._concurrency, self._limits = concurrency, limits
        self._waiting: list[Waiting] = []
        self._head = 0
        """Those before it do not wait any more."""
        self._rows: list[Row] = []
        """What was taken or has expired, and is not told of yet."""
        self._room: list[tuple[float, int, int]] = []
        """When each place for an invocation is free, its number within its instance, and the instance: a heap."""
        self._parked: dict[int, list[tuple[float, int, int]]] = {}
        """Places of instances that take nothing just now."""
        self._instances: list[list[float]] = []
        """When each worker of each instance is free: heaps."""
        self._begun: list[float] = []

    def add(self, arrivals: Sequence[float], services: Sequence[float], statuses: Sequence[int]) -> None:
        """Let requests wait, later ones than those before."""
        self._waiting += zip(arrivals, services, statuses, strict=True)

    def resize(self, count: int, there: int, workers: int, begun: Sequence[float], now: float) -> None:
        """From `now` on let the first `count` of the instances that are `there` take requests; what the others work on
        is still answered. `begun` says since when each of them is in service.
        """
        for instance in {place[2] for place in self._room if place[2] >= count}:
            self._parked[instance] = [place for place in self._room if place[2] == instance]
        self._room = [place for place in self._room if place[2] < count]
        self.forget(there)
        self._begun = list(begun)
        busy = {place[2] for place in self._room}
        for instance in range(count):
            if instance not in busy:
                self._room += self._places(instance, workers, max(0.0, now))
        heapify(self._room)

    def forget(self, there: int) -> None:
        """Know that of those that take nothing only the first `there` instances are left."""
        self._parked = {instance: places for instance, places in self._parked.items() if instance < there}

    def _places(self, instance: int, workers: int, now: float) -> list[tuple[float, int, int]]:
        """Return the places of an instance that takes requests from now on."""
        if instance in self._parked:
            return [(max(free, now), number, instance) for free, number, _ in self._parked.pop(instance)]
        while len(self._instances) <= instance:
            self._instances.append([])
        self._instances[instance] = [now] * workers
        return [(now, number, instance) for number in range(self._concurrency)]

    def settle(self, until: float) -> None:
        """Decide about every request that is taken or expires before `until`, given that no instance comes or goes."""
        waiting, room, limits, rows = self._waiting, self._room, self._limits, self._rows
        ttl, timeout, instances, begun = limits.ttl_s, limits.timeout_s, self._instances, self._begun
        warmup, factor, idle = limits.warmup_s, limits.warmup_factor, limits.idle_s
        place = self._head
        for arrival, service, status in islice(waiting, place, None):
            if arrival >= until:
                break
            free, number, instance = room[0] if room else NOWHERE
            taken = free if free > arrival else arrival
            if taken > arrival + ttl:
                if arrival + ttl >= until:
                    break
                rows.append((arrival, arrival + ttl, arrival + ttl, 0.0, status | EXPIRED))
                place += 1
                continue
            if taken >= until:
                break
            workers = instances[instance]
            begin = workers[0]
            if begin < taken:
                if taken - begin >= idle:
                    service += limits.cold_s
                begin = taken
            if begin - begun[instance] < warmup:
                service *= factor
            done = begin + service
            if done - taken > timeout:
                done, status = taken + timeout, status | TIMED_OUT
                service = max(0.0, done - begin)
            if service:
                heapreplace(workers, done)
            heapreplace(room, (done, number, instance))
            rows.append((arrival, taken, done, service, status))
            place += 1
        self._head = place
        if place > LONG:
            del waiting[:place]
            self._head = 0

    def give_up(self, now: float) -> None:
        """Let everything that waits expire."""
        self.settle(now)
        left, self._waiting[self._head :] = self._waiting[self._head :], []
        self._rows += [(arrival, now, now, 0.0, status | EXPIRED) for arrival, _, status in left]

    def over(self, until: float) -> Over:
        """Return and forget what was over before `until`, up to which all is settled."""
        done = [row for row in self._rows if row[2] < until]
        self._rows = [row for row in self._rows if row[2] >= until]
        arrival, taken, completion, work_s = (np.array([row[k] for row in done]) for k in range(4))
        return Over(arrival, taken, completion, work_s, np.array([row[4] for row in done], dtype=np.uint8))

    def waiting_at(self, moment: float) -> int:
        """Return how many wait at a moment up to which all is settled."""
        return bisect_left(self._waiting, (moment,), self._head) - self._head

    def in_work(self) -> int:
        """Return how many are in work, once `over` has been asked for the same moment."""
        return len(self._rows)

    def undecided(self, before: float) -> int:
        """Return how many that came before then are not over, so far as `over` was asked, and whose model does not
        fail them."""
        waiting = sum(not status for at, _, status in islice(self._waiting, self._head, None) if at < before)
        return waiting + sum(not row[4] & ~(TIMED_OUT | EXPIRED) for row in self._rows if row[0] < before)

    def oldest(self, moment: float, *, with_work: bool) -> float | None:
        """Return the arrival of the oldest request that waits, or that is in work; None where there is none."""
        found = [row[0] for row in self._rows] if with_work else []
        if self.waiting_at(moment):
            found.append(self._waiting[self._head][0])
        return min(found, default=None)

    def take_over(self, other: Backlog) -> None:
        """Let those wait here that wait there."""
        moved, other._waiting[other._head :] = other._waiting[other._head :], []
        self._waiting[self._head :] = sorted(self._waiting[self._head :] + moved)


NOWHERE = (inf, 0, 0)
"""The place of a request while there is no instance."""
