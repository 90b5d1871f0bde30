"""Curves about a load: waits, failures, jobs in time and the bill instead of harm and wrong endings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.plan import Plan
from engine.requests.autoscaling import RegisterScalableTarget
from labs.whatif.curve import Curve, Point, curve, trend
from labs.whatif.knobs import knobs
from labs.whatif.load import Load
from tests.engine.batch.jobs import job, part, steady
from tests.engine.rollouts import model, update, world
from tests.engine.sagemaker.test_serverless import serverless
from tests.labs.tiny import HEALTHY, LAB

PLAIN = replace(LAB, releases=(HEALTHY,))


def turned(lab, plan, id, *values):
    """Return the points of one knob with these values after one seed."""
    [knob] = [knob for knob in knobs(plan, lab.world) if knob.id == id]
    [found] = curve(lab, replace(knob, values=values), (0,))
    return found


def loads(found):
    """Return the figures of each point."""
    return [point.load for point in found.points]


def test_more_instances_cost_more_and_make_callers_wait_less():
    """Four a second of a second's work each, on instances of two workers: two are too few, four are enough."""
    where = world(count=4, rate=4.0, old=model(service=replace(model().service, mean_ms=1000)), duration_s=900.0)
    plan = Plan.of(RegisterScalableTarget(resource_id="endpoint/churn/variant/main", min_capacity=1, max_capacity=2))
    few, many = loads(turned(replace(PLAIN, world=where), plan, "main.max", 2, 6))

    assert few.p99_s > 2 * many.p99_s
    assert few.cost_usd < many.cost_usd
    assert (few.throttled, few.in_time) == (None, None)


def test_what_is_throttled_is_a_share_of_its_own():
    """MaxConcurrency of a serverless variant decides how many requests are (spec inference 3.2)."""
    where = world(
        configs=(serverless("v1", 200), serverless("v2", 10)),
        rate=4.0,
        old=model(service=replace(model().service, mean_ms=1000)),
        duration_s=600.0,
        update_at_s=0.0,
    )
    plan = Plan.of(replace(serverless("v2", 8), endpoint_config_name="v3"), update(to="v3"))
    slow = replace(HEALTHY, model=where.models["v1"])
    tight, wide = loads(turned(replace(LAB, world=where, releases=(slow,)), plan, "v3.most", 2, 190))

    assert tight.throttled > 0.2
    assert tight.failed == pytest.approx(tight.throttled)
    assert wide.throttled is None


def test_a_job_is_in_time_or_is_not():
    """More instances end sooner (spec inference 5)."""
    where = world(
        old=steady(200.0),
        new=steady(200.0),
        inputs=(part(count=4, records=100_000),),
        duration_s=3600.0,
        update_at_s=0.0,
        transform_deadline_s=1000.0,
    )
    one, four = loads(turned(replace(PLAIN, world=where), Plan.of(job()), "nightly.instances", 1, 4))

    assert (one.in_time, four.in_time) == (0.0, 1.0)
    assert one.job_s > 1000.0 > four.job_s


def test_no_harm_is_told_of_a_load():
    """And no load of a guard."""
    plan = Plan.of(RegisterScalableTarget(resource_id="endpoint/churn/variant/main", min_capacity=1, max_capacity=4))
    found = turned(replace(PLAIN, world=replace(PLAIN.world, duration_s=300.0)), plan, "main.max", 4)

    assert (found.points[0].harmed, found.points[0].false_rollback, found.points[0].duration_s) == (None, None, None)


@pytest.mark.parametrize(
    "costs, way",
    [
        pytest.param((1.0, 1.5, 2.0), "up", id="up"),
        pytest.param((2.0, 1.0), "down", id="down"),
        pytest.param((1.0, 9.0, 1.05), "stays", id="a twentieth is none"),
        pytest.param((None, None), "stays", id="nobody knows"),
    ],
)
def test_what_is_predicted_of_a_load_is_its_cost(costs, way):
    """From the least value to the greatest."""
    points = tuple(
        Point(value=at, load=Load(p99_s=1.0, failed=0.0, throttled=None, in_time=None, job_s=None, cost_usd=cost))
        for at, cost in enumerate(costs)
    )

    assert trend(Curve(knob="k", current=0, seeds=1, points=points)) == way


def test_a_mean_knows_what_some_runs_know():
    """A bill that one run does not know is not known; who was never answered did not wait."""
    known = Load(p99_s=2.0, failed=0.5, throttled=0.2, in_time=1.0, job_s=60.0, cost_usd=3.0)
    unknown = Load(p99_s=None, failed=0.0, throttled=None, in_time=0.0, job_s=None, cost_usd=None)

    assert Load.mean([known, unknown]) == Load(
        p99_s=2.0, failed=0.25, throttled=0.1, in_time=0.5, job_s=60.0, cost_usd=None
    )
