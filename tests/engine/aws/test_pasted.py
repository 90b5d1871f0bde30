"""What people paste in place of a plan is recognised, and told where it goes."""

from __future__ import annotations

from typing import Any

import pytest

from engine.aws.checking import check
from engine.aws.shapes.models import SERVICES
from tests.engine.aws.examples import ALARM, CANARY, VARIANT, alarm, config, transform, update
from tests.engine.aws.scaling_examples import ACTION, REGISTER, TARGET, TRACK
from tests.engine.aws.test_shadow_tests import create, stop

TEMPLATE = {
    "AWSTemplateFormatVersion": "2010-09-09",
    "Resources": {
        "Errors": {"Type": "AWS::CloudWatch::Alarm", "Properties": ALARM},
        "V2": {"Type": "AWS::SageMaker::EndpointConfig", "Properties": {"ProductionVariants": [VARIANT]}},
    },
}
BARE: dict[str, dict[str, Any]] = {
    "CreateEndpointConfig": config()["CreateEndpointConfig"],
    "PutMetricAlarm": ALARM,
    "PutCompositeAlarm": {"AlarmName": "any", "AlarmRule": "ALARM(a)"},
    "UpdateEndpoint": update(CANARY)["UpdateEndpoint"],
    "UpdateEndpointWeightsAndCapacities": {"EndpointName": "churn", "DesiredWeightsAndCapacities": []},
    "SetAlarmState": {"AlarmName": "a", "StateValue": "OK", "StateReason": "try"},
    "PutMetricData": {"Namespace": "Team", "MetricData": [{"MetricName": "m", "Value": 1.0}]},
    "CreateTransformJob": transform()["CreateTransformJob"],
    "RegisterScalableTarget": REGISTER,
    "DeregisterScalableTarget": TARGET,
    "PutScalingPolicy": TRACK,
    "DeleteScalingPolicy": {"PolicyName": "track", **TARGET},
    "PutScheduledAction": ACTION,
    "DeleteScheduledAction": {"ScheduledActionName": "morning", **TARGET},
    "CreateInferenceExperiment": create()["CreateInferenceExperiment"],
    "UpdateInferenceExperiment": {"Name": "try", "Schedule": {}, "Description": "longer"},
    "StopInferenceExperiment": stop()["StopInferenceExperiment"],
}
OF_ONE_FIELD = {
    "EnableAlarmActions",
    "DisableAlarmActions",
    "DeleteAlarms",
    "StopTransformJob",
    "DeleteEndpoint",
    "DeleteEndpointConfig",
    "StartInferenceExperiment",
    "DeleteInferenceExperiment",
}
LIKE_AN_UPDATE = {"CreateEndpoint"}


@pytest.mark.parametrize("operation", BARE)
def test_a_bare_request_goes_under_its_name(operation: str) -> None:
    """One finding, about the whole, in place of one for each of its fields."""
    [finding] = check(BARE[operation], None)

    assert finding.path == ()
    assert f"Write `{operation}:` above it" in finding.say


def test_each_request_of_a_plan_is_recognised() -> None:
    """But for those that have a single field, which may be anything, and one that is taken for an update."""
    assert set(SERVICES) - set(BARE) == OF_ONE_FIELD | LIKE_AN_UPDATE


def test_a_request_with_a_slip_is_recognised_too() -> None:
    """Most of its fields are enough."""
    [finding] = check({**ALARM, "Treshold": 5}, None)

    assert "`PutMetricAlarm:`" in finding.say


def test_a_template_is_copied_resource_by_resource() -> None:
    """CloudFormation's Properties are the requests."""
    [finding] = check(TEMPLATE, None)

    assert "CloudFormation template" in finding.say
    assert "those of Errors under PutMetricAlarm, those of V2 under CreateEndpointConfig" in finding.say


@pytest.mark.parametrize(
    "resources", [None, [], "x", {"a": 1}, {"a": {"Type": ["x"]}}, {"q": {"Type": "AWS::S3::Bucket"}}]
)
def test_a_template_of_other_things(resources: object) -> None:
    """It may hold anything at all."""
    [finding] = check({"Resources": resources}, None)

    assert "none of an endpoint or an alarm" in finding.say


def test_a_deployment_config_alone() -> None:
    """It belongs into an UpdateEndpoint."""
    [finding] = check(CANARY, None)

    assert "UpdateEndpoint: {EndpointName" in finding.say


def test_a_plan_with_a_slip_is_still_a_plan() -> None:
    """Beside an operation of a plan the rest are misspelt operations."""
    found = check({**alarm(), "UpdateEndpont": {}}, None)

    assert [each.say for each in found] == ["UpdateEndpont is not an operation of a plan. Did you mean UpdateEndpoint?"]


REMEDIES = [
    ("percentile-as-statistic", alarm(Statistic="p99"), "write ExtendedStatistic: p99 instead of Statistic"),
    ("trimmed-mean", alarm(Statistic="TM(10%:90%)"), "write ExtendedStatistic: TM(10%:90%) instead"),
    (
        "alarm-by-name",
        update({**CANARY, "AutoRollbackConfiguration": {"Alarms": ["v2-errors"]}}),
        "Write {AlarmName: v2-errors}.",
    ),
    ("dimension-as-text", alarm(Dimensions=["churn"]), "Write {Name: churn, Value: ...}."),
    (
        "share-of-a-shadow",
        {
            "CreateEndpointConfig": {
                **config()["CreateEndpointConfig"],
                "ShadowProductionVariants": [{**VARIANT, "VariantName": "shadow", "SamplingPercentage": 50}],
            }
        },
        "write InitialVariantWeight: 0.5",
    ),
]


@pytest.mark.parametrize(("plan", "words"), [row[1:] for row in REMEDIES], ids=[row[0] for row in REMEDIES])
def test_the_message_says_what_to_write(plan: dict[str, Any], words: str) -> None:
    """Not only what is wrong."""
    assert [each.say for each in check(plan, None) if words in each.say]
