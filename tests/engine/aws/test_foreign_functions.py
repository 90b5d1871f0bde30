"""CloudFormation's functions and conditions are worked out where the template tells what they need."""

from __future__ import annotations

import pytest

from engine.aws.checking import check
from engine.aws.foreign.endpoints import Endpoints
from engine.aws.foreign.reading import foreign
from tests.engine.aws.examples import ALARM, config
from tests.engine.aws.scaling_examples import REGISTER, TARGET

TRACKED = {
    "PolicyName": "steps",
    "PolicyType": "StepScaling",
    "ScalingTargetId": {"Ref": "Target"},
    "StepScalingPolicyConfiguration": {
        "AdjustmentType": "ChangeInCapacity",
        "StepAdjustments": [{"MetricIntervalLowerBound": 0, "ScalingAdjustment": 1}],
    },
}
REST = {
    "Parameters": {
        "Stage": {"Type": "String", "Default": "prod"},
        "Least": {"Type": "Number", "Default": "5"},
        "Zones": {"Type": "CommaDelimitedList", "Default": "a, b"},
        "Who": {"Type": "String"},
    },
    "Mappings": {"Limits": {"prod": {"errors": 7}}},
    "Conditions": {
        "IsProd": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]},
        "IsTest": {"Fn::Not": [{"Condition": "IsProd"}]},
        "Both": {"Fn::And": [{"Condition": "IsProd"}, {"Fn::Equals": ["true", True]}]},
        "Either": {"Fn::Or": [{"Condition": "IsTest"}, {"Condition": "Both"}]},
        "Asks": {"Fn::Equals": [{"Ref": "Who"}, "x"]},
        "Circle": {"Condition": "Circle"},
    },
}


def read(condition=None, **alarm):
    """Return what is read of one alarm in a template with `REST`."""
    resource = {"Type": "AWS::CloudWatch::Alarm", "Properties": {**ALARM, **alarm}}
    return foreign(
        {**REST, "Resources": {"A": resource | ({"Condition": condition} if condition else {})}},
        Endpoints(updates=True),
    )


@pytest.mark.parametrize(
    ("given", "threshold"),
    [
        ({"Fn::FindInMap": ["Limits", {"Ref": "Stage"}, "errors"]}, 7),
        ({"Fn::Select": ["1", [3, 4]]}, 4),
        ({"Fn::Select": [1, {"Fn::Split": ["|", "8|9"]}]}, 9),
        ({"Fn::If": ["IsProd", 1, 2]}, 1),
        ({"Fn::If": ["IsTest", {"Ref": "Who"}, 2]}, 2),
        ({"Fn::If": ["Either", {"Ref": "Least"}, 2]}, 5),
        ("0.5", 0.5),
        ("many", "many"),
        ("1e999", "1e999"),
    ],
)
def test_what_a_number_comes_of(given, threshold):
    """Texts that say a number are numbers, as they are to CloudFormation."""
    assert read(Threshold=given).requests["PutMetricAlarm"]["Threshold"] == threshold


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"Fn::FindInMap": ["Limits", "test", "errors"]}, "test.errors of the mapping Limits"),
        ({"Fn::Select": [2, [3, 4]]}, "Fn::Select"),
        ({"Fn::If": ["Nobody", 1, 2]}, "the condition Nobody"),
        ({"Fn::If": ["Asks", 1, 2]}, "Who"),
        ({"Fn::If": ["Circle", 1, 2]}, "a reference that leads in a circle"),
        ({"Fn::Base64": "x"}, "Fn::Base64"),
    ],
)
def test_what_is_not_told(given, what):
    """Nothing is guessed, and the sentence says what to write."""
    found = read(Threshold=given)

    assert found.requests == {}
    assert found.left_out == (f"A is left out: {what} is not told by the template. Write the value itself.",)


def test_no_value_is_no_property():
    """In a list neither."""
    nothing = {"Ref": "AWS::NoValue"}
    made = read(Unit=nothing, AlarmActions=[nothing, "x"]).requests["PutMetricAlarm"]

    assert ("Unit" in made, made["AlarmActions"]) == (False, ["x"])


@pytest.mark.parametrize(("condition", "is_made"), [("IsProd", True), ("IsTest", False)])
def test_a_resource_on_a_condition(condition, is_made):
    """One whose condition does not hold is not made, and that is said."""
    found = read(condition)

    assert bool(found.requests) is is_made
    assert found.left_out == (
        () if is_made else ("A is left out: its Condition does not hold with the parameters' defaults.",)
    )


