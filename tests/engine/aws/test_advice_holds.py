"""The advice on time, against runs: what it calls impossible never happens, what it calls enough always does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.aws.checking import check
from engine.aws.translation.reading import read_plan
from engine.requests.sagemaker import EndpointConfig
from engine.serving.model import Model, ServiceTime
from engine.simulate import simulate
from engine.timing import Timing
from tests.engine.aws.examples import AT_ONCE, CANARY, alarm, changed, update
from tests.engine.aws.worlds import world
from tests.engine.rollouts import STEADY

BROKEN = world(duration_s=1800, timing=STEADY).with_model(
    "churn-v2", Model(service=ServiceTime(mean_ms=40), error_rate_5xx=1.0)
)
BY_CONFIG = {"EndpointName": "churn", "VariantName": "main", "EndpointConfigName": "churn-v2"}
GUARDED = {"AutoRollbackConfiguration": {"Alarms": [{"AlarmName": "err"}]}}
SEEDS = (1, 2, 3)


def plan(seconds: int, **fields: Any) -> dict[str, Any]:
    """Return an update of everything at once with one bake."""
    dimensions = [{"Name": name, "Value": value} for name, value in BY_CONFIG.items()]
    deployment = changed(AT_ONCE, "BlueGreenUpdatePolicy.TerminationWaitInSeconds", seconds) | GUARDED
    return {**alarm(Dimensions=dimensions, **fields), **update(deployment)}


def outcomes(requests: dict[str, Any]) -> set[str]:
    return {simulate(BROKEN, read_plan(requests), seed).outcome for seed in SEEDS}


@pytest.mark.parametrize(
    ("requests", "outcome"),
    [
        (plan(130), "promoted"),
        (plan(190), "rolled-back"),
        (plan(250, EvaluationPeriods=3), "promoted"),
        (plan(310, EvaluationPeriods=3), "rolled-back"),
        (plan(610, EvaluationPeriods=2, Period=600), "promoted"),
        (plan(670, EvaluationPeriods=2, Period=600), "rolled-back"),
        (plan(900, Period=10), "promoted"),
        (plan(900, Period=30, EvaluationPeriods=3), "promoted"),
        (plan(900, Period=10, EvaluationPeriods=30, DatapointsToAlarm=1), "rolled-back"),
        (plan(900, Statistic="Average", Threshold=1), "promoted"),
        (plan(900, TreatMissingData="breaching"), "rolled-back"),
    ],
    ids=[
        *("too-short", "enough", "3-too-short", "3-enough", "long-too-short", "long-enough"),
        *("blind", "blind-to-three", "short-but-far-back", "never", "at-once"),
    ],
)
def test_a_run_goes_as_the_advice_says(requests: dict[str, Any], outcome: str) -> None:
    """A model that fails every request is rolled back exactly where the advice says that it can be."""
    assert outcomes(requests) == {outcome}


def test_a_canary_without_a_last_bake_is_watched_in_the_canary_only() -> None:
    """With TerminationWait 0 nobody looks after the canary: 120 s are too short for any alarm."""
    short = changed(CANARY, "BlueGreenUpdatePolicy.TerminationWaitInSeconds", 0)
    routing = "BlueGreenUpdatePolicy.TrafficRoutingConfiguration.WaitIntervalInSeconds"
    requests = {**plan(0), **update(changed(short, routing, 120))}

    assert outcomes(requests) == {"promoted"}


def test_a_linear_update_without_bakes_is_not_told_that_nobody_looks() -> None:
    """Alarms are heeded while it shifts: ten steps of half a minute take longer than the alarm needs, and it rolls
    back; ten steps of a few seconds are over before, nearly always, and that is what is said."""
    ten = replace(BROKEN, configs=tuple(_of_ten(each) for each in BROKEN.configs))
    usual = replace(ten, timing=Timing())
    steps = {"Type": "LINEAR", "WaitIntervalInSeconds": 0, "LinearStepSize": {"Type": "CAPACITY_PERCENT", "Value": 10}}
    deployment = {
        "BlueGreenUpdatePolicy": {"TrafficRoutingConfiguration": steps, "TerminationWaitInSeconds": 0},
        **GUARDED,
    }
    requests = {**plan(0), **update(deployment)}
    slow, quick = ([finding.say for finding in check(requests, each)] for each in (ten, usual))

    assert not [say for say in (*slow, *quick) if "nobody looks" in say or "cannot fire" in say]
    assert not [say for say in slow if "it fires in time" in say]
    assert [say for say in quick if "With 63 s of watching it fires in time in hardly any rollout." in say]
    assert {simulate(ten, read_plan(requests), seed).outcome for seed in SEEDS} == {"rolled-back"}
    assert "promoted" in {simulate(usual, read_plan(requests), seed).outcome for seed in SEEDS}


def _of_ten(config: EndpointConfig) -> EndpointConfig:
    """Return the configuration with ten instances of each variant."""
    variants = tuple(replace(variant, initial_instance_count=10) for variant in config.production_variants)
    return replace(config, production_variants=variants)


@pytest.mark.parametrize(
    ("old", "new"), [("m5.large", "m5.large"), ("inf1.xlarge", "m5.large"), ("m5.large", "inf1.xlarge")]
)
def test_inf1_is_unguarded_where_the_advice_says_so(old: str, new: str) -> None:
    """Old or new, Inf1 instances end every bake, and the advice names them (spec sagemaker 2.9)."""
    types = {"churn-v1": f"ml.{old}", "churn-v2": f"ml.{new}"}
    where = replace(BROKEN, configs=tuple(_on(each, types) for each in BROKEN.configs))
    requests = plan(190)
    named = any("Inf1" in finding.say for finding in check(requests, where))

    assert named == ("inf1" in old + new)
    assert simulate(where, read_plan(requests), 1).outcome == ("promoted" if named else "rolled-back")


def _on(config: EndpointConfig, types: dict[str, str]) -> EndpointConfig:
    """Return the configuration on the instance type that its name has."""
    kind = types.get(config.endpoint_config_name, "ml.m5.large")
    variants = tuple(replace(variant, instance_type=kind) for variant in config.production_variants)
    return replace(config, production_variants=variants)
