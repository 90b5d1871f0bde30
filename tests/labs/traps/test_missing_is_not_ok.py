"""No data means no problem? A quiet canary has minutes without any request (spec labs 5)."""

import math
from itertools import chain

import pytest

from engine.plan import Plan
from engine.simulate import simulate
from tests.engine.rollouts import OF_V2, canary, errors_alarm, failing, guarded, percent, update, world

PER_MINUTE, SHARE = 20.0, 0.05
QUIET = world(count=20, rate=PER_MINUTE / 60, duration_s=4200.0)
BAKE = canary(percent(5), 3600, 0)


def lines(name, stat):
    """Return the points of the canary in the full minutes of its hour, over some seeds."""
    runs = [simulate(QUIET, Plan.of(update(BAKE)), seed) for seed in range(12)]
    series = [next(m for m in run.metrics if (m.name, m.stat, m.dimensions) == (name, stat, OF_V2)) for run in runs]
    return list(chain.from_iterable(each.points[9:66] for each in series))


def test_empty_minutes_of_a_canary():
    """20 requests a minute, 5 % of them, 1-minute periods: exp(-1) = 37 % have no datapoint."""
    points = lines("ModelLatency", "Average")
    share = math.exp(-PER_MINUTE * SHARE)
    empty = sum(point is None for point in points) / len(points)

    assert share == pytest.approx(0.37, abs=0.005)
    assert empty == pytest.approx(share, abs=3 * math.sqrt(share * (1 - share) / len(points)))


@pytest.mark.parametrize(
    ("treat", "outcome"),
    [("breaching", "rolled-back"), ("notBreaching", "promoted"), ("missing", "promoted"), ("ignore", "promoted")],
)
def test_a_healthy_canary_that_nobody_asks(treat, outcome):
    """Without a single request, `breaching` sends a healthy release home; the other three let it through."""
    silent = world(count=20, rate=0.0)
    alarm = errors_alarm(treat_missing_data=treat)

    assert simulate(silent, guarded(canary, percent(5), 600, 0, alarm=alarm), 1).outcome == outcome


def test_a_broken_canary_that_hardly_anybody_asks():
    """With a request a minute, a model that fails all of them is found: one failure is an Average of 1."""
    broken = world(count=20, rate=PER_MINUTE / 60, new=failing(1.0))
    outcomes = [
        simulate(broken, guarded(canary, percent(5), 1800, 0), seed, series=False).outcome for seed in range(10)
    ]

    assert outcomes.count("rolled-back") == 10
