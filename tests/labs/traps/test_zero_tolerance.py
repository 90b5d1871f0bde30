"""Lab zero-tolerance: an alarm that allows no error sends healthy releases home (spec labs 2)."""

import math

import pytest

from engine.simulate import simulate
from engine.timing import Timing
from tests.engine.rollouts import canary, errors_alarm, failing, guarded, percent, world

RUNS = 120
NOISE = 0.001
ABOVE = "GreaterThanThreshold"
BAKE_S = 735
"""Ten minutes, and then until the alarm has seen the last of them, but not the eleventh: minutes 7 to 16 are over at
1020 s and judged at 1150 s, minute 17 at 1210 s."""
MINUTE_7_S = 233.0
"""UpdateEndpoint here means the first canary request at 420 s: provisioning and one activation take 187 s."""


def nervous(rate, count):
    """Return a world in which a healthy release makes the noise that the old one makes."""
    return world(
        count=count,
        rate=rate,
        old=failing(NOISE),
        new=failing(NOISE),
        duration_s=1200.0,
        update_at_s=MINUTE_7_S,
        timing=Timing(provision_jitter=0.0),
    )


@pytest.mark.parametrize(
    ("rate", "count", "size", "requests", "known"),
    [
        pytest.param(20.0, 4, percent(25), 3000, 0.95, id="300 canary requests a minute"),
        pytest.param(10.0, 20, percent(5), 300, 0.26, id="600 requests a minute in all, 5 % of them"),
    ],
)
def test_a_healthy_release_is_rolled_back(rate, count, size, requests, known):
    """At 0.1 % background errors `5XX Sum > 0` sends a healthy release home in 95 % of ten-minute bakes with 300 canary
    requests a minute, and in 26 % with 30 (spec labs 2)."""
    plan = guarded(canary, size, BAKE_S, 0, alarm=errors_alarm(stat="Sum", threshold=0, comparison_operator=ABOVE))
    place = nervous(rate, count)
    back = sum(
        simulate(place, plan, seed, series=False, keep_requests=False).outcome == "rolled-back" for seed in range(RUNS)
    )
    expected = 1 - (1 - NOISE) ** requests
    error = math.sqrt(expected * (1 - expected) / RUNS)

    assert expected == pytest.approx(known, abs=0.005)
    assert abs(back / RUNS - expected) < 2.58 * error


def test_a_rate_between_noise_and_harm_lets_it_pass():
    """Ten times the noise in two of three minutes is out of a healthy release's reach: by the binomial one minute of
    3,800 gets there, so two of three do less than once in ten thousand bakes."""
    alarm = errors_alarm(threshold=0.01, comparison_operator=ABOVE, evaluation_periods=3, datapoints_to_alarm=2)
    plan = guarded(canary, percent(25), BAKE_S, 0, alarm=alarm)
    outcomes = [simulate(nervous(20.0, 4), plan, seed, series=False, keep_requests=False).outcome for seed in range(40)]

    assert outcomes.count("promoted") == 40
