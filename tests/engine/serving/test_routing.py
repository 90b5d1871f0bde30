"""Which fleet and which instance answers a request."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.serving.fleet import Fleet
from engine.serving.model import Model, ServiceTime
from engine.serving.routing import Routes, VariantRoute
from engine.ticks import whole_ticks
from engine.traffic.arrivals import Arrivals
from engine.traffic.streams import Purpose
from engine.traffic.workload import Workload
from tests.engine.serving.tape import arrived, drawn, fleet_of, plane_of, routes_to, served

PLAIN = Model(service=ServiceTime(mean_ms=10))
SPARE = [fleet_of(PLAIN, name=f"c{k}") for k in range(8)]
weights = st.one_of(st.just(0.0), st.floats(1e-6, 1e6))
variants = st.lists(st.tuples(weights, st.floats(0, 1)), min_size=1, max_size=4)


@given(variants)
def test_the_table_covers_every_dice(rows):
    """Whatever the weights, slices lie side by side from 0 to 1, and the shares add up to 1."""
    fleets = iter(SPARE)
    routes = Routes.over(
        [
            VariantRoute(name=str(k), weight=weight, fleets=[(next(fleets), new), (next(fleets), 1 - new)])
            for k, (weight, new) in enumerate(rows)
        ]
    )
    edges = [(part.low, part.high) for part in routes.slices]

    assert edges[0][0] == 0
    assert edges[-1][1] == 1
    assert all(before[1] == after[0] for before, after in pairwise(edges))
    assert all(low < high for low, high in edges)
    assert sum(routes.shares().values()) == pytest.approx(1)


@pytest.mark.parametrize(
    "rows, expected",
    [
        pytest.param([2, 1], [2 / 3, 1 / 3], id="2 and 1"),
        pytest.param([1, 1], [0.5, 0.5], id="1 and 1"),
        pytest.param([25, 75], [0.25, 0.75], id="25 and 75"),
        pytest.param([0, 1], [0, 1], id="0 and 1"),
        pytest.param([1, 0], [1, 0], id="1 and 0"),
    ],
)
def test_a_variants_share_is_its_weight_over_the_sum(rows, expected):
    """Weights 2 and 1 give 2/3 and 1/3, 0 and 1 give nothing and everything (spec sagemaker 5)."""
    fleets = SPARE[: len(rows)]
    table = [VariantRoute(name=f.config, weight=w, fleets=[(f, 1.0)]) for f, w in zip(fleets, rows, strict=True)]
    plane, _ = plane_of(Arrivals(Workload(rate=50), 1), Routes.over(table))
    plane.advance(600)
    n = plane.ledger.counts.requests
    for fleet, share in zip(fleets, expected, strict=True):
        answered = plane.ledger.counts.by_config.get(fleet.config, 0)
        assert answered / n == pytest.approx(share, abs=4 * math.sqrt(share * (1 - share) / n))


def test_routing_is_random_and_not_sticky():
    """Neighbours are routed apart from each other (spec sagemaker 2.7): runs are as long as a coin's."""
    plane, tape = plane_of(Arrivals(Workload(rate=50), 2), routes_to(fleet_of(PLAIN, name="v2"), fleet_of(PLAIN)))
    plane.advance(600)
    new = {at for fleet, chunk in tape.chunks if fleet.config == "v2" for at in chunk.arrival.tolist()}
    sides = np.array([at in new for at in tape.answers().arrival.tolist()])
    turns, n = np.count_nonzero(sides[1:] != sides[:-1]), len(sides) - 1

    assert turns / n == pytest.approx(0.5, abs=4 * math.sqrt(0.25 / n))


def test_instances_share_alike():
    """Within a fleet each instance answers an equal part of the requests."""
    dice = drawn(Workload(rate=50), Purpose.ROUTE, 3, 600)
    per_instance = np.bincount((dice * 5).astype(int), minlength=5)
    n = len(dice)

    assert per_instance / n == pytest.approx(0.2, abs=4 * math.sqrt(0.16 / n))


def test_a_larger_canary_answers_what_the_smaller_one_did():
    """New configurations sit at the low end of the dice, so a request of the 10 % canary belongs to the 50 % one."""
    answered = []
    for share in (0.1, 0.5):
        fleets = [fleet_of(PLAIN, name="v2"), fleet_of(PLAIN)]
        plane, tape = plane_of(Arrivals(Workload(rate=20), 4), routes_to(*fleets, shares=[share, 1 - share]))
        plane.advance(300)
        answered.append({at for f, chunk in tape.chunks if f.config == "v2" for at in chunk.arrival.tolist()})

    assert answered[0] < answered[1]


