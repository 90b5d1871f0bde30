"""One rollout, done three ways: by the engine, by a SimPy process per request, and by drawing its numbers only.

Half an hour; a canary of one instance after 8 minutes, everything new after 18; two fleets whose instances have two
workers with a line each; errors, and per minute and fleet the counts and p50, p90 and p99 of the latency.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import simpy

from engine.plan import Plan
from engine.run import Run
from engine.serving.model import ServiceTime
from engine.simulate import simulate
from engine.timing import Timing
from engine.world import World
from tests.engine.autoscaling.policies import INVOCATIONS, register, tracking
from tests.engine.rollouts import ONE, canary, config, errors_alarm, model, update, world

WORKERS, CV, SIGMA, ERROR_RATE, OVERHEAD_S = 2, 0.5, 0.47, 0.001, 0.0046
CANARY_AT_S, ALL_AT_S = 493.0, 1123.0
SEED = 1


@dataclass(frozen=True)
class Rollout:
    """How much traffic, on how many instances, for how long."""

    rate: float
    instances: int
    duration_s: float = 1800.0
    mean_ms: float = 40.0
    """Service time of a request."""

    @cached_property
    def world(self) -> World:
        """The endpoint and its traffic."""
        service = ServiceTime(mean_ms=self.mean_ms, cv=CV)
        flaky = model(error_rate_5xx=ERROR_RATE, workers=WORKERS, service=service)
        steady = Timing(provision_jitter=0.0)
        return world(
            count=self.instances, rate=self.rate, duration_s=self.duration_s, old=flaky, new=flaky, timing=steady
        )

    @cached_property
    def plan(self) -> Plan:
        """A guarded canary that finds nothing."""
        return Plan.of(errors_alarm(), update(canary(ONE, 600, 300, alarms=("errors",))))

    def by_engine(self) -> Run:
        """Simulate the rollout."""
        return simulate(self.world, self.plan, SEED)

    def by_engine_looking_at_queues(self) -> Run:
        """Simulate it with routing to the instance with the fewest outstanding requests."""
        strategy = "LEAST_OUTSTANDING_REQUESTS"
        aware = tuple(config(name, self.instances, routing_strategy=strategy) for name in ("v1", "v2"))
        return simulate(replace(self.world, configs=aware), self.plan, SEED)

    def by_engine_scaling(self, metric: str = INVOCATIONS, target: float = 500.0) -> Run:
        """Simulate it with a variant that scales, up to twice as many instances."""
        policy = tracking(target, metric)
        plan = Plan((*self.plan.steps, *Plan.of(register(1, 2 * self.instances), policy).steps))
        return simulate(self.world, plan, SEED)

    def by_engine_with_a_shadow(self) -> Run:
        """Simulate it with a shadow beside the old fleet and the new one, to which half of the requests are copied."""
        beside = replace(config("v1").production_variants[0], variant_name="shadow", initial_variant_weight=0.5)
        beside = replace(beside, initial_instance_count=self.instances)
        configs = tuple(replace(each, shadow_production_variants=(beside,)) for each in self.world.configs)
        return simulate(replace(self.world, configs=configs), self.plan, SEED)

    def by_process(self, *, copied: float = 0.0, counts_work: bool = False) -> object:
        """Simulate it with a process per request, and one per copy for a shadow; `counts_work` tells the least and the
        most in work in every ten seconds."""
        return ByProcess(self, copied, counts_work).run()

    def by_drawing(self) -> None:
        """Draw what it needs per request, a minute at a time: gap, route, service, overhead, error."""
        dice, per_minute = np.random.default_rng(SEED), round(self.rate * 60)
        for _ in range(round(self.duration_s / 60)):
            dice.standard_exponential(per_minute)
            dice.random(per_minute)
            dice.standard_normal(per_minute)
            dice.standard_normal(per_minute)
            dice.random(per_minute)


@dataclass
class Minute:
    """What happened in one minute of one fleet."""

    latencies: list[float] = field(default_factory=list)
    errors: int = 0


class ByProcess:
    """The same work with a SimPy process per request, written as anybody would."""

    def __init__(self, rollout: Rollout, copied: float = 0.0, counts_work: bool = False) -> None:
        self.rollout, self.copied, self.counts_work = rollout, copied, counts_work
        self.env = simpy.Environment()
        self.dice = random.Random(SEED)
        lanes = rollout.instances * WORKERS
        self.lanes = [[simpy.Resource(self.env) for _ in range(lanes)] for _ in range(4)]
        """Of the old fleet, the new one, and the shadow of each."""
        self.in_work = 0
        self.tens: defaultdict[int, list[int]] = defaultdict(lambda: [self.in_work, self.in_work])
        self.share = 0.0
        self.minutes: defaultdict[tuple[int, int], Minute] = defaultdict(Minute)

    def run(self) -> dict[tuple[int, int], tuple[int, int, list[float]]]:
        """Return requests, errors and percentiles by fleet and minute."""
        self.env.process(self.arrive())
        self.env.process(self.shift())
        self.env.run(self.rollout.duration_s)
        return {key: self.summary(minute) for key, minute in self.minutes.items()}

    def arrive(self) -> Generator[simpy.Event, None, None]:
        """Let requests come."""
        while True:
            yield self.env.timeout(self.dice.expovariate(self.rollout.rate))
            fleet = int(self.dice.random() < self.share)
            self.env.process(self.request(fleet))
            if self.copied and self.dice.random() < self.copied:
                self.env.process(self.request(2 + fleet))

    def shift(self) -> Generator[simpy.Event, None, None]:
        """Move the traffic in two steps."""
        yield self.env.timeout(CANARY_AT_S)
        self.share = 1 / self.rollout.instances
        yield self.env.timeout(ALL_AT_S - CANARY_AT_S)
        self.share = 1.0

    def request(self, fleet: int) -> Generator[simpy.Event, None, None]:
        """Wait in the line of a worker, be served, be counted."""
        began = self.env.now
        self.count_work(1)
        with self.dice.choice(self.lanes[fleet]).request() as turn:
            yield turn
            yield self.env.timeout(self.rollout.mean_ms / 1000 * self.dice.lognormvariate(-(SIGMA**2) / 2, SIGMA))
        self.count_work(-1)
        minute = self.minutes[fleet, int(self.env.now // 60)]
        overhead = OVERHEAD_S * self.dice.lognormvariate(-0.07, 0.385)
        minute.latencies.append(self.env.now - began + overhead)
        minute.errors += self.dice.random() < ERROR_RATE

    def count_work(self, more: int) -> None:
        """Know the least and the most in work in these ten seconds."""
        if self.counts_work:
            ten = self.tens[int(self.env.now // 10)]
            self.in_work += more
            ten[0], ten[1] = min(ten[0], self.in_work), max(ten[1], self.in_work)

    def summary(self, minute: Minute) -> tuple[int, int, list[float]]:
        """Return what an alarm may ask about."""
        return len(minute.latencies), minute.errors, np.quantile(minute.latencies, (0.5, 0.9, 0.99)).tolist()
