"""The metrics that an endpoint publishes: name, namespace, unit, and how a minute's totals become samples
(spec sagemaker 6.1, cloudwatch 11).

To add a metric: one entry in `METRICS`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Literal

import numpy as np
import numpy.typing as npt

from engine.metrics.asynchronous import (
    EXPIRED_REQUESTS,
    FAILURES,
    IN_ALL,
    IN_BACKLOG,
    OLDEST,
    PROCESSED,
    SIZE,
    SIZE_PER_INSTANCE,
    WITHOUT_CAPACITY,
)
from engine.metrics.concurrency import BUCKET_S
from engine.metrics.minute import MinuteTotals, Spread
from engine.metrics.serverless import (
    PROVISIONED_EXECUTIONS,
    PROVISIONED_INVOCATIONS,
    PROVISIONED_USED,
    SETUP,
    SPILLED,
    USED,
)
from engine.statistics import Statistic

Floats = npt.NDArray[np.float64]
INVOCATIONS = "AWS/SageMaker"
INSTANCES = "/aws/sagemaker/Endpoints"
NAMESPACES = (INVOCATIONS, INSTANCES)
MICROSECONDS = 1e6
DISK_PERCENT = 10.0
"""DiskUtilization of every instance: nothing in the simulation writes to disk."""


StatisticSet = tuple[float, float, float, float]
"""Of some samples: how many, their sum, the least and the most. A plain tuple, since thousands are made in a run."""
NONE: StatisticSet = (0, 0.0, float("inf"), float("-inf"))
"""Of a metric that these instances do not publish."""


class Samples(ABC):
    """What a fleet publishes over one minute."""

    __slots__ = ()

    @abstractmethod
    def totals(self, minute: MinuteTotals) -> StatisticSet:
        """Return the statistic set of the samples."""

    @abstractmethod
    def values(self, minute: MinuteTotals) -> Floats | None:
        """Return every sample, ascending, or None where they are not kept."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One published metric."""

    name: str
    namespace: str
    unit: str
    samples: Samples
    """Of one minute; nothing for a metric that is published more often."""
    zero_without_traffic: bool = False
    """Whether a variant without traffic publishes zero (spec cloudwatch 11 names no metrics; counts do here)."""
    every_s: int = 60
    """Seconds from one publication to the next; only requests in work have other than 60."""
    only: Literal["instances", "calls", "answered at once", "serverless", "provisioned", "asynchronous"] | None = None
    """Which variants publish it: those with instances, those whose answers are waited for and among these those with
    instances, serverless ones, those with provisioned concurrency, or asynchronous ones; None: all of them."""
    of_endpoint: bool = False
    """Whether its only dimension is the endpoint's name."""


@dataclass(frozen=True, slots=True)
class Requests(Samples):
    """Each request contributes the same."""

    each: Callable[[MinuteTotals], float]

    def totals(self, minute: MinuteTotals) -> StatisticSet:
        """Return the statistic set of the samples."""
        n = minute.count
        if not n:
            return NONE
        each = self.each(minute)
        return n, n * each, float(each), float(each)

    def values(self, minute: MinuteTotals) -> Floats:
        """Return every sample."""
        return np.full(minute.count, float(self.each(minute)))


@dataclass(frozen=True, slots=True)
class Failures(Samples):
    """Each request contributes 1 if it failed and 0 if not, so that Average is the error rate."""

    count: Callable[[MinuteTotals], int]

    def totals(self, minute: MinuteTotals) -> StatisticSet:
        """Return the statistic set of the samples."""
        failed, n = self.count(minute), minute.count
        return (n, failed, float(failed == n), float(failed > 0)) if n else NONE

    def values(self, minute: MinuteTotals) -> Floats:
        """Return every sample, ascending."""
        failed = self.count(minute)
        return np.repeat([0.0, 1.0], [minute.count - failed, failed])


