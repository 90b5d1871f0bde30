"""The metrics that a real-time endpoint publishes: name, namespace, unit, and how a minute's totals become samples
(spec sagemaker 6.1, cloudwatch 11).

To add a metric: one entry in `METRICS`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engine.metrics.concurrency import BUCKET_S, Level
from engine.metrics.minute import MinuteTotals, Spread
from engine.statistics import Statistic

Floats = npt.NDArray[np.float64]
INVOCATIONS = "AWS/SageMaker"
INSTANCES = "/aws/sagemaker/Endpoints"
MICROSECONDS = 1e6
DISK_PERCENT = 10.0
"""DiskUtilization of every instance: nothing in the simulation writes to disk."""


class Samples(NamedTuple):
    """Some samples of one metric: their totals, and the values themselves when they can be had."""

    size: float
    total: float
    least: float
    most: float
    values: Callable[[], Floats | None]


@dataclass(frozen=True, slots=True)
class Metric:
    """One published metric."""

    name: str
    namespace: str
    unit: str
    samples: Callable[[MinuteTotals], Samples]
    """Of one minute; nothing for a metric that is published more often."""
    zero_without_traffic: bool = False
    """Whether a variant without traffic publishes zero (spec cloudwatch 11 names no metrics; counts do here)."""
    every_s: int = 60
    """Seconds from one publication to the next; only requests in work have other than 60."""


NONE = Samples(0, 0.0, float("inf"), float("-inf"), lambda: None)
"""A metric that these instances do not publish."""


def _ones(minute: MinuteTotals) -> Samples:
    n = minute.count
    return Samples(n, n, 1.0, 1.0, lambda: np.ones(n))


def _per_instance(minute: MinuteTotals) -> Samples:
    n, each = minute.count, 1 / minute.instances
    return Samples(n, n * each, each, each, lambda: np.full(n, each))


def _failures(count: Callable[[MinuteTotals], int]) -> Callable[[MinuteTotals], Samples]:
    """Each request contributes 1 if it failed and 0 if not, so that Average is the error rate."""

    def samples(minute: MinuteTotals) -> Samples:
        failed, n = count(minute), minute.count
        least, most = float(failed == n), float(failed > 0)
        return Samples(n, failed, least, most, lambda: np.repeat([0.0, 1.0], [n - failed, failed]))

    return samples


def _latency(spread: Callable[[MinuteTotals], Spread]) -> Callable[[MinuteTotals], Samples]:
    def samples(minute: MinuteTotals) -> Samples:
        s = spread(minute)
        return Samples(
            minute.count,
            s.total * MICROSECONDS,
            s.least * MICROSECONDS,
            s.most * MICROSECONDS,
            lambda: None if s.ordered is None else s.ordered * MICROSECONDS,
        )

    return samples


def _gauge(value: Callable[[MinuteTotals], float | None]) -> Callable[[MinuteTotals], Samples]:
    """One sample per instance and minute, of something in which the instances of a fleet are alike here."""

    def samples(minute: MinuteTotals) -> Samples:
        v, n = value(minute), minute.instances
        return NONE if v is None else Samples(n, v * n, v, v, lambda: np.full(n, v))

    return samples


def _memory(minute: MinuteTotals) -> Samples:
    """One sample per instance and minute; a leak fills the instance that answers most before the others."""
    each = minute.memory_percents
    if not len(each):
        return NONE
    return Samples(len(each), float(each.sum()), float(each[0]), float(each[-1]), lambda: each)


def samples_of(level: Level) -> Samples:
    """Return the two samples, least and most, that a fleet publishes about its requests in work."""
    return Samples(2, sum(level), level.least, level.most, lambda: np.array(level))


METRICS: dict[str, Metric] = {
    metric.name: metric
    for metric in (
        Metric("Invocations", INVOCATIONS, "None", _ones, zero_without_traffic=True),
        Metric("InvocationsPerInstance", INVOCATIONS, "None", _per_instance, zero_without_traffic=True),
        Metric("Invocation4XXErrors", INVOCATIONS, "None", _failures(lambda m: m.errors_4xx)),
        Metric("Invocation5XXErrors", INVOCATIONS, "None", _failures(lambda m: m.errors_5xx)),
        Metric("InvocationModelErrors", INVOCATIONS, "None", _failures(lambda m: m.errors_4xx + m.errors_5xx)),
        Metric("ModelLatency", INVOCATIONS, "Microseconds", _latency(lambda m: m.model)),
        Metric("OverheadLatency", INVOCATIONS, "Microseconds", _latency(lambda m: m.overhead)),
        Metric("ConcurrentRequestsPerModel", INVOCATIONS, "None", lambda m: NONE, True, BUCKET_S),
        Metric("CPUUtilization", INSTANCES, "Percent", _gauge(lambda m: m.cpu_percent)),
        Metric("MemoryUtilization", INSTANCES, "Percent", _memory),
        Metric("GPUUtilization", INSTANCES, "Percent", _gauge(lambda m: m.gpu and m.gpu[0])),
        Metric("GPUMemoryUtilization", INSTANCES, "Percent", _gauge(lambda m: m.gpu and m.gpu[1])),
        Metric("DiskUtilization", INSTANCES, "Percent", _gauge(lambda m: DISK_PERCENT)),
    )
}
"""By name."""


def statistic_of(metric: Metric, statistic: Statistic, minutes: Sequence[MinuteTotals]) -> tuple[float, float] | None:
    """Return the statistic over some minutes and the number of samples behind it, or None without any."""
    return statistic_over([metric.samples(minute) for minute in minutes], statistic)


def statistic_over(parts: Sequence[Samples], statistic: Statistic) -> tuple[float, float] | None:
    """Return the statistic over all samples together and how many they are, or None without any."""
    whole = parts[0] if len(parts) == 1 else _together(parts)
    if not whole.size:
        return None
    if not statistic.needs_values:
        return statistic.of_totals(whole.size, whole.total, whole.least, whole.most), whole.size
    values = [array for part in parts if (array := part.values()) is not None]
    if not values:
        return None
    ordered = values[0] if len(values) == 1 else np.sort(np.concatenate(values))
    return statistic.of(ordered), whole.size


def _together(parts: Sequence[Samples]) -> Samples:
    return Samples(
        sum(part.size for part in parts),
        sum(part.total for part in parts),
        min((part.least for part in parts), default=0.0),
        max((part.most for part in parts), default=0.0),
        lambda: None,
    )
