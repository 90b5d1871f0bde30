"""Serverless environments against the textbook and the recordings (spec inference 3, sagemaker 8)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.requests.sagemaker import ProductionVariant, ServerlessConfig
from engine.serving.fleet import ALWAYS
from engine.serving.model import Model, ServiceTime
from engine.serving.serverless.environments import COLD, PROVISIONED, THROTTLED, WARM
from engine.serving.serverless.fleet import ServerlessFleet
from engine.ticks import TICKS_PER_S
from engine.timing import Timing
from engine.traffic.arrivals import Arrivals, Slot
from engine.traffic.streams import Purpose, Streams
from engine.traffic.workload import Workload
from tests.engine.serving.models import models
from tests.engine.serving.tape import arrived, drawn, fleet_of, mean_and_error, plane_of, routes_to

INSTANT = Timing(overhead_ms=0.0, overhead_cv=0.0, cold_start_s=0.0)
MEASURED = Timing(overhead_ms=0.0, overhead_cv=0.0, cold_start_s=60.0, cold_start_cv=0.0)
TWELVE = Model(service=ServiceTime(mean_ms=12_000, kind="constant"))


def serverless(model, most, slots=None, *, timing=INSTANT, workload=None, counted_s=1e9):
    """Return a serverless fleet with traffic."""
    config = ServerlessConfig(memory_size_in_mb=2048, max_concurrency=most, provisioned_concurrency=slots)
    variant = ProductionVariant(variant_name="main", model_name="m", serverless_config=config)
    payload = (workload or Workload(rate=1)).payload
    fleet = ServerlessFleet(variant, "v1", model, timing, payload, counted_s)
    fleet.launch(1)
    fleet.enable(1, ALWAYS)
    return fleet


def served(fleet, workload, until_s, *, seed=0, cuts=()):
    """Return the answers of the fleet and its plane; the column `place` says who answered."""
    plane, tape = plane_of(Arrivals(workload, seed), routes_to(fleet))
    for moment in sorted(cuts):
        plane.advance(moment)
    plane.advance(until_s)
    return tape.answers(), np.concatenate([chunk.more[1] for _, chunk in tape.chunks])


def at_once(fleet, count, at):
    """Let so many clients ask at the same moment; return their answers."""
    slot = Slot(0, 0.0, 600.0, np.full(count, float(at)), Streams(1))
    return fleet.answer(slot, slice(0, count), np.zeros(count))


def erlang_b(servers, offered):
    """Return the share that finds all servers busy."""
    blocked = 1.0
    for k in range(1, servers + 1):
        blocked = offered * blocked / (k + offered * blocked)
    return blocked


@pytest.mark.parametrize("slots", [None, 10])
@pytest.mark.parametrize(
    "service",
    [
        ServiceTime(mean_ms=40, kind="exponential"),
        ServiceTime(mean_ms=40, kind="constant"),
        ServiceTime(mean_ms=40, kind="lognormal", cv=1.0),
    ],
    ids=lambda service: service.kind,
)
def test_throttling_is_erlang_b(service, slots):
    """Ten environments and eight in progress throttle 12 %, however the work is spread (spec inference 3.2)."""
    workload = Workload(rate=200.0)
    answers, place = served(serverless(Model(service=service), 10, slots), workload, 600, seed=3)
    share, error = mean_and_error(place == THROTTLED)

    assert erlang_b(10, 8.0) == pytest.approx(0.1217, abs=1e-4)
    assert share == pytest.approx(erlang_b(10, 8.0), abs=3 * error)
    assert (answers.status[place == THROTTLED] == 4).all()
    assert (answers.completion == answers.arrival)[place == THROTTLED].all()


def test_spill_over_is_erlang_b_of_what_is_provisioned():
    """What finds all provisioned environments busy goes on demand, with no loss below MaxConcurrency (spec 3.3)."""
    model = Model(service=ServiceTime(mean_ms=40, kind="exponential"))
    _, place = served(serverless(model, 200, 6), Workload(rate=100.0), 1200, seed=4)
    share, error = mean_and_error(place != PROVISIONED)

    assert share == pytest.approx(erlang_b(6, 4.0), abs=3 * error)
    assert not (place == THROTTLED).any()


def test_160_clients_at_once_of_whom_10_are_throttled():
    """MaxConcurrency 150, no retries: 150 answers, and exactly 10 ThrottlingExceptions (spec inference 3.2, O:SLS)."""
    answers = at_once(serverless(TWELVE, 150, timing=MEASURED), 160, 5.0)

    assert np.bincount(answers.status, minlength=5).tolist() == [150, 0, 0, 0, 10]
    assert (answers.status[:150] == 0).all()


def test_10_warm_environments_and_100_clients():
    """Ten cold clients leave ten warm environments; of 100 then 10 take 12 s and 90 take 72 s (spec inference 3.1)."""
    fleet = serverless(TWELVE, 150, timing=MEASURED)
    first, then = at_once(fleet, 10, 0.0), at_once(fleet, 100, 100.0)
    total = np.sort(then.model_s + then.overhead_s).round(9)

    assert (first.model_s + first.overhead_s).round(9).tolist() == [72.0] * 10
    assert total.tolist() == [12.0] * 10 + [72.0] * 90
    assert (then.model_s == 12.0).all()
    assert (then.status == 0).all()


@pytest.mark.parametrize("idle_s, place", [(299.9, WARM), (300.1, COLD)])
def test_an_idle_environment_is_released(idle_s, place):
    """After about five minutes without a request (spec inference 3.1: not published)."""
    fleet = serverless(TWELVE, 5, timing=MEASURED)
    at_once(fleet, 1, 0.0)

    assert at_once(fleet, 1, 72.0 + idle_s).more[1].tolist() == [place]


def test_what_is_provisioned_is_never_cold_and_never_released():
    """It is taken first, and what is above it may be cold (spec inference 3.3)."""
    fleet = serverless(TWELVE, 5, 2, timing=MEASURED)

    assert at_once(fleet, 4, 5000.0).more[1].tolist() == [PROVISIONED, PROVISIONED, COLD, COLD]
    assert at_once(fleet, 6, 5100.0).more[1].tolist() == [PROVISIONED, PROVISIONED, WARM, WARM, COLD, THROTTLED]


def test_a_busy_endpoint_still_has_cold_starts():
    """Each request beyond the warm environments pays, however many came before (spec inference 3.1)."""
    model = Model(service=ServiceTime(mean_ms=40, kind="exponential"))
    _, place = served(serverless(model, 50, timing=Timing()), Workload(rate=100.0), 1800, seed=2)

    assert 5 <= np.count_nonzero(place == COLD) <= 60
    assert (np.flatnonzero(place == COLD) > 1000).any()


def test_the_time_limit_is_the_models():
    """A container is given up after 60 s; its setup does not count (spec inference 3.1, sagemaker 8)."""
    slow = Model(service=ServiceTime(mean_ms=59_000, kind="constant"))
    late = Model(service=ServiceTime(mean_ms=60_000, kind="lognormal", cv=0.5))

    assert at_once(serverless(slow, 5, timing=MEASURED), 1, 0.0).status.tolist() == [0]
    answers = at_once(serverless(late, 200, timing=MEASURED), 200, 0.0)
    assert answers.model_s.max() == 60.0
    assert (answers.status == np.where(answers.model_s == 60.0, 5, 0)).all()


def test_a_model_may_take_longer_to_set_up():
    """The model's own setup time comes before that of the world's timing."""
    fleet = serverless(Model(service=TWELVE.service, cold_start_s=30.0), 5, timing=MEASURED)

    assert at_once(fleet, 1, 0.0).overhead_s.round(9).tolist() == [30.0]


def test_service_times_are_those_of_a_real_time_fleet():
    """Common random numbers: the same request takes the same work, and fails alike, wherever it is answered."""
    model = Model(service=ServiceTime(mean_ms=40), error_rate_5xx=0.1)
    workload = Workload(rate=2.0)
    answers, _ = served(serverless(model, 200), workload, 600, seed=7)
    plane, tape = plane_of(Arrivals(workload, 7), routes_to(fleet_of(model, 50, workload=workload)))
    plane.advance(600)

    assert answers.status.tolist() == tape.answers().status.tolist()
    work = np.exp(
        math.log(0.04)
        - math.log1p(0.25) / 2
        + math.sqrt(math.log1p(0.25)) * drawn(workload, Purpose.SERVICE_NORMAL, 7, 600)
    )
    np.testing.assert_allclose(answers.model_s, work, rtol=0, atol=0.5 / TICKS_PER_S)


def test_littles_law_on_the_sample_path():
    """The time integral of the executions is the sum of the times in it, cold starts too: exactly, not on average."""
    model = Model(service=ServiceTime(mean_ms=400, kind="exponential"))
    timing = Timing(overhead_ms=0.0, overhead_cv=0.0)
    answers, place = served(serverless(model, 12, 3, timing=timing), Workload(rate=20.0), 600, seed=8)
    seen = place != THROTTLED
    moments = np.concatenate((answers.arrival[seen], answers.completion[seen]))
    order = np.argsort(moments, kind="stable")
    level = np.cumsum(np.repeat([1.0, -1.0], np.count_nonzero(seen))[order])[:-1]
    integral = float((level * np.diff(moments[order])).sum())

    assert integral == pytest.approx(float((answers.model_s + answers.overhead_s)[seen].sum()), rel=1e-9)
    assert level.min() >= 0
    assert level.max() == 12


mosts = st.integers(1, 6)


@settings(max_examples=40)
@given(models, mosts, st.integers(0, 6), st.lists(st.floats(0, 150), max_size=8), st.sampled_from([0.5, 5.0, 40.0]))
def test_no_request_is_lost_or_answered_twice(model, most, slots, cuts, rate):
    """Any model, any concurrency, cut anywhere: each arrival once, never more in work than MaxConcurrency, and the same
    answers and the same bill however it is cut."""
    workload, ends = Workload(rate=rate), []
    for places in (cuts, ()):
        fleet = serverless(model, most, min(slots, most) or None, timing=Timing(), workload=workload, counted_s=120.0)
        answers, place = served(fleet, workload, 150, seed=5, cuts=places)
        ends.append((answers, place, fleet.usage, fleet.cost_usd()))
        seen = place != THROTTLED
        came, went = np.sort(answers.arrival[seen]), np.sort(answers.completion[seen])
        level = np.arange(1, len(came) + 1) - went.searchsorted(came, "right")

        assert answers.arrival.tolist() == arrived(workload, 5, 150).tolist()
        assert level.max(initial=0) <= most
        assert (answers.completion >= answers.arrival).all()
        assert fleet.cost_usd() >= 0
    (cut, cut_place, cut_usage, cut_cost), (whole, whole_place, usage, cost) = ends

    assert cut_place.tolist() == whole_place.tolist()
    assert cut.status.tolist() == whole.status.tolist()
    assert cut.completion.tolist() == whole.completion.tolist()
    assert cut_usage == usage
    assert cut_cost == cost
