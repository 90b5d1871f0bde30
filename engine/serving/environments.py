"""The environments of a serverless variant: which of them are warm, and who finds none (spec inference 3.1 to 3.3).

An environment works on one request at a time. Environments that are provisioned are always warm and are taken first;
then those that earlier requests left warm; and whoever finds neither waits for a new one to be set up, however busy the
endpoint is. Above MaxConcurrency requests are throttled. This depends on every request before, and so it goes request
by request, over plain lists.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from heapq import heappop, heappush
from typing import NamedTuple

from engine.requests.sagemaker import ServerlessConfig

WARM, COLD, PROVISIONED, THROTTLED = range(4)
"""What answers a request: an environment that others left warm, a new one, one that is always warm, or nothing."""


class Taken(NamedTuple):
    """What becomes of some requests, an entry each."""

    place: list[int]
    executions: list[int]
    """How many are in work once the request is there, itself among them unless it is throttled."""
    provisioned: list[int]
    """How many of these are on provisioned environments."""


class Environments:
    """All environments of one variant; none is warm at first but those that are provisioned."""

    __slots__ = ("_idle", "_on_demand", "_provisioned", "_release_s", "config")

    def __init__(self, config: ServerlessConfig, release_s: float) -> None:
        self.config = config
        """May be exchanged while requests are in work: these are still answered."""
        self._release_s = release_s
        self._on_demand: list[float] = []
        """When each environment will be done: a heap."""
        self._provisioned: list[float] = []
        self._idle: deque[float] = deque()
        """Since when each warm environment is free, ascending."""

    def take(self, requests: Iterable[tuple[float, float, float]]) -> Taken:
        """Return what becomes of requests, given the arrival of each, its work, and the setup if it needs one.

        The environment that was used last is taken first, which lets the others be released: how AWS chooses is not
        published.
        """
        most, slots = self.config.max_concurrency, self.config.provisioned
        on_demand, provisioned, idle, release_s = self._on_demand, self._provisioned, self._idle, self._release_s
        places: list[int] = []
        executions: list[int] = []
        busy: list[int] = []
        for now, work, setup in requests:
            while on_demand and on_demand[0] <= now:
                idle.append(heappop(on_demand))
            while provisioned and provisioned[0] <= now:
                heappop(provisioned)
            while idle and idle[0] + release_s <= now:
                idle.popleft()
            level = len(on_demand) + len(provisioned)
            if level >= most:
                places.append(THROTTLED)
            else:
                level += 1
                if len(provisioned) < slots:
                    places.append(PROVISIONED)
                    heappush(provisioned, now + work)
                elif idle:
                    places.append(WARM)
                    idle.pop()
                    heappush(on_demand, now + work)
                else:
                    places.append(COLD)
                    heappush(on_demand, now + setup + work)
            executions.append(level)
            busy.append(len(provisioned))
        return Taken(places, executions, busy)
