"""Requests in work, every ten seconds, from answers that come in minute by minute (spec sagemaker 6.1)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.metrics.store import MetricStore
from engine.plan import Plan
from engine.requests.cloudwatch import MetricAlarm, MetricStat
from engine.serving.answers import Answers
from engine.serving.model import Model, ServiceTime
from engine.simulate import simulate
from engine.traffic.workload import Workload
from tests.engine.rollouts import OF_BOTH, STEADY, world
from tests.engine.serving.tape import fleet_of

QUICK = Model(service=ServiceTime(mean_ms=10))
SLOW = Model(service=ServiceTime(mean_ms=20_000, kind="constant"), workers=64, queue="shared")


def question(stat, period=10):
    """Return the question after the requests in work of all fleets."""
    return MetricStat(
        namespace="AWS/SageMaker",
        metric_name="ConcurrentRequestsPerModel",
        dimensions=OF_BOTH,
        stat=stat,
        period=period,
    )


def store_of(rows, *, close=0):
    """Return a store with answers to requests of such arrival and duration, and so many minutes closed."""
    fleet, store = fleet_of(QUICK), MetricStore("churn", 100.0)
    store.watch(fleet)
    store.expect(question("Maximum"), 3)
    arrival, took = np.array(sorted(rows), dtype=float).T
    status, nothing = np.zeros(len(rows), np.uint8), np.zeros(len(rows))
    store.record(fleet, Answers(status, arrival, arrival + took, took, nothing, nothing))
    for minute in range(close):
        store.close(minute)
    return store


def read(store, stat, start, period=10, now=1e6):
    """Return the value of a statistic, None without a datapoint."""
    point = store.datapoint(question(stat, period), start, now)
    return None if point is None else point.value


@pytest.mark.parametrize("close", [0, 1, 2, 3])
def test_requests_are_in_work_across_minutes(close):
    """20 s of service at one request a second are 20 in work, in every ten seconds, whatever minute answers them.

    A request that comes as another is answered takes its place.
    """
    store = store_of([(second, 20.0) for second in range(200)], close=close)
    expected = [(1, 10), (11, 20), *[(20, 20)] * 16]

    assert [(read(store, "Minimum", 10 * k), read(store, "Maximum", 10 * k)) for k in range(18)] == expected
    assert [read(store, stat, 60, 60) for stat in ("Minimum", "Average", "Maximum", "p50")] == [20] * 4


def test_the_level_before_counts():
    """Two overlap from 5 to 8 s, and one is left until 12 s: the second ten seconds begin with one in work."""
    store = store_of([(3, 5.0), (5, 7.0)], close=1)

    assert [(read(store, "Minimum", start), read(store, "Maximum", start)) for start in (0, 10)] == [(0, 2), (0, 1)]


def test_a_request_counts_in_a_minute_that_answers_nobody():
    """One that takes three minutes is in work in all of them."""
    store = store_of([(30, 150.0)], close=4)

    assert [read(store, "Maximum", 60 * k, 60) for k in range(4)] == [1, 1, 1, 0]
    assert read(store, "Minimum", 60, 60) == 1


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 239), st.integers(1, 150)), min_size=1, max_size=30),
    st.integers(0, 4),
    st.integers(0, 23),
)
def test_levels_are_those_of_every_moment(rows, close, bucket):
    """Least and most are what somebody sees who counts the requests in work at each second, closed or not."""
    seconds = range(10 * bucket, 10 * bucket + 10)
    levels = [sum(at <= second < at + took for at, took in rows) for second in seconds]
    store = store_of(rows, close=close)

    assert read(store, "Minimum", 10 * bucket) == min(levels)
    assert read(store, "Maximum", 10 * bucket) == max(levels)


def test_ten_seconds_are_visible_ten_seconds_after_their_end():
    """Our choice, as AWS publishes none; the data plane is brought up to their end and no further than now."""
    store, asked = store_of([(0, 100.0)]), []
    store.advance = lambda *reach: asked.append(reach)

    assert (read(store, "Maximum", 30, now=49.9), asked) == (None, [])
    assert (read(store, "Maximum", 30, now=54.0), asked) == (1, [(40, 50)])


def test_an_alarm_of_ten_seconds_finds_data():
    """Published every ten seconds, the metric serves an alarm of high resolution (spec sagemaker 6.1, cloudwatch 3)."""
    alarm = MetricAlarm(
        alarm_name="full", metric=question("Minimum"), threshold=20.0, comparison_operator="LessThanThreshold"
    )
    busy = world(old=SLOW, count=1, workload=Workload(rate=1.0, arrivals="regular"), timing=STEADY, alarms=(alarm,))
    run = simulate(busy, Plan(), 1, series=False)

    assert [(change.t, change.to_state) for change in run.alarms] == [(20.0, "ALARM"), (40.0, "OK")]
