"""Percentiles of many times, counted in bins."""

from __future__ import annotations

import numpy as np
import pytest

from engine.plan import Plan
from engine.serving.latencies import Latencies
from engine.serving.model import Model, ServiceTime
from engine.simulate import simulate
from engine.traffic.workload import Workload
from tests.engine.rollouts import world
from tests.engine.sagemaker.test_serverless import BUSY, SECOND, endpoint, serverless


def of(*times):
    """Return these times counted."""
    found = Latencies()
    found.add(np.array(times, dtype=float))
    return found


@pytest.mark.parametrize("percent", [1, 50, 90, 99, 99.9])
def test_a_percentile_is_right_to_half_a_per_cent(percent):
    """Whatever the times are spread like."""
    times = np.random.default_rng(1).lognormal(-2, 1.5, 20_000)
    exact = float(np.sort(times)[round(200 * percent) - 1])

    assert of(*times).within_s(percent) == pytest.approx(exact, rel=0.0051)


def test_two_halves_are_one_whole():
    """Counts add up."""
    whole, half = of(1, 2, 3, 4), of(1, 2)
    half.merge(of(3, 4))

    assert [half.within_s(percent) for percent in (25, 50, 75, 100)] == [
        whole.within_s(percent) for percent in (25, 50, 75, 100)
    ]


def test_nothing_has_no_percentile():
    """Where nobody was answered, nobody waited."""
    assert of().within_s(50) is None


@pytest.mark.parametrize("times", [(0.0,), (1e-9,), (1e9,)])
def test_what_lies_beyond_the_bins_is_counted_at_their_ends(times):
    """No time is lost."""
    assert of(*times).within_s(50) is not None


def test_a_run_tells_what_callers_waited():
    """The overhead of 4.6 ms and more is a part of it; only who asks is told."""
    where = world(rate=5.0, old=Model(service=ServiceTime(mean_ms=40, kind="constant"), workers=2), duration_s=600.0)
    within = simulate(where, Plan(), 1, series=False, keep_latencies=True).answered_within_s

    assert within.keys() == {50, 90, 99}
    assert 0.04 < within[50] < 0.06
    assert within[50] <= within[90] <= within[99]
    assert simulate(where, Plan(), 1, series=False).answered_within_s == {}


def test_what_failed_has_no_wait_and_what_is_throttled_is_counted():
    """Two at once where one may be: every other request is throttled (spec inference 3.2), which is no quick answer."""
    where = endpoint(
        serverless("v1", 1), old=SECOND, workload=Workload(rate=2.0, arrivals=BUSY.arrivals), duration_s=600.0
    )
    run = simulate(where, Plan(), 1, series=False, keep_latencies=True)

    assert run.totals.throttled == run.totals.errors_4xx
    assert run.totals.throttled / run.totals.requests == pytest.approx(0.5, abs=0.01)
    assert run.answered_within_s[50] >= 1.0
