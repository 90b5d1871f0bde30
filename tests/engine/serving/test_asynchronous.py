"""The queue of an asynchronous variant against the textbook, and what always holds of it (spec inference 4)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.requests.sagemaker import AsyncInferenceConfig, ProductionVariant
from engine.serving.asynchronous.backlog import EXPIRED, TIMED_OUT, Backlog, Limits, Over
from engine.serving.asynchronous.fleet import AsyncFleet
from engine.serving.faults import ColdStart
from engine.serving.fleet import ALWAYS
from engine.serving.model import Model, ServiceTime
from engine.timing import Timing
from engine.traffic.arrivals import Arrivals
from engine.traffic.workload import Workload
from tests.engine.serving.tape import plane_of, routes_to

QUICK = Timing(overhead_ms=0.0, overhead_cv=0.0)
SECOND = ServiceTime(mean_ms=1000, kind="exponential")
FOREVER = Limits(ttl_s=21_600.0, timeout_s=3600.0)


def asynchronous(model, instances, workload, *, concurrency=1, timing=QUICK, name="v1"):
    """Return an asynchronous fleet, warm."""
    variant = ProductionVariant(variant_name="main", model_name="m")
    wanted = AsyncInferenceConfig(max_concurrent_invocations_per_instance=concurrency)
    fleet = AsyncFleet(variant, name, model, timing, workload, wanted, counted_s=1e9)
    fleet.launch(instances)
    fleet.enable(instances, ALWAYS)
    return fleet


def over(fleet, workload, until_s, *, seed=0, cuts=()):
    """Return what became of all requests that are over."""
    plane, tape = plane_of(Arrivals(workload, seed), routes_to(fleet))
    for moment in sorted(cuts):
        plane.advance(moment)
        fleet.backlog.settle(moment)
    plane.advance(until_s)
    return fleet.over(until_s), tape.answers()


def erlang_c(servers, offered):
    """Return the share that has to wait."""
    blocked = 1.0
    for k in range(1, servers + 1):
        blocked = offered * blocked / (k + offered * blocked)
    return blocked / (1 - offered / servers * (1 - blocked))


def batch_error(values, parts=50):
    """Return the standard error of the mean of values that depend on their neighbours."""
    means = [part.mean() for part in np.array_split(values, parts)]
    return float(np.std(means, ddof=1)) / math.sqrt(parts)


def test_waits_at_one_instance_are_those_of_m_m_1():
    """The mean wait is rho/(mu - lambda), within the standard error of labs.md, line 56."""
    workload = Workload(rate=0.7)
    done, _ = over(asynchronous(Model(service=SECOND), 1, workload), workload, 60_000)
    n, rho = len(done.arrival), 0.7
    error = math.sqrt(rho * (2 + 5 * rho - 4 * rho**2 + rho**3) / (1 - rho) ** 4 / n)
    assert n > 40_000
    assert (done.taken - done.arrival).mean() == pytest.approx(rho / (1 - rho), abs=3 * error)


@pytest.mark.parametrize(("instances", "concurrency", "workers"), [(3, 1, 1), (1, 3, 3)])
def test_waits_at_several_places_are_those_of_erlang_c(instances, concurrency, workers):
    """Three instances with room for one, or one with room for three: M/M/3 either way."""
    workload = Workload(rate=2.4)
    fleet = asynchronous(Model(service=SECOND, workers=workers), instances, workload, concurrency=concurrency)
    done, _ = over(fleet, workload, 20_000)
    waits, expected = done.taken - done.arrival, erlang_c(3, 2.4) / (3 - 2.4)
    assert waits.mean() == pytest.approx(expected, abs=3 * batch_error(waits))
    waited = (waits > 0).astype(float)
    assert waited.mean() == pytest.approx(erlang_c(3, 2.4), abs=3 * batch_error(waited))


def test_one_instance_that_goes_cold_waits_as_the_formula_says():
    """Wq = lambda/(mu(mu-lambda)) + (2D + lambda D^2)/(2(1 + lambda D)), loading counted as waiting (labs.md)."""
    rate, cold = 0.5, 2.0
    model = Model(service=SECOND, faults=(ColdStart(add_ms=cold * 1000),))
    workload = Workload(rate=rate)
    done, _ = over(asynchronous(model, 1, workload), workload, 60_000)
    took = done.completion - done.arrival
    expected = rate / (1 - rate) + (2 * cold + rate * cold**2) / (2 * (1 + rate * cold)) + 1
    assert took.mean() == pytest.approx(expected, abs=3 * batch_error(took))


def test_littles_law_holds_on_the_sample_path():
    """The area under the number of requests there is the sum of the times that they are there."""
    workload = Workload(rate=2.4)
    done, _ = over(asynchronous(Model(service=SECOND), 3, workload), workload, 600)
    moments = np.concatenate([done.arrival, done.completion])
    steps = np.concatenate([np.ones(len(done.arrival)), -np.ones(len(done.arrival))])
    order = np.argsort(moments, kind="stable")
    area = float(np.sum(np.cumsum(steps[order])[:-1] * np.diff(moments[order])))
    assert area == pytest.approx(float(np.sum(done.completion - done.arrival)), rel=1e-9)


def test_callers_have_the_acceptance_at_once():
    """Nobody waits: what the caller sees takes no longer than the overhead."""
    workload = Workload(rate=5.0)
    _, answers = over(asynchronous(Model(service=SECOND), 1, workload), workload, 600)
    assert np.array_equal(answers.completion, answers.arrival)
    assert not answers.model_s.any() and not answers.status.any()


def test_what_waits_longer_than_its_ttl_expires():
    """Spec sagemaker 8: RequestTTLSeconds from 60."""
    backlog = with_room(1, Limits(ttl_s=60.0, timeout_s=900.0))
    backlog.add([0.0, 1.0, 2.0], [61.5, 100.0, 1.0], [0, 0, 5])
    backlog.settle(1000.0)
    found = rows(backlog.over(1000.0))
    assert found == [(0.0, 0.0, 61.5, 0), (1.0, 61.0, 61.0, EXPIRED), (2.0, 61.5, 62.5, 5)]


def test_what_takes_too_long_is_given_up():
    """Spec sagemaker 8: InvocationTimeoutSeconds, 900 by default."""
    backlog = with_room(1, Limits(ttl_s=21_600.0, timeout_s=900.0))
    backlog.add([0.0, 1.0], [2000.0, 1.0], [0, 0])
    backlog.settle(1000.0)
    assert rows(backlog.over(1000.0)) == [(0.0, 0.0, 900.0, TIMED_OUT), (1.0, 900.0, 901.0, 0)]


def test_requests_wait_for_the_first_instance():
    """Scale from zero: what came while there was none is taken when one comes (spec inference 4)."""
    backlog = Backlog(1, FOREVER)
    backlog.add([1.0, 2.0], [10.0, 10.0], [0, 0])
    backlog.settle(300.0)
    assert backlog.waiting_at(300.0) == 2 and backlog.oldest(300.0, with_work=True) == 1.0
    backlog.resize(1, 1, 1, [300.0], 300.0)
    backlog.settle(1000.0)
    assert rows(backlog.over(1000.0)) == [(1.0, 300.0, 310.0, 0), (2.0, 310.0, 320.0, 0)]


def test_what_an_instance_works_on_is_answered_though_it_goes():
    """Taking instances away ends no invocation."""
    backlog = with_room(2, FOREVER)
    backlog.add([0.0, 0.0, 0.0], [100.0, 100.0, 100.0], [0, 0, 0])
    backlog.settle(50.0)
    backlog.resize(0, 0, 1, [], 50.0)
    backlog.settle(1000.0)
    assert [row[2] for row in rows(backlog.over(1000.0))] == [100.0, 100.0]
    assert backlog.waiting_at(1000.0) == 1


def test_another_fleet_takes_over_what_waits():
    """A queue belongs to the variant: an update loses nothing of it."""
    workload = Workload(rate=1.0)
    old, new = (asynchronous(Model(service=SECOND), 1, workload, name=name) for name in ("v1", "v2"))
    old.enable(0, 0.0)
    over(old, workload, 60.0)
    waiting = old.backlog.waiting_at(60.0)
    old.hand_over(new, 60.0)
    assert waiting > 30 and old.backlog.waiting_at(60.0) == 0 and new.backlog.waiting_at(60.0) == waiting
    assert not old.in_charge and new.in_charge


def with_room(places, limits):
    """Return a queue before one instance with so many places and workers."""
    backlog = Backlog(places, limits)
    backlog.resize(1, 1, places, [ALWAYS], 0.0)
    return backlog


def rows(done: Over):
    """Return arrival, taken, completion and status of each."""
    columns = (done.arrival, done.taken, done.completion, done.status)
    return [tuple(row) for row in zip(*(column.tolist() for column in columns), strict=True)]


@settings(max_examples=60, deadline=None)
@given(
    requests=st.lists(
        st.tuples(st.floats(0, 500), st.floats(0.01, 200), st.sampled_from([0, 5])), min_size=1, max_size=40
    ),
    changes=st.lists(st.tuples(st.floats(0, 600), st.integers(0, 3)), max_size=6),
    concurrency=st.integers(1, 3),
    workers=st.integers(1, 2),
    cuts=st.lists(st.floats(0, 600), max_size=5),
)
def test_every_request_is_over_or_waits_exactly_once(requests, changes, concurrency, workers, cuts):
    """Answered, expired, in work or waiting; taken after it came, and never more in work than there is room."""
    requests, changes = sorted(requests), sorted(changes)
    whole, cut = (Backlog(concurrency, Limits(ttl_s=60.0, timeout_s=90.0)) for _ in range(2))
    for backlog, moments in ((whole, ()), (cut, cuts)):
        events = sorted([*((at, 1, count) for at, count in changes), *((at, 0, 0) for at in moments)])
        came = 0
        for at, kind, count in events:
            until = next((k for k, row in enumerate(requests) if row[0] >= at), len(requests))
            backlog.add(*zip(*requests[came:until], strict=True)) if until > came else None
            came = max(came, until)
            backlog.settle(at)
            if kind:
                backlog.resize(count, 3, workers, [ALWAYS] * 3, at)
        if came < len(requests):
            backlog.add(*zip(*requests[came:], strict=True))
        backlog.settle(700.0)
    waiting = whole.waiting_at(700.0)
    done = whole.over(10_000.0)
    assert rows(done) == rows(cut.over(10_000.0))
    assert len(done.arrival) + waiting == len(requests)
    assert sorted(done.arrival.tolist()) == [row[0] for row in requests][: len(done.arrival)]
    assert (done.taken >= done.arrival).all() and (done.completion >= done.taken).all()
    expired = done.status & EXPIRED != 0
    assert (done.taken - done.arrival <= 60.0 + 1e-9).all() and (done.completion - done.taken <= 90.0 + 1e-9).all()
    taken, completion = done.taken[~expired], done.completion[~expired]
    for moment in taken:
        assert np.count_nonzero((taken <= moment) & (completion > moment)) <= 3 * concurrency


@given(cuts=st.lists(st.floats(1, 599), max_size=8))
@settings(max_examples=10, deadline=None)
def test_stretches_change_nothing(cuts):
    """However often the data plane is moved, the same becomes of each request."""
    workload = Workload(rate=2.0)
    first, second = (asynchronous(Model(service=SECOND), 2, workload) for _ in range(2))
    assert rows(over(first, workload, 600)[0]) == rows(over(second, workload, 600, cuts=cuts)[0])