def least_outstanding(arrival, service, dice, instances, workers):
    """Return instance and completion of each request, by looking at all earlier ones each time."""
    taken = [[] for _ in range(instances)]
    for at, work, die in zip(arrival, service, dice, strict=True):
        load = [sum(end > at for _, end in row) for row in taken]
        equals = [k for k, value in enumerate(load) if value == min(load)]
        chosen = equals[int(die * len(equals))]
        ends = sorted((end for _, end in taken[chosen]), reverse=True)
        start = max(at, ends[workers - 1]) if len(ends) >= workers else at
        taken[chosen].append((start, start + work))
        yield start + work


@settings(max_examples=15)
@given(st.integers(1, 4), st.integers(1, 3), st.integers(0, 1000), st.sampled_from([5.0, 20.0]))
def test_least_outstanding_requests(instances, workers, seed, rate):
    """LEAST_OUTSTANDING_REQUESTS is exact: each request goes where the fewest are unanswered (spec sagemaker 5)."""
    model = Model(service=ServiceTime(mean_ms=150, kind="exponential"), workers=workers)
    workload, until = Workload(rate=rate), 20.0
    routing = "LEAST_OUTSTANDING_REQUESTS"
    answers = served(model, workload, until, seed=seed, instances=instances, routing=routing)
    service = whole_ticks(0.15 * drawn(workload, Purpose.SERVICE_EXPONENTIAL, seed, until))
    dice = drawn(workload, Purpose.ROUTE, seed, until)
    expected = least_outstanding(answers.arrival, service, dice, instances, workers)

    assert answers.completion == pytest.approx(list(expected), abs=1e-9)


def test_least_outstanding_waits_less_than_random():
    """At four fifths of the capacity, looking at the queues brings four workers near to one shared line (M/M/4)."""
    model = Model(service=ServiceTime(mean_ms=50, kind="exponential"))
    means = {
        routing: served(model, Workload(rate=64), 600, seed=5, instances=4, routing=routing).model_s.mean()
        for routing in ("RANDOM", "LEAST_OUTSTANDING_REQUESTS")
    }

    assert means["RANDOM"] == pytest.approx(0.25, rel=0.2)
    assert 0.087 < means["LEAST_OUTSTANDING_REQUESTS"] < 0.5 * means["RANDOM"]


def two_variants(workload, **targets):
    """Return the counts by configuration of two variants, a with all the weight and b with none."""
    fleets = {name: fleet_of(PLAIN, name=f"of-{name}") for name in ("a", "b")}
    table = [
        VariantRoute(name="a", weight=1.0, fleets=[(fleets["a"], 1.0)]),
        VariantRoute(name="b", weight=0.0, fleets=[(fleets["b"], 1.0)]),
    ]
    plane, _ = plane_of(Arrivals(workload, 8), Routes.over(table))
    plane.advance(600)
    return plane.ledger.counts


def test_a_named_variant_overrides_the_weights():
    """TargetVariant reaches a variant of weight 0 as well (spec sagemaker 5)."""
    counts = two_variants(Workload(rate=50, target_variants=(("b", 0.2),)))
    n = counts.requests

    assert counts.by_config["of-b"] / n == pytest.approx(0.2, abs=4 * math.sqrt(0.16 / n))
    assert counts.by_config["of-a"] + counts.by_config["of-b"] == n


def test_a_named_variant_stands_in_the_same_line():
    """Requests that name a variant and those that reach it by weight are answered in order of arrival."""
    model = Model(service=ServiceTime(mean_ms=20))
    responses = []
    for targets in ((), (("main", 0.5),)):
        workload = Workload(rate=25, target_variants=targets)
        responses.append(served(model, workload, 600, seed=9).model_s)
    free, named = responses

    assert named == pytest.approx(free, abs=1e-9)


def test_an_unknown_target_variant_is_a_client_error():
    """A request that names a variant which is not there ends in a 4xx and is not lost (spec sagemaker 5)."""
    workload = Workload(rate=50, target_variants=(("gone", 0.2),))
    counts = two_variants(workload)
    due = len(arrived(workload, 8, 600))

    assert counts.requests == due
    assert counts.errors_4xx / due == pytest.approx(0.2, abs=4 * math.sqrt(0.16 / due))
    assert counts.by_config["of-a"] == due - counts.errors_4xx


def test_a_fleet_of_none_gets_no_slice():
    """A variant without enabled instances takes no part, so nobody can be sent to it."""
    idle = Fleet(SPARE[0].variant, "idle", PLAIN, SPARE[0]._timing, SPARE[0]._payload)
    routes = Routes.over(
        [
            VariantRoute(name="a", weight=1.0, fleets=[]),
            VariantRoute(name="b", weight=1.0, fleets=[(SPARE[1], 1.0), (idle, 0.0)]),
        ]
    )

    assert [(part.fleet.config, part.low, part.high) for part in routes.slices] == [("c1", 0.0, 1.0)]
