"""One rollout, done three ways: by the engine, by a SimPy process per request, and by drawing its numbers only.

Half an hour at 50 requests a second; a canary of one instance out of five after 8 minutes, everything new after 18; two
fleets of ten workers with a line each; errors, and per minute and fleet the counts and p50, p90 and p99 of the latency.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass, field

import numpy as np
import simpy

from engine.plan import Plan
from engine.run import Run
from engine.simulate import simulate
from engine.timing import Timing
from tests.engine.rollouts import ONE, canary, errors_alarm, model, update, world

RATE, DURATION_S, INSTANCES, WORKERS = 50.0, 1800.0, 5, 2
MEAN_S, SIGMA, ERROR_RATE, OVERHEAD_S = 0.04, 0.47, 0.001, 0.0046
CANARY_AT_S, ALL_AT_S = 493.0, 1123.0
WORLD = world(
    count=INSTANCES,
    rate=RATE,
    duration_s=DURATION_S,
    old=model(error_rate_5xx=ERROR_RATE, workers=WORKERS),
    new=model(error_rate_5xx=ERROR_RATE, workers=WORKERS),
    timing=Timing(provision_jitter=0.0),
)
PLAN = Plan.of(errors_alarm(), update(canary(ONE, 600, 300, alarms=("errors",))))


def by_engine(seed: int = 1) -> Run:
    """Simulate the rollout."""
    return simulate(WORLD, PLAN, seed)


@dataclass
class Minute:
    """What happened in one minute of one fleet."""

    latencies: list[float] = field(default_factory=list)
    errors: int = 0


class ByProcess:
    """The same work with a SimPy process per request, written as anybody would."""

    def __init__(self, seed: int) -> None:
        self.env = simpy.Environment()
        self.dice = random.Random(seed)
        self.lanes = [[simpy.Resource(self.env) for _ in range(INSTANCES * WORKERS)] for _ in range(2)]
        self.share = 0.0
        self.minutes: defaultdict[tuple[int, int], Minute] = defaultdict(Minute)

    def run(self) -> dict[tuple[int, int], tuple[int, int, list[float]]]:
        """Return requests, errors and percentiles by fleet and minute."""
        self.env.process(self.arrive())
        self.env.process(self.shift())
        self.env.run(DURATION_S)
        return {key: self.summary(minute) for key, minute in self.minutes.items()}

    def arrive(self) -> Generator[simpy.Event, None, None]:
        """Let requests come."""
        while True:
            yield self.env.timeout(self.dice.expovariate(RATE))
            self.env.process(self.request())

    def shift(self) -> Generator[simpy.Event, None, None]:
        """Move the traffic in two steps."""
        yield self.env.timeout(CANARY_AT_S)
        self.share = 1 / INSTANCES
        yield self.env.timeout(ALL_AT_S - CANARY_AT_S)
        self.share = 1.0

    def request(self) -> Generator[simpy.Event, None, None]:
        """Wait in the line of a worker, be served, be counted."""
        began, fleet = self.env.now, int(self.dice.random() < self.share)
        with self.dice.choice(self.lanes[fleet]).request() as turn:
            yield turn
            yield self.env.timeout(MEAN_S * self.dice.lognormvariate(-(SIGMA**2) / 2, SIGMA))
        minute = self.minutes[fleet, int(self.env.now // 60)]
        overhead = OVERHEAD_S * self.dice.lognormvariate(-0.07, 0.385)
        minute.latencies.append(self.env.now - began + overhead)
        minute.errors += self.dice.random() < ERROR_RATE

    def summary(self, minute: Minute) -> tuple[int, int, list[float]]:
        """Return what an alarm may ask about."""
        return len(minute.latencies), minute.errors, np.quantile(minute.latencies, (0.5, 0.9, 0.99)).tolist()


def by_process(seed: int = 1) -> object:
    """Simulate the rollout with a process per request."""
    return ByProcess(seed).run()


def by_drawing(seed: int = 1, duration_s: float = DURATION_S) -> None:
    """Draw what the rollout needs per request, a minute at a time: gap, route, service, overhead, error."""
    dice = np.random.default_rng(seed)
    per_minute = round(RATE * 60)
    for _ in range(round(duration_s / 60)):
        dice.standard_exponential(per_minute)
        dice.random(per_minute)
        dice.standard_normal(per_minute)
        dice.standard_normal(per_minute)
        dice.random(per_minute)
