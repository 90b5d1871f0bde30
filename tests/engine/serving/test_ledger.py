"""What is counted, until when, and which requests are remembered as bad."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.serving.faults import Slow
from engine.serving.model import Model, ServiceTime
from engine.traffic.arrivals import Arrivals
from engine.traffic.workload import Workload
from tests.engine.serving.models import models
from tests.engine.serving.tape import fleet_of, plane_of, routes_to

FLAKY = Model(
    service=ServiceTime(mean_ms=20),
    error_rate_4xx=0.05,
    error_rate_5xx=0.1,
    faults=(Slow(share=0.1, add_ms=900),),
)


def played(model, until_s, advance_to, *, rate=20.0, cuts=(), seed=1):
    """Return ledger and answers of a run that is counted until `until_s`."""
    plane, tape = plane_of(Arrivals(Workload(rate=rate), seed), routes_to(fleet_of(model)), slo_s=0.5, until_s=until_s)
    for cut in cuts:
        plane.advance(cut)
    plane.advance(advance_to)
    return plane.ledger, tape.answers()


def bits(pages, counts):
    """Return one boolean per request."""
    rows = zip(pages, counts, strict=True)
    return np.concatenate([np.unpackbits(np.frombuffer(page, np.uint8), count=n).astype(bool) for page, n in rows])


@pytest.mark.parametrize("until_s", [60.0, 90.0, 119.9, 300.0])
@pytest.mark.parametrize("beyond", [0.0, 200.0])
def test_only_the_counted_time_counts(until_s, beyond):
    """Requests that arrive before `until_s` are counted, each once, however far the run goes on."""
    ledger, answers = played(FLAKY, until_s, until_s + beyond)
    counted = answers.arrival < until_s
    status, counts = answers.status[counted], ledger.counts
    late = (answers.model_s + answers.overhead_s)[counted] > 0.5

    assert counts.requests == counted.sum() == counts.by_config["v1"]
    assert counts.errors_4xx == (status == 4).sum() > 0
    assert counts.errors_5xx == (status == 5).sum() > 0
    assert counts.slo_missed == (late & (status == 0)).sum() > 0


@pytest.mark.parametrize("until_s", [60.0, 90.0, 300.0])
def test_the_log_does_not_depend_on_when_the_run_ended(until_s):
    """One bit per request, also where the counted time ends in the middle of a minute, and whoever ran longer."""
    short, answers = played(FLAKY, until_s, until_s)
    longer, _ = played(FLAKY, until_s, until_s + 400, cuts=(17.0, 61.5))
    bad = (answers.status != 0) | (answers.model_s + answers.overhead_s > 0.5)
    log = short.log()
    found = bits(log.bad, log.counts)

    assert log == longer.log()
    assert found[: len(bad)].tolist() == bad.tolist()
    assert not found[len(bad) :].any()
    assert not bits(log.new, log.counts).any()


@settings(max_examples=25)
@given(models, st.lists(st.floats(0, 150), max_size=5))
def test_totals_are_what_the_tape_says(model, cuts):
    """Any model, cut anywhere: requests, errors and answers that came too late add up."""
    ledger, answers = played(model, 150.0, 150.0, rate=5.0, cuts=sorted(cuts))
    counts, good = ledger.counts, answers.status == 0

    assert counts.requests == len(answers.arrival)
    assert counts.errors_4xx + counts.errors_5xx == (~good).sum()
    assert counts.slo_missed == (good & (answers.model_s + answers.overhead_s > 0.5)).sum()
