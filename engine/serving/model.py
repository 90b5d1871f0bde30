"""How a model behaves on an instance: how long it takes, how often it fails, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from engine.bounds import Bounded, bounded
from engine.catalogue.curves import Curve, curves
from engine.errors import Wrong
from engine.serving.faults import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTime(Bounded):
    """The time that one request keeps one worker busy: a mean, or what was measured of a model on a type of instance.

    With a curve a model with n workers takes what was measured with n requests in work, so that n over that time is the
    measured rate (spec inference 6.2). That is all that a curve says: it takes as long with fewer in work, where the
    real one would answer sooner; nobody waits for a batch to fill; and the spread is not measured, but `cv`.
    """

    mean_ms: float | None = bounded(None, above=0, high=900_000)
    """Up to a quarter of an hour, the time that an asynchronous request has by default."""
    curve: str | None = None
    """The name of a measured curve in `engine/catalogue`, in place of `mean_ms`."""
    sequence: float | None = bounded(None, above=0, high=1_000_000)
    """Tokens of a request, for a curve over the length of a sequence."""
    kind: Literal["lognormal", "exponential", "constant"] = "lognormal"
    cv: float = bounded(0.5, low=0, high=10)
    """Standard deviation over mean, for the lognormal."""

    def wrongs(self) -> Iterator[Wrong]:
        """Yield also both of mean and curve, none of them, and a curve that cannot be used."""
        yield from super(ServiceTime, self).wrongs()
        if self.curve is None:
            if self.mean_ms is None:
                yield Wrong("mean_ms", "is missing; add it here, it must be a number, or name a measured `curve`")
            if self.sequence is not None:
                yield Wrong("sequence", "is for curves over the length of a sequence; leave it out beside mean_ms")
            return
        if self.mean_ms is not None:
            yield Wrong("curve", f"stands beside mean_ms {self.mean_ms:g}; leave one of the two out")
        yield from _wrongs_of_curve(self.curve, self.sequence)

    @property
    def measured(self) -> Curve | None:
        """The curve; None for a mean."""
        return None if self.curve is None else curves()[self.curve]

    def of(self, workers: int) -> float | None:
        """Return the mean in milliseconds with so many workers; None where a curve does not say it."""
        curve = self.measured
        return self.mean_ms if curve is None else curve.service_ms(workers, self.sequence)


def _wrongs_of_curve(name: str, sequence: float | None) -> Iterator[Wrong]:
    curve = curves().get(name)
    if curve is None:
        yield Wrong("curve", f"names {name!r}, which nobody measured; known: {', '.join(curves())}")
    elif curve.instance_type is None:
        yield Wrong("curve", f"{name!r} was measured on a part of an instance, so no instance has it; give mean_ms")
    elif curve.over != "sequence" and sequence is not None:
        yield Wrong("sequence", f"means nothing to {name!r}, measured over {curve.over}; leave it out")
    elif curve.over == "sequence" and (sequence is None or curve.at(sequence) is None):
        low, high = curve.ends
        got = "none" if sequence is None else f"{sequence:g}"
        yield Wrong("sequence", f"must lie within the {low:g} to {high:g} tokens that {name!r} has, got {got}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement(Bounded):
    """How good a model's answers are, each of them yes or no.

    Every request has a hidden truth, and a number that says how hard it is, the same for all models: a model is right
    where that number is below `right`. So of two models the better one is right wherever the worse one is, unless they
    judge some requests by themselves.
    """

    right: float = bounded(low=0, high=1)
    """Share of the requests that it answers rightly."""
    independent: float = bounded(0.0, low=0, high=1)
    """Share of the requests that it judges by itself: as often rightly, but on requests that others find easy or hard.
    With 0.1 a model that is right as often as another one answers differently now and then all the same."""

    def both_right(self, other: Judgement) -> float:
        """Return the share of the requests that both models answer rightly."""
        alike = (1 - self.independent) * (1 - other.independent)
        return alike * min(self.right, other.right) + (1 - alike) * self.right * other.right

    def agreement(self, other: Judgement) -> float:
        """Return the share of the requests that both models answer alike: both rightly, or both wrongly."""
        return 1 - self.right - other.right + 2 * self.both_right(other)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model(Bounded):
    """One model version as its container would show it."""

    service: ServiceTime
    workers: int = bounded(1, low=1, high=64)
    """Requests that one instance works on at a time."""
    queue: Literal["per-worker", "shared"] = "per-worker"
    """`per-worker`: each request is given to one worker at once, as by a pre-forking server; `shared`: the next
    free worker takes the first in line (M/G/c)."""
    queue_limit: int | None = bounded(None, low=0, high=100_000)
    """Requests that may wait on an instance with a shared queue; one more is refused with 503. None: no limit."""
    error_rate_4xx: float = bounded(0.0, low=0, high=1)
    """Share of the requests that fail as if the caller were wrong."""
    error_rate_5xx: float = bounded(0.0, low=0, high=1)
    """Share of the requests in which the model fails."""
    faults: tuple[Fault, ...] = ()
    """What is wrong with it beyond that."""
    start: Literal["ok", "bad-image", "failed-ping"] = "ok"
    """Whether its container ever passes the ping check."""
    answers: Judgement | None = None
    """How good its answers are; None where nobody asks."""
    converts: float | None = bounded(None, low=0, high=1)
    """Share of its answers that lead to the outcome of the workload, such as an order; None: its `base_rate`. Every
    request has a number of its own that decides, the same for all models: what leads to the outcome with a worse model
    does so with every better one."""
    memory_percent: float = bounded(30.0, low=0, high=100)
    """MemoryUtilization of an idle instance."""
    cold_start_s: float | None = bounded(None, low=0, high=180)
    """What a new serverless environment takes until this model answers; None: as the world's timing says."""
    gpu_memory_percent: float = bounded(40.0, low=0, high=100)
    """GPUMemoryUtilization, on instances that have a GPU."""

    def wrongs(self) -> Iterator[Wrong]:
        """Yield also more workers than its curve was measured with, or fewer."""
        yield from super(Model, self).wrongs()
        curve = self.service.measured
        if curve is not None and self.service.of(self.workers) is None:
            low, high = curve.in_work
            many = f"{low:g}" if low == high else f"{low:g} to {high:g}"
            yield Wrong("workers", f"must be what {curve.name!r} was measured with, {many} at once, got {self.workers}")

    @property
    def mean_ms(self) -> float:
        """How long one request keeps one worker busy, on average."""
        mean_ms = self.service.of(self.workers)
        assert mean_ms is not None, "a model is not built beside its curve"
        return mean_ms

    @property
    def measured_on(self) -> str | None:
        """The type of instance of its curve; None for a model whose time is simply given."""
        curve = self.service.measured
        return None if curve is None else curve.instance_type
