"""One minute of one fleet: from single answers to totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.serving.answers import Answers, joined
from engine.serving.batch import SERVER_ERROR
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
    parts: Sequence[Answers], fleet: Fleet, minute: int, *, kept: bool, shown: bool, concurrency: bool
) -> MinuteTotals:
    """Work out the totals of a minute; `kept` keeps the single latencies, `shown` works out the percentiles,
    `concurrency` counts requests in work.

    The parts are added up one by one, since joining them would take longer than everything else here.
    """
    failed = [part.status[part.status != 0] for part in parts]
    errors, server_errors = sum(map(len, failed)), sum(int(np.count_nonzero(f == SERVER_ERROR)) for f in failed)
    instances, busy_s = max(1, fleet.instances), sum(float(part.work_s.sum()) for part in parts)
    model = [part.model_s for part in parts]
    return MinuteTotals(
        count=sum(map(len, model)),
        errors_4xx=errors - server_errors,
        errors_5xx=server_errors,
        instances=instances,
        model=_spread(model, kept),
        overhead=_spread([part.overhead_s for part in parts], kept),
        percentiles=percentiles(model) if shown else (),
        cpu_percent=min(100.0 * busy_s / (60 * instances), 100.0 * fleet.model.workers),
        memory_percent=fleet.memory_percent(),
        gpu=_gpu(busy_s, instances, fleet),
        concurrency=_concurrency(joined(parts), minute) if concurrency else (),
    )


def _spread(columns: Sequence[Floats], kept: bool) -> Spread:
    return Spread(
        sum(float(column.sum()) for column in columns),
        min(float(column.min()) for column in columns),
        max(float(column.max()) for column in columns),
        np.sort(np.concatenate(columns)) if kept else None,
    )


def _gpu(busy_s: float, instances: int, fleet: Fleet) -> tuple[float, float] | None:
    """Return GPUUtilization and GPUMemoryUtilization in percent; None where an instance has no GPU.

    Every instance counts as having one GPU, busy whenever a worker is.
    """
    if not fleet.variant.instance_type.startswith(GPU_TYPES):
        return None
    return min(100.0, 100.0 * busy_s / (60 * instances)), fleet.model.gpu_memory_percent


def percentiles(columns: Sequence[Floats]) -> tuple[float, ...]:
    """Return `SHOWN_PERCENTILES`, linear between ranks as in `statistics`, without sorting everything."""
    values = np.concatenate(columns)
    last = len(values) - 1
    places = [(share * last, int(share * last)) for share in SHOWN_PERCENTILES]
    ranks = sorted({rank for _, low in places for rank in (low, min(low + 1, last))})
    values.partition(ranks)
    found = dict(zip(ranks, values[ranks].tolist(), strict=True))
    return tuple(found[low] + (place - low) * (found[min(low + 1, last)] - found[low]) for place, low in places)


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