@dataclass(frozen=True, slots=True)
class Latency(Samples):
    """Each request that a model saw contributes its own."""

    spread: Callable[[MinuteTotals], Spread]

    def totals(self, minute: MinuteTotals) -> StatisticSet:
        """Return the statistic set of the samples."""
        total, least, most, _ = self.spread(minute)
        n = minute.count - minute.throttled
        return n, total * MICROSECONDS, least * MICROSECONDS, most * MICROSECONDS

    def values(self, minute: MinuteTotals) -> Floats | None:
        """Return every sample, ascending, or None where they are not kept."""
        ordered = self.spread(minute).ordered
        return None if ordered is None else ordered * MICROSECONDS


@dataclass(frozen=True, slots=True)
class Gauge(Samples):
    """One sample per instance, of something in which the instances of a fleet are alike here."""

    value: Callable[[MinuteTotals], float | None]

    def totals(self, minute: MinuteTotals) -> StatisticSet:
        """Return the statistic set of the samples."""
        value, n = self.value(minute), minute.instances
        return NONE if value is None else (n, value * n, value, value)

    def values(self, minute: MinuteTotals) -> Floats | None:
        """Return every sample, or None where there are none."""
        value = self.value(minute)
        return None if value is None else np.full(minute.instances, value)


class Memory(Samples):
    """One sample per instance; a leak fills the instance that answers most before the others."""

    def totals(self, minute: MinuteTotals) -> StatisticSet:
        """Return the statistic set of the samples."""
        each = minute.memory_percents
        return (len(each), float(np.add.reduce(each)), float(each[0]), float(each[-1])) if len(each) else NONE

    def values(self, minute: MinuteTotals) -> Floats:
        """Return every sample, ascending."""
        return minute.memory_percents


@dataclass(frozen=True, slots=True)
class Sampled(Samples):
    """Samples that only one kind of fleet has."""

    name: str

    def totals(self, minute: MinuteTotals) -> StatisticSet:
        """Return the statistic set of the samples."""
        column = minute.columns.get(self.name)
        return NONE if column is None else column[:4]

    def values(self, minute: MinuteTotals) -> Floats | None:
        """Return every sample, ascending, or None where there are none or they are not kept."""
        column = minute.columns.get(self.name)
        return None if column is None else column.ordered


class Nothing(Samples):
    """No sample: the metric is published more often than once a minute."""

    def totals(self, minute: MinuteTotals) -> StatisticSet:
        """Return the statistic set of no samples."""
        return NONE

    def values(self, minute: MinuteTotals) -> None:
        """Return nothing."""


OF_QUEUES = (
    (SIZE, "Count"),
    (SIZE_PER_INSTANCE, "Count"),
    (OLDEST, "Seconds"),
    (WITHOUT_CAPACITY, "Count"),
    (PROCESSED, "Count"),
    (FAILURES, "Count"),
    (EXPIRED_REQUESTS, "Count"),
    (IN_BACKLOG, "Milliseconds"),
    (IN_ALL, "Milliseconds"),
)
"""What asynchronous variants publish, with units; AWS lists more, of storage and of notices."""

