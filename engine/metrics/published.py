"""The metrics that an endpoint publishes: name, namespace, unit, and how a minute's totals become samples
(spec sagemaker 6.1, cloudwatch 11).

To add a metric: one entry in `METRICS`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
from engine.metrics.minute import MinuteTotals
from engine.metrics.samples import (
    NONE,
    Failures,
    Gauge,
    Latency,
    Memory,
    Nothing,
    Requests,
    Sampled,
    Samples,
    statistic_of_values,
    together,
)
from engine.metrics.serverless import (
    PROVISIONED_EXECUTIONS,
    PROVISIONED_INVOCATIONS,
    PROVISIONED_USED,
    SETUP,
    SPILLED,
    USED,
)
from engine.statistics import Statistic
from engine.traffic.workload import OwnMetric

Floats = npt.NDArray[np.float64]
INVOCATIONS = "AWS/SageMaker"
INSTANCES = "/aws/sagemaker/Endpoints"
NAMESPACES = (INVOCATIONS, INSTANCES)
OF_JOBS = tuple(f"/aws/sagemaker/{kind}Jobs" for kind in ("Transform", "Training", "Processing"))
"""Where AWS publishes what instances of jobs use, under the same names: none of it is simulated."""
DISK_PERCENT = 10.0
"""DiskUtilization of every instance: nothing in the simulation writes to disk."""


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
    own: bool = False
    """Whether the caller publishes it: by endpoint and variant alone, since an answer names no configuration."""


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


def metrics_with(own: Iterable[OwnMetric]) -> Mapping[str, Metric]:
    """Return all metrics that there are: SageMaker's, and beside them what the team publishes itself.

    PutMetricData publishes without a unit unless it is given one.
    """
    published = (Metric(each.name, each.namespace, "None", Sampled(each.name), own=True) for each in own)
    return {**METRICS, **{metric.name: metric for metric in published}}


def statistic_of(metric: Metric, statistic: Statistic, minutes: Sequence[MinuteTotals]) -> tuple[float, float] | None:
    """Return the statistic over some minutes and the number of samples behind it, or None without any."""
    if statistic.needs_values:
        return statistic_of_values([metric.samples.values(minute) for minute in minutes], statistic)
    found = reduce(together, [metric.samples.totals(minute) for minute in minutes]) if minutes else NONE
    return (statistic.of_totals(*found), found[0]) if found[0] else None
