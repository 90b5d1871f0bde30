"""All endpoints of a run: that of the world, those beside it, and those that somebody creates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engine.hosting.hosted import Around, Hosted, Kept, hosted
from engine.metrics.joined import JoinedMetrics
from engine.metrics.store import MetricStore
from engine.plan import Request
from engine.recorder import Recorder
from engine.requests.sagemaker import CreateEndpoint
from engine.sagemaker.endpoint import BUSY
from engine.serving.model import Model
from engine.traffic.arrivals import Arrivals
from engine.traffic.streams import Streams
from engine.world import World


class Hosts:
    """The endpoints by name."""

    def __init__(
        self,
        world: World,
        arrivals: Arrivals,
        around: Around,
        recorder: Recorder,
        metrics: JoinedMetrics,
        kept: Kept,
        prepare: Callable[[MetricStore], None],
    ) -> None:
        """`arrivals`, `recorder` and `kept` are those of the world's own endpoint; `prepare` tells the metrics of each
        what they will be asked for.
        """
        self._world, self._around, self._recorder = world, around, recorder
        self._metrics, self._prepare = metrics, prepare
        self.first = hosted(world, arrivals, around, recorder, kept, around.streams, expected=True)
        self._all = {world.endpoint.endpoint_name: self.first}
        prepare(self.first.store)
        metrics.join(self.first.store)
        self.first.cloud.reroute()
        for other in world.other_endpoints:
            self.host(other.endpoint.endpoint_name)

    def __iter__(self) -> Iterator[Hosted]:
        return iter(self._all.values())

    @property
    def others(self) -> dict[str, Hosted]:
        """All but the first, by name."""
        return {name: each for name, each in self._all.items() if each is not self.first}

    @property
    def busy(self) -> bool:
        """Is any endpoint on its way from one state to another?"""
        return any(each.cloud.endpoint.status in BUSY for each in self)

    def find(self, name: str) -> Hosted | None:
        """Return the endpoint of that name, if there is a place for it."""
        return self._all.get(name)

    def of(self, request: Request) -> Hosted:
        """Return the endpoint that a request is about; the first for a request that is about none, or about one that
        nobody knows. Who is to be created gets a place.
        """
        name = self._around.holdings.endpoint_of(request)
        if isinstance(request, CreateEndpoint) and name not in self._all:
            return self.host(request.endpoint_name)
        return self._all.get(name or "", self.first)

    def host(self, name: str) -> Hosted:
        """Make a place for one more endpoint; Streams of its own give it requests of its own."""
        if name in self._all:
            return self._all[name]
        world, around = self._world.seen_from(name), self._around
        seed, recorder = self.first.arrivals.seed, Recorder(beside=self._recorder, whose=name)
        arrivals, known = Arrivals(world.workload, seed, whose=name), name in self._world.names_of_others
        new = hosted(world, arrivals, around, recorder, Kept(), Streams(seed, name), expected=known)
        self._prepare(new.store)
        self._metrics.join(new.store)
        self._all[name] = new
        if world.endpoint.exists:
            new.cloud.reroute()
        return new

    def give_up(self, request: CreateEndpoint) -> None:
        """Take the place away again of one that was refused, unless somebody may still come to it."""
        name = request.endpoint_name
        found = self._all[name]
        if not found.cloud.endpoint.exists and not found.cloud.is_expected and not found.cloud.recorder.endpoint:
            del self._all[name], self._around.holdings.endpoints[name]
            self._metrics.leave(name)

    def catch_up(self, slots_at: float | None = None) -> None:
        """Answer every request that has come by now; of those only whose slot ends at `slots_at`, if that is given."""
        for each in self:
            if slots_at is None or slots_at % each.arrivals.slot_s == 0:  # where stretches end whoever listens
                each.plane.advance(self._around.env.now)

    def experiments(self) -> tuple[Mapping[str, Any], ...]:
        """Return what DescribeInferenceExperiment answers of each shadow test now."""
        return tuple(answer for each in self for answer in each.tests.answers())

    def know_model(self, name: str, model: Model) -> None:
        """Let all endpoints know one more model."""
        self._world = self._world.with_model(name, model)
        for each in self:
            each.cloud.world = each.cloud.world.with_model(name, model)