METRICS: dict[str, Metric] = {
    metric.name: metric
    for metric in (
        Metric("Invocations", INVOCATIONS, "None", Requests(lambda m: 1), True, only="calls"),
        Metric(
            "InvocationsPerInstance",
            INVOCATIONS,
            "None",
            Requests(lambda m: 1 / m.instances),
            zero_without_traffic=True,
            only="answered at once",
        ),
        Metric("Invocation4XXErrors", INVOCATIONS, "None", Failures(lambda m: m.errors_4xx)),
        Metric("Invocation5XXErrors", INVOCATIONS, "None", Failures(lambda m: m.errors_5xx)),
        Metric(
            "InvocationModelErrors",
            INVOCATIONS,
            "None",
            Failures(lambda m: m.errors_4xx + m.errors_5xx),
            only="instances",
        ),
        Metric("ModelLatency", INVOCATIONS, "Microseconds", Latency(lambda m: m.model)),
        Metric("OverheadLatency", INVOCATIONS, "Microseconds", Latency(lambda m: m.overhead), only="calls"),
        Metric("ConcurrentRequestsPerModel", INVOCATIONS, "None", Nothing(), True, BUCKET_S, "answered at once"),
        Metric("CPUUtilization", INSTANCES, "Percent", Gauge(lambda m: m.cpu_percent), only="instances"),
        Metric("MemoryUtilization", INSTANCES, "Percent", Memory()),
        Metric("GPUUtilization", INSTANCES, "Percent", Gauge(lambda m: m.gpu and m.gpu[0]), only="instances"),
        Metric("GPUMemoryUtilization", INSTANCES, "Percent", Gauge(lambda m: m.gpu and m.gpu[1]), only="instances"),
        Metric("DiskUtilization", INSTANCES, "Percent", Gauge(lambda m: DISK_PERCENT), only="instances"),
        Metric(SETUP, INVOCATIONS, "Microseconds", Sampled(SETUP), only="serverless"),
        Metric(USED, INVOCATIONS, "None", Sampled(USED), True, only="serverless"),
        *(
            Metric(name, INVOCATIONS, "None", Sampled(name), True, only="provisioned")
            for name in (PROVISIONED_EXECUTIONS, PROVISIONED_USED, PROVISIONED_INVOCATIONS, SPILLED)
        ),
        *(
            Metric(name, INVOCATIONS, unit, Sampled(name), only="asynchronous", of_endpoint=name == WITHOUT_CAPACITY)
            for name, unit in OF_QUEUES
        ),
    )
}
"""By name."""

UNPUBLISHED: dict[str, str] = {
    name: whose
    for whose, names in {
        "a metric of the storage of asynchronous endpoints": (
            "RequestDownloadFailures",
            "ResponseUploadFailures",
            "NotificationFailures",
            "RequestDownloadLatency",
            "ResponseUploadLatency",
        ),
        "a metric of inference components": (
            "ConcurrentRequestsPerCopy",
            "InvocationsPerCopy",
            "NoCapacityInvocationFailures",
            "CPUReservation",
            "GPUReservation",
            "GPUMemoryReservation",
            "MemoryReservation",
            "CPUUtilizationNormalized",
            "GPUUtilizationNormalized",
            "GPUMemoryUtilizationNormalized",
            "MemoryUtilizationNormalized",
        ),
        "a metric of streamed answers": (
            "MidStreamErrors",
            "FirstChunkLatency",
            "FirstChunkModelLatency",
            "FirstChunkOverheadLatency",
        ),
        "a metric of multi-model endpoints": (
            "ModelLoadingWaitTime",
            "ModelUnloadingTime",
            "ModelDownloadingTime",
            "ModelLoadingTime",
            "ModelCacheHit",
            "LoadedModelCount",
        ),
    }.items()
    for name in names
}
"""Metrics of SageMaker's endpoints that no simulated endpoint publishes, and whose they are (spec sagemaker 6.1)."""


def statistic_of(metric: Metric, statistic: Statistic, minutes: Sequence[MinuteTotals]) -> tuple[float, float] | None:
    """Return the statistic over some minutes and the number of samples behind it, or None without any."""
    if statistic.needs_values:
        return statistic_of_values([metric.samples.values(minute) for minute in minutes], statistic)
    found = reduce(together, [metric.samples.totals(minute) for minute in minutes]) if minutes else NONE
    return (statistic.of_totals(*found), found[0]) if found[0] else None


def together(one: StatisticSet, other: StatisticSet) -> StatisticSet:
    """Return the statistic set of the samples of both."""
    return one[0] + other[0], one[1] + other[1], min(one[2], other[2]), max(one[3], other[3])


def statistic_of_values(parts: Sequence[Floats | None], statistic: Statistic) -> tuple[float, float] | None:
    """Return the statistic over all values and how many they are, or None without any."""
    values = [part for part in parts if part is not None and len(part)]
    if not values:
        return None
    ordered = values[0] if len(values) == 1 else np.sort(np.concatenate(values))
    return statistic.of(ordered), len(ordered)
