"""Lab only-slow-under-load: a fifth more work is nothing at night and everything in the busy hour (spec labs 9)."""

import math
from dataclasses import replace

import pytest

from engine.serving.model import Model, ServiceTime
from engine.simulate import simulate
from engine.traffic.workload import Workload
from tests.engine.rollouts import canary, errors_alarm, guarded, world
from tests.engine.serving.tape import served

OLD_S, NEW_S = 0.05, 0.06


def model(work_s):
    """Return a model with one worker and exponential work: with Poisson arrivals, M/M/1."""
    return Model(service=ServiceTime(mean_ms=1000 * work_s, kind="exponential"))


def mean_answer(work_s, rate, requests, seed):
    """Return the mean time to an answer."""
    return float(served(model(work_s), Workload(rate=rate), requests / rate, seed=seed).model_s.mean())


def theory(work_s, rate):
    """M/M/1: work / (1 - rho)."""
    return work_s / (1 - rate * work_s)


def relative_error(work_s, rate, n):
    """Return the standard error of the mean answer over n requests, as a share of it (spec labs, theory)."""
    rho = rate * work_s
    wait = work_s * math.sqrt(rho * (2 + 5 * rho - 4 * rho**2 + rho**3) / (1 - rho) ** 4 / n)
    return (wait + work_s / math.sqrt(n)) / theory(work_s, rate)


@pytest.mark.parametrize(
    ("rho", "known", "requests"),
    [(0.1, 1.23, 100_000), (0.3, 1.31, 100_000), (0.8, 6.0, 3_000_000)],
    ids=["at night", "in the morning", "in the busy hour"],
)
def test_how_much_slower(rho, known, requests):
    """50 -> 60 ms of work: the mean answer grows 1.23 times at rho 0.1, 1.31 at 0.3 and 6.0 at 0.8 (spec labs 9)."""
    rate = rho / OLD_S
    old, new = (mean_answer(work_s, rate, requests, seed=4) for work_s in (OLD_S, NEW_S))
    error = relative_error(OLD_S, rate, requests) + relative_error(NEW_S, rate, requests)

    assert theory(NEW_S, rate) / theory(OLD_S, rate) == pytest.approx(known, abs=0.005)
    assert new / old == pytest.approx(known, rel=3 * error)


def test_at_the_edge_it_has_no_end_within_the_hour():
    """At rho 0.83 answers take 51 times as long in the long run (spec labs 9), and that is hours away: after one hour
    it is more than six times, and they still get slower."""
    rate = 0.83 / OLD_S
    first, fourth = (served_until(rate, hours) for hours in (1, 4))

    assert theory(NEW_S, rate) / theory(OLD_S, rate) == pytest.approx(51, abs=0.01)
    assert 6 * theory(OLD_S, rate) < first < fourth < theory(NEW_S, rate)


def served_until(rate, hours, runs=12):
    """Return the mean answer in the last half hour, over several runs."""
    total = 0.0
    for seed in range(runs):
        answers = served(model(NEW_S), Workload(rate=rate), 3600 * hours, seed=seed)
        total += float(answers.model_s[answers.arrival >= 3600 * hours - 1800].mean())
    return total / runs


@pytest.mark.parametrize(
    ("rho", "outcome"), [(0.1, "promoted"), (0.8, "rolled-back")], ids=["at night", "in the busy hour"]
)
def test_a_bake_proves_something_about_its_own_load_only(rho, outcome):
    """The same release and the same alarm, at twice what the old model needs in the busy hour."""
    alarm = errors_alarm("slow", threshold=2e6 * theory(OLD_S, 0.8 / OLD_S), comparison_operator="GreaterThanThreshold")
    alarm = replace(alarm, metric=replace(alarm.metric, metric_name="ModelLatency", period=300))
    place = world(old=model(OLD_S), new=model(NEW_S), rate=4 * rho / OLD_S, duration_s=3600.0)
    plan = guarded(canary, wait=1800, alarm=alarm)

    assert {simulate(place, plan, seed, series=False).outcome for seed in range(4)} == {outcome}
