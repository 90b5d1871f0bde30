"""How long an alarm takes to notice, against the one run that was measured on AWS (spec sagemaker 4.1)."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.aws.advice.time_to_alarm import detection
from engine.requests.cloudwatch import MetricAlarm, MetricStat, TreatMissingData
from engine.timing import Timing


def alarm(period: int = 60, n: int = 1, m: int | None = None, treat: TreatMissingData = "notBreaching") -> MetricAlarm:
    metric = MetricStat(namespace="AWS/SageMaker", metric_name="Invocation5XXErrors", period=period)
    return MetricAlarm(
        alarm_name="err", metric=metric, evaluation_periods=n, datapoints_to_alarm=m, treat_missing_data=treat
    )


def seconds(watched: MetricAlarm, within_s: float = 7200, *, alone: bool = True) -> tuple[float, float]:
    return detection(watched, Timing(), within_s=within_s, new_fleet_only=alone)


def test_the_measured_run_lies_within() -> None:
    """On AWS one period of 60 s took 177 s from the first failure to ALARM."""
    best, worst = seconds(alarm())

    assert best <= 177 <= worst
    assert (best, worst) == (130, 190)


@pytest.mark.parametrize(
    ("watched", "best"),
    [
        (alarm(n=2), 190),
        (alarm(n=3, m=1), 130),
        (alarm(n=3, m=2), 190),
        (alarm(period=300), 130),
        (alarm(period=600, n=2), 610),
        (alarm(period=600, n=3), 1210),
    ],
    ids=["2-of-2", "1-of-3", "2-of-3", "one-long", "two-long", "three-long"],
)
def test_each_further_period_takes_its_time(watched: MetricAlarm, best: float) -> None:
    """M periods must have begun; a long first period breaches as soon as its first bad minute is visible."""
    assert seconds(watched)[0] == best


def test_missing_points_can_speed_it_up() -> None:
    """With `missing` one old enough breach is an ALARM before M points are there: the premature alarm of AWS."""
    assert seconds(alarm(n=3, treat="missing"))[0] < seconds(alarm(n=3))[0]


@given(
    st.sampled_from([10, 30, 60, 300, 900]),
    st.integers(1, 6).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n))),
    st.booleans(),
    st.integers(0, 3600),
)
@settings(max_examples=60, deadline=None)
def test_an_alarm_is_not_before_its_periods(period: int, n_m: tuple[int, int], alone: bool, within_s: int) -> None:
    """Whatever the alarm, it fires after M - 1 periods at the earliest, and within a minute of that or never."""
    n, m = n_m
    best, worst = seconds(alarm(period, n, m), within_s, alone=alone)

    assert best >= (m - 1) * period
    assert math.isinf(best) or worst - best == 60
