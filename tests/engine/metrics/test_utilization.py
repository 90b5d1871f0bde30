"""Instance metrics: who publishes them, and in which range (spec sagemaker 6.1)."""

from __future__ import annotations

import numpy as np
import pytest

from engine.metrics.minute import MinuteTotals, Spread
from engine.metrics.published import METRICS, statistic_of
from engine.statistics import parse_statistic


def minute(*, gpu: tuple[float, float] | None, instances: int = 3) -> MinuteTotals:
    latency = Spread(12.0, 0.01, 0.2, None)
    return MinuteTotals(
        count=100,
        errors_4xx=2,
        errors_5xx=5,
        instances=instances,
        model=latency,
        overhead=latency,
        percentiles=(0.1, 0.15, 0.2),
        cpu_percent=130.0,
        memory_percents=np.full(2, 40.0),
        gpu=gpu,
    )


def read(name: str, statistic: str, *minutes: MinuteTotals) -> float | None:
    found = statistic_of(METRICS[name], parse_statistic(statistic), minutes)
    return None if found is None else found[0]


@pytest.mark.parametrize("name", ["GPUUtilization", "GPUMemoryUtilization"])
def test_only_instances_with_a_gpu_publish_its_metrics(name):
    """No GPU, no datapoint, and a minute without one takes nothing from a minute with one."""
    assert read(name, "Average", minute(gpu=None)) is None
    assert read(name, "Average", minute(gpu=(80.0, 60.0)), minute(gpu=None)) in (80.0, 60.0)


def test_each_instance_gives_one_sample_a_minute():
    """SampleCount of CPUUtilization is the number of instances, and CPU may go beyond 100 % on several cores."""
    assert read("CPUUtilization", "SampleCount", minute(gpu=None)) == 3
    assert read("CPUUtilization", "Maximum", minute(gpu=None)) == 130.0


def test_error_metrics_carry_one_sample_per_request():
    """1 per failing request and 0 otherwise, so Average is the error rate and Maximum is 1 (spec cloudwatch 11)."""
    assert read("Invocation5XXErrors", "Average", minute(gpu=None)) == 0.05
    assert read("Invocation5XXErrors", "SampleCount", minute(gpu=None)) == 100
    assert read("InvocationModelErrors", "Sum", minute(gpu=None)) == 7
    assert read("Invocation4XXErrors", "Maximum", minute(gpu=None)) == 1.0


def test_latencies_are_in_microseconds():
    """The unit that alarms trip over (spec sagemaker 6.1)."""
    assert read("ModelLatency", "Maximum", minute(gpu=None)) == 200_000.0
