"""Application Auto Scaling as botocore's own client sees it."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from engine.requests.arns import alarm_arn
from tests.engine.aws.gateway.in_process import client, gateway_of, talking_to

TARGET = {
    "ServiceNamespace": "sagemaker",
    "ResourceId": "endpoint/churn/variant/main",
    "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
}
TRACKING = {
    "TargetValue": 70.0,
    "PredefinedMetricSpecification": {"PredefinedMetricType": "SageMakerVariantInvocationsPerInstance"},
}
STEPS = {
    "AdjustmentType": "ChangeInCapacity",
    "StepAdjustments": [{"MetricIntervalLowerBound": 0.0, "ScalingAdjustment": 1}],
}


@pytest.fixture
def gateway():
    """A gateway that botocore's clients talk to."""
    with talking_to(gateway_of()) as found:
        yield found


@pytest.fixture
def scaling(gateway):
    """Its Application Auto Scaling, with a registered variant."""
    found = client("application-autoscaling")
    found.register_scalable_target(**TARGET, MinCapacity=2, MaxCapacity=8, Tags={"team": "churn"})
    return found


def test_a_target_is_registered_and_described(gateway, scaling):
    """Its ARN is the same everywhere, and a change keeps its age and its tags."""
    gateway.account.live.advance(60)
    arn = scaling.register_scalable_target(**TARGET, MaxCapacity=6)["ScalableTargetARN"]
    (found,) = scaling.describe_scalable_targets(ServiceNamespace="sagemaker")["ScalableTargets"]

    assert found["ScalableTargetARN"] == arn
    assert (found["MinCapacity"], found["MaxCapacity"]) == (2, 6)
    assert found["CreationTime"] == gateway.account.live.world.clock(0)
    assert scaling.list_tags_for_resource(ResourceARN=arn)["Tags"] == {"team": "churn"}
    scaling.tag_resource(ResourceARN=arn, Tags={"a": "b"})
    scaling.untag_resource(ResourceARN=arn, TagKeys=["team"])
    assert scaling.list_tags_for_resource(ResourceARN=arn)["Tags"] == {"a": "b"}
    assert scaling.describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"] == []


def test_a_target_that_is_registered_anew_has_no_past(gateway, scaling):
    """Deregistered, it takes policies and tags with it."""
    scaling.put_scaling_policy(
        **TARGET, PolicyName="p", PolicyType="TargetTrackingScaling", TargetTrackingScalingPolicyConfiguration=TRACKING
    )
    scaling.deregister_scalable_target(**TARGET)
    gateway.account.live.advance(60)
    arn = scaling.register_scalable_target(**TARGET, MinCapacity=1, MaxCapacity=4)["ScalableTargetARN"]

    assert scaling.list_tags_for_resource(ResourceARN=arn)["Tags"] == {}
    assert scaling.describe_scaling_policies(ServiceNamespace="sagemaker")["ScalingPolicies"] == []
    (found,) = scaling.describe_scalable_targets(ServiceNamespace="sagemaker")["ScalableTargets"]
    assert found["CreationTime"] == gateway.account.now


def test_a_tracking_policy_has_two_alarms(gateway, scaling):
    """They are answered, described, and there; they go with the policy."""
    put = scaling.put_scaling_policy(
        **TARGET,
        PolicyName="p",
        PolicyType="TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration=TRACKING,
    )
    (found,) = scaling.describe_scaling_policies(ServiceNamespace="sagemaker", PolicyNames=["p"])["ScalingPolicies"]
    states = gateway.account.live.alarms.states

    assert found["PolicyARN"] == put["PolicyARN"]
    assert found["PolicyARN"].endswith(":resource/sagemaker/endpoint/churn/variant/main:policyName/p")
    assert found["TargetTrackingScalingPolicyConfiguration"] == TRACKING
    assert found["Alarms"] == put["Alarms"]
    assert [each["AlarmARN"] for each in put["Alarms"]] == [alarm_arn(each["AlarmName"]) for each in put["Alarms"]]
    assert {each["AlarmName"] for each in put["Alarms"]} <= states.keys()
    scaling.delete_scaling_policy(**TARGET, PolicyName="p")
    assert not {each["AlarmName"] for each in put["Alarms"]} & states.keys()


