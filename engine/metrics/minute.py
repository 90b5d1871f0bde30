"""One minute of one fleet: from single answers to totals."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engine.metrics.ranks import percentiles
from engine.serving.answers import Outcomes
from engine.serving.batch import SERVER_ERROR
from engine.serving.fleet import Fleet

Floats = npt.NDArray[np.float64]
SHOWN_PERCENTILES = (0.5, 0.9, 0.99)
"""Of ModelLatency, worked out for every minute of every run."""
GPU_TYPES = ("ml.g", "ml.p")
"""How the names of instance types with a GPU begin."""


class Spread(NamedTuple):
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
    memory_percents: Floats
    """One per instance, ascending."""
    gpu: tuple[float, float] | None
    """Utilization and memory in percent, on instances that have a GPU."""

    def forget(self) -> None:
        """Let go of the single values."""
        self.model = self.model._replace(ordered=None)
        self.overhead = self.overhead._replace(ordered=None)


def total(whole: Outcomes, fleet: Fleet, *, kept: Collection[str], shown: bool) -> MinuteTotals:
    """Work out the totals of a minute; `kept` names the latencies of which every value is kept, `shown` works out the
    percentiles.
    """
    server_errors = int(np.count_nonzero(whole.status == SERVER_ERROR))
    instances, busy_s = max(1, fleet.instances), float(np.add.reduce(whole.work_s))
    return MinuteTotals(
        count=len(whole.status),
        errors_4xx=int(np.count_nonzero(whole.status)) - server_errors,
        errors_5xx=server_errors,
        instances=instances,
        model=_spread(whole.model_s, "ModelLatency" in kept),
        overhead=_spread(whole.overhead_s, "OverheadLatency" in kept),
        percentiles=percentiles(whole.model_s, SHOWN_PERCENTILES) if shown else (),
        cpu_percent=min(100.0 * busy_s / (60 * instances), 100.0 * fleet.model.workers),
        memory_percents=fleet.memory_percents(),
        gpu=_gpu(busy_s, instances, fleet),
    )


def _spread(column: Floats, kept: bool) -> Spread:
    return Spread(
        float(np.add.reduce(column)),
        float(np.minimum.reduce(column)),
        float(np.maximum.reduce(column)),
        np.sort(column) if kept else None,
    )


def _gpu(busy_s: float, instances: int, fleet: Fleet) -> tuple[float, float] | None:
    """Return GPUUtilization and GPUMemoryUtilization in percent; None where an instance has no GPU.

    Every instance counts as having one GPU, busy whenever a worker is.
    """
    if not fleet.variant.instance_type.startswith(GPU_TYPES):
        return None
    return min(100.0, 100.0 * busy_s / (60 * instances)), fleet.model.gpu_memory_percent
