"""Advice on what scaling can come to, and that the simulator agrees (spec inference 1.5 to 1.8, 2, 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from engine.aws.checking import check
from engine.aws.translation.reading import read_plan
from engine.catalogue.hardware import Hardware
from engine.requests.sagemaker import AsyncInferenceConfig, EndpointConfig
from engine.serving.model import Model, ServiceTime
from engine.simulate import simulate
from engine.traffic.workload import Ramp, Window, Workload
from engine.world import World
from tests.engine.aws.examples import ALARM
from tests.engine.aws.scaling_examples import ACTION, STEP, STEPS, TARGET, TRACK, TRACKING, scaling
from tests.engine.aws.test_scaling_advice import ARN, CPU
from tests.engine.aws.worlds import fleet, world

FOUR = Model(service=ServiceTime(mean_ms=400, kind="constant"), workers=4)
"""Ten requests a second, 600 a minute, are what one instance answers."""


def there(rate: float = 20, **fields: Any) -> World:
    """Return an endpoint of four instances with four cores each, which answer 40 requests a second."""
    where = world(rate=rate, duration_s=2400.0, **fields).with_model("churn-v1", FOUR)
    return replace(where, instance_types={"ml.m5.large": Hardware(vcpus=4)})


def tracking(**fields: Any) -> dict[str, Any]:
    """Return a policy with another block."""
    return {**TRACK, "TargetTrackingScalingPolicyConfiguration": {"ScaleOutCooldown": 300, **fields}}


def invocations(target: float, **fields: Any) -> dict[str, Any]:
    """Return a policy that tracks so many a minute."""
    return tracking(**{**TRACKING, "TargetValue": target, "ScaleOutCooldown": 300, **fields})


def cores(target: float) -> dict[str, Any]:
    """Return a policy that tracks the cores in use."""
    return tracking(TargetValue=target, CustomizedMetricSpecification=CPU)


def queued() -> World:
    """Return an asynchronous endpoint, whose requests begin after forty minutes."""
    waiting = EndpointConfig(
        endpoint_config_name="churn-v1",
        production_variants=fleet("churn-v1", count=1).production_variants,
        async_inference_config=AsyncInferenceConfig(),
    )
    where = world(configs=(waiting, fleet("churn-v2")), duration_s=4500.0, update_at_s=0.0)
    return replace(where, workload=Workload(rate=0.5, shape=Window(from_s=2400, until_s=4500)))


BACKLOG = {
    "MetricName": "ApproximateBacklogSizePerInstance",
    "Namespace": "AWS/SageMaker",
    "Statistic": "Average",
    "Dimensions": [{"Name": "EndpointName", "Value": "churn"}, {"Name": "VariantName", "Value": "main"}],
}
ONE_MORE = {
    **STEP,
    "StepScalingPolicyConfiguration": {
        **STEPS,
        "AdjustmentType": "ChangeInCapacity",
        "MinAdjustmentMagnitude": None,
        "StepAdjustments": [{"MetricIntervalLowerBound": 0, "ScalingAdjustment": 1}],
    },
}
del ONE_MORE["StepScalingPolicyConfiguration"]["MinAdjustmentMagnitude"]
WAKE = {
    **ALARM,
    "AlarmName": "waiting",
    "MetricName": "HasBacklogWithoutCapacity",
    "Dimensions": [{"Name": "EndpointName", "Value": "churn"}],
    "Statistic": "Average",
    "EvaluationPeriods": 2,
    "Threshold": 1,
    "ComparisonOperator": "GreaterThanOrEqualToThreshold",
    "AlarmActions": [f"{ARN}:policyName/steps"],
}
SLEEPING = scaling(tracking(TargetValue=2.0, CustomizedMetricSpecification=BACKLOG), MinCapacity=0)
WOKEN = {**scaling(SLEEPING["PutScalingPolicy"][0], ONE_MORE, MinCapacity=0), "PutMetricAlarm": WAKE}
ENDING = {**ACTION, "StartTime": "2026-03-02T08:00:00Z", "EndTime": "2026-03-03T08:00:00Z"}
EVENING = {**ACTION, "ScheduledActionName": "evening", "ScalableTargetAction": {"MinCapacity": 1}}


def advice(plan: Mapping[str, Any], where: World) -> list[str]:
    """Return the advice on a plan."""
    return [each.say for each in check(plan, where) if each.severity == "advice"]


SAID = [
    (
        scaling(invocations(600)),
        there(),
        "One instance answers about 600 calls a minute: with a target of 600 requests queue",
    ),
    (scaling(cores(400)), there(), "CPUUtilization reaches 400 on 4 core(s), and is never above 400"),
    (scaling(MaxCapacity=4), there(rate=50), "main gets 50 requests a second at the peak, and 4 instance(s) answer 40"),
    (scaling(MinCapacity=4, MaxCapacity=4), there(), "MinCapacity and MaxCapacity are both 4, so no policy changes"),
    (SLEEPING, queued(), "At 0 instances no metric per instance has a value, so target tracking never leaves 0."),
    (scaling(invocations(300, ScaleOutCooldown=60)), there(), "A metric shows about 135 s later what new instances do"),
    ({**scaling(), "PutScheduledAction": ENDING}, there(), "After EndTime this action ends and its bounds stay"),
]


@pytest.mark.parametrize(("plan", "where", "text"), SAID, ids=[row[2][:30] for row in SAID])
def test_it_is_said(plan: dict[str, Any], where: World, text: str) -> None:
    """Where somebody errs."""
    assert [say for say in advice(plan, where) if say.startswith(text)]


SILENT = [
    (scaling(invocations(590)), there(), "One instance answers"),
    (scaling(cores(390)), there(), "CPUUtilization reaches"),
    (scaling(MaxCapacity=5), there(rate=50), "main gets"),
    (scaling(MinCapacity=4, MaxCapacity=5), there(), "MinCapacity and MaxCapacity"),
    ({**scaling(MinCapacity=4, MaxCapacity=4), "PutScheduledAction": ACTION}, there(), "MinCapacity and MaxCapacity"),
    (WOKEN, queued(), "At 0 instances"),
    (scaling(invocations(300)), there(), "A metric shows"),
    ({**scaling(), "PutScheduledAction": [ENDING, EVENING]}, there(), "After EndTime"),
    ({**scaling(), "PutScheduledAction": ACTION}, there(), "After EndTime"),
]


@pytest.mark.parametrize(("plan", "where", "text"), SILENT)
def test_it_is_not_said(plan: dict[str, Any], where: World, text: str) -> None:
    """Where nobody does."""
    assert not [say for say in advice(plan, where) if say.startswith(text)]


def most(plan: dict[str, Any], where: World) -> int:
    """Return how many instances there are at most in a run."""
    return max(sum(each.counts.values()) for each in simulate(where, read_plan(plan), 1, series=False).instances)


def test_a_target_beyond_the_cores_adds_none() -> None:
    """More requests queue than four instances answer, and there are four; at half of the cores more come."""
    assert most(scaling(cores(400)), there(rate=60)) == 4
    assert most(scaling(cores(200)), there(rate=60)) > 4


def test_a_target_beyond_what_an_instance_answers_adds_them_too_late() -> None:
    """While the traffic grows from half of what four instances answer to half as much again, some wait too long."""
    growing = replace(there(), workload=Workload(rate=20, shape=Ramp(to=3.0, from_s=300, until_s=2400)))
    failed = [
        simulate(growing, read_plan(scaling(invocations(target))), 1, series=False).totals.errors_5xx
        for target in (600, 300)
    ]

    assert failed[0] > 100
    assert failed[1] == 0


def test_a_short_cooldown_adds_the_same_instances_twice() -> None:
    """30 requests a second are 1800 a minute: six instances at 300 each."""
    eager, patient = (
        most(scaling(invocations(300, ScaleOutCooldown=cooldown), MaxCapacity=40), there(rate=30))
        for cooldown in (0, 300)
    )

    assert patient in (6, 7)
    assert eager > patient


def test_an_endpoint_at_zero_is_woken_by_the_backlog_alone() -> None:
    """Worked case A26: target tracking does nothing at 0 instances, the step policy adds one."""
    slept, woken = (
        [sum(each.counts.values()) for each in simulate(queued(), read_plan(plan), 1, series=False).instances]
        for plan in (SLEEPING, WOKEN)
    )

    assert slept == [1, 0]
    assert woken[:3] == [1, 0, 1]
    assert TARGET["ResourceId"] in ARN