def test_a_list_among_the_parameters():
    """A default with commas."""
    assert read(AlarmActions={"Ref": "Zones"}).requests["PutMetricAlarm"]["AlarmActions"] == ["a", "b"]


def test_a_policy_names_its_target_and_an_alarm_the_policy():
    """By Ref, as templates do: the id of a target holds its three fields, and that of a policy is its ARN."""
    resources = {
        "Target": {"Type": "AWS::ApplicationAutoScaling::ScalableTarget", "Properties": REGISTER},
        "Policy": {"Type": "AWS::ApplicationAutoScaling::ScalingPolicy", "Properties": TRACKED},
        "Alarm": {"Type": "AWS::CloudWatch::Alarm", "Properties": {**ALARM, "AlarmActions": [{"Ref": "Policy"}]}},
        "Any": {
            "Type": "AWS::CloudWatch::CompositeAlarm",
            "Properties": {"AlarmName": "any", "AlarmRule": {"Fn::Sub": 'ALARM("${Alarm.Arn}")'}},
        },
    }
    found = foreign({"Resources": resources}, Endpoints(updates=True))
    policy, [action] = found.requests["PutScalingPolicy"], found.requests["PutMetricAlarm"]["AlarmActions"]

    assert {key: policy[key] for key in TARGET} == TARGET
    assert "ScalingTargetId" not in policy
    assert action.endswith(f":resource/sagemaker/{TARGET['ResourceId']}:policyName/steps")
    assert found.requests["PutCompositeAlarm"]["AlarmRule"] == (
        f'ALARM("arn:aws:cloudwatch:us-east-1:111122223333:alarm:{ALARM["AlarmName"]}")'
    )
    assert [each.say for each in check(found.requests, None) if each.severity in ("client", "service")] == []


def test_tags_of_an_endpoint_that_exists():
    """UpdateEndpoint takes none, and CloudFormation sets them in another way."""
    properties = {"EndpointName": "churn", "EndpointConfigName": "churn-v2", "Tags": [{"Key": "a", "Value": "b"}]}
    template = {"Resources": {"E": {"Type": "AWS::SageMaker::Endpoint", "Properties": properties}}}
    update, create = (foreign(template, Endpoints(updates=updates)) for updates in (True, False))

    assert "Tags" not in update.requests["UpdateEndpoint"]
    assert update.left_out == ("The Tags of E are left out: an update of an endpoint takes none.",)
    assert create.requests["CreateEndpoint"]["Tags"] == properties["Tags"]


RESOURCE = {"Type": "AWS::SageMaker::EndpointConfig", "Properties": config()["CreateEndpointConfig"]}


@pytest.mark.parametrize(
    "data",
    [
        RESOURCE,
        {"Config": RESOURCE},
        {"Resources": {"Config": RESOURCE}},
        {"TemplateBody": {"Resources": {"Config": RESOURCE}}, "StagesAvailable": ["Original"]},
        {"Transform": "AWS::Serverless-2016-10-31", "Globals": {}, "Resources": {"Config": RESOURCE}},
    ],
    ids=["resource", "named", "template", "get-template", "serverless"],
)
def test_a_template_or_a_part_of_one(data):
    """What people cut out of it, and what AWS's client prints of it."""
    found = foreign(data, Endpoints(updates=True))

    assert (found.what, found.requests) == ("a CloudFormation template", config())


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"Ref": "Topic"}, "arn:aws:sns:us-east-1:111122223333:pager"),
        ({"Fn::GetAtt": ["Role", "Arn"]}, "arn:aws:iam::111122223333:role/Role"),
        ({"Fn::GetAtt": ["Model", "ModelName"]}, "churn-v2"),
        ({"Ref": "Model"}, "churn-v2"),
        ({"Fn::GetAtt": "Topic.TopicName"}, "pager"),
    ],
)
def test_what_is_nothing_for_a_plan_has_a_name_all_the_same(given, told):
    """Requests refer to topics, roles and models."""
    resources = {
        "Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "pager"}},
        "Role": {"Type": "AWS::IAM::Role"},
        "Model": {"Type": "AWS::SageMaker::Model", "Properties": {"ModelName": "churn-v2"}},
        "A": {"Type": "AWS::CloudWatch::Alarm", "Properties": {**ALARM, "AlarmActions": [given]}},
    }

    assert foreign({"Resources": resources}, Endpoints(updates=True)).requests["PutMetricAlarm"]["AlarmActions"] == [
        told
    ]
