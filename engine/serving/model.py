"""How a model behaves on an instance: how long it takes, how often it fails, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.bounds import Bounded, bounded
from engine.serving.faults import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTime(Bounded):
    """The time that one request keeps one worker busy."""

    mean_ms: float = bounded(above=0, high=60_000)
    kind: Literal["lognormal", "exponential", "constant"] = "lognormal"
    cv: float = bounded(0.5, low=0, high=10)
    """Standard deviation over mean, for the lognormal."""


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
    error_rate_5xx: float = bounded(0.0, low=0, high=1)
    faults: tuple[Fault, ...] = ()
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
