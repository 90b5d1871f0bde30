"""One minute of one fleet: from single answers to totals."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engine.serving.batch import SERVER_ERROR
from engine.serving.fleet import OF_INSTANCES, Fleet
from engine.statistics import percentile

Floats = npt.NDArray[np.float64]
Statuses = npt.NDArray[np.uint8]
SHOWN_PERCENTILES = (50.0, 90.0, 99.0)
"""Of ModelLatency, worked out for every minute of every run."""


class Spread(NamedTuple):
    """Totals of one latency in seconds; `ordered` only where single values are kept."""

    total: float
    least: float
    most: float
    ordered: Floats | None


NO_TIME = Spread(0.0, float("inf"), float("-inf"), None)
"""Of a minute in which no model answered."""


class Column(NamedTuple):
    """Samples of a metric that only one kind of fleet publishes; `ordered` only where single values are kept."""

    number: int
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
    """0 for a serverless variant."""
    model: Spread
    overhead: Spread
    percentiles: tuple[float, ...]
    """`SHOWN_PERCENTILES` of ModelLatency in seconds."""
    cpu_percent: float
    """0 to 100 times the vCPUs of an instance."""
    memory_percents: Floats
    """One per instance, ascending."""
    gpu: tuple[float, float] | None
    """Utilization and memory in percent, on instances that have a GPU."""
    throttled: int = 0
    """Requests that count as 4xx although no model saw them."""
    columns: Mapping[str, Column] = field(default_factory=dict)
    """Samples by name of the metric."""
    publishes: frozenset[str] = OF_INSTANCES
    """What the fleet publishes."""

    def forget(self) -> None:
        """Let go of the single values."""
        self.columns = {name: column._replace(ordered=None) for name, column in self.columns.items()}
        self.model = self.model._replace(ordered=None)
        self.overhead = self.overhead._replace(ordered=None)


def total(status: Statuses, durations: Floats, fleet: Fleet, kept: Collection[str], shown: bool) -> MinuteTotals:
    """Work out the totals of a minute from the statuses, and a row each for ModelLatency, OverheadLatency and work.

    `kept` names the latencies of which every value is kept; `shown` works out the percentiles.
    """
    model_s, overhead_s, _ = durations
    model_sum, overhead_sum, busy_s = np.add.reduce(durations, axis=1).tolist()
    failed = int(np.count_nonzero(status))
    server_errors = int(np.count_nonzero(status == SERVER_ERROR)) if failed else 0
    instances, keeps_model, keeps_overhead = max(1, fleet.instances), "ModelLatency" in kept, "OverheadLatency" in kept
    ordered = ascending(model_s) if shown or keeps_model else None
    least = np.minimum.reduce(durations[:2], axis=1).tolist()
    most = np.maximum.reduce(durations[:2], axis=1).tolist()
    return MinuteTotals(
        count=len(status),
        errors_4xx=failed - server_errors,
        errors_5xx=server_errors,
        instances=instances,
        model=Spread(model_sum, least[0], most[0], ordered if keeps_model else None),
        overhead=Spread(overhead_sum, least[1], most[1], ascending(overhead_s) if keeps_overhead else None),
        percentiles=shown_percentiles(ordered) if shown and ordered is not None else (),
        cpu_percent=_busy_percent(busy_s, instances, fleet, fleet.hardware.vcpus),
        memory_percents=fleet.memory_percents(),
        gpu=_gpu(busy_s, instances, fleet),
    )


def nothing(fleet: Fleet) -> MinuteTotals:
    """Return the totals of a minute in which no model answered."""
    return MinuteTotals(
        count=0,
        errors_4xx=0,
        errors_5xx=0,
        instances=fleet.instances,
        model=NO_TIME,
        overhead=NO_TIME,
        percentiles=(),
        cpu_percent=0.0,
        memory_percents=fleet.memory_percents(),
        gpu=_gpu(0.0, max(1, fleet.instances), fleet),
    )


def column_of(values: Floats, keeps: bool) -> Column:
    """Return some samples, at least one."""
    ordered = ascending(values)
    kept = ordered if keeps else None
    return Column(len(values), float(np.add.reduce(values)), float(ordered[0]), float(ordered[-1]), kept)


def shown_percentiles(ordered: Floats) -> tuple[float, ...]:
    """Return `SHOWN_PERCENTILES` of values in ascending order."""
    return tuple([percentile(ordered, percent) for percent in SHOWN_PERCENTILES])


def ascending(column: Floats) -> Floats:
    """Return the values in order; `numpy.sort` says the same in three times as many steps."""
    ordered = column.copy()
    ordered.sort()
    return ordered


def _busy_percent(busy_s: float, instances: int, fleet: Fleet, units: int | None) -> float:
    """Return how busy the cores of an instance are, or its GPUs: 0 to 100 for each of them (spec sagemaker 6.1).

    A busy worker takes one; more workers than there are share them evenly, so that all are busy when all workers are.
    Whether a model uses more of them for one request is not known, and neither is what a type has that is in no
    catalogue: it counts as having one for each worker.
    """
    workers = fleet.model.workers
    most = workers if units is None else min(workers, units)
    return min(100.0 * busy_s / (60 * instances) * (most / workers), 100.0 * most)


def _gpu(busy_s: float, instances: int, fleet: Fleet) -> tuple[float, float] | None:
    """Return GPUUtilization and GPUMemoryUtilization in percent; None where an instance has no GPU."""
    gpus = fleet.hardware.gpus
    if not gpus:
        return None
    return _busy_percent(busy_s, instances, fleet, gpus), fleet.model.gpu_memory_percent * gpus
