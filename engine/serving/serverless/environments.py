"""The environments of a serverless variant: which of them are warm, and who finds none (spec inference 3.1 to 3.3).

An environment works on one request at a time. Environments that are provisioned are always warm and are taken first;
then those that earlier requests left warm; and whoever finds neither waits for a new one to be set up, however busy the
endpoint is. Above MaxConcurrency requests are throttled. This depends on every request before, and so it goes request
by request, over plain lists.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engine.requests.sagemaker import MOST_CONCURRENCY, ServerlessConfig

Ints = npt.NDArray[np.intp]
WARM, COLD, PROVISIONED, THROTTLED = range(4)
"""What answers a request: an environment that others left warm, a new one, one that is always warm, or nothing."""


_PLACES = 4
_LEVELS = MOST_CONCURRENCY + 1
"""Place and levels of a request are noted in one number, place + 4 * (executions + 201 * provisioned): the loop is
a fifth faster than with three lists."""


class Taken(NamedTuple):
    """What becomes of some requests, an entry each."""

    place: Ints
    executions: Ints
    """How many are in work once the request is there, itself among them unless it is throttled."""
    provisioned: Ints
    """How many of these are on provisioned environments."""


class Environments:
    """All environments of one variant; none is warm at first but those that are provisioned."""

    __slots__ = ("_idle", "_on_demand", "_provisioned", "_release_s", "config")

    def __init__(self, config: ServerlessConfig, release_s: float) -> None:
        self.config = config
        """May be exchanged while requests are in work: these are still answered."""
        self._release_s = release_s
        self._on_demand: list[float] = [math.inf]
        """When each environment will be done: a heap, whose last is never done, so that it is never empty."""
        self._provisioned: list[float] = [math.inf]
        self._idle: list[float] = []
        """Since when each warm environment is free, ascending; those that have been released lie at the bottom."""

    def take(self, requests: Iterable[tuple[float, float, float]]) -> Taken:
        """Return what becomes of requests, given the arrival of each, its work, and the setup if it needs one.

        The environment that was used last is taken first, which lets the others be released: how AWS chooses is not
        published. Where that one has been released all others have been too.
        """
        most, slots = self.config.max_concurrency, self.config.provisioned
        on_demand, provisioned, idle, release_s = self._on_demand, self._provisioned, self._idle, self._release_s
        notes: list[int] = []
        note = notes.append
        for now, work, setup in requests:
            while on_demand[0] <= now:
                idle.append(heappop(on_demand))
            while provisioned[0] <= now:
                heappop(provisioned)
            busy = len(provisioned) - 1
            level = len(on_demand) - 1 + busy
            if level >= most:
                note(THROTTLED + _PLACES * (level + _LEVELS * busy))
                continue
            level += 1
            if busy < slots:
                heappush(provisioned, now + work)
                note(PROVISIONED + _PLACES * (level + _LEVELS * (busy + 1)))
            elif idle and idle[-1] + release_s > now:
                idle.pop()
                heappush(on_demand, now + work)
                note(WARM + _PLACES * (level + _LEVELS * busy))
            else:
                idle.clear()
                heappush(on_demand, now + setup + work)
                note(COLD + _PLACES * (level + _LEVELS * busy))
        levels, place = np.divmod(np.array(notes, dtype=np.intp), _PLACES)
        busies, executions = np.divmod(levels, _LEVELS)
        return Taken(place, executions, busies)
