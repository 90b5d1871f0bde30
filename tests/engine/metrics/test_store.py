"""From single answers to what an alarm reads: minutes, dimensions, visibility, statistics."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.metrics.published import METRICS
from engine.metrics.store import MetricStore
from engine.requests.cloudwatch import MetricStat
from engine.serving.answers import Answers
from engine.serving.faults import Leak
from engine.serving.model import Model, ServiceTime
from tests.engine.serving.tape import fleet_of

ENDPOINT, VARIANT = ("EndpointName", "churn"), ("VariantName", "main")
BOTH = (ENDPOINT, VARIANT)
PLAIN = Model(service=ServiceTime(mean_ms=10))


def of(config):
    """Return the dimensions that name one configuration."""
    return (("EndpointConfigName", config), ENDPOINT, VARIANT)


def answers(arrival, model_s, status=None, overhead_s=0.005, work_s=0.0):
    """Return answers as a fleet gives them."""
    arrival, model_s = np.array(arrival, dtype=float), np.array(model_s, dtype=float)
    status = np.zeros(len(arrival), np.uint8) if status is None else np.array(status, np.uint8)
    overhead, work = np.full(len(arrival), overhead_s), np.full(len(arrival), work_s)
    return Answers(status, arrival, arrival + model_s, model_s, overhead, work)


def store_of(*fleets, delay=100.0):
    """Return a store that watches these fleets."""
    store = MetricStore("churn", delay)
    for fleet in fleets:
        store.watch(fleet)
    return store


def closed(store, minutes):
    """Close so many minutes."""
    for minute in range(minutes):
        store.close(minute)


def ask(store, name, stat="Sum", dimensions=BOTH, start=0.0, now=1e6, **more):
    """Return the value of a statistic, None without a datapoint."""
    fields = {"namespace": METRICS[name].namespace, "metric_name": name, "dimensions": dimensions, "stat": stat, **more}
    point = store.datapoint(MetricStat(**fields), start, now)
    return None if point is None else point.value


def two_fleets():
    """Return a store in which v1 answered 3 and v2 answered 2 requests, of which 1 failed with 4xx and 1 with 5xx."""
    old, new = fleet_of(PLAIN, 2, name="v1"), fleet_of(PLAIN, 1, name="v2")
    store = store_of(old, new)
    store.record(old, answers([1, 2, 3], [0.1, 0.2, 0.3]))
    store.record(new, answers([1, 30], [0.5, 0.7], status=[4, 5]))
    closed(store, 10)
    return store


@pytest.mark.parametrize(
    "name, stat, both, old, new",
    [
        ("Invocations", "Sum", 5, 3, 2),
        ("Invocations", "SampleCount", 5, 3, 2),
        ("InvocationsPerInstance", "Sum", 3 / 2 + 2, 3 / 2, 2),
        ("Invocation4XXErrors", "Sum", 1, 0, 1),
        ("Invocation4XXErrors", "Average", 0.2, 0, 0.5),
        ("Invocation5XXErrors", "Average", 0.2, 0, 0.5),
        ("Invocation5XXErrors", "Maximum", 1, 0, 1),
        ("Invocation5XXErrors", "Minimum", 0, 0, 0),
        ("InvocationModelErrors", "Sum", 2, 0, 2),
        ("ModelLatency", "Average", 360_000, 200_000, 600_000),
        ("ModelLatency", "Minimum", 100_000, 100_000, 500_000),
        ("ModelLatency", "Maximum", 700_000, 300_000, 700_000),
        ("ModelLatency", "SampleCount", 5, 3, 2),
        ("OverheadLatency", "Average", 5000, 5000, 5000),
        ("MemoryUtilization", "Average", 30, 30, 30),
        ("DiskUtilization", "Maximum", 10, 10, 10),
    ],
)
def test_metrics_by_their_dimensions(name, stat, both, old, new):
    """Every set of dimensions is a metric of its own: both fleets together, or one configuration (spec sagemaker 3).

    An error metric gets 0 or 1 from each request, so that Average is the error rate; latencies are in microseconds.
    """
    store = two_fleets()

    found = [ask(store, name, stat, dimensions) for dimensions in (BOTH, of("v1"), of("v2"))]
    assert found == pytest.approx([both, old, new])


@pytest.mark.parametrize(
    "dimensions",
    [
        pytest.param((), id="none"),
        pytest.param((ENDPOINT,), id="the endpoint alone"),
        pytest.param((ENDPOINT, ("VariantName", "AllTraffic")), id="another variant"),
        pytest.param((("EndpointName", "chrun"), VARIANT), id="another endpoint"),
        pytest.param(of("v3"), id="another configuration"),
        pytest.param((*BOTH, ("InstanceType", "ml.m5.large")), id="one too many"),
        pytest.param((("EndpointConfigName", "v1"), VARIANT), id="one too few"),
    ],
)
def test_other_dimensions_have_no_data(dimensions):
    """There is no aggregation across dimensions: what does not match exactly finds nothing (spec cloudwatch 5)."""
    assert ask(two_fleets(), "Invocations", dimensions=dimensions) is None


@pytest.mark.parametrize(
    "query, found",
    [
        ({"unit": None}, 5),
        ({"unit": "None"}, 5),
        ({"unit": "Count"}, None),
        ({"namespace": "AWS/Sagemaker"}, None),
        ({"namespace": "/aws/sagemaker/Endpoints"}, None),
    ],
)
def test_namespace_and_unit_must_fit(query, found):
    """Different units are different data (spec cloudwatch 4), and so are namespaces."""
    assert ask(two_fleets(), "Invocations", **query) == found


def test_a_metric_that_does_not_exist():
    """An unknown name has no data."""
    query = MetricStat(namespace="AWS/SageMaker", metric_name="Invocation500Errors", dimensions=BOTH)

    assert two_fleets().datapoint(query, 0, 1e6) is None


@given(st.integers(0, 8), st.floats(0, 200), st.floats(0, 1200))
def test_a_minute_is_visible_so_long_after_its_end(minute, delay, now):
    """The end of the minute and the delay must have passed (spec sagemaker 4.1), to the second."""
    fleet = fleet_of(PLAIN)
    store = store_of(fleet, delay=delay)
    store.record(fleet, answers([60.0 * minute + 1], [0.1]))
    closed(store, 30)
    visible = now >= 60 * (minute + 1) + delay

    assert (ask(store, "ModelLatency", "SampleCount", start=60.0 * minute, now=now) is not None) == visible


def test_the_store_has_the_data_plane_advanced_only_as_far_as_it_may_see():
    """A question about a visible minute brings the simulation up to its end, at most to the last whole minute."""
    store = store_of(fleet_of(PLAIN))
    asked = []
    store.advance = lambda *reach: asked.append(reach)
    ask(store, "Invocations", start=120, now=250)
    ask(store, "Invocations", start=120, now=279.9)
    ask(store, "Invocations", start=120, now=280)

    assert asked == [(180, 240)]


def test_an_answer_counts_in_the_minute_in_which_it_was_given():
    """A request that comes at 59 s and takes 2 s belongs to the next minute, one of 70 s to the one after."""
    fleet = fleet_of(PLAIN)
    store = store_of(fleet)
    store.record(fleet, answers([10, 59, 59.5], [0.1, 2.0, 65.0]))
    closed(store, 4)

    assert [ask(store, "ModelLatency", "SampleCount", start=60.0 * k) for k in range(4)] == [1, 1, 1, None]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.floats(0, 179), st.floats(0, 60)), min_size=1, max_size=40), st.integers(1, 5))
def test_nothing_is_lost_or_counted_twice(rows, pieces):
    """However answers come in, the minutes hold all of them, each once."""
    fleet = fleet_of(PLAIN)
    store = store_of(fleet)
    rows.sort()
    by_minute = [[row for row in rows if int(row[0] // 60) == minute] for minute in range(3)]
    for minute, mine in enumerate(by_minute):
        for piece in np.array_split(np.array(mine).reshape(-1, 2), pieces):
            if len(piece):
                store.record(fleet, answers(piece[:, 0], piece[:, 1]))
        if minute:
            store.close(minute - 1)
    for minute in range(2, 6):
        store.close(minute)
    counts = [ask(store, "ModelLatency", "SampleCount", start=60.0 * k) or 0 for k in range(6)]
    expected = np.bincount([int((at + took) // 60) for at, took in rows], minlength=6)

    assert counts == expected.tolist()
    assert ask(store, "ModelLatency", "Sum", period=360) == pytest.approx(sum(took for _, took in rows) * 1e6)


@pytest.mark.parametrize("stat", ["p50", "p90", "p99", "p0", "p100", "tm90", "TM(10%:90%)", "IQM", "PR(:400000)"])
@pytest.mark.parametrize("period, minutes", [(60, 1), (180, 3)])
def test_percentiles_come_from_all_single_values(stat, period, minutes):
    """Over several minutes and both fleets a percentile is that of all values together, not a mean of percentiles."""
    from engine.statistics import parse_statistic

    dice, fleets = np.random.default_rng(1), [fleet_of(PLAIN, name=name) for name in ("v1", "v2")]
    store, taken = store_of(*fleets), []
    store.expect(MetricStat(namespace="AWS/SageMaker", metric_name="ModelLatency", stat=stat, period=period), 3)
    for minute in range(6):
        for fleet in fleets:
            values = dice.exponential(0.3, 50)
            store.record(fleet, answers(np.full(50, 60.0 * minute), values))
            if 2 <= minute < 2 + minutes:
                taken += values[60 * minute + values < 60 * (minute + 1)].tolist()
    closed(store, 6)
    expected = parse_statistic(stat).of(np.sort(taken) * 1e6)

    assert ask(store, "ModelLatency", stat, start=120, period=period) == pytest.approx(expected)


def test_single_values_are_kept_only_as_long_as_somebody_may_ask():
    """Memory does not grow with the run: older minutes keep their totals and let the values go."""
    fleet = fleet_of(PLAIN)
    store = store_of(fleet)
    store.expect(MetricStat(namespace="AWS/SageMaker", metric_name="ModelLatency", stat="p99", period=60), 3)
    for minute in range(60):
        store.record(fleet, answers([60.0 * minute], [0.1]))
        store.close(minute)
    kept = [minute for minute in range(60) if store.fleets[id(fleet)].minutes[minute].model.ordered is not None]

    assert kept == list(range(55, 60))
    assert ask(store, "ModelLatency", "Average", start=0) == pytest.approx(100_000)


def test_a_period_is_read_again_until_it_is_over():
    """Alarms ask for the same periods again and again; what an unfinished one says is not what it will say."""
    fleet = fleet_of(PLAIN, 1)
    store = store_of(fleet, delay=0.0)
    store.record(fleet, answers([1, 61, 62], [0.1, 0.2, 0.3]))
    closed(store, 2)
    five, two = (
        MetricStat(namespace="AWS/SageMaker", metric_name="Invocations", dimensions=BOTH, stat="Sum", period=period)
        for period in (300, 120)
    )
    early = [store.datapoints(each, [0.0], 60.0)[0].value for each in (five, two)]
    late = [store.datapoints(each, [0.0], 120.0)[0].value for each in (five, two)]
    store.record(fleet, answers([130], [0.1]))
    store.close(2)
    again = [store.datapoints(each, [0.0], 180.0)[0].value for each in (five, two)]

    assert (early, late, again) == ([1, 1], [3, 3], [4, 3])


@pytest.mark.parametrize(
    "name, both, one",
    [
        ("Invocations", 0, None),
        ("InvocationsPerInstance", 0, None),
        ("Invocation5XXErrors", None, None),
        ("ModelLatency", None, None),
    ],
)
def test_a_minute_without_traffic(name, both, one):
    """Counts are zero, latency and error metrics have no point, and a configuration without traffic has no line.

    AWS does not say which metrics are zero (spec cloudwatch 11), so `published` decides.
    """
    store = two_fleets()

    assert ask(store, name, "Sum", BOTH, start=300) == both
    assert ask(store, name, "Sum", of("v1"), start=300) == one


@pytest.mark.parametrize("period, found", [(60, 3), (120, 7), (300, 15)])
def test_longer_periods_add_up_minutes(period, found):
    """A period of several minutes covers all of them; one that ends in the future covers what is visible."""
    fleet = fleet_of(PLAIN)
    store = store_of(fleet)
    for minute, count in enumerate([3, 4, 5, 1, 2]):
        store.record(fleet, answers(np.full(count, 60.0 * minute), np.full(count, 0.1)))
    closed(store, 5)

    assert ask(store, "Invocations", period=period) == found
    assert ask(store, "Invocations", period=300, now=280.0) == 12


def test_high_resolution_periods_find_a_point_only_where_a_minute_begins():
    """On a metric of one point a minute a ten-second period is mostly empty (spec cloudwatch 3)."""
    store = two_fleets()
    found = [ask(store, "ModelLatency", "SampleCount", start=10.0 * k, period=10) for k in range(12)]

    assert found == [5, *[None] * 11]


def test_cpu_is_the_share_of_time_that_workers_are_busy():
    """One worker busy for 30 of 60 s on one of two instances: 25 %; never above 100 % a worker (spec sagemaker 6.1)."""
    fleet = fleet_of(Model(service=ServiceTime(mean_ms=10), workers=2), 2)
    store = store_of(fleet)
    store.record(fleet, answers([1], [0.1], work_s=30.0))
    store.record(fleet, answers([61], [0.1], work_s=3000.0))
    closed(store, 2)

    assert ask(store, "CPUUtilization", "Average") == pytest.approx(25)
    assert ask(store, "CPUUtilization", "Average", start=60) == 200


def test_memory_shows_a_leak():
    """MemoryUtilization climbs from idle to 100 % as requests leak (spec labs 11)."""
    fleet = fleet_of(Model(service=ServiceTime(mean_ms=10), faults=(Leak(requests=100),)))
    store = store_of(fleet)
    seen = []
    for minute in range(3):
        fleet._served[:] = 50 * minute
        store.record(fleet, answers([60.0 * minute], [0.1]))
        store.close(minute)
        seen.append(ask(store, "MemoryUtilization", "Average", start=60.0 * minute))

    assert seen == pytest.approx([30, 65, 100])


def test_the_fullest_instance_shows_in_the_maximum():
    """One sample per instance and minute: the average hides a full canary among empty instances, Maximum does not."""
    fleet = fleet_of(Model(service=ServiceTime(mean_ms=10), memory_percent=20.0, faults=(Leak(requests=100),)), 4)
    store = store_of(fleet)
    fleet._served[2] = 150
    store.record(fleet, answers([1], [0.1]))
    closed(store, 1)

    assert [
        ask(store, "MemoryUtilization", stat) for stat in ("Minimum", "Average", "Maximum", "SampleCount", "p50")
    ] == [
        20,
        40,
        100,
        4,
        20,
    ]


@pytest.mark.parametrize(
    "total, canary, threshold, fails_at", [(600, 0.05, 0.01, 0.181), (600, 0.10, 0.01, 0.091), (600, 0.5, 0.01, 0.019)]
)
def test_diluted(total, canary, threshold, fails_at):
    """At a 5 % canary a 1 % alarm on both fleets trips only when green fails 18.1 %, blue 0.1 % (spec labs 4)."""
    needed = (threshold - (1 - canary) * 0.001) / canary

    assert needed == pytest.approx(fails_at, abs=0.0006)

    for fails, trips in ((needed - 0.002, False), (needed + 0.002, True)):
        n = 100_000
        green = int(n * canary)
        old, new = fleet_of(PLAIN, name="v1"), fleet_of(PLAIN, name="v2")
        store = store_of(old, new)
        for fleet, count, rate in ((old, n - green, 0.001), (new, green, fails)):
            bad = math.floor(count * rate)
            store.record(fleet, answers(np.ones(count), np.full(count, 0.01), [5] * bad + [0] * (count - bad)))
        closed(store, 1)
        assert (ask(store, "Invocation5XXErrors", "Average") > threshold) == trips
