"""A run that goes on only as far as it is let: time passes, requests come, and it is looked at as of now.

`engine.simulate` plays one from start to end; who talks to it from outside lets it go on step by step. What comes of it
is the same: equal requests at equal moments give equal events, however often somebody looks in between.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from functools import partial
from zlib import crc32

import numpy as np
import simpy

from engine.autoscaling.tracking_alarms import alarms_of
from engine.cloudwatch.watch import AlarmWatch
from engine.errors import RefusedRequest
from engine.hosting.hosted import Around, Hosted, Kept
from engine.hosting.hosts import Hosts
from engine.hosting.result import run_of
from engine.metrics.custom import CustomMetrics
from engine.metrics.joined import JoinedMetrics
from engine.metrics.store import Listener, MetricStore
from engine.plan import Plan, Request, Step
from engine.recorder import Recorder
from engine.requests.conditions import LOOKED_BACK_S, MetricIs
from engine.run import Run
from engine.sagemaker.holdings import Holdings
from engine.sagemaker.scaling.scaler import Scaler
from engine.sagemaker.transforms.jobs import TransformJobs
from engine.sending import Sender
from engine.timing import Timing
from engine.traffic.arrivals import Arrivals
from engine.traffic.streams import Purpose, Streams
from engine.world import World

LARGEST_ARRAYS_BYTES = 1 << 22
"""More than any array of a stretch or a minute takes below a thousand requests a second."""
KEPT_S = 3 * 3600.0
"""Of the newest requests single values are kept that long, where nobody knows what will be asked for."""
LONGEST_S = 366 * 86_400.0
"""No run that is talked to goes on for longer."""


class Live:
    """The parts of one run, put together. Times are simulated seconds from its start."""

    def __init__(
        self,
        world: World,
        arrivals: Arrivals,
        *,
        ahead: Plan | None = None,
        keep_requests: bool = False,
        keep_latencies: bool = False,
        series: bool = False,
        listen: Listener | None = None,
    ) -> None:
        """`ahead` are the requests that will come. Where that is not known, the newest single values of all metrics are
        kept, for percentiles that nobody has asked for yet. The other arguments are those of `simulate`.
        """
        _keep_freed_memory()
        self.world, self.arrivals = world, arrivals
        self.env, self.recorder, self.custom = simpy.Environment(), Recorder(), CustomMetrics()
        self.metrics = JoinedMetrics(self.custom)
        self.holdings = Holdings({each.endpoint_config_name: each for each in world.configs})
        self._ahead, self._streams = ahead, Streams(arrivals.seed)
        expect = partial(_expect, world, ahead)
        second = partial(_second, world.timing, self._streams)
        self.alarms = AlarmWatch(self.env, self.metrics, world.timing, self.recorder, world.clock, second)
        around = Around(
            env=self.env,
            streams=self._streams,
            holdings=self.holdings,
            alarms=self.alarms,
            metric_delay_s=self._metric_delay(),
        )
        kept = Kept(requests=keep_requests, latencies=keep_latencies, series=series, listen=listen)
        self.hosts = Hosts(world, arrivals, around, self.recorder, self.metrics, kept, expect)
        self._kept = kept
        self.scaler = Scaler(self.holdings, self.first.cloud, self._scaling_ends_s())
        for alarm in world.alarms:
            self.alarms.put(alarm)
        self.sender = Sender(hosts=self.hosts, scaler=self.scaler, metrics=self.metrics)
        for request in world.scaling:
            self.sender.submit(request)

    @property
    def first(self) -> Hosted:
        """The world's own endpoint."""
        return self.hosts.first

    @property
    def transforms(self) -> TransformJobs:
        """The account's batch transform jobs."""
        return self.first.control.transforms

    def _scaling_ends_s(self) -> float:
        """Return from when on scaling begins nothing new: once the counted time is over and all has been sent."""
        if self._ahead is None:
            return self.world.update_at_s + LONGEST_S
        last_s = self.world.update_at_s + max((step.after_s for step in self._ahead.steps), default=0.0)
        return max(self.world.duration_s, last_s)

    def _metric_delay(self) -> float:
        """Return how late the metrics of this run are: one delay for all of them."""
        timing, dice = self.world.timing, self._streams.at(Purpose.METRIC_DELAY, 0)
        return timing.metric_delay_s * (1 + timing.metric_delay_jitter * float(dice.uniform(-1, 1)))

    @property
    def now(self) -> float:
        """Seconds since the run began."""
        return float(self.env.now)

    @property
    def busy(self) -> bool:
        """Is an endpoint on its way from one state to another?"""
        return self.hosts.busy

    def advance(self, until_s: float) -> None:
        """Let time pass; of what happens at that very moment nothing has happened yet, so that requests come first."""
        if until_s > self.env.now:
            self.env.run(until=until_s)

    def submit(self, request: Request) -> RefusedRequest | None:
        """Send a request now; return why it is refused, if it is."""
        return self.sender.submit(request)

    def catch_up(self) -> None:
        """Answer every request that has come by now: nobody may have asked for it yet."""
        self.hosts.catch_up()

    def send_all(self, steps: Iterable[Step]) -> simpy.Process:
        """Send what the steps hold at their times; return what is alive until all has been sent."""
        return self.env.process(self.sender.send(steps, self.world.update_at_s))

    def play_in(self, steps: Sequence[Step]) -> simpy.Process:
        """From the start, go on to when it is time to send a plan, and send what a colleague sends, then and later.

        Whoever sends something at the moment of one of these steps comes after it. Return what is alive until all of
        them have been sent.
        """
        sending = self.send_all(step for step in steps if step.after_s > 0)
        self.advance(self.world.update_at_s)
        for step in steps:
            if step.after_s == 0:
                self.sender.take(step)
        return sending

    def cut(self, every_s: float) -> None:
        """Cut the data planes' stretches further, which changes nothing."""
        self.env.process(self._cut(every_s))

    def result(self) -> Run:
        """Return everything as values."""
        return run_of(self.hosts, self._kept, self.scaler.describe_activities())

    def let_go(self) -> None:
        """Cut the circles in which the parts hold each other, so that their memory is free at once."""
        self.alarms.stop()
        for each in self.hosts:
            del each.store.advance
        self.holdings.endpoints.clear()

    def _cut(self, every_s: float) -> Generator[simpy.Event, None, None]:
        while True:
            yield self.env.timeout(every_s)
            self.catch_up()


