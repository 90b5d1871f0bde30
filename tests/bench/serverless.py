"""One serverless endpoint, done two ways: by the engine, and by a SimPy process per request.

Half an hour; environments that are provisioned, warm ones and cold ones, throttling above the most that may work at
once; and per minute the counts and p50, p90 and p99 of the latency.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import simpy

from engine.plan import Plan
from engine.requests.sagemaker import EndpointConfig, ProductionVariant, ServerlessConfig
from engine.run import Run
from engine.serving.model import ServiceTime
from engine.simulate import simulate
from engine.world import World
from tests.bench.rollout import CV, ERROR_RATE, OVERHEAD_S, SEED, SIGMA, Minute
from tests.engine.rollouts import model, world

COLD_S, RELEASE_S = 10.0, 300.0


@dataclass(frozen=True)
class Serverless:
    """How much traffic, on how many environments, for how long."""

    rate: float
    most: int
    slots: int
    duration_s: float = 1800.0
    mean_ms: float = 40.0
    """Service time of a request."""

    @cached_property
    def world(self) -> World:
        """The endpoint and its traffic."""
        wanted = ServerlessConfig(memory_size_in_mb=2048, max_concurrency=self.most, provisioned_concurrency=self.slots)
        variant = ProductionVariant(variant_name="main", model_name="v1", serverless_config=wanted)
        config = EndpointConfig(endpoint_config_name="v1", production_variants=(variant,))
        flaky = model(error_rate_5xx=ERROR_RATE, service=ServiceTime(mean_ms=self.mean_ms, cv=CV))
        return world(configs=(config,), old=flaky, rate=self.rate, duration_s=self.duration_s)

    def by_engine(self) -> Run:
        """Simulate it."""
        return simulate(self.world, Plan(), SEED)

    def by_process(self) -> object:
        """Simulate it with a process per request."""
        return ByProcess(self).run()


class ByProcess:
    """The same work with a SimPy process per request, written as anybody would."""

    def __init__(self, serverless: Serverless) -> None:
        self.serverless = serverless
        self.env = simpy.Environment()
        self.dice = random.Random(SEED)
        self.executions = self.provisioned = 0
        self.idle: list[float] = []
        self.minutes: defaultdict[int, Minute] = defaultdict(Minute)

    def run(self) -> dict[int, tuple[int, int, list[float]]]:
        """Return requests, errors and percentiles by minute."""
        self.env.process(self.arrive())
        self.env.run(self.serverless.duration_s)
        return {key: self.summary(minute) for key, minute in self.minutes.items()}

    def arrive(self) -> Generator[simpy.Event, None, None]:
        """Let requests come."""
        while True:
            yield self.env.timeout(self.dice.expovariate(self.serverless.rate))
            self.env.process(self.request())

    def request(self) -> Generator[simpy.Event, None, None]:
        """Find an environment or be throttled, be served, be counted."""
        began = self.env.now
        minute = self.minutes[int(began // 60)]
        if self.executions >= self.serverless.most:
            minute.errors += 1
            return
        self.executions += 1
        work = self.serverless.mean_ms / 1000 * self.dice.lognormvariate(-(SIGMA**2) / 2, SIGMA)
        warm = self.provisioned < self.serverless.slots
        if warm:
            self.provisioned += 1
        else:
            self.idle = [since for since in self.idle if since + RELEASE_S > began]
            if self.idle:
                self.idle.pop()
            else:
                yield self.env.timeout(COLD_S)
        yield self.env.timeout(work)
        self.executions -= 1
        if warm:
            self.provisioned -= 1
        else:
            self.idle.append(self.env.now)
        minute.latencies.append(self.env.now - began + OVERHEAD_S * self.dice.lognormvariate(-0.07, 0.385))
        minute.errors += self.dice.random() < ERROR_RATE

    def summary(self, minute: Minute) -> tuple[int, int, list[float]]:
        """Return what an alarm may ask about."""
        return len(minute.latencies), minute.errors, np.quantile(minute.latencies, (0.5, 0.9, 0.99)).tolist()
