"""One minute of one fleet: from single answers to totals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.serving.answers import Answers, joined
from engine.serving.batch import CLIENT_ERROR, SERVER_ERROR
from engine.serving.fleet import Fleet

Floats = npt.NDArray[np.float64]
SHOWN_PERCENTILES = (0.5, 0.9, 0.99)
"""Of ModelLatency, worked out for every minute of every run."""
GPU_TYPES = ("ml.g", "ml.p")
"""How the names of instance types with a GPU begin."""
CONCURRENCY_BUCKET_S = 10
"""ConcurrentRequestsPerModel is published every ten seconds (spec sagemaker 6.1)."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Totals of one latency in seconds; `ordered` only where single values are kept."""

    total: float
    least: float
    most: float
    ordered: Floats | None


@dataclass(slots=True, kw_only=True)
class MinuteTotals:
    """All answers of one fleet in one minute."""

    count: int
    errors_4xx: int
    errors_5xx: int
    instances: int
    model: Spread
    overhead: Spread
    percentiles: tuple[float, ...]
    """`SHOWN_PERCENTILES` of ModelLatency in seconds."""
    cpu_percent: float
    """0 to 100 times the workers of an instance."""
    memory_percent: float
    gpu: tuple[float, float] | None
    """Utilization and memory in percent, on instances that have a GPU."""
    concurrency: tuple[tuple[float, float], ...]
    """Least and most requests in work in each ten seconds; empty unless it was asked for."""

    def forget(self) -> None:
        """Let go of the single values."""
        self.model = Spread(self.model.total, self.model.least, self.model.most, None)
        self.overhead = Spread(self.overhead.total, self.overhead.least, self.overhead.most, None)


def total(
    parts: list[Answers], busy_s: float, fleet: Fleet, minute: int, *, values: bool, concurrency: bool
) -> MinuteTotals:
    """Work out the totals of a minute in which workers got `busy_s` of work; `values` keeps the single latencies,
    `concurrency` counts requests in work."""
    whole = joined(parts)
    ordered = np.sort(whole.model_s)
    overhead = whole.overhead_s
    instances = max(1, fleet.instances)
    return MinuteTotals(
        count=len(ordered),
        errors_4xx=int(np.count_nonzero(whole.status == CLIENT_ERROR)),
        errors_5xx=int(np.count_nonzero(whole.status == SERVER_ERROR)),
        instances=instances,
        model=Spread(float(ordered.sum()), float(ordered[0]), float(ordered[-1]), ordered),
        overhead=Spread(
            float(overhead.sum()),
            float(overhead.min()),
            float(overhead.max()),
            np.sort(overhead) if values else None,
        ),
        percentiles=tuple(quantile(ordered, share) for share in SHOWN_PERCENTILES),
        cpu_percent=min(100.0 * busy_s / (60 * instances), 100.0 * fleet.model.workers),
        memory_percent=fleet.memory_percent(),
        gpu=_gpu(busy_s, instances, fleet),
        concurrency=_concurrency(whole, minute) if concurrency else (),
    )


def _gpu(busy_s: float, instances: int, fleet: Fleet) -> tuple[float, float] | None:
    """Return GPUUtilization and GPUMemoryUtilization in percent; None where an instance has no GPU.

    Every instance counts as having one GPU, busy whenever a worker is.
    """
    if not fleet.variant.instance_type.startswith(GPU_TYPES):
        return None
    return min(100.0, 100.0 * busy_s / (60 * instances)), fleet.model.gpu_memory_percent


def quantile(ordered: Floats, share: float) -> float:
    """Return a quantile by linear interpolation between ranks, as `statistics` does."""
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return float(ordered[low] + (place - low) * (ordered[high] - ordered[low]))


def _concurrency(whole: Answers, minute: int) -> tuple[tuple[float, float], ...]:
    """Return least and most requests in work in each ten seconds, of those answered in this minute."""
    moments = np.concatenate((whole.arrival, whole.completion))
    change = np.concatenate((np.ones(len(whole.arrival)), -np.ones(len(whole.completion))))
    order = np.argsort(moments, kind="stable")
    moments, level = moments[order], np.cumsum(change[order])
    buckets = []
    for k in range(60 // CONCURRENCY_BUCKET_S):
        begin = minute * 60 + k * CONCURRENCY_BUCKET_S
        low, high = np.searchsorted(moments, (begin, begin + CONCURRENCY_BUCKET_S))
        inside = level[low:high]
        before = float(level[low - 1]) if low else 0.0
        seen = [before, *inside.tolist()]
        buckets.append((min(seen), max(seen)))
    return tuple(buckets)