def _expect(world: World, ahead: Plan | None, store: MetricStore) -> None:
    """Tell a store what it will be asked for, by alarms and by conditions."""
    policies = (*world.scaling_policies, *(ahead.scaling_policies if ahead else ()))
    tracked = (alarm for policy in policies for alarm in alarms_of(policy))
    for alarm in (*world.alarms, *(ahead.metric_alarms if ahead else ()), *tracked):
        for stat in alarm.stats:
            store.expect(stat, alarm.evaluation_periods + world.timing.evaluation_range_extra)
    for when in ahead.conditions if ahead else ():
        if isinstance(when.condition, MetricIs):
            stat = when.condition.metric_stat
            store.expect(stat, 1 + -(-LOOKED_BACK_S // stat.period))
    if ahead is None:
        store.expect_anything(KEPT_S)


def _second(timing: Timing, streams: Streams, alarm: str) -> float:
    """Return the second of the minute at which an alarm is evaluated in this run, whatever others there are."""
    drawn = streams.at(Purpose.EVALUATION, crc32(alarm.encode())).integers(60)
    return float(drawn) if timing.evaluation_second is None else timing.evaluation_second


def _keep_freed_memory() -> None:
    """Free one large block, unused: glibc then keeps what smaller arrays give back, up to twice as much, for the next.

    Without it every stretch asks the system for fresh pages, which takes a sixth of a run. Elsewhere it does nothing.
    """
    np.empty(LARGEST_ARRAYS_BYTES, dtype=np.uint8)
