"""One minute of an asynchronous variant: what it publishes beside the metrics of any instances (spec sagemaker 6.1).

How often AWS samples the queue is not published (spec inference 4): here once a minute, as it stands at the end of it.
Requests count in the minute in which they are over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from engine.metrics.minute import Column, MinuteTotals, column_of, nothing, total
from engine.serving.asynchronous.backlog import EXPIRED, TIMED_OUT, Over
from engine.serving.asynchronous.fleet import AsyncFleet
from engine.serving.batch import SERVER_ERROR

Floats = npt.NDArray[np.float64]
SIZE = "ApproximateBacklogSize"
SIZE_PER_INSTANCE = "ApproximateBacklogSizePerInstance"
OLDEST = "ApproximateAgeOfOldestRequest"
WITHOUT_CAPACITY = "HasBacklogWithoutCapacity"
PROCESSED = "InvocationsProcesssed"
"""AWS writes it with three s."""
FAILURES = "InvocationFailures"
EXPIRED_REQUESTS = "ExpiredRequests"
IN_BACKLOG = "TimeInBacklog"
IN_ALL = "TotalProcessingTime"
MILLISECONDS = 1e3


def async_total(fleet: AsyncFleet, minute: int, kept: Collection[str], shown: bool) -> tuple[MinuteTotals, Floats]:
    """Work out the totals of a minute, also of one without traffic; return also its model latencies."""
    end = 60.0 * (minute + 1)
    over = fleet.over(end)
    taken = over.status & EXPIRED == 0
    latency = (over.completion - over.taken)[taken]
    if len(latency):
        status = np.where(over.status & TIMED_OUT, SERVER_ERROR, over.status)[taken].astype(np.uint8)
        durations = np.stack([latency, np.zeros(len(latency)), over.work_s[taken]])
        found = total(status, durations, fleet, kept, shown)
    else:
        found = nothing(fleet)
    samples = [*_of_requests(over), *(_of_queue(fleet, end) if fleet.in_charge else ())]
    columns: dict[str, Column] = {name: column_of(values, name in kept) for name, values in samples if len(values)}
    memory = found.memory_percents[: fleet.enabled]
    found = replace(found, instances=fleet.enabled, memory_percents=memory, columns=columns, publishes=fleet.publishes)
    return found, latency


def _of_requests(over: Over) -> Iterator[tuple[str, Floats]]:
    expired = over.status & EXPIRED != 0
    waited, ended = over.taken - over.arrival, over.completion - over.arrival
    yield PROCESSED, np.ones(np.count_nonzero(~expired))
    yield FAILURES, np.sort((over.status[~expired] != 0).astype(np.float64))
    yield EXPIRED_REQUESTS, np.ones(np.count_nonzero(expired))
    yield IN_BACKLOG, waited[~expired] * MILLISECONDS
    yield IN_ALL, ended[~expired] * MILLISECONDS


def _of_queue(fleet: AsyncFleet, end: float) -> Iterator[tuple[str, Floats]]:
    """Yield how the queue stands; nothing is per instance where there is none."""
    backlog, counts = fleet.backlog, fleet.counts_work
    size = float(backlog.waiting_at(end) + (backlog.in_work() if counts else 0))
    oldest = backlog.oldest(end, with_work=counts)
    yield SIZE, np.array([size])
    if fleet.enabled:
        yield SIZE_PER_INSTANCE, np.array([size / fleet.enabled])
    yield OLDEST, np.array([0.0 if oldest is None else end - oldest])
    yield WITHOUT_CAPACITY, np.array([float(size > 0 and not fleet.enabled)])
