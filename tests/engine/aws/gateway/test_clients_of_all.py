"""botocore's clients with alarms, metrics and pages, in every protocol of CloudWatch."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.engine.aws.gateway.clients import client, gateway_of, let_waiters_pass_time, speaking
from tests.engine.aws.gateway.test_clients import ALARM, PROTOCOLS, refused


@pytest.fixture(params=PROTOCOLS)
def cloudwatch(request):
    """A client in one of the protocols, of a run that is ten minutes old, in which an alarm stands."""
    gateway = gateway_of()
    made = speaking(request.param, client(gateway, "cloudwatch"))
    made.put_metric_alarm(**ALARM)
    gateway.account.live.advance(600)
    made.live = gateway.account.live
    return made


def test_an_alarm_is_described_as_it_was_put(cloudwatch):
    """Field by field, with times that have a zone."""
    (found,) = cloudwatch.describe_alarms(AlarmNames=["errors"])["MetricAlarms"]

    assert {name: found[name] for name in ALARM} == ALARM
    assert found["StateValue"] == "OK"
    assert found["StateUpdatedTimestamp"].tzinfo is not None
    assert isinstance(found["ActionsEnabled"], bool)


def test_alarms_come_in_pages(cloudwatch):
    """Through botocore's paginator."""
    for number in range(120):
        cloudwatch.put_metric_alarm(**{**ALARM, "AlarmName": f"a{number:03}"})
    pages = list(cloudwatch.get_paginator("describe_alarms").paginate(PaginationConfig={"PageSize": 50}))

    assert [len(page["MetricAlarms"]) for page in pages] == [50, 50, 21]


def test_metrics_are_read(cloudwatch):
    """With moments in the request, and numbers and moments in the answer."""
    now = cloudwatch.live.world.clock(cloudwatch.live.now)
    metric = {name: ALARM[name] for name in ("Namespace", "MetricName", "Dimensions")}
    span = {"StartTime": now - timedelta(minutes=9), "EndTime": now}
    points = cloudwatch.get_metric_statistics(
        **{**metric, "MetricName": "Invocations"}, **span, Period=60, Statistics=["Sum"]
    )
    assert points["Datapoints"]
    assert all(point["Sum"] > 0 and span["StartTime"] <= point["Timestamp"] <= now for point in points["Datapoints"])

    stat = {"Metric": {**metric, "MetricName": "Invocations"}, "Period": 60, "Stat": "Sum"}
    (row,) = cloudwatch.get_metric_data(MetricDataQueries=[{"Id": "m", "MetricStat": stat}], **span)[
        "MetricDataResults"
    ]
    assert len(row["Values"]) == len(row["Timestamps"]) == len(points["Datapoints"])


def test_ones_own_metric_comes_packed(cloudwatch):
    """900 data in one request, and then seen."""
    data = [{"MetricName": f"m{k}", "Value": float(k), "Unit": "Count"} for k in range(900)]
    cloudwatch.put_metric_data(Namespace="mine", MetricData=data)
    cloudwatch.live.advance(1500)
    pages = cloudwatch.get_paginator("list_metrics").paginate(Namespace="mine")

    assert sum(len(page["Metrics"]) for page in pages) == 900


def test_a_waiter_for_an_alarm(cloudwatch):
    """And its deletion."""
    cloudwatch.get_waiter("alarm_exists").wait(AlarmNames=["errors"])
    cloudwatch.delete_alarms(AlarmNames=["errors"])
    assert cloudwatch.describe_alarms()["MetricAlarms"] == []


def test_an_identity():
    """STS, in XML."""
    assert client(gateway_of(), "sts").get_caller_identity()["Account"].isdigit()


def test_endpoints_come_in_pages():
    """SageMaker, in JSON."""
    pages = (
        client(gateway_of(), "sagemaker")
        .get_paginator("list_endpoint_configs")
        .paginate(PaginationConfig={"PageSize": 1})
    )

    assert [page["EndpointConfigs"][0]["EndpointConfigName"] for page in pages]


def test_deleted(monkeypatch):
    """The stock waiter for an endpoint that goes."""
    gateway = gateway_of()
    let_waiters_pass_time(monkeypatch, gateway)
    sagemaker = client(gateway, "sagemaker")
    sagemaker.delete_endpoint(EndpointName="churn")
    sagemaker.get_waiter("endpoint_deleted").wait(EndpointName="churn")

    assert refused(sagemaker.describe_endpoint, EndpointName="churn") == ("ValidationException", 400)
