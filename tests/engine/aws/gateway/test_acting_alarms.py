"""Alarms that do something: they roll updates back and scale, unless they are gone, off or muted."""

from __future__ import annotations

import pytest

from tests.engine.aws.gateway.alarms import alarm, by_hand, names

TARGET = {
    "ServiceNamespace": "sagemaker",
    "ResourceId": "endpoint/churn/variant/main",
    "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
}
TRACKING = {
    "TargetValue": 10.0,
    "PredefinedMetricSpecification": {"PredefinedMetricType": "SageMakerVariantInvocationsPerInstance"},
}


@pytest.fixture
def scaled(client):
    """A client of an endpoint whose policy wants more instances than there are."""
    of_scaling = "AnyScaleFrontendService."
    assert client.ask(f"{of_scaling}RegisterScalableTarget", **TARGET, MinCapacity=1, MaxCapacity=9)[0] == 200
    policy = {"PolicyName": "follow", "PolicyType": "TargetTrackingScaling"}
    settings = {"TargetTrackingScalingPolicyConfiguration": TRACKING}
    assert client.ask(f"{of_scaling}PutScalingPolicy", **TARGET, **policy, **settings)[0] == 200
    return client


def instances(client):
    """Return how many instances the variant has or is about to have."""
    [variant] = client.ask("SageMaker.DescribeEndpoint", EndpointName="churn")[1]["ProductionVariants"]
    return variant["DesiredInstanceCount"]


def test_alarms_of_a_scaling_policy_are_seen(scaled):
    """Two, with names and actions of Application Auto Scaling (an AWS sample; moto asserts as much of DynamoDB)."""
    found = scaled.watch("DescribeAlarms", ActionPrefix="arn:aws:autoscaling:")["MetricAlarms"]

    assert [("AlarmHigh" in each["AlarmName"], "AlarmLow" in each["AlarmName"]) for each in found] == [
        (True, False),
        (False, True),
    ]
    assert all(each["ActionsEnabled"] for each in found)


def off(client):
    """Turn the actions of all alarms off."""
    client.watch("DisableAlarmActions", AlarmNames=names(client.watch("DescribeAlarms")))


def muted(client):
    """Mute all alarms for the first hour."""
    schedule = {"Expression": "at(2026-03-02T09:00)", "Duration": "PT1H"}
    targets = {"AlarmNames": names(client.watch("DescribeAlarms"))}
    client.watch("PutAlarmMuteRule", Name="quiet", Rule={"Schedule": schedule}, MuteTargets=targets)


@pytest.mark.parametrize("silence, more", [(None, True), (off, False), (muted, False)])
def test_alarms_that_may_not_act_scale_nothing(scaled, silence, more):
    """They are in ALARM all the same."""
    if silence is not None:
        silence(scaled)
    scaled.live.advance(900)

    assert names(scaled.watch("DescribeAlarms", StateValue="ALARM"))
    assert (instances(scaled) > 4) is more


@pytest.mark.parametrize("on", [False, True])
def test_alarms_that_may_act_again_do(scaled, on):
    """An alarm that stays in ALARM scales once its actions are turned on, or its mute rule is gone."""
    (off if on else muted)(scaled)
    scaled.live.advance(900)
    if on:
        scaled.watch("EnableAlarmActions", AlarmNames=names(scaled.watch("DescribeAlarms")))
    else:
        scaled.watch("DeleteAlarmMuteRule", AlarmMuteRuleName="quiet")
    scaled.live.advance(1100)

    assert instances(scaled) > 4


@pytest.mark.parametrize("deleted, config", [(False, "v1"), (True, "v2")])
def test_a_rollback_alarm_that_is_deleted_rolls_nothing_back(client, deleted, config):
    """SageMaker looks whether an alarm is in ALARM: one that is gone is not. AWS says nothing of it."""
    client.watch("PutMetricAlarm", **alarm(TreatMissingData="ignore"))
    routing = {"Type": "ALL_AT_ONCE", "WaitIntervalInSeconds": 0}
    deployment = {
        "BlueGreenUpdatePolicy": {"TrafficRoutingConfiguration": routing, "TerminationWaitInSeconds": 600},
        "AutoRollbackConfiguration": {"Alarms": [{"AlarmName": "errors"}]},
    }
    to_v2 = {"EndpointName": "churn", "EndpointConfigName": "v2", "DeploymentConfig": deployment}
    assert client.ask("SageMaker.UpdateEndpoint", **to_v2)[0] == 200
    client.live.advance(120)
    client.watch("SetAlarmState", **by_hand())
    if deleted:
        client.watch("DeleteAlarms", AlarmNames=["errors"])
    client.live.advance(1500)

    answer = client.ask("SageMaker.DescribeEndpoint", EndpointName="churn")[1]
    assert (answer["EndpointStatus"], answer["EndpointConfigName"]) == ("InService", config)


@pytest.mark.parametrize("silence", [None, off, muted])
def test_a_step_policy_lists_its_alarms(scaled, silence):
    """Those that name it, also while their actions are off or muted: they are associated with it all the same."""
    step = {
        "AdjustmentType": "ChangeInCapacity",
        "StepAdjustments": [{"MetricIntervalLowerBound": 0, "ScalingAdjustment": 1}],
    }
    policy = {"PolicyName": "jump", "PolicyType": "StepScaling", "StepScalingPolicyConfiguration": step}
    arn = scaled.ask("AnyScaleFrontendService.PutScalingPolicy", **TARGET, **policy)[1]["PolicyARN"]
    scaled.watch("PutMetricAlarm", **alarm("busy", AlarmActions=[arn]))
    if silence:
        silence(scaled)
    asked = {"ServiceNamespace": "sagemaker", "PolicyNames": ["jump"]}
    [found] = scaled.ask("AnyScaleFrontendService.DescribeScalingPolicies", **asked)[1]["ScalingPolicies"]

    assert [each["AlarmName"] for each in found["Alarms"]] == ["busy"]


def test_an_alarm_that_a_policy_has_put_again(scaled):
    """It is described as it is, whatever a client has put under its name before, and has no tags of an older one."""
    policy = {**TARGET, "PolicyName": "follow"}
    [high, _] = names(scaled.watch("DescribeAlarms"))
    before = scaled.watch("DescribeAlarms", AlarmNames=[high])["MetricAlarms"][0]
    tagged = {"ResourceARN": before["AlarmArn"]}
    scaled.watch("PutMetricAlarm", **alarm(high))
    scaled.watch("TagResource", **tagged, Tags=[{"Key": "a", "Value": "b"}])
    scaled.ask("AnyScaleFrontendService.DeleteScalingPolicy", **policy)
    assert scaled.watch("ListTagsForResource", **tagged)["Tags"] == []

    settings = {"TargetTrackingScalingPolicyConfiguration": TRACKING, "PolicyType": "TargetTrackingScaling"}
    scaled.ask("AnyScaleFrontendService.PutScalingPolicy", **policy, **settings)
    after = scaled.watch("DescribeAlarms", AlarmNames=[high])["MetricAlarms"][0]

    assert {**after, "StateReason": ""} == {**before, "StateReason": ""}
    assert scaled.watch("ListTagsForResource", **tagged)["Tags"] == []
