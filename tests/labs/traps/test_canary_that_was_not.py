"""Lab canary-that-was-not: on Inf1 a canary is an update all at once, without a bake (spec sagemaker 2.9)."""

import pytest

from engine.requests.sagemaker import EndpointConfig, ProductionVariant
from engine.simulate import simulate
from tests.engine.rollouts import (
    ONE,
    canary,
    config,
    errors_alarm,
    failing,
    guarded,
    in_batches,
    linear,
    world,
)

ALARM = errors_alarm(threshold=0.05)
BAKE_S = 600


def variant_on(name, instance_type):
    """Return a configuration of four instances of a type."""
    only = ProductionVariant(
        variant_name="main", model_name=name, initial_instance_count=4, instance_type=instance_type
    )
    return EndpointConfig(endpoint_config_name=name, production_variants=(only,))


def played(instance_type, settings=canary, *args, seed=0):
    """Return one run of a guarded update to a broken model on instances of a type."""
    configs = (config("v1"), variant_on("v2", instance_type))
    place = world(configs=configs, new=failing(0.2), rate=20.0)
    return simulate(place, guarded(settings, *args or (ONE, BAKE_S, BAKE_S), alarm=ALARM), seed, series=False)


def when(run, what):
    """Return the moment of the first event of a kind."""
    return next(event.t for event in run.events if event.what == what)


@pytest.mark.parametrize(
    ("settings", "arguments"),
    [
        pytest.param(canary, (ONE, BAKE_S, BAKE_S), id="canary"),
        pytest.param(linear, (ONE, BAKE_S, BAKE_S), id="linear"),
        pytest.param(in_batches, (ONE, BAKE_S), id="rolling"),
    ],
)
def test_on_inf1_everything_moves_at_once_and_nothing_bakes(settings, arguments):
    """No error says so, whatever the policy asks for."""
    run = played("ml.inf1.xlarge", settings, *arguments)
    shares = [change.shares.get("v2", 0.0) for change in run.traffic]

    assert run.outcome == "promoted"
    assert {0.0, 1.0} == set(shares)
    assert not any(event.what == "Baking" for event in run.events)


@pytest.mark.parametrize("seed", range(8))
def test_the_alarm_comes_when_all_is_over(seed):
    """Its minute must end, its data arrive, and the alarm look: up to four minutes after the endpoint is InService."""
    run = played("ml.inf1.xlarge", seed=seed)

    assert 0 < when(run, "ALARM") - when(run, "InService") < 240


@pytest.mark.parametrize("instance_type", ["ml.m5.xlarge", "ml.inf2.xlarge"])
def test_on_other_instances_the_same_plan_is_a_canary(instance_type):
    """A quarter of the requests, and back again."""
    run = played(instance_type)

    assert run.outcome == "rolled-back"
    assert max(change.shares.get("v2", 0.0) for change in run.traffic) == 0.25
