"""Which side refuses a request of Application Auto Scaling (spec inference 1.3)."""

from __future__ import annotations

from typing import Any

import pytest

from engine.aws.checking import check_request
from tests.engine.aws.examples import changed
from tests.engine.aws.scaling_examples import ACTION, REGISTER, STEP, STEPS, TRACK

TRACKING, STEPPING = "TargetTrackingScalingPolicyConfiguration", "StepScalingPolicyConfiguration"
PREDEFINED = f"{TRACKING}.PredefinedMetricSpecification"
CUSTOM = {"MetricName": "CPUUtilization", "Namespace": "/aws/sagemaker/Endpoints", "Statistic": "p99"}
CLIENT = [
    ("RegisterScalableTarget", REGISTER, "MinCapacity", "1", "Invalid type"),
    ("RegisterScalableTarget", REGISTER, "MinCapacity", 4.0, "Invalid type"),
    ("PutScalingPolicy", TRACK, f"{TRACKING}.TargetValue", None, "Missing required parameter"),
    ("PutScalingPolicy", TRACK, f"{TRACKING}.TargetValue", "70", "Invalid type"),
    ("PutScalingPolicy", TRACK, f"{TRACKING}.ScaleInCooldown", 60.5, "Invalid type"),
    ("PutScalingPolicy", TRACK, f"{TRACKING}.ScaleOutCoolDown", 60, "Unknown parameter"),
    ("PutScalingPolicy", TRACK, PREDEFINED, {}, "PredefinedMetricType"),
    ("PutScalingPolicy", STEP, f"{STEPPING}.StepAdjustments", [{}], "ScalingAdjustment"),
    ("PutScalingPolicy", STEP, f"{STEPPING}.StepAdjustments", [{"ScalingAdjustment": 1.5}], "Invalid type"),
    ("PutScheduledAction", ACTION, "ScheduledActionName", None, "Missing required parameter"),
    (
        "RegisterScalableTarget",
        REGISTER,
        "SuspendedState",
        {"DynamicScalingInSuspended": "true"},
        "Invalid type",
    ),
]


def severities(operation: str, request: dict[str, Any], dotted: str, value: object) -> list[tuple[str, str]]:
    """Return who refuses the request with one field set, and with which words."""
    return [(each.severity, each.say) for each in check_request(operation, changed(request, dotted, value))]


@pytest.mark.parametrize(("operation", "request_", "dotted", "value", "words"), CLIENT)
def test_the_client_refuses(operation: str, request_: dict[str, Any], dotted: str, value: object, words: str) -> None:
    """Wrong types, missing and unknown fields (spec inference 1.3)."""
    [(severity, say)] = severities(operation, request_, dotted, value)

    assert severity == "client"
    assert words in say


SERVICE = [
    ("RegisterScalableTarget", REGISTER, "ServiceNamespace", "SageMaker", "Member must satisfy enum value set"),
    ("PutScalingPolicy", TRACK, f"{PREDEFINED}.PredefinedMetricType", "InvocationsPerInstance", "enum value set"),
    (
        "PutScalingPolicy",
        changed(TRACK, PREDEFINED, None),
        f"{TRACKING}.CustomizedMetricSpecification",
        CUSTOM,
        "enum value set",
    ),
    ("PutScalingPolicy", STEP, f"{STEPPING}.MetricAggregationType", "Sum", "enum value set"),
]


@pytest.mark.parametrize(("operation", "request_", "dotted", "value", "words"), SERVICE)
def test_the_client_lets_enums_pass(
    operation: str, request_: dict[str, Any], dotted: str, value: object, words: str
) -> None:
    """Texts from a closed set are the service's to judge (spec inference 1.3)."""
    [(severity, say)] = severities(operation, request_, dotted, value)

    assert severity == "service"
    assert words in say


PASSES = [
    ("RegisterScalableTarget", REGISTER, "MinCapacity", -1),
    ("RegisterScalableTarget", REGISTER, "MinCapacity", 9),
    ("PutScalingPolicy", TRACK, f"{TRACKING}.TargetValue", 70),
    ("PutScalingPolicy", TRACK, f"{TRACKING}.ScaleInCooldown", -1),
    ("PutScalingPolicy", STEP, f"{STEPPING}.StepAdjustments", []),
    ("PutScheduledAction", ACTION, "Schedule", None),
]


@pytest.mark.parametrize(("operation", "request_", "dotted", "value"), PASSES)
def test_the_client_passes(operation: str, request_: dict[str, Any], dotted: str, value: object) -> None:
    """What its model does not bound; the service has texts for some of it, once it knows the target (1.1, 1.2)."""
    assert severities(operation, request_, dotted, value) == []


def test_the_examples_pass() -> None:
    """Nothing is refused in what the others are spoiled from."""
    for operation, request in (
        ("RegisterScalableTarget", REGISTER),
        ("PutScalingPolicy", TRACK),
        ("PutScalingPolicy", STEP),
        ("PutScheduledAction", ACTION),
    ):
        assert check_request(operation, request) == ()
    assert STEPS["AdjustmentType"] == "PercentChangeInCapacity"


def test_what_is_missing_is_named_with_what_can_be_scaled() -> None:
    """Of AWS's fifteen services and twenty-four dimensions one of each is simulated."""
    say = " ".join(each.say for each in check_request("RegisterScalableTarget", {"MinCapacity": 1, "ResourceId": "x"}))

    assert "Add it: sagemaker." in say
    assert "Add it: sagemaker:variant:DesiredInstanceCount or" in say
