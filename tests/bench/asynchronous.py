"""One asynchronous endpoint, done two ways: by the engine, and by a SimPy process per request.

Half an hour; a queue before instances with room for some requests each, and per minute the size of the backlog, the
counts and the times.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import simpy

from engine.plan import Plan
from engine.requests.sagemaker import AsyncInferenceConfig
from engine.run import Run
from engine.serving.model import ServiceTime
from engine.simulate import simulate
from engine.world import World
from tests.bench.rollout import CV, ERROR_RATE, SEED, SIGMA, Minute
from tests.engine.rollouts import config, model, world


@dataclass(frozen=True)
class Asynchronous:
    """How much traffic, on how many instances with room for one request each, for how long."""

    rate: float
    instances: int
    duration_s: float = 1800.0
    mean_ms: float = 40.0
    """Service time of a request."""

    @cached_property
    def world(self) -> World:
        """The endpoint and its traffic."""
        wanted = AsyncInferenceConfig(max_concurrent_invocations_per_instance=1)
        today = replace(config("v1", self.instances), async_inference_config=wanted)
        flaky = model(error_rate_5xx=ERROR_RATE, service=ServiceTime(mean_ms=self.mean_ms, cv=CV))
        return world(configs=(today,), old=flaky, rate=self.rate, duration_s=self.duration_s)

    def by_engine(self) -> Run:
        """Simulate it."""
        return simulate(self.world, Plan(), SEED)

    def by_process(self) -> object:
        """Simulate it with a process per request."""
        return ByProcess(self).run()


class ByProcess:
    """The same work with a SimPy process per request, written as anybody would."""

    def __init__(self, asynchronous: Asynchronous) -> None:
        self.asynchronous = asynchronous
        self.env = simpy.Environment()
        self.room = simpy.Resource(self.env, asynchronous.instances)
        self.dice = random.Random(SEED)
        self.backlog: list[int] = []
        self.minutes: defaultdict[int, Minute] = defaultdict(Minute)

    def run(self) -> dict[int, tuple[int, int, list[float]]]:
        """Return requests, errors and percentiles by minute."""
        self.env.process(self.arrive())
        self.env.process(self.look())
        self.env.run(self.asynchronous.duration_s)
        return {key: self.summary(minute) for key, minute in self.minutes.items()}

    def arrive(self) -> Generator[simpy.Event, None, None]:
        """Let requests come."""
        while True:
            yield self.env.timeout(self.dice.expovariate(self.asynchronous.rate))
            self.env.process(self.request())

    def look(self) -> Generator[simpy.Event, None, None]:
        """Count the backlog minute by minute."""
        while True:
            yield self.env.timeout(60)
            self.backlog.append(len(self.room.queue) + self.room.count)

    def request(self) -> Generator[simpy.Event, None, None]:
        """Wait for room, be served, be counted."""
        began = self.env.now
        with self.room.request() as room:
            yield room
            work = self.asynchronous.mean_ms / 1000 * self.dice.lognormvariate(-(SIGMA**2) / 2, SIGMA)
            yield self.env.timeout(work)
        minute = self.minutes[int(self.env.now // 60)]
        minute.latencies.append(self.env.now - began)
        minute.errors += self.dice.random() < ERROR_RATE

    def summary(self, minute: Minute) -> tuple[int, int, list[float]]:
        """Return what an alarm may ask about."""
        return len(minute.latencies), minute.errors, np.quantile(minute.latencies, (0.5, 0.9, 0.99)).tolist()
