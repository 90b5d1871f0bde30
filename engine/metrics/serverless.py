"""One minute of a serverless variant: what it publishes beside the metrics of any endpoint (spec sagemaker 6.1).

How often AWS samples its concurrency is not published. Here each request gives one sample, at its arrival and with
itself counted in, so that Maximum is the most at any moment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from engine.metrics.minute import Column, MinuteTotals, Spread, Statuses, ascending, total
from engine.serving.environments import COLD, PROVISIONED, THROTTLED
from engine.serving.serverless import ServerlessFleet

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
SETUP = "ModelSetupTime"
USED = "ServerlessConcurrentExecutionsUtilization"
PROVISIONED_EXECUTIONS = "ServerlessProvisionedConcurrencyExecutions"
PROVISIONED_USED = "ServerlessProvisionedConcurrencyUtilization"
PROVISIONED_INVOCATIONS = "ServerlessProvisionedConcurrencyInvocations"
SPILLED = "ServerlessProvisionedConcurrencySpilloverInvocations"
MICROSECONDS = 1e6
NO_TIME = Spread(0.0, float("inf"), float("-inf"), None)
"""Of a minute in which no model answered."""


def reached(durations: Floats) -> Bools:
    """Return which requests came to a model."""
    found: Bools = durations[4] != THROTTLED
    return found


def serverless_total(
    status: Statuses, durations: Floats, fleet: ServerlessFleet, kept: Collection[str], shown: bool
) -> MinuteTotals:
    """Work out the totals as `minute.total` does; throttled requests are 4xx without a latency."""
    seen = reached(durations)
    answered = int(np.count_nonzero(seen))
    throttled = len(status) - answered if fleet.publishes_throttles else 0
    found = total(status[seen], durations[:3, seen], fleet, kept, shown) if answered else _nothing(fleet)
    columns = {name: _column(values, name in kept) for name, values in _samples(durations, seen) if len(values)}
    return replace(
        found,
        count=answered + throttled,
        errors_4xx=found.errors_4xx + throttled,
        throttled=throttled,
        instances=0,
        gpu=None,
        columns=columns,
    )


def _nothing(fleet: ServerlessFleet) -> MinuteTotals:
    return MinuteTotals(
        count=0,
        errors_4xx=0,
        errors_5xx=0,
        instances=0,
        model=NO_TIME,
        overhead=NO_TIME,
        percentiles=(),
        cpu_percent=0.0,
        memory_percents=fleet.memory_percents(),
        gpu=None,
    )


def _samples(durations: Floats, seen: Bools) -> Iterator[tuple[str, Floats]]:
    """Yield each metric with its samples."""
    setup, place, share, provisioned, slots = durations[3:]
    yield SETUP, setup[place == COLD] * MICROSECONDS
    yield USED, share
    there = slots > 0
    yield PROVISIONED_EXECUTIONS, provisioned[there]
    yield PROVISIONED_USED, provisioned[there] / slots[there]
    there &= seen
    yield PROVISIONED_INVOCATIONS, (place[there] == PROVISIONED).astype(np.float64)
    yield SPILLED, (place[there] != PROVISIONED).astype(np.float64)


def _column(values: Floats, keeps: bool) -> Column:
    ordered = ascending(values)
    kept = ordered if keeps else None
    return Column(len(values), float(np.add.reduce(values)), float(ordered[0]), float(ordered[-1]), kept)
