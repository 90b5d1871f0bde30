"""Queues: when requests that arrive at workers are done.

One worker with its own line is a Lindley recursion, worked out for a whole stretch at once; workers that share a
line, and routing that looks at the lines, are followed request by request.
"""

from __future__ import annotations

import heapq
from collections import deque
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.running_sum import running_sum
from engine.serving.faults import ColdStart

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

REFUSED = -1.0
"""Completion of a request that found the queue full."""


def serve_lane(arrival: Floats, service: Floats, free_at: float) -> Floats:
    """Return the completion times of one worker's requests, first come first served.

    completion[k] = max(arrival[k], completion[k - 1]) + service[k], unrolled: with S the running sum of service,
    completion[k] = S[k] + max(free_at, max over j <= k of (arrival[j] - S[j - 1])).
    """
    work = np.cumsum(service)
    slack: Floats = arrival - work
    slack += service
    if slack[0] < free_at:
        slack[0] = free_at
    np.fmax.accumulate(slack, out=slack)  # a sixth faster than `maximum`, which looks for NaN at every step
    slack += work
    return slack


def serve_lanes(arrival: Floats, service: Floats, lane: npt.NDArray[np.integer[Any]], free_at: Floats) -> Floats:
    """Return the completion times of requests spread over lanes; `free_at` (per lane) is moved on.

    The lanes are laid end to end and the recursion runs through all of them at once. Where a lane begins, the running
    sum of service drops by a step so large that the running maximum begins anew there.
    """
    if len(free_at) == 1:
        completion = serve_lane(arrival, service, float(free_at[0]))
        free_at[0] = completion[-1]
        return completion
    order = lane.argsort(kind="stable")
    each = np.bincount(lane)
    present = each.nonzero()[0]
    counts = each[present]
    ends = counts.cumsum()
    firsts, lasts = ends - counts, ends - 1
    ready = free_at[present]
    work = service.take(order)
    steps = work.copy()
    latest = max(float(arrival[-1]), float(np.maximum.reduce(ready)))
    drop = latest - float(arrival[0]) + float(np.add.reduce(service)) + 1.0
    steps[firsts[1:]] -= drop
    done = running_sum(steps, drop * len(firsts))
    slack = arrival.take(order)
    slack[firsts] = np.maximum(slack[firsts], ready)
    slack += work
    slack -= done
    np.fmax.accumulate(slack, out=slack)
    slack += done
    free_at[present] = slack[lasts]
    completion = np.empty_like(slack)
    completion[order] = slack
    return completion


class SharedQueue:
    """One instance whose workers share a line: M/G/c, or M/G/c/K with a limit."""

    __slots__ = ("_cold_start", "_free", "_limit", "_waiting")

    def __init__(self, workers: int, limit: int | None, cold_start: ColdStart | None = None) -> None:
        self._free = [0.0] * workers
        self._limit = limit
        self._cold_start = cold_start
        self._waiting: deque[float] = deque()
        """When each request that is in line will be taken up."""

    def serve(self, arrival: float, service: float) -> float:
        """Return when the request is done, or REFUSED if the line is full."""
        earliest = self._free[0]
        start = earliest if earliest > arrival else arrival
        if self._limit is not None and start > arrival:
            while self._waiting and self._waiting[0] <= arrival:
                self._waiting.popleft()
            if len(self._waiting) >= self._limit:
                return REFUSED
            self._waiting.append(start)
        cold = self._cold_start
        if cold is not None and start > earliest and start - earliest >= cold.after_idle_s:
            service += cold.add_ms / 1000
        heapq.heapreplace(self._free, start + service)
        return start + service


class OutstandingCounter:
    """How many requests each instance has not answered yet."""

    __slots__ = ("_departures", "_outstanding")

    def __init__(self, instances: int) -> None:
        self._outstanding = [0] * instances
        self._departures: list[tuple[float, int]] = []
        """When each of them will be answered, and by which instance: a heap."""

    def grow(self, instances: int) -> None:
        """Make room for more instances."""
        self._outstanding += [0] * (instances - len(self._outstanding))

    def least(self, now: float, enabled: int, dice: float) -> int:
        """Return the instance with the fewest outstanding requests; `dice` in [0, 1) decides between equals."""
        counts, departures = self._outstanding, self._departures
        while departures and departures[0][0] <= now:
            counts[heapq.heappop(departures)[1]] -= 1
        counts = counts[:enabled]
        fewest = min(counts)
        place = -1
        for _ in range(int(dice * counts.count(fewest)) + 1):
            place = counts.index(fewest, place + 1)
        return place

    def add(self, instance: int, completion: float) -> None:
        """Note a request that `instance` will answer at `completion`."""
        self._outstanding[instance] += 1
        heapq.heappush(self._departures, (completion, instance))
