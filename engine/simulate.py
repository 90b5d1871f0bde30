"""One run: a world, a plan and a seed in, what happened out. Equal inputs give equal outputs."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Mapping
from functools import partial
from zlib import crc32

import numpy as np
import simpy

from engine.autoscaling.tracking_alarms import alarms_of
from engine.bill import Costs, costs, idle_costs, job_costs, serverless_costs, total
from engine.cloudwatch.history import alarm_history
from engine.cloudwatch.watch import AlarmWatch
from engine.metrics.store import Listener, MetricStore
from engine.plan import Plan
from engine.recorder import Recorder
from engine.requests.conditions import LOOKED_BACK_S, MetricIs
from engine.run import Run
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
OnProgress = Callable[[float, float], None]
"""Called with the simulated seconds done and to do; may raise to stop the run."""


def simulate(
    world: World,
    plan: Plan,
    seed: int,
    *,
    on_progress: OnProgress | None = None,
    arrivals: Arrivals | None = None,
    series: bool = True,
    keep_requests: bool = True,
    keep_latencies: bool = False,
    cut_every_s: float | None = None,
    listen: Listener | None = None,
) -> Run:
    """Simulate the plan in the world.

    `arrivals` may be shared by runs of one workload and seed, to draw the same requests only once. `series` works out
    the metrics of every minute for people to look at; a grade does not need them. `keep_requests` keeps one bit per
    request, so that runs of one seed can be compared request by request; without it memory does not grow with the
    traffic. `keep_latencies` counts how long callers waited. `cut_every_s` cuts the data plane's stretches further,
    which changes nothing. `listen` is told of every answer, which changes nothing either.
    """
    _keep_freed_memory()
    arrivals = arrivals or Arrivals(world.workload, seed)
    simulation = _Simulation(world, plan, arrivals, keep_requests, keep_latencies, series, listen)
    try:
        simulation.play(on_progress, cut_every_s)
        return simulation.result()
    finally:
        simulation.let_go()


class _Simulation:
    """The parts of one run, put together."""

    def __init__(
        self,
        world: World,
        plan: Plan,
        arrivals: Arrivals,
        keep_requests: bool,
        keep_latencies: bool,
        series: bool,
        listen: Listener | None,
    ) -> None:
        self.world, self.plan, self.seed, self.arrivals = world, plan, arrivals.seed, arrivals
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
        update = plan.update
        accounting = Accounting(
            until_s=world.duration_s,
            slo_s=world.slo.latency_ms / 1000,
            client_timeout_s=world.workload.client_timeout_s,
            new_config=update.endpoint_config_name if update else None,
            keep_requests=keep_requests,
            keep_latencies=keep_latencies,
        )
        self.plane = DataPlane(arrivals, self.store, endpoint.routes(), accounting, outcomes, users, agreements)
        self.store.advance = self.plane.advance
        second = partial(_second, world.timing, self.streams)
        self.alarms = AlarmWatch(self.env, self.store, world.timing, self.recorder, world.clock, second)
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
        self.scaler = Scaler(self.control, max(world.duration_s, self._last_request_s()))
        self._expect()
        for alarm in world.alarms:
            self.alarms.put(alarm)
        self.sender = Sender(
            control=self.control, scaler=self.scaler, tests=self.tests, transforms=self.transforms, store=self.store
        )
        for request in world.scaling:
            self.sender.submit(request)

    def _expect(self) -> None:
        """Tell the store what it will be asked for, by alarms and by conditions."""
        policies = (*self.world.scaling_policies, *self.plan.scaling_policies)
        tracked = (alarm for policy in policies for alarm in alarms_of(policy))
        for alarm in (*self.world.alarms, *self.plan.metric_alarms, *tracked):
            for stat in alarm.stats:
                self.store.expect(stat, alarm.evaluation_periods + self.world.timing.evaluation_range_extra)
        for when in self.plan.conditions:
            if isinstance(when.condition, MetricIs):
                stat = when.condition.metric_stat
                self.store.expect(stat, 1 + -(-LOOKED_BACK_S // stat.period))

    def _last_request_s(self) -> float:
        return self.world.update_at_s + max((step.after_s for step in self.plan.steps), default=0.0)

    def _metric_delay(self) -> float:
        """Return how late the metrics of this run are: one delay for all of them."""
        timing, dice = self.world.timing, self.streams.at(Purpose.METRIC_DELAY, 0)
        return timing.metric_delay_s * (1 + timing.metric_delay_jitter * float(dice.uniform(-1, 1)))

    def play(self, on_progress: OnProgress | None, cut_every_s: float | None) -> None:
        """Let the run happen: at least for the counted time, and until the endpoint is busy with nothing."""
        sending = self.env.process(self.sender.send(self.plan.steps, self.world.update_at_s))
        if cut_every_s is not None:
            self.env.process(self._cut(cut_every_s))
        minute = 0.0
        if on_progress is None:
            self.env.run(until=self.world.duration_s)
            minute = math.ceil(self.world.duration_s / 60) * 60.0
        while self.env.now < self.world.duration_s or sending.is_alive or self.cloud.endpoint.status in BUSY:
            minute += 60.0
            until = min(minute, self.world.duration_s) if self.env.now < self.world.duration_s else minute
            if until <= self.env.now:
                continue
            self.env.run(until=until)
            if on_progress is not None:
                if self.env.now % self.arrivals.slot_s == 0:  # where stretches end whoever listens
                    self.plane.advance(self.env.now)  # nobody may have asked yet for what was to be done till here
                on_progress(self.env.now, self.world.duration_s)
        self.plane.advance(self.env.now)

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
            phases=tuple(recorder.phases),
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
