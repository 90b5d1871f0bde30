"""Advice on scaling, and that the simulator agrees (spec inference 0.1, 1.7, 2; sagemaker 6.1, 7)."""

from __future__ import annotations

from typing import Any

import pytest

from engine.aws.checking import check
from engine.aws.translation.reading import read_plan
from engine.catalogue.hardware import Hardware
from engine.serving.model import Model, ServiceTime
from engine.simulate import simulate
from tests.engine.aws.examples import ALARM, VARIANT, config, update
from tests.engine.aws.scaling_examples import STEP, TARGET, TRACK, TRACKING, scaling
from tests.engine.aws.worlds import world

FOUR_CORES = {"ml.m5.large": Hardware(vcpus=4)}
ARN = "arn:aws:autoscaling:us-east-1:111122223333:scalingPolicy:1:resource/sagemaker/endpoint/churn/variant/main"
CPU = {
    "MetricName": "CPUUtilization",
    "Namespace": "/aws/sagemaker/Endpoints",
    "Statistic": "Average",
    "Dimensions": [{"Name": "EndpointName", "Value": "churn"}, {"Name": "VariantName", "Value": "main"}],
}


def target(value: float) -> dict[str, Any]:
    """Return a plan that tracks so many invocations."""
    return scaling({**TRACK, "TargetTrackingScalingPolicyConfiguration": {**TRACKING, "TargetValue": value}})


def cpu(value: float) -> dict[str, Any]:
    """Return a plan that tracks the utilization of the cores."""
    tracking = {"TargetValue": value, "CustomizedMetricSpecification": CPU}
    return scaling({**TRACK, "TargetTrackingScalingPolicyConfiguration": tracking})


def acting(**changes: Any) -> dict[str, Any]:
    """Return a plan whose alarm acts through the step policy."""
    alarm = {**ALARM, "AlarmActions": [f"{ARN}:policyName/steps"], **changes}
    return {**scaling(STEP), "PutMetricAlarm": alarm}


def waking(**changes: Any) -> dict[str, Any]:
    """Return a plan with an alarm on requests that found no capacity."""
    return {"PutMetricAlarm": {**ALARM, "MetricName": "NoCapacityInvocationFailures", "Threshold": 1, **changes}}


def advice(plan: dict[str, Any]) -> list[str]:
    """Return the advice on a plan at 20 requests a second, on four cores an instance."""
    four = Model(service=ServiceTime(mean_ms=40), workers=4)
    there = world(instance_types=FOUR_CORES).with_model("churn-v1", four)
    return [each.say for each in check(plan, there) if each.severity == "advice"]


WAITING = config({**VARIANT, "VariantName": "main"}, name="churn-v3")
WAITING["CreateEndpointConfig"]["AsyncInferenceConfig"] = {"OutputConfig": {"S3OutputPath": "s3://a/b"}}
WAITED = {**WAITING, **update(EndpointConfigName="churn-v3"), **scaling()}
LATER = {"AfterSeconds": 900, **update()}
SAID = [
    (target(5), "TargetValue counts the calls of a minute: 20 a second are 1200"),
    (target(0), "No metric falls below a target of 0, so any load asks for the MaxCapacity"),
    (cpu(-5), "No metric falls below a target of -5"),
    (cpu(70), "CPUUtilization adds up the cores, 400 for 4: 70 is 18 % of an instance. Write 280 for 70 %."),
    (WAITED, "An asynchronous endpoint does not publish InvocationsPerInstance"),
    (scaling(STEP), "No alarm acts through steps, so it never scales."),
    (acting(ActionsEnabled=False), "No alarm acts through steps"),
    (waking(), "One request that finds no capacity makes a Sum of 1, which is not above 1."),
    ({**scaling(), "Later": LATER}, "Scaling may have moved the instances of main"),
]


@pytest.mark.parametrize(("plan", "text"), SAID)
def test_it_is_said(plan: dict[str, Any], text: str) -> None:
    """Where somebody errs."""
    assert any(say.startswith(text) for say in advice(plan))


RETAINED = {"AfterSeconds": 900, **update(RetainAllVariantProperties=True)}
SILENT = [
    (target(300), "TargetValue"),
    (target(150), "TargetValue"),
    (cpu(280), "CPUUtilization"),
    (cpu(160), "CPUUtilization"),
    (acting(), "No alarm acts"),
    (waking(ComparisonOperator="GreaterThanOrEqualToThreshold"), "One request"),
    (waking(Threshold=0), "One request"),
    ({**scaling(), "Later": RETAINED}, "Scaling may"),
    (scaling(), "This plan has no UpdateEndpoint"),
]


@pytest.mark.parametrize(("plan", "text"), SILENT)
def test_it_is_not_said(plan: dict[str, Any], text: str) -> None:
    """Where nobody does."""
    assert not any(say.startswith(text) for say in advice(plan))


def instances(plan: dict[str, Any], **changes: Any) -> int:
    """Return how many instances a run comes to."""
    four = Model(service=ServiceTime(mean_ms=40), workers=4)
    there = world(duration_s=2400.0, instance_types=FOUR_CORES, **changes).with_model("churn-v1", four)
    return sum(simulate(there, read_plan(plan), 1, series=False).instances[-1].counts.values())


def test_a_target_per_second_goes_to_the_maximum() -> None:
    """Five a minute are exceeded by whatever comes; five a second are 300 a minute, and 20 a second need four."""
    assert instances(target(5)) == 8
    assert instances(target(300)) in (4, 5)


def test_seventy_of_four_hundred_is_little() -> None:
    """100 requests a second of 40 ms keep one of the four cores of each of four instances busy: no load at all, and
    70 adds instances; 280 takes some away."""
    assert instances(cpu(70), rate=100) > 4
    assert instances(cpu(280), rate=100) < 4


def test_a_step_policy_without_an_alarm_never_acts() -> None:
    """Nothing tells it."""
    assert instances({**scaling(STEP)}, rate=100) == 4
    assert TARGET["ResourceId"] in ARN
