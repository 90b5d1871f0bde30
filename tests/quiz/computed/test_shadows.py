"""What a shadow gets, against binomial counts done one by one and against the simulator's own copies."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.plan import Plan
from engine.simulate import simulate
from engine.traffic.workload import Workload
from quiz.computed import shadows
from tests.engine.shadows import shadow, world_with

SHARES = st.sampled_from([2, 5, 10, 20, 25, 40, 50])
FLEET = re.compile(r"(\d+) % of the requests, on (\d+) instance")


def chance_of(k, n, p):
    """Return the binomial chance of k among n, by logarithms, since (1 - p) ** n is no longer a number for large n."""
    ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return math.exp(ways + k * math.log(p) + (n - k) * math.log(1 - p))


@given(st.integers(1, 8), st.integers(1, 20), SHARES)
def test_nineteen_counts_in_twenty_lie_in_the_band(rate, minutes, share):
    """Counted out: the chances of all counts from the lower end to the upper one add up to about 95 %."""
    found = shadows.copies(rate, minutes, share)
    assume(found is not None)
    n, p = 60 * rate * minutes, share / 100
    inside = sum(chance_of(k, n, p) for k in range(found["low"], found["high"] + 1))

    assert inside == pytest.approx(0.95, abs=0.03)
    assert float(found["expected"]) == pytest.approx(n * p, abs=0.51)


def test_the_simulator_copies_as_many():
    """20 requests a second for 20 minutes, and a tenth of them, in at least 8 of 10 runs within the band."""
    where = replace(world_with(shadow(0.1), duration_s=1200.0), workload=Workload(rate=20.0, arrivals="regular"))
    runs = [simulate(where, Plan(), seed, series=False).agreement["v1/shadow"].copied for seed in range(10)]
    found = shadows.copies(20, 20, 10)

    assert sum(found["low"] <= copied <= found["high"] for copied in runs) >= 8
    assert sum(runs) / 10 == pytest.approx(float(found["expected"]), rel=0.02)


@given(st.sampled_from([4, 5, 8, 10, 20]), st.sampled_from([20, 40, 60, 80, 120, 200]), st.integers(0, 60))
def test_one_fleet_alone_is_as_busy_as_production(instances, rate, draw):
    """Its part of the instances is its part of the requests; the others are a quarter off at least, to both sides."""
    found = shadows.load(instances, rate, draw)
    assert found is not None
    loads = []
    for name in ("same", "other_1", "other_2", "other_3"):
        share, count = map(int, FLEET.match(found[name]).groups())
        loads.append(share * instances / count)

        assert f"{rate * share / 100 / count:.3g} a second, {loads[-1]:.0f} %" in found[f"{name}_says"]
    assert loads[0] == 100
    assert loads[1] >= 125
    assert max(loads[2:]) <= 75
    assert len(set(loads)) == 4


@pytest.mark.parametrize("nothing", [lambda: shadows.copies(1, 1, 2), lambda: shadows.load(3, 60, 1)])
def test_what_makes_no_question(nothing):
    """A handful of copies, and a fleet of which no usual share is a whole number of instances."""
    assert nothing() is None
