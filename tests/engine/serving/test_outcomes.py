"""What answers lead to: counted as a caller can count it, and the same request alike under every model (spec inference
8)."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import WrongValues
from engine.metrics.store import MetricStore
from engine.plan import Plan
from engine.requests.cloudwatch import MetricStat
from engine.serving.data_plane import DataPlane
from engine.serving.ledger import Accounting
from engine.serving.model import ServiceTime
from engine.serving.outcomes import Outcomes
from engine.simulate import simulate
from engine.traffic.arrivals import Arrivals
from engine.traffic.streams import Purpose
from engine.traffic.workload import BusinessOutcome, Workload
from engine.world import Slo
from tests.engine.rollouts import failing, model, world
from tests.engine.sagemaker.plans import simple_plans
from tests.engine.serving.models import models
from tests.engine.serving.tape import drawn, fleet_of, routes_to
from tests.engine.two_variants import ORDERS, two_variants

SLOW = model(service=ServiceTime(mean_ms=2000, kind="constant"), workers=64)


def counted(where, seed=1):
    """Return what answers led to, by variant and configuration."""
    found = simulate(where, Plan(), seed, series=False).outcomes
    return {(each.variant, each.config): each for each in found}


def of_both(where, seed=1):
    """Return what the answers of A and of B led to."""
    found = counted(where, seed)
    return found["A", "ab"], found["B", "ab"]


def test_each_model_converts_as_it_says():
    """Its own share of the answers, else the base rate, within four standard errors over an hour."""
    found = of_both(two_variants(model(), model(converts=0.08), duration_s=3600.0))

    for each, rate in zip(found, (0.05, 0.08), strict=True):
        off = abs(each.outcomes / each.answers - rate)
        assert off <= 4 * math.sqrt(rate * (1 - rate) / each.answers)
    assert [(each.model, each.config) for each in found] == [("A", "ab"), ("B", "ab")]


def test_the_same_requests_convert():
    """With the numbers of the very requests that came: those below the rate, so a better model keeps every outcome of a
    worse one."""
    where = world(workload=Workload(rate=20, outcome=ORDERS), duration_s=1200.0)
    numbers = drawn(where.workload, Purpose.OUTCOME, 3, 1200.0)

    for rate in (0.02, 0.05, 0.4):
        [found] = counted(replace(where, models={"v1": model(converts=rate), "v2": model()}), 3).values()
        assert (found.answers, found.outcomes) == (len(numbers), int(np.count_nonzero(numbers < rate)))


@pytest.mark.parametrize("status", ["4xx", "5xx"])
def test_what_fails_leads_to_nothing(status):
    """And tells the caller no variant: it is no answer either, so the split shows that some are missing."""
    where = two_variants(model(), failing(0.3, status), duration_s=3600.0)
    run = simulate(where, Plan(), 1)
    good, bad = run.outcomes
    totals = run.totals

    assert bad.answers + good.answers == totals.requests - totals.errors_4xx - totals.errors_5xx
    assert bad.answers / good.answers == pytest.approx(0.7, abs=0.03)
    assert bad.outcomes / bad.answers == pytest.approx(0.05, abs=4 * math.sqrt(0.05 / bad.answers))


@pytest.mark.parametrize("bad", [failing(1.0), SLOW], ids=["fails", "comes after the client has hung up"])
def test_a_variant_without_answers_is_not_heard_of(bad):
    """Whatever its model would convert."""
    where = two_variants(model(), replace(bad, converts=1.0), client_timeout_s=1.0, rate=5.0)

    found = counted(where)
    assert found["A", "ab"].answers > 4000
    assert (found["B", "ab"].answers, found["B", "ab"].outcomes) == (0, 0)


@settings(max_examples=12, deadline=None)
@given(models, simple_plans, st.integers(0, 50), st.sampled_from([0.2, 5.0, 70.0]))
def test_counts_add_up(of, plan, seed, timeout_s):
    """Whatever the model and the plan: every request of the counted time is an answer, an error or too late; minutes
    add up to the sums; there are no more outcomes than answers."""
    workload = Workload(rate=5.0, outcome=ORDERS, client_timeout_s=timeout_s)
    where = world(new=of, workload=workload, duration_s=600.0, update_at_s=66.6, slo=Slo(latency_ms=timeout_s * 1000))
    run = simulate(where, plan, seed, series=False)
    totals = run.totals

    wrong = totals.errors_4xx + totals.errors_5xx + totals.slo_missed
    assert sum(each.answers for each in run.outcomes) == totals.requests - wrong
    assert all(0 <= count.outcomes <= count.answers for each in run.outcomes for count in each.per_minute)


@settings(max_examples=6, deadline=None)
@given(models, simple_plans, st.integers(0, 50))
def test_counting_changes_nothing(of, plan, seed):
    """A run with an outcome is, all else, bit for bit the run without; nor does it matter how stretches are cut."""
    where = world(new=of, duration_s=600.0, update_at_s=66.6)
    asked = replace(where, workload=replace(where.workload, outcome=ORDERS))
    runs = [simulate(asked, plan, seed), simulate(asked, plan, seed, cut_every_s=7.3)]

    assert runs[0].outcomes == runs[1].outcomes
    assert replace(runs[0], outcomes=()) == simulate(where, plan, seed)


def test_the_metric_says_the_same_minute_by_minute():
    """SampleCount is the answers, Sum the outcomes, Average the rate (spec inference 8); nothing by configuration."""
    workload = Workload(rate=20, outcome=ORDERS)
    outcomes = Outcomes(ORDERS, workload.client_timeout_s, 600.0)
    store, fleet = MetricStore("churn", 0.0, own=(outcomes,)), fleet_of(failing(0.2), 4)
    rules = Accounting(until_s=600.0, slo_s=1.0, client_timeout_s=70.0, keep_requests=False)
    store.watch(fleet)
    plane = DataPlane(Arrivals(workload, 5), store, routes_to(fleet), rules, outcomes)
    query = MetricStat(
        namespace="Business", metric_name="Orders", dimensions=(("EndpointName", "churn"), ("VariantName", "main"))
    )
    store.expect(replace(query, stat="p50"), 10)
    plane.advance(720.0)
    [found] = outcomes.result()

    def read(stat, minute, **changes):
        point = store.datapoint(replace(query, stat=stat, period=60, **changes), 60.0 * minute, 720.0)
        return None if point is None else point.value

    rows = [tuple(read(stat, minute) for stat in ("SampleCount", "Sum")) for minute in range(10)]
    assert rows == list(found.per_minute[:10])
    assert read("Average", 3) == rows[3][1] / rows[3][0]
    assert (read("Minimum", 3), read("Maximum", 3), read("p50", 9)) == (0.0, 1.0, 0.0)
    assert read("Sum", 11) is not None
    assert read("Sum", 3, dimensions=(*query.dimensions, ("EndpointConfigName", "v1"))) is None
    assert read("Sum", 3, namespace="AWS/SageMaker") is None


def test_without_answers_nothing_is_published():
    """A variant without traffic has no zeros: nobody calls PutMetricData."""
    outcomes = Outcomes(ORDERS, 70.0, 600.0)
    store, fleet = MetricStore("churn", 0.0, own=(outcomes,)), fleet_of(failing(1.0))
    store.watch(fleet)
    rules = Accounting(until_s=600.0, slo_s=1.0, client_timeout_s=70.0, keep_requests=False)
    DataPlane(Arrivals(Workload(rate=5), 1), store, routes_to(fleet), rules, outcomes).advance(600.0)
    dimensions = (("EndpointName", "churn"), ("VariantName", "main"))
    query = MetricStat(namespace="Business", metric_name="Orders", dimensions=dimensions, stat="Sum", period=60)

    assert store.datapoint(query, 120.0, 600.0) is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": " "}, "must say something"),
        ({"base_rate": 1.5}, "at most 1"),
        ({"namespace": "AWS/SageMaker"}, "AWS/ for itself"),
    ],
)
def test_outcomes_that_cannot_be(changes, words):
    """Names are the caller's own (spec cloudwatch 5)."""
    with pytest.raises(WrongValues, match=words):
        BusinessOutcome(**{"name": "Orders", "base_rate": 0.1, **changes})


def test_worlds_in_which_nobody_counts():
    """An outcome by the name of a metric of SageMaker, and a model that converts where there is no outcome."""
    with pytest.raises(WrongValues, match="'Invocations', which is one of SageMaker"):
        two_variants(outcome=replace(ORDERS, name="Invocations"))
    with pytest.raises(WrongValues, match="say what 'B' converts, and the workload has no outcome"):
        two_variants(model(), model(converts=0.1), outcome=None)
