"""Lab count-is-not-percent: the share of a canary follows whole instances (spec labs 12)."""

import math

import pytest

from engine.simulate import simulate
from tests.engine.rollouts import ONE, canary, errors_alarm, guarded, percent, world

RATE = 10.0


def canary_run(fleet, size, seed=0):
    """Return one run of a canary that bakes for ten minutes."""
    plan = guarded(canary, size, 600, 0, alarm=errors_alarm())
    return simulate(world(count=fleet, rate=RATE, duration_s=1200.0), plan, seed)


@pytest.mark.parametrize(
    ("fleet", "size", "share"),
    [
        pytest.param(4, percent(5), 1 / 4, id="5 % of 4 is one"),
        pytest.param(4, percent(1), 1 / 4, id="1 % of 4 is one"),
        pytest.param(4, ONE, 1 / 4, id="one of 4"),
        pytest.param(20, percent(5), 1 / 20, id="5 % of 20 is one"),
        pytest.param(3, percent(33), 1 / 3, id="33 % of 3 is one, measured 97 of 275"),
        pytest.param(2, ONE, 1 / 2, id="one of 2, measured 120 of 226"),
    ],
)
def test_traffic_follows_instances(fleet, size, share):
    """A canary gets its instances divided by all of them, whatever percentage was asked for (spec labs 12, sagemaker
    2.7): the table of routes says so, and so do the requests, within three standard errors of a binomial."""
    run = canary_run(fleet, size)
    series = {each.dimensions: each.points for each in run.metrics if (each.name, each.stat) == ("Invocations", "Sum")}
    since = next(change.t for change in run.traffic if change.shares.get("v2"))
    minutes = range(math.ceil(since / 60), math.ceil(since / 60) + 8)
    new, old = (
        sum(points[minute] or 0.0 for minute in minutes)
        for name in ("v2", "v1")
        for dimensions, points in series.items()
        if ("EndpointConfigName", name) in dimensions
    )
    error = math.sqrt(share * (1 - share) / (new + old))

    assert run.traffic_at(since)["v2"] == pytest.approx(share)
    assert abs(new / (new + old) - share) < 3 * error


def test_more_instances_make_a_smaller_step():
    """No percentage gets below one instance; five times as many instances do (spec labs 12)."""
    least = {
        fleet: min(canary_run(fleet, percent(size)).traffic[1].shares["v2"] for size in (1, 5)) for fleet in (4, 20)
    }

    assert least == {4: 0.25, 20: 0.05}
