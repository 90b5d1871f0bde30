"""One endpoint of a run, put together: its requests, what answers them, what is measured of it, and who changes it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import simpy

from engine.cloudwatch.watch import AlarmWatch
from engine.metrics.store import Listener, MetricStore
from engine.recorder import Recorder
from engine.sagemaker.cloud import Cloud
from engine.sagemaker.control_plane import ControlPlane
from engine.sagemaker.holdings import Holdings
from engine.sagemaker.life.at_start import endpoint_at_start
from engine.sagemaker.shadow_tests.service import ShadowTests
from engine.sagemaker.transforms.jobs import TransformJobs
from engine.serving.data_plane import DataPlane
from engine.serving.ledger import Accounting
from engine.serving.outcomes import Outcomes
from engine.serving.shadows import Agreements
from engine.serving.users import Users
from engine.traffic.arrivals import Arrivals
from engine.traffic.streams import Purpose, Streams
from engine.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of an endpoint beside what happens to it; `engine.simulate` tells what each is for."""

    requests: bool = False
    latencies: bool = False
    series: bool = False
    listen: Listener | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What all endpoints of a run have around them."""

    env: simpy.Environment
    streams: Streams
    """Random numbers of the run."""
    holdings: Holdings
    alarms: AlarmWatch
    metric_delay_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosted:
    """The parts that belong to one endpoint."""

    world: World
    """As it is seen from this endpoint, when the run begins."""
    arrivals: Arrivals
    store: MetricStore
    plane: DataPlane
    control: ControlPlane
    tests: ShadowTests

    @property
    def cloud(self) -> Cloud:
        """What updates work on."""
        return self.control.cloud

    @property
    def recorder(self) -> Recorder:
        """What has happened to it."""
        return self.cloud.recorder


def hosted(
    world: World,
    arrivals: Arrivals,
    around: Around,
    recorder: Recorder,
    kept: Kept,
    streams: Streams,
    *,
    expected: bool,
) -> Hosted:
    """Return the world's endpoint as it stands when a run begins, or the place where it may be created.

    `streams` are its own random numbers; `expected` says whether the world knows of it.
    """
    workload = world.workload
    outcomes = Outcomes.asked_for(workload, world.duration_s)
    users = Users.asked_for(workload, streams, world.duration_s)
    agreements = Agreements.asked_for(workload)
    own = tuple(each for each in (outcomes, agreements) if each is not None)
    name, delay_s = world.endpoint.endpoint_name, around.metric_delay_s
    store = MetricStore(name, delay_s, shown=kept.series, own=own, listen=kept.listen)
    endpoint = endpoint_at_start(world, store.watch)
    accounting = Accounting(
        until_s=world.duration_s,
        slo_s=world.slo.latency_ms / 1000,
        client_timeout_s=workload.client_timeout_s,
        keep_requests=kept.requests,
        keep_latencies=kept.latencies,
    )
    plane = DataPlane(arrivals, store, endpoint.routes(), accounting, outcomes, users, agreements)
    store.advance = plane.advance
    cloud = Cloud(
        env=around.env,
        world=world,
        plane=plane,
        endpoint=endpoint,
        alarms=around.alarms,
        recorder=recorder,
        dice=streams.at(Purpose.CONTROL, 0),
        is_expected=expected,
    )
    control = ControlPlane(cloud, around.holdings, _transforms(around, cloud))
    around.holdings.endpoints[name] = control
    return Hosted(world=world, arrivals=arrivals, store=store, plane=plane, control=control, tests=ShadowTests(control))


def _transforms(around: Around, cloud: Cloud) -> TransformJobs:
    """Return the jobs of the account."""
    first = next(iter(around.holdings.endpoints.values()), None)
    return first.transforms if first else TransformJobs(cloud, partial(around.streams.at, Purpose.TRANSFORM))
