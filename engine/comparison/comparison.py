"""What is compared: one workload, the model as it is on each kind of hardware, and what is asked of the answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import erfc, exp, log, sqrt

from engine.bounds import Bounded, Counted, Told, bounded
from engine.catalogue.hardware import Hardware, hardware
from engine.catalogue.instances import instance_type, no_types
from engine.comparison.options import Option, Serverless
from engine.errors import Wrong
from engine.serving.model import Model
from engine.timing import Timing
from engine.traffic.workload import Payload, Workload

MOST_REQUESTS = 5_000_000
"""Every one of them is simulated with every option."""
MOST_OPTIONS = 40
TOLERATED = 0.01
"""The share of the requests that may go wrong where no service level says it: ours."""


def _whole_minutes(seconds: float) -> str | None:
    return None if seconds % 60 == 0 else f"must be whole minutes, got {seconds:g} s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate(Model):
    """The model as it is on one kind of hardware."""

    memory_mb: float | None = bounded(None, above=0, high=10_000_000)
    """What it needs; None: as much as there is."""
    gpu: bool = False
    """Does it need a GPU?"""

    def wrongs(self) -> Iterator[Wrong]:
        """Yield also what a model has in a rollout alone."""
        yield from super(Candidate, self).wrongs()
        if self.faults:
            yield Wrong("faults", "must be left out: models are compared in health")
        if self.start != "ok":
            yield Wrong("start", f"must be left out: nothing is compared of a model that does not start, {self.start}")
        if self.converts is not None:
            yield Wrong("converts", "must be left out: what answers lead to is not compared")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted(Bounded):
    """The service level: this share of the requests answered without error within this time."""

    latency_ms: float = bounded(above=0, high=90_000_000)
    """Within which they are answered."""
    share: float = bounded(0.99, above=0, high=1)
    """Of the requests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Bounded):
    """One workload, and the options for it."""

    workload: Workload
    answer_kb: float = bounded(1.0, low=0, high=1_048_576)
    """Size of an answer, the same for all."""
    models: Mapping[str, Candidate]
    """The model as it is on each kind of hardware, by name."""
    options: tuple[Option, ...] = bounded(rule=Counted(1, MOST_OPTIONS))
    """The ways to serve it."""
    slo: Wanted | None = None
    """None: nobody waits; then one request in a hundred may fail, and none need be quick."""
    deadline_s: float | None = bounded(None, above=0, high=172_800)
    """How long a batch may take, from its request to its end; None: as long as a request may by the service level."""
    duration_s: float = bounded(3600.0, low=60, high=172_800, rule=Told(_whole_minutes, {"multipleOf": 60}))
    """How long requests come; whole minutes."""
    utilisation: float = bounded(0.7, above=0, high=1)
    """How busy instances may be at most where their number is left to the program."""
    prices_per_hour: Mapping[str, float] | None = bounded(None, low=0, high=100_000, rule=no_types)
    """As in a world."""
    instance_types: Mapping[str, Hardware] | None = bounded(None, rule=no_types)
    """As in a world."""
    timing: Timing = Timing()

    def wrongs(self) -> Iterator[Wrong]:
        """Yield also names that lead nowhere, and more requests than can be simulated."""
        beyond = list(super(Comparison, self).wrongs())
        yield from beyond
        if beyond:
            return
        if self.workload.target_variants:
            yield Wrong("workload", "names target_variants; every option has one variant, so leave them out")
        if self.workload.outcome is not None:
            yield Wrong("workload", "has an outcome; what answers lead to is not compared, so leave it out")
        if self.workload.comparison is not None:
            yield Wrong("workload", "compares answers, and no option has a shadow; leave the comparison out")
        if self.requests > MOST_REQUESTS:
            say = f"brings about {self.requests:,.0f} requests, and at most {MOST_REQUESTS:,} are compared"
            yield Wrong("workload", f"{say}; take a shorter duration_s")
        for option in self.options:
            model = self.models.get(option.model)
            if model is None:
                yield Wrong("options", f"use model {option.model!r}, known: {sorted(self.models)}")
            elif wrong := self._elsewhere(option, model):
                yield Wrong("options", wrong)

    def _elsewhere(self, option: Option, model: Candidate) -> str | None:
        """Return what is wrong with a curve that was measured on other instances; on serverless environments one that
        has to do with an accelerator is no mistake, but a limit."""
        here = None if isinstance(option, Serverless) else option.instance_type
        if model.measured_on in (None, here) or (here is None and needs_accelerator(model)):
            return None
        say = f"run {option.model!r} {'serverless' if here is None else f'on {here}'}, and its curve"
        return f"{say} {model.service.curve!r} was measured on {model.measured_on}; give a model with mean_ms there"

    @property
    def requests(self) -> float:
        """How many are expected within the time."""
        return _expected(self.workload, self.duration_s)

    @property
    def mean_rate(self) -> float:
        """Requests a second, on average over the time."""
        return self.requests / self.duration_s

    @property
    def tolerated(self) -> float:
        """The share of the requests that may go wrong."""
        return TOLERATED if self.slo is None else 1 - self.slo.share

    def hardware(self, instance_type: str) -> Hardware:
        """Return what an instance of the type has."""
        return hardware(instance_type, self.instance_types)

    def candidate(self, option: Option) -> Candidate:
        """Return the model of an option."""
        return self.models[option.model]


@lru_cache(maxsize=8)
def _expected(workload: Workload, duration_s: float) -> float:
    """Return how many requests are expected: the rate in the middle of each second, added up."""
    return sum(workload.rate_at(second + 0.5) for second in range(int(duration_s)))


def needs_accelerator(model: Candidate) -> bool:
    """Does the model need a GPU, or was it measured on an accelerator?"""
    known = instance_type(model.measured_on) if model.measured_on else None
    return model.gpu or bool(known and known.accelerators)


def share_above(payload: Payload, kb: float) -> float:
    """Return the share of the requests with a larger body."""
    if payload.sigma == 0:
        return float(payload.median_kb > kb)
    return 0.5 * erfc((log(kb) - log(payload.median_kb)) / (payload.sigma * sqrt(2)))


def mean_kb(payload: Payload) -> float:
    """Return how large bodies are on average."""
    return payload.median_kb * exp(payload.sigma**2 / 2)
