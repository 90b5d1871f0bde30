"""Advice on shadows: too small for their share, watched by nobody (spec sagemaker 9, inference 7.3)."""

from __future__ import annotations

from typing import Any

import pytest

from engine.aws.checking import check
from engine.aws.translation.reading import read_plan
from engine.serving.model import Model, ServiceTime
from engine.simulate import simulate
from tests.engine.aws.examples import alarm
from tests.engine.aws.test_shadow_tests import COPIED, MODE, create, variant
from tests.engine.aws.worlds import world

SLOW = Model(service=ServiceTime(mean_ms=200))
WORLD = world(rate=20.0, duration_s=1800.0).with_model("churn-v2", SLOW)
"""Five requests a second are what one instance of the new model answers."""
MAIN = {"VariantName": "main", "ModelName": "churn-v1", "InstanceType": "ml.m5.large", "InitialInstanceCount": 4}


def trying(percent: int, instances: int) -> dict[str, Any]:
    """Return a plan with a shadow test."""
    mode = {**MODE, "ShadowModelVariants": [{**COPIED, "SamplingPercentage": percent}]}
    shadow = variant("Shadow-01", "churn-v2", instances)
    return create(ModelVariants=[variant("main", "churn-v1", 4), shadow], ShadowModeConfig=mode)


def configured(weight: float, instances: int) -> dict[str, Any]:
    """Return a plan with a configuration that has a shadow variant, and the update to it."""
    shadow = {**MAIN, "VariantName": "Shadow-01", "ModelName": "churn-v2", "InitialInstanceCount": instances}
    config = {
        "EndpointConfigName": "churn-v3",
        "ProductionVariants": [MAIN],
        "ShadowProductionVariants": [{**shadow, "InitialVariantWeight": weight}],
    }
    return {
        "CreateEndpointConfig": config,
        "UpdateEndpoint": {"EndpointName": "churn", "EndpointConfigName": "churn-v3"},
    }


def advice(plan: dict[str, Any]) -> list[str]:
    return [finding.say for finding in check(plan, WORLD) if finding.severity == "advice"]


@pytest.mark.parametrize("plan_of", [trying, lambda percent, instances: configured(percent / 100, instances)])
@pytest.mark.parametrize(
    ("percent", "instances", "told"), [(100, 4, True), (100, 5, False), (20, 1, False), (50, 2, True), (30, 1, True)]
)
def test_a_shadow_without_capacity(plan_of: Any, percent: int, instances: int, told: bool) -> None:
    """Its share of the requests over what its instances answer: from 1 on it shows its queue (spec inference 7.3).

    Four instances answer 20 a second, five 25; at exactly 1 the queue grows without end, too.
    """
    plan = plan_of(percent, instances)
    expected = percent / 100 * 20 / (5 * instances) >= 1

    assert any("not its model" in say for say in advice(plan)) == expected == told


@pytest.mark.parametrize(("instances", "drowns"), [(2, True), (6, False)])
def test_a_run_goes_as_the_advice_says(instances: int, drowns: bool) -> None:
    """A shadow that is told to be too small waits longer and longer; production is as quick as ever."""
    plan = configured(1.0, instances)
    run = simulate(WORLD, read_plan(plan), 1)
    last = [
        next(point for point in reversed(series.points) if point is not None)
        for series in run.metrics
        if (series.name, series.stat) == ("ModelLatency", "Average")
        and dict(series.dimensions)["VariantName"] == "Shadow-01"
    ]

    assert any("not its model" in say for say in advice(plan)) == drowns
    assert (last[0] > 10_000_000) == drowns


def test_alarms_that_are_blind_to_the_shadow() -> None:
    """An alarm on production's name sees nothing of it (spec inference 7.3); one on its own name does."""
    names = ("main", "Shadow-01")
    dimensions = [
        [{"Name": "EndpointName", "Value": "churn"}, {"Name": "VariantName", "Value": name}] for name in names
    ]
    of_main, of_shadow = ({**trying(10, 1), **alarm(Dimensions=each)} for each in dimensions)

    assert any("No alarm sees Shadow-01" in say for say in advice(of_main))
    assert not any("No alarm sees" in say or "no variant" in say for say in advice(of_shadow))


def promoting(percent: int, instances: int, *, then: int | None = None, desired: int | None = None) -> dict[str, Any]:
    """Return a plan that promotes the shadow after half an hour, perhaps after another share of the requests."""
    stop: dict[str, Any] = {"Name": "try", "ModelVariantActions": {"main": "Remove", "Shadow-01": "Promote"}}
    if desired is not None:
        stop["DesiredModelVariants"] = [variant("Shadow-01", "churn-v2", desired)]
    steps = [{"AfterSeconds": 1800, "StopInferenceExperiment": stop}]
    if then is not None:
        mode = {**MODE, "ShadowModelVariants": [{**COPIED, "SamplingPercentage": then}]}
        steps.insert(0, {"AfterSeconds": 900, "UpdateInferenceExperiment": {"Name": "try", "ShadowModeConfig": mode}})
    return {**trying(percent, instances), "Later": steps}


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (promoting(20, 6), ["Shadow-01 has seen 20 % of the requests"]),
        (promoting(20, 6, then=100), []),
        (promoting(100, 4), ["It comes with 4 instance(s), which answer 20 of 20"]),
        (promoting(100, 4, desired=6), []),
        (promoting(100, 6, desired=1), ["It comes with 1 instance(s), which answer 5 of 20"]),
    ],
)
def test_a_promotion_of_what_has_not_seen_it_all(plan: dict[str, Any], said: list[str]) -> None:
    """AWS advises to sample all requests before, and to promote onto what production has (spec sagemaker 9)."""
    found = [say for say in advice(plan) if say.startswith(("Shadow-01 has seen", "It comes with"))]

    assert [say[: len(start)] for say, start in zip(found, said, strict=True)] == said


def test_a_shadow_test_is_a_plan() -> None:
    """Nobody is told that it rolls out nothing."""
    assert not any("no UpdateEndpoint" in say for say in advice(trying(10, 1)))
