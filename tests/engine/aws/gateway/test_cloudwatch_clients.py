"""CloudWatch through botocore's own client, in each protocol that it speaks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from tests.engine.aws.gateway.alarms import alarm, composite
from tests.engine.aws.gateway.clients import client, gateway_of, speaking


@pytest.fixture(params=["json", "smithy-rpc-v2-cbor", "query"])
def cloudwatch(request):
    """A client, and the live run that it talks to."""
    gateway = gateway_of()
    return speaking(request.param, client(gateway, "cloudwatch")), gateway.account.live


def test_alarms_and_metrics_of_ones_own(cloudwatch):
    """Put and read back: numbers are numbers, moments are moments, pages follow each other."""
    asks, live = cloudwatch
    begun = live.world.clock(0)
    asks.put_metric_alarm(**alarm(Tags=[{"Key": "team", "Value": "models"}]))
    asks.put_composite_alarm(**composite())
    data = {"MetricName": "WrongAnswers", "Timestamp": begun, "Values": [5.0, 1.0], "Counts": [1.0, 2.0]}
    asks.put_metric_data(Namespace="Team", MetricData=[data])
    live.advance(400)
    [found] = asks.describe_alarms(AlarmNames=["errors"])["MetricAlarms"]
    history = asks.get_paginator("describe_alarm_history").paginate(
        AlarmName="errors", PaginationConfig={"PageSize": 1}
    )
    metric = {"Namespace": "Team", "MetricName": "WrongAnswers"}
    queries = [
        {"Id": "m", "MetricStat": {"Metric": metric, "Period": 60, "Stat": "p50"}},
        {"Id": "e", "Expression": "m * 2"},
    ]
    span = {"StartTime": begun, "EndTime": begun + timedelta(minutes=5)}
    rows = asks.get_metric_data(**span, MetricDataQueries=queries)["MetricDataResults"]

    assert (found["Threshold"], found["AlarmConfigurationUpdatedTimestamp"]) == (30.0, begun)
    assert asks.list_tags_for_resource(ResourceARN=found["AlarmArn"])["Tags"] == [{"Key": "team", "Value": "models"}]
    assert all(len(each["AlarmHistoryItems"]) == 1 for each in history)
    assert [(row["Values"], row["Timestamps"]) for row in rows] == [([1.0], [begun]), ([2.0], [begun])]
    [point] = asks.get_metric_statistics(**metric, **span, Period=60, ExtendedStatistics=["p90"])["Datapoints"]
    assert point["ExtendedStatistics"]["p90"] == pytest.approx(4.2)
    asks.get_waiter("alarm_exists").wait(AlarmNames=["errors"])


@pytest.mark.parametrize(
    "operation, request_, code, status",
    [
        ("set_alarm_state", {"AlarmName": "u", "StateValue": "OK", "StateReason": "r"}, "ResourceNotFound", 404),
        ("describe_alarms", {"StateValue": "FINE"}, "ValidationError", 400),
        ("describe_alarms", {"NextToken": "here"}, "InvalidNextToken", 400),
        ("put_composite_alarm", {"AlarmName": "c", "AlarmRule": "ALARM("}, "ValidationError", 400),
        ("put_composite_alarm", {"AlarmName": "c", "AlarmRule": "ALARM(nobody)"}, "ValidationError", 400),
        ("get_alarm_mute_rule", {"AlarmMuteRuleName": "x"}, "ResourceNotFoundException", 404),
    ],
)
def test_refusals_have_the_codes_that_scripts_catch(cloudwatch, operation, request_, code, status):
    """Whatever the protocol."""
    asks, _ = cloudwatch
    with pytest.raises(ClientError) as refused:
        getattr(asks, operation)(**request_)

    answer = refused.value.response
    assert (answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"]) == (code, status)


def test_an_error_without_words(cloudwatch):
    """As recorded: boto3 shows an empty Message, and no `message` beside it."""
    asks, _ = cloudwatch
    with pytest.raises(ClientError) as refused:
        asks.set_alarm_state(AlarmName="u", StateValue="ALARM", StateReason="r")

    answer = refused.value.response
    assert answer["Error"].get("Message", "") == ""
    assert "message" not in answer
    assert answer["Error"]["Type"] == "Sender"
