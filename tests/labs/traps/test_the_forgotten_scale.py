"""Lab the-forgotten-scale: a perfect model drowns on the instances that the configuration says (spec labs 13)."""

import math
from dataclasses import replace
from statistics import fmean

import pytest

from engine.serving.model import Model, ServiceTime
from engine.simulate import simulate
from engine.traffic.workload import Workload
from tests.engine.rollouts import canary, errors_alarm, guarded, percent, world
from tests.engine.serving.tape import mean_and_error, served

RATE, WORK_S, CV = 12.0, 0.4, 0.5
PERFECT = Model(service=ServiceTime(mean_ms=1000 * WORK_S, cv=CV))
SCALED_TO, CONFIGURED = 12, 2
RUNS = 20


def scaled_out():
    """Return a world in which twelve instances run and both configurations say two."""
    return world(
        count=CONFIGURED,
        endpoint={"instance_counts": {"main": SCALED_TO}},
        old=PERFECT,
        new=PERFECT,
        rate=RATE,
    )


def run(*, retain, seed=0):
    """Return the guarded update to a model that is the old one again."""
    alarm = errors_alarm("slow", threshold=2e6, evaluation_periods=3, comparison_operator="GreaterThanThreshold")
    alarm = replace(alarm, metric=replace(alarm.metric, metric_name="ModelLatency"))
    plan = guarded(canary, percent(25), alarm=alarm)
    retained = replace(plan.updates[0], retain_all_variant_properties=retain)
    steps = tuple(replace(step, request=retained) if step.request is plan.updates[0] else step for step in plan.steps)
    return simulate(scaled_out(), replace(plan, steps=steps), seed)


@pytest.mark.parametrize(("retain", "instances"), [(False, CONFIGURED), (True, SCALED_TO)])
def test_green_starts_with(retain, instances):
    """The new configuration's count, unless RetainAllVariantProperties carries over what the endpoint has now."""
    assert max(change.counts.get("v2", 0) for change in run(retain=retain).instances) == instances


@pytest.mark.parametrize(("retain", "outcome"), [(False, "rolled-back"), (True, "promoted")])
def test_the_same_model_is_judged_by_its_instances(retain, outcome):
    """The old model itself, as a release: with twelve instances it passes, with two it is sent home, every time
    (spec labs 13)."""
    assert {run(retain=retain, seed=seed).outcome for seed in range(5)} == {outcome}


def test_the_line_grows_without_end():
    """Two instances with 4.8 seconds of work a second: each second the wait grows by 1.4 seconds."""
    growth, at_s = RATE * WORK_S / CONFIGURED - 1, 27.5
    waits = []
    for seed in range(RUNS):
        answers = served(PERFECT, Workload(rate=RATE), 30, seed=seed, instances=CONFIGURED)
        late = answers.arrival >= 25
        waits.append(fmean((answers.model_s[late]).tolist()) - WORK_S)
    # Work comes as a compound Poisson process, so its variance over t is rate * t * E[work^2], per instance.
    spread = math.sqrt(RATE / CONFIGURED * at_s * WORK_S**2 * (1 + CV**2))
    error = spread / math.sqrt(RUNS * CONFIGURED)

    assert growth == pytest.approx(1.4)
    assert fmean(waits) == pytest.approx(growth * at_s, abs=3 * error)


def test_twelve_are_busy_four_tenths_of_the_time():
    """With the twelve that the endpoint has, the same work is 40 % of their time, and the line stays short."""
    answers = served(PERFECT, Workload(rate=RATE), 3600, seed=1, instances=SCALED_TO)
    mean, error = mean_and_error(answers.model_s)
    rho = RATE * WORK_S / SCALED_TO
    theory = rho / (1 - rho) * WORK_S * (1 + CV**2) / 2

    assert rho == pytest.approx(0.4)
    assert mean - WORK_S == pytest.approx(theory, abs=3 * error)
