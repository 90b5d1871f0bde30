"""Lab diluted: a metric of both fleets hides what a small canary does (spec labs 4)."""

import math
from dataclasses import replace

import pytest

from engine.requests.sagemaker import CapacitySize, UpdateEndpoint
from engine.simulate import simulate
from tests.built_in import PACK

THRESHOLD, NOISE = 0.01, 0.001
SEEDS = range(6)
BOTH = frozenset({("EndpointName", "scamcheck"), ("VariantName", "main")})
GREEN = BOTH | {("EndpointConfigName", "scamcheck-v2")}


@pytest.fixture(scope="module")
def lab():
    """The lab as it is shipped."""
    return PACK.lab("diluted")


def unguarded_canary(plan, percent):
    """Return the plan with a canary of that size and without its alarm, so that every run bakes to its end."""
    [step] = [step for step in plan.steps if isinstance(step.request, UpdateEndpoint)]
    policy = step.request.deployment_config.blue_green_update_policy
    size = CapacitySize(type="CAPACITY_PERCENT", value=percent)
    routing = replace(policy.traffic_routing_configuration, canary_size=size)
    deployment = replace(
        step.request.deployment_config,
        blue_green_update_policy=replace(policy, traffic_routing_configuration=routing),
        alarms=(),
    )
    return replace(plan, steps=(replace(step, request=replace(step.request, deployment_config=deployment)),))


def in_the_canary(run, name, dimensions):
    """Return the sum of a metric over the full minutes of the first bake."""
    bake = next(phase for phase in run.phases if phase.status == "Baking")
    [series] = [m for m in run.metrics if (m.name, m.stat, frozenset(m.dimensions)) == (name, "Sum", dimensions)]
    return sum(point or 0.0 for point in series.points[math.ceil(bake.start / 60) : int(bake.end / 60)])


def average(many, dimensions):
    """Return the Average of the 5xx metric over the canaries of some runs, and the requests behind it."""
    errors = sum(in_the_canary(run, "Invocation5XXErrors", dimensions) for run in many)
    requests = sum(in_the_canary(run, "Invocations", dimensions) for run in many)
    return errors / requests, requests


@pytest.mark.parametrize(
    ("percent", "known"),
    [pytest.param(5, 0.181, id="5 %"), pytest.param(10, 0.091, id="10 %"), pytest.param(50, 0.019, id="50 %")],
)
def test_how_bad_green_must_be(lab, percent, known):
    """With 0.1 % errors on blue, a 1 % alarm on the whole endpoint first trips when green fails 18.1 % at a 5 % canary,
    9.1 % at 10 %, 1.9 % at 50 %: there the simulated average is 1 %, within three standard errors (spec labs 4)."""
    share = percent / 100
    trips = (THRESHOLD - (1 - share) * NOISE) / share
    bad = replace(lab.world.models["scamcheck-v2"], error_rate_5xx=trips)
    where = lab.world.with_model("scamcheck-v2", bad)
    plan = unguarded_canary(lab.start.plan, percent)
    found, requests = average([simulate(where, plan, seed) for seed in SEEDS], BOTH)

    assert trips == pytest.approx(known, abs=0.0005)
    assert abs(found - THRESHOLD) < 3 * math.sqrt(THRESHOLD * (1 - THRESHOLD) / requests)


@pytest.mark.parametrize(
    ("dimensions", "known"),
    [pytest.param(BOTH, 0.05 * 0.08 + 0.95 * NOISE, id="both fleets"), pytest.param(GREEN, 0.08, id="green alone")],
)
def test_what_the_dimension_shows(lab, dimensions, known):
    """The bad release fails 8 %. The endpoint's average says half a per cent, the one with EndpointConfigName 8 %."""
    where = lab.world_with(lab.release("one-in-twelve"))
    plan = unguarded_canary(lab.start.plan, 5)
    found, requests = average([simulate(where, plan, seed) for seed in SEEDS], dimensions)

    assert abs(found - known) < 3 * math.sqrt(known * (1 - known) / requests)
