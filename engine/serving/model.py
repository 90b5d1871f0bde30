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
    memory_percent: float = bounded(30.0, low=0, high=100)
    """MemoryUtilization of an idle instance."""
    cold_start_s: float | None = bounded(None, low=0, high=180)
    """What a new serverless environment takes until this model answers; None: as the world's timing says."""
    gpu_memory_percent: float = bounded(40.0, low=0, high=100)
    """GPUMemoryUtilization, on instances that have a GPU."""