def test_a_step_policy_lists_the_alarms_that_name_it(gateway, scaling):
    """None at first: somebody has to write one with the policy's ARN."""
    put = scaling.put_scaling_policy(
        **TARGET, PolicyName="s", PolicyType="StepScaling", StepScalingPolicyConfiguration=STEPS
    )
    assert put["Alarms"] == []
    client("cloudwatch").put_metric_alarm(
        AlarmName="busy",
        Namespace="AWS/SageMaker",
        MetricName="InvocationsPerInstance",
        Dimensions=[{"Name": "EndpointName", "Value": "churn"}, {"Name": "VariantName", "Value": "main"}],
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1.0,
        ComparisonOperator="GreaterThanThreshold",
        AlarmActions=[put["PolicyARN"]],
    )
    (found,) = scaling.describe_scaling_policies(ServiceNamespace="sagemaker")["ScalingPolicies"]
    assert [each["AlarmName"] for each in found["Alarms"]] == ["busy"]

    gateway.account.live.advance(600)
    activities = scaling.describe_scaling_activities(ServiceNamespace="sagemaker")["ScalingActivities"]
    assert activities[-1]["Cause"] == "monitor alarm busy in state ALARM triggered policy s"


@pytest.mark.parametrize(
    "call, most",
    [
        ("describe_scalable_targets", 50),
        ("describe_scaling_activities", 50),
        ("describe_scaling_policies", 10),
        ("describe_scheduled_actions", 50),
    ],
)
def test_how_many_may_be_asked_for(scaling, call, most):
    """From 1 up to what the service model says in words (spec inference 1.3)."""
    ask = getattr(scaling, call)
    for right in (1, most):
        ask(ServiceNamespace="sagemaker", MaxResults=right)
    for wrong, bound in ((0, "greater than or equal to 1"), (most + 1, f"less than or equal to {most}")):
        with pytest.raises(ClientError) as refused:
            ask(ServiceNamespace="sagemaker", MaxResults=wrong)
        error = refused.value.response["Error"]

        assert error["Code"] == "ValidationException"
        assert error["Message"] == (
            f"1 validation error detected: Value '{wrong}' at 'maxResults' failed to satisfy constraint: "
            f"Member must have value {bound}"
        )


def test_policies_come_in_pages(scaling):
    """Ten at once, as documented, and each once."""
    for count in range(12):
        scaling.put_scaling_policy(
            **TARGET, PolicyName=f"s{count}", PolicyType="StepScaling", StepScalingPolicyConfiguration=STEPS
        )
    first = scaling.describe_scaling_policies(ServiceNamespace="sagemaker")
    pages = scaling.get_paginator("describe_scaling_policies").paginate(ServiceNamespace="sagemaker")
    names = [each["PolicyName"] for part in pages for each in part["ScalingPolicies"]]

    assert len(first["ScalingPolicies"]) == 10
    assert names == [f"s{count}" for count in range(12)]
    with pytest.raises(ClientError) as refused:
        scaling.describe_scaling_policies(ServiceNamespace="sagemaker", NextToken="x")
    assert refused.value.response["Error"]["Code"] == "InvalidNextTokenException"


def test_a_scheduled_action_is_described_and_acts(gateway, scaling):
    """At its time the bounds change, and the capacity with them."""
    scaling.put_scheduled_action(
        **TARGET,
        ScheduledActionName="night",
        Schedule="at(2026-03-02T09:10:00)",
        ScalableTargetAction={"MinCapacity": 5},
    )
    (found,) = scaling.describe_scheduled_actions(ServiceNamespace="sagemaker")["ScheduledActions"]
    gateway.account.live.advance(900)
    (target,) = scaling.describe_scalable_targets(
        ServiceNamespace="sagemaker",
        ResourceIds=[TARGET["ResourceId"]],
        ScalableDimension=TARGET["ScalableDimension"],
    )["ScalableTargets"]
    activities = scaling.describe_scaling_activities(ServiceNamespace="sagemaker", ResourceId=TARGET["ResourceId"])

    assert found["Schedule"] == "at(2026-03-02T09:10:00)"
    assert found["ScheduledActionARN"].endswith(":scheduledActionName/night")
    assert target["MinCapacity"] == 5
    assert activities["ScalingActivities"][0]["Cause"] == "minimum capacity was set to 5"


@pytest.mark.parametrize(
    "call, given, code",
    [
        ("describe_scalable_targets", {"ScalableDimension": TARGET["ScalableDimension"]}, "ValidationException"),
        ("describe_scaling_policies", {"ScalableDimension": TARGET["ScalableDimension"]}, "ValidationException"),
    ],
)
def test_a_dimension_needs_a_resource(scaling, call, given, code):
    """As documented; AWS's sentence was not found."""
    with pytest.raises(ClientError) as refused:
        getattr(scaling, call)(ServiceNamespace="sagemaker", **given)
    assert refused.value.response["Error"]["Code"] == code
