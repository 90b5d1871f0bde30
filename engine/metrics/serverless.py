"""One minute of a serverless variant: what it publishes beside the metrics of any endpoint (spec sagemaker 6.1).

How often AWS samples its concurrency is not published. Here each request gives one sample, at its arrival and with
itself counted in, so that Maximum is the most at any moment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from engine.metrics.minute import MinuteTotals, Statuses, column_of, nothing, total
from engine.serving.serverless.environments import COLD, PROVISIONED, THROTTLED
from engine.serving.serverless.fleet import ServerlessFleet

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
SETUP = "ModelSetupTime"
USED = "ServerlessConcurrentExecutionsUtilization"
PROVISIONED_EXECUTIONS = "ServerlessProvisionedConcurrencyExecutions"
PROVISIONED_USED = "ServerlessProvisionedConcurrencyUtilization"
PROVISIONED_INVOCATIONS = "ServerlessProvisionedConcurrencyInvocations"
SPILLED = "ServerlessProvisionedConcurrencySpilloverInvocations"
MICROSECONDS = 1e6


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
    found = total(status[seen], durations[:3, seen], fleet, kept, shown) if answered else nothing(fleet)
    columns = {name: column_of(values, name in kept) for name, values in _samples(durations, seen) if len(values)}
    return replace(
        found,
        count=answered + throttled,
        errors_4xx=found.errors_4xx + throttled,
        throttled=throttled,
        instances=0,
        gpu=None,
        columns=columns,
        publishes=fleet.publishes,
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
