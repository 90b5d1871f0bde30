"""Between which numbers a statistic of an endpoint's metric can lie (spec sagemaker 6.1).

Errors and invocations are samples of 0 or 1, so their averages are shares; latencies are microseconds.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from engine.requests.cloudwatch import MetricStat

ANY = (0.0, math.inf)
SHARE = (0.0, 1.0)
PERCENT = (0.0, 100.0)
MICROSECONDS_PER_SECOND = 1_000_000
SAMPLES: Mapping[str, tuple[float, float]] = {
    "Invocations": SHARE,
    "InvocationsPerInstance": SHARE,
    "Invocation4XXErrors": SHARE,
    "Invocation5XXErrors": SHARE,
    "InvocationModelErrors": SHARE,
    "ModelLatency": (0.0, 60.0 * MICROSECONDS_PER_SECOND),
    "MemoryUtilization": PERCENT,
    "DiskUtilization": PERCENT,
    "ServerlessConcurrentExecutionsUtilization": SHARE,
    "ServerlessProvisionedConcurrencyUtilization": SHARE,
    "ServerlessProvisionedConcurrencyInvocations": SHARE,
    "ServerlessProvisionedConcurrencySpilloverInvocations": SHARE,
}
"""What one sample can be; a container that takes 60 s is given up (spec sagemaker 5)."""
ERRORS = ("Invocation4XXErrors", "Invocation5XXErrors", "InvocationModelErrors")
LATENCIES = ("ModelLatency", "OverheadLatency")


def is_value(stat: str) -> bool:
    """Is this statistic a value like the samples themselves, and not a count or a sum of them?"""
    return not stat.startswith(("Sum", "SampleCount", "tc", "TC", "ts", "TS", "PR"))


def value_range(metric: MetricStat) -> tuple[float, float]:
    """Return the least and the most that the statistic can be where there is data at all."""
    if is_value(metric.stat):
        return SAMPLES.get(metric.metric_name, ANY)
    if metric.stat.startswith("PR"):
        return PERCENT
    return (1.0, math.inf) if metric.stat == "SampleCount" else ANY
