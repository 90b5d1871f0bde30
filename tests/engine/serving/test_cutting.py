"""How often the data plane is moved changes nothing: a stretch may be cut anywhere."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.serving.model import Model, ServiceTime
from engine.timing import Timing
from engine.traffic.arrivals import Arrivals
from engine.traffic.workload import Bursts, Constant, Workload
from tests.engine.serving.models import models
from tests.engine.serving.tape import arrived, fleet_of, plane_of, routes_to, served

UNTIL = 150.0
workloads = st.builds(
    Workload,
    rate=st.sampled_from([0.2, 5.0, 40.0]),
    arrivals=st.sampled_from(["poisson", "regular"]),
    shape=st.sampled_from([Constant(), Bursts(times=3, every_s=60, lasts_s=20)]),
)
routings = st.sampled_from(["RANDOM", "LEAST_OUTSTANDING_REQUESTS"])
cuts = st.lists(st.floats(0, UNTIL), max_size=12)


def same(one, other):
    """Assert that two tapes hold the same answers."""
    assert one.arrival.tolist() == other.arrival.tolist()
    assert one.status.tolist() == other.status.tolist()
    for column in ("completion", "model_s", "overhead_s"):
        np.testing.assert_allclose(getattr(one, column), getattr(other, column), rtol=0, atol=1e-9, equal_nan=False)


@settings(max_examples=60)
@given(models, workloads, cuts, st.integers(1, 3), st.booleans(), routings)
def test_cutting_changes_no_answer(model, workload, places, instances, cold, routing):
    """Any model, any traffic, any cuts: every request ends the same way at the same time."""
    settings = {"instances": instances, "cold": cold, "routing": routing, "timing": Timing()}

    same(
        served(model, workload, UNTIL, seed=5, cuts=places, **settings),
        served(model, workload, UNTIL, seed=5, **settings),
    )


@settings(max_examples=30)
@given(models, models, workloads, cuts)
def test_routing_to_the_same_table_changes_no_answer(old, new, workload, places):
    """A new routing table that says the same as before is a cut like any other, with two fleets too."""
    tapes = []
    for moments in (places, ()):
        fleets = [fleet_of(new, cold=True, name="v2"), fleet_of(old, 2)]
        plane, tape = plane_of(Arrivals(workload, 6), routes_to(*fleets))
        for moment in sorted(moments):
            plane.route(moment, routes_to(*fleets))
        plane.advance(UNTIL)
        tapes.append((tape.answers(), plane.ledger.counts))
    (cut, cut_counts), (whole, whole_counts) = tapes

    same(cut, whole)
    assert cut_counts == whole_counts


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("queue", ["per-worker", "shared"])
def test_slower_service_never_shortens_a_response(workers, queue):
    """Monotone coupling through the whole data plane: 10 % more service, and no request is answered sooner."""
    responses = []
    for mean_ms in (50, 55):
        model = Model(service=ServiceTime(mean_ms=mean_ms), workers=workers, queue=queue)
        responses.append(served(model, Workload(rate=15 * workers), 1200, seed=3, instances=1).model_s)
    quick, slow = responses

    assert (slow >= quick * (1 + 1e-9) - 1e-9).all()
    assert slow.mean() > quick.mean()


def test_every_request_is_answered_once():
    """The tape holds each arrival once, in order, and no answer comes before its request."""
    workload = Workload(rate=50)
    fleets = [fleet_of(Model(service=ServiceTime(mean_ms=20)), name=name) for name in ("v2", "v1")]
    plane, tape = plane_of(Arrivals(workload, 7), routes_to(*fleets))
    plane.advance(600)
    answers = tape.answers()
    due = arrived(workload, 7, 600)

    assert answers.arrival.tolist() == due.tolist()
    assert (answers.completion >= answers.arrival).all()
    assert plane.ledger.counts.requests == sum(plane.ledger.counts.by_config.values()) == len(due)
