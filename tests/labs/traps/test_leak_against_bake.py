"""Lab leak-against-bake: a bake shorter than the time to failure proves nothing (spec labs 11)."""

import math
from statistics import fmean

import pytest

from engine.plan import Plan
from engine.serving.faults import Leak
from engine.simulate import simulate
from labs.measures.trial import Trial
from tests.engine.rollouts import canary, errors_alarm, guarded, model, update, world

SURVIVED, RATE, BLUE = 2400, 8.0, 4
LEAKING = model(faults=(Leak(requests=SURVIVED),))
RUNS = 12


def leaking(instances=BLUE):
    """Return a world whose new model leaks, on so many instances."""
    return world(count=BLUE, new_count=instances, new=LEAKING, rate=RATE, duration_s=3600.0)


def time_to_failure(place, seed):
    """Return the seconds from the canary's first request to its first failure."""
    run = simulate(place, Plan.of(update(canary(wait=3600))), seed, series=False)
    began = next(change.t for change in run.traffic if change.shares.get("v2", 0.0) > 0)
    return Trial.of(place, run, simulate(place, Plan(), seed, series=False).requests).first_harmed_s - began


@pytest.mark.parametrize(
    ("instances", "known_s"),
    [
        pytest.param(4, 1200, id="as many instances as before: 2 requests a second on each"),
        pytest.param(8, 2400, id="twice as many: each gets half, and fills half as fast"),
    ],
)
def test_time_to_failure(instances, known_s):
    """Time to failure = requests that an instance survives / requests per second on it (spec labs 11): a sum of so many
    exponential gaps."""
    each = RATE / instances
    expected, error = SURVIVED / each, math.sqrt(SURVIVED) / each / math.sqrt(RUNS)
    seconds = [time_to_failure(leaking(instances), seed) for seed in range(RUNS)]

    assert expected == known_s
    assert fmean(seconds) == pytest.approx(expected, abs=3 * error)


@pytest.mark.parametrize(
    ("instances", "wait", "term", "outcome"),
    [
        pytest.param(4, 600, 300, "promoted", id="a quarter of an hour"),
        pytest.param(4, 600, 1200, "rolled-back", id="half an hour, the long bake last"),
        pytest.param(4, 1800, 0, "rolled-back", id="half an hour, the long bake first"),
        pytest.param(8, 600, 1200, "promoted", id="half an hour on twice the instances"),
    ],
)
def test_bakes_against_the_leak(instances, wait, term, outcome):
    """The leak is found where the bakes outlast it by the alarm's three minutes, and nowhere else."""
    plan = guarded(canary, wait=wait, term=term, alarm=errors_alarm(threshold=0.1))

    assert {simulate(leaking(instances), plan, seed, series=False).outcome for seed in range(4)} == {outcome}
