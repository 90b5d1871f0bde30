"""Lab the-jump-after-the-canary: what all instances share is tried by the second shift (spec labs 10)."""

import math

import pytest

from engine.plan import Plan
from engine.serving.faults import Saturation
from engine.simulate import simulate
from labs.measures.one_run import measure
from labs.measures.registry import HARMED
from tests.engine.rollouts import canary, errors_alarm, guarded, linear, model, percent, world

RATE = 20.0
LIMIT = 16
SHARED = model(faults=(Saturation(requests_per_second=LIMIT, of="fleet"),))
ALARM = errors_alarm(threshold=0.02)
SEEDS = range(6)


def jam(**changes):
    """Return a world whose new version leans on a store that all instances share."""
    return world(count=10, rate=RATE, new=SHARED, duration_s=2700.0, **changes)


def beyond(rate):
    """Return the share of Poisson requests beyond the limit of their second: E[max(N - limit, 0)] / rate."""
    chances = (math.exp(k * math.log(rate) - rate - math.lgamma(k + 1)) for k in range(200))
    return sum(max(0, k - LIMIT) * chance for k, chance in enumerate(chances)) / rate


def played(settings, *args, seeds=SEEDS):
    """Return the runs of a guarded update on the release that jams."""
    plan = guarded(settings, *args, alarm=ALARM)
    return [simulate(jam(), plan, seed, series=False) for seed in seeds]


@pytest.mark.parametrize("share", [10, 20, 50])
def test_a_canary_goes_to_all_traffic_in_one_step(share):
    """Whatever the canary, at most 50 %, the second shift takes it to 100 % (spec labs 10, sagemaker 2.2)."""
    (run,) = played(canary, percent(share), 60, 0, seeds=[0])
    green = [change.shares.get("v2", 0.0) for change in run.traffic]

    assert [value for value in green if value] == pytest.approx([share / 100, 1.0, 1.0])


def test_the_fault_is_silent_in_the_canary_and_loud_after_it():
    """At 4 requests a second almost nothing is beyond a limit of 16, at 20 more than a fifth is: what the Poisson
    distribution says, within three standard errors over the seconds of an unguarded hour."""
    runs = [simulate(jam(), guarded(canary, percent(20), 600, 0, alarm=ALARM), seed) for seed in range(3)]
    failed, asked, early = [], 0.0, 0.0
    for run in runs:
        series = {
            (each.name, each.stat): each.points
            for each in run.metrics
            if ("EndpointConfigName", "v2") in each.dimensions
        }
        errors, all_of_them = series["Invocation5XXErrors", "Sum"], series["Invocations", "Sum"]
        early += sum(value or 0.0 for value in errors[:18])
        failed += [value or 0.0 for value in errors[20:45]]
        asked += sum(value or 0.0 for value in all_of_them[20:45])
    minutes = len(failed)
    mean = sum(failed) / minutes
    spread = math.sqrt(sum((value - mean) ** 2 for value in failed) / (minutes - 1) / minutes)

    assert early == 0
    assert beyond(4.0) < 1e-6
    assert abs(mean - beyond(RATE) * RATE * 60) < 3 * spread
    assert mean * minutes / asked == pytest.approx(0.22, abs=0.02)


@pytest.mark.parametrize(
    ("final_bake", "outcome"),
    [pytest.param(0, "promoted", id="none"), pytest.param(600, "rolled-back", id="ten minutes")],
)
def test_the_final_bake_is_the_last_guard(final_bake, outcome):
    """TerminationWait 0 means no guard over the second shift (spec labs 10)."""
    assert {run.outcome for run in played(canary, percent(20), 600, final_bake)} == {outcome}


def test_steps_limit_the_harm():
    """Linear meets the limit at its edge: it harms less than half of what the canary with a final bake harms."""
    seeds = range(4)
    jumps = played(canary, percent(20), 300, 600, seeds=seeds)
    steps = played(linear, percent(20), 300, 600, seeds=seeds)
    without = [simulate(jam(), Plan(), seed, series=False).requests for seed in seeds]
    harm = [
        [measure(jam(), run, log)[HARMED] for run, log in zip(runs, without, strict=True)] for runs in (jumps, steps)
    ]

    assert all(run.outcome == "rolled-back" for run in (*jumps, *steps))
    assert sum(harm[1]) < 0.5 * sum(harm[0])
