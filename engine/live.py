"""A run that goes on only as far as it is let: time passes, requests come, and it is looked at as of now.

`engine.simulate` plays one from start to end; who talks to it from outside lets it go on step by step. What comes of it
is the same: equal requests at equal moments give equal events, however often somebody looks in between.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from functools import partial
from zlib import crc32

import numpy as np
import simpy

from engine.autoscaling.tracking_alarms import alarms_of
from engine.bill import Costs, costs, idle_costs, job_costs, serverless_costs, total
from engine.cloudwatch.history import alarm_history
from engine.cloudwatch.watch import AlarmWatch
from engine.errors import RefusedRequest
from engine.metrics.custom import CustomMetrics
from engine.metrics.joined import JoinedMetrics
from engine.metrics.store import Listener, MetricStore
from engine.plan import Plan, Request, Step
from engine.recorder import Recorder
from engine.requests.conditions import LOOKED_BACK_S, MetricIs
from engine.run import Phase, Run
from engine.sagemaker.cloud import Cloud
from engine.sagemaker.control_plane import ControlPlane
from engine.sagemaker.endpoint import BUSY
from engine.sagemaker.life.at_start import endpoint_at_start
from engine.sagemaker.scaling.scaler import Scaler
from engine.sagemaker.shadow_tests.service import ShadowTests
from engine.sagemaker.transforms.jobs import TransformJobs
from engine.sending import Sender
from engine.serving.data_plane import DataPlane
from engine.serving.ledger import Accounting
from engine.serving.outcomes import Outcomes
from engine.serving.serverless.fleet import ServerlessFleet
from engine.serving.shadows import Agreements
from engine.serving.users import Users
from engine.summary import answered_within_s, metric_series, paid_by_use, totals
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
        self.world, self.seed, self.arrivals = world, arrivals.seed, arrivals
        self.series, self.keep_latencies = series, keep_latencies
        self.env = simpy.Environment()
        self.recorder = Recorder()
        self.streams = Streams(arrivals.seed)
        outcomes = Outcomes.asked_for(world.workload, world.duration_s)
        users = Users.asked_for(world.workload, self.streams, world.duration_s)
        agreements = Agreements.asked_for(world.workload)
        own = tuple(each for each in (outcomes, agreements) if each is not None)
        self.store = MetricStore(
            world.endpoint.endpoint_name, self._metric_delay(), shown=series, own=own, listen=listen
        )
        endpoint = endpoint_at_start(world, self.store.watch)
        accounting = Accounting(
            until_s=world.duration_s,
            slo_s=world.slo.latency_ms / 1000,
            client_timeout_s=world.workload.client_timeout_s,
            keep_requests=keep_requests,
            keep_latencies=keep_latencies,
        )
        self.plane = DataPlane(arrivals, self.store, endpoint.routes(), accounting, outcomes, users, agreements)
        self.store.advance = self.plane.advance
        second = partial(_second, world.timing, self.streams)
        self.custom = CustomMetrics()
        self.metrics = JoinedMetrics(self.store, self.custom)
        self.alarms = AlarmWatch(self.env, self.metrics, world.timing, self.recorder, world.clock, second)
        self.cloud = Cloud(
            env=self.env,
            world=world,
            plane=self.plane,
            endpoint=endpoint,
            alarms=self.alarms,
            recorder=self.recorder,
            dice=self.streams.at(Purpose.CONTROL, 0),
        )
        self.transforms = TransformJobs(self.cloud, partial(self.streams.at, Purpose.TRANSFORM))
        self.control = ControlPlane(self.cloud, {c.endpoint_config_name: c for c in world.configs}, self.transforms)
        self.tests = ShadowTests(self.control)
        self.cloud.reroute()
        self.scaler = Scaler(self.control, self._scaling_ends_s(ahead))
        self._expect(ahead)
        for alarm in world.alarms:
            self.alarms.put(alarm)
        self.sender = Sender(
            control=self.control, scaler=self.scaler, tests=self.tests, transforms=self.transforms, store=self.store
        )
        for request in world.scaling:
            self.sender.submit(request)

    def _expect(self, ahead: Plan | None) -> None:
        """Tell the store what it will be asked for, by alarms and by conditions."""
        policies = (*self.world.scaling_policies, *(ahead.scaling_policies if ahead else ()))
        tracked = (alarm for policy in policies for alarm in alarms_of(policy))
        for alarm in (*self.world.alarms, *(ahead.metric_alarms if ahead else ()), *tracked):
            for stat in alarm.stats:
                self.store.expect(stat, alarm.evaluation_periods + self.world.timing.evaluation_range_extra)
        for when in ahead.conditions if ahead else ():
            if isinstance(when.condition, MetricIs):
                stat = when.condition.metric_stat
                self.store.expect(stat, 1 + -(-LOOKED_BACK_S // stat.period))
        if ahead is None:
            self.store.expect_anything(KEPT_S)

    def _scaling_ends_s(self, ahead: Plan | None) -> float:
        """Return from when on scaling begins nothing new: once the counted time is over and all has been sent."""
        if ahead is None:
            return self.world.update_at_s + LONGEST_S
        last_s = self.world.update_at_s + max((step.after_s for step in ahead.steps), default=0.0)
        return max(self.world.duration_s, last_s)

    def _metric_delay(self) -> float:
        """Return how late the metrics of this run are: one delay for all of them."""
        timing, dice = self.world.timing, self.streams.at(Purpose.METRIC_DELAY, 0)
        return timing.metric_delay_s * (1 + timing.metric_delay_jitter * float(dice.uniform(-1, 1)))

    @property
    def now(self) -> float:
        """Seconds since the run began."""
        return float(self.env.now)

    @property
    def busy(self) -> bool:
        """Is the endpoint on its way from one state to another?"""
        return self.cloud.endpoint.status in BUSY

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The parts of deployments up to now; one that runs ends now."""
        running = self.recorder.running(self.env.now)
        return (*self.recorder.phases, *(() if running is None else (running,)))

    def advance(self, until_s: float) -> None:
        """Let time pass; of what happens at that very moment nothing has happened yet, so that requests come first."""
        if until_s > self.env.now:
            self.env.run(until=until_s)

    def submit(self, request: Request) -> RefusedRequest | None:
        """Send a request now; return why it is refused, if it is."""
        return self.sender.submit(request)

    def catch_up(self) -> None:
        """Answer every request that has come by now: nobody may have asked for it yet."""
        self.plane.advance(self.env.now)

    def send_all(self, steps: Iterable[Step]) -> simpy.Process:
        """Send what the steps hold at their times; return what is alive until all has been sent."""
        return self.env.process(self.sender.send(steps, self.world.update_at_s))

    def cut(self, every_s: float) -> None:
        """Cut the data plane's stretches further, which changes nothing."""
        self.env.process(self._cut(every_s))

    def result(self) -> Run:
        """Return everything as values."""
        control, recorder = self.control, self.recorder
        metrics = metric_series(self.store, int(self.env.now // 60)) if self.series else ()
        fleets = [each.fleet for each in self.store.fleets.values()]
        paid = {
            **costs(self.world, recorder.instances),
            **serverless_costs(each for each in fleets if isinstance(each, ServerlessFleet)),
            **job_costs(self.world, self.transforms.bills(self.env.now)),
        }
        return Run(
            outcome=control.outcome,
            seed=self.seed,
            duration_s=self.world.duration_s,
            ended_s=self.env.now,
            update_started_s=control.started_s,
            update_ended_s=control.ended_s,
            endpoint_history=tuple(recorder.endpoint),
            events=tuple(recorder.events),
            event_bridge=tuple(recorder.event_bridge),
            alarms=tuple(recorder.alarms),
            alarm_history=tuple(alarm_history(recorder.alarms, self.world.clock, self.alarms.composites)),
            alarm_states=dict(self.alarms.states),
            metrics=metrics,
            traffic=tuple(recorder.traffic),
            instances=tuple(recorder.instances),
            phases=self.phases,
            totals=totals(self.world, self.plane.ledger.counts, recorder.instances, total(paid), self.store),
            deciding_alarm=control.deciding_alarm,
            requests=self.plane.ledger.log(),
            costs=paid,
            scaling_activities=self.scaler.describe_activities(),
            jobs=self.transforms.describe(),
            update_costs=self._update_costs(),
            idle_costs=idle_costs(self.world, recorder.instances, metrics),
            paid_by_use=paid_by_use(self.store, int(self.env.now // 60)),
            answered_within_s=self._answered_within_s(),
            experiments=self.tests.answers(),
            agreement=self.plane.shadows.agreement(),
            outcomes=self.plane.outcomes.result() if self.plane.outcomes else (),
            met=self.plane.users.result() if self.plane.users else None,
        )

    def _answered_within_s(self) -> Mapping[float, float]:
        return answered_within_s(self.plane.ledger.latencies, self.store) if self.keep_latencies else {}

    def _update_costs(self) -> Costs:
        """Return what was paid while the last update ran, for both of its fleets."""
        since_s, until_s = self.control.started_s, self.control.ended_s
        return {} if since_s is None else costs(self.world, self.recorder.instances, since_s, until_s)

    def let_go(self) -> None:
        """Cut the circles in which the parts hold each other, so that their memory is free at once."""
        self.alarms.stop()
        del self.store.advance

    def _cut(self, every_s: float) -> Generator[simpy.Event, None, None]:
        while True:
            yield self.env.timeout(every_s)
            self.plane.advance(self.env.now)


def _second(timing: Timing, streams: Streams, alarm: str) -> float:
    """Return the second of the minute at which an alarm is evaluated in this run, whatever others there are."""
    drawn = streams.at(Purpose.EVALUATION, crc32(alarm.encode())).integers(60)
    return float(drawn) if timing.evaluation_second is None else timing.evaluation_second


def _keep_freed_memory() -> None:
    """Free one large block, unused: glibc then keeps what smaller arrays give back, up to twice as much, for the next.

    Without it every stretch asks the system for fresh pages, which takes a sixth of a run. Elsewhere it does nothing.
    """
    np.empty(LARGEST_ARRAYS_BYTES, dtype=np.uint8)
