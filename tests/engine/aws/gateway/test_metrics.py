"""Metrics as clients read and put them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from engine.live import KEPT_S
from engine.requests.arns import ACCOUNT
from tests.engine.aws.gateway.alarms import ARN, OF_BOTH, alarm
from tests.engine.aws.gateway.conftest import client_of

INVOCATIONS = {"Namespace": "AWS/SageMaker", "MetricName": "Invocations", "Dimensions": OF_BOTH}
LATENCY = {**INVOCATIONS, "MetricName": "ModelLatency"}
OWN = {"Namespace": "Team", "MetricName": "WrongAnswers"}


def query(id="m", metric=INVOCATIONS, stat="Sum", period=60, **more):
    """Return a query of a metric."""
    inside = {"Metric": metric, "Period": period, "Stat": stat}
    unit = {"Unit": more.pop("unit")} if "unit" in more else {}
    return {"Id": id, "MetricStat": {**inside, **unit}, **more}


def read(client, *queries, begin=0, end=600, **more):
    """Return the whole answer of GetMetricData."""
    span = {"StartTime": client.at(begin), "EndTime": client.at(end)}
    return client.watch("GetMetricData", **span, MetricDataQueries=list(queries), **more)


def values(client, *queries, **more):
    """Return the values of each row."""
    return [row["Values"] for row in read(client, *queries, **more)["MetricDataResults"]]


def statistics(client, metric=INVOCATIONS, *, begin=0, end=600, period=60, **more):
    """Return a GetMetricStatistics request."""
    fields = {"Statistics": ["Sum"]} if "ExtendedStatistics" not in more else {}
    span = {"StartTime": client.at(begin), "EndTime": client.at(end), "Period": period}
    return {**metric, **span, **fields, **more}


def put(client, *data, at=None, **more):
    """Put numbers of a metric of one's own."""
    when = {} if at is None else {"Timestamp": client.at(at)}
    metric = {"MetricName": "WrongAnswers", **when, **more}
    return client.watch("PutMetricData", Namespace="Team", MetricData=[{**metric, "Value": each} for each in data])


def test_a_minute_is_there_once_its_delay_is_over(client):
    """Minutes become visible 100 s after their end here, and none sooner."""
    seen = []
    for now in (159.0, 160.0, 219.0, 220.0):
        client.live.advance(now)
        seen.append(len(values(client, query())[0]))

    assert seen == [0, 1, 1, 2]


def test_statistics_and_data_are_the_same_numbers(client):
    """One in the order of time, the other newest first; Average x SampleCount is Sum."""
    client.live.advance(900)
    asked = statistics(client, LATENCY, Statistics=["Sum", "Average", "SampleCount"])
    points = client.watch("GetMetricStatistics", **asked)["Datapoints"]
    [newest_first] = values(client, query(metric=LATENCY))

    assert len(points) == 10
    assert [point["Sum"] for point in points] == newest_first[::-1]
    assert all(point["Average"] * point["SampleCount"] == pytest.approx(point["Sum"]) for point in points)
    assert {point["Unit"] for point in points} == {"Microseconds"}
    assert all(after["Timestamp"] - before["Timestamp"] == 60 for before, after in pairwise(points))


@pytest.mark.parametrize(
    "begin, period, first",
    [(130, 60, 120), (125, 300, 120), (0, 300, 0), (-30, 60, -60)],
    ids=["rounded down to the minute", "from that minute on", "whole", "before the run"],
)
def test_periods_begin_where_the_question_does(client, begin, period, first):
    """Rounded down to the minute; what lies before the run has no points."""
    client.live.advance(900)
    asked = statistics(client, begin=begin, end=800, period=period)
    points = client.watch("GetMetricStatistics", **asked)["Datapoints"]

    assert points[0]["Timestamp"] == client.at(max(first, 0) if period == 60 else first)


def test_metric_math_over_what_is_read(client):
    """Of hidden queries too; an array gives several rows, a percentile of nothing known ahead is there."""
    client.live.advance(900)
    hidden, half = query(ReturnData=False), {"Id": "half", "Expression": "m / 2", "Label": "half of it"}
    answer = read(client, hidden, half)["MetricDataResults"]
    [whole] = values(client, query())

    assert [(row["Id"], row["Label"]) for row in answer] == [("half", "half of it")]
    assert answer[0]["Values"] == [each / 2 for each in whole]
    assert len(values(client, query(), {"Id": "all", "Expression": "[m, m * 2]"})) == 3
    assert all(0 < each < 1e7 for each in values(client, query(metric=LATENCY, stat="p99.9"))[0])


@pytest.mark.parametrize(
    "queries, code",
    [
        ([{"Id": "e", "Expression": "m1 + 1"}], "ValidationError"),
        ([query(), query()], "ValidationError"),
        ([query(period=45)], "ValidationError"),
        ([query(stat="p101")], "ValidationError"),
        ([query(), {"Id": "e", "Expression": "SUM(m)"}], "ValidationError"),
        ([{"Id": "e", "Expression": "SEARCH('{AWS/SageMaker} x', 'Sum')"}], "NotSimulated"),
        ([{"Id": "e", "Expression": "sum(search ('{AWS/SageMaker} x', 'Sum', 60))"}], "NotSimulated"),
        ([{"Id": "e", "Expression": "SELECT SUM(Invocations) FROM X"}], "NotSimulated"),
        ([{"Id": "e", "Expression": " select\nSUM(Invocations) FROM X"}], "NotSimulated"),
        ([query("a"), query("b", period=300), {"Id": "e", "Expression": "a + b"}], "NotSimulated"),
        ([{**query(), "AccountId": "999999999999"}], "NotSimulated"),
        ([], "ValidationError"),
    ],
)
def test_queries_that_are_refused(client, queries, code):
    """Each with a sentence."""
    span = {"StartTime": client.at(0), "EndTime": client.at(60)}
    status, found, message = client.refused("GetMetricData", **span, MetricDataQueries=queries)

    assert (status, found) == (400, code)
    assert message


@pytest.mark.parametrize("expression, what", [("SEARCH('x', 'Sum')", "SEARCH"), ("SELECT AVG(x) FROM y", "SELECT")])
def test_what_to_write_in_place_of_a_search(client, expression, what):
    """The answer says what is not there, and how to do without."""
    span = {"StartTime": client.at(0), "EndTime": client.at(60)}
    queries = [{"Id": "e", "Expression": expression}]
    message = client.refused("GetMetricData", **span, MetricDataQueries=queries)[2]

    assert what in message
    assert "ListMetrics" in message


@pytest.mark.parametrize("size", [1, 3, 7, 100])
@pytest.mark.parametrize("order", ["TimestampDescending", "TimestampAscending"])
def test_pages_put_together_are_the_whole(client, size, order):
    """Rows are Complete in the page in which they end, PartialData before; no page has more points than it may."""
    client.live.advance(900)
    queries = [query(), query("l", metric=LATENCY)]
    parts, more = [], {}
    while more is not None:
        answer = read(client, *queries, ScanBy=order, MaxDatapoints=size, **more)
        parts.append(answer["MetricDataResults"])
        more = {"NextToken": answer["NextToken"]} if "NextToken" in answer else None

    assert all(sum(len(row["Values"]) for row in part) <= size for part in parts)
    together = [[value for part in parts for value in part[row]["Values"]] for row in (0, 1)]
    assert together == values(client, *queries, ScanBy=order)
    assert [row["StatusCode"] for row in parts[-1]] == ["Complete", "Complete"]
    assert all(part[1]["StatusCode"] == "PartialData" for part in parts[:-1])


def test_old_percentiles_are_left_out_and_said():
    """Single values are kept for three hours; totals are there for good."""
    client = client_of(duration_s=KEPT_S + 1800)
    client.live.advance(KEPT_S + 1200)
    old = {"begin": 0, "end": KEPT_S + 1200}
    percentile, total = read(client, query(metric=LATENCY, stat="p90"), query("n"), **old)["MetricDataResults"]

    assert percentile["StatusCode"] == "PartialData"
    assert percentile["Messages"][0]["Code"] == "NotKept"
    assert (total["StatusCode"], len(total["Values"])) == ("Complete", len(percentile["Values"]) + 20)
    asked = statistics(client, LATENCY, **old, period=600, ExtendedStatistics=["p90"])
    assert client.refused("GetMetricStatistics", **asked)[1] == "InvalidParameterValue"
    asked = statistics(client, LATENCY, begin=1200, end=1200 + KEPT_S, period=600, ExtendedStatistics=["p90"])
    assert len(client.watch("GetMetricStatistics", **asked)["Datapoints"]) == KEPT_S / 600


def test_the_endpoints_metrics_are_listed(client):
    """By variant, and by configuration too; filters narrow it down."""
    client.live.advance(400)
    every = client.watch("ListMetrics")["Metrics"]
    of_variant = client.watch("ListMetrics", MetricName="Invocations", Dimensions=[{"Name": "EndpointConfigName"}])
    nothing = client.watch("ListMetrics", Dimensions=[{"Name": "EndpointName", "Value": "other"}])

    assert {each["Namespace"] for each in every} == {"AWS/SageMaker", "/aws/sagemaker/Endpoints"}
    assert INVOCATIONS in every
    assert [each["Dimensions"][0]["Value"] for each in of_variant["Metrics"]] == ["v1"]
    assert nothing["Metrics"] == []


def test_when_ones_own_metric_can_be_seen(client):
    """A new one after two minutes, and in the list after a quarter of an hour; later data at once."""
    client.live.advance(30)
    put(client, 5.0)
    seen = []
    for now in (149.0, 150.0, 929.0, 930.0):
        client.live.advance(now)
        listed = client.watch("ListMetrics", Namespace="Team")["Metrics"]
        seen.append((len(values(client, query(metric=OWN))[0]), len(listed)))
    put(client, 7.0)

    assert seen == [(0, 0), (1, 0), (1, 0), (1, 1)]
    assert values(client, query(metric=OWN), end=1000) == [[7.0, 5.0]]


def test_late_data_takes_its_time(client):
    """What is more than three hours old takes two hours more, what is a day old two days."""
    put(client, 1.0)
    client.live.advance(200)
    put(client, 2.0, at=-60)
    put(client, 3.0, at=200 - 4 * 3600)
    put(client, 4.0, at=200 - 86_400)
    seen = []
    for now in (200, 200 + 7199, 200 + 7200):
        client.live.advance(now)
        seen.append(values(client, query(metric=OWN), begin=-90_000)[0])

    assert seen == [[1.0, 2.0], [1.0, 2.0], [1.0, 2.0, 3.0]]


@pytest.mark.parametrize("stat, value", [("Sum", 31.0), ("SampleCount", 4.0), ("p50", 10.0), ("Maximum", 10.0)])
def test_ways_to_put_the_same(client, stat, value):
    """Values one by one, with counts, and totals beside values; units are kept apart."""
    put(client, 1.0, 10.0, at=0)
    datum = {"MetricName": "WrongAnswers", "Timestamp": client.at(0)}
    many = {**datum, "Values": [10.0], "Counts": [1]}
    totals = {"SampleCount": 1, "Sum": 10, "Minimum": 10, "Maximum": 10}
    other = {**datum, "Value": 99, "Unit": "Percent"}
    client.watch("PutMetricData", Namespace="Team", MetricData=[many, {**datum, "StatisticValues": totals}, other])
    client.live.advance(200)

    assert values(client, query(metric=OWN, stat=stat, unit="None")) == [[value]]
    assert values(client, query(metric=OWN, stat="Sum", unit="Percent")) == [[99.0]]


@pytest.mark.parametrize(
    "datum",
    [{"StatisticValues": {"SampleCount": 3, "Sum": 6, "Minimum": 1, "Maximum": 3}}, {"Values": [-1.0, 2.0]}],
    ids=["totals alone", "below zero"],
)
def test_percentiles_that_cannot_be_known(client, datum):
    """Without the values, and of negative ones, there are none (spec cloudwatch 4)."""
    client.watch("PutMetricData", Namespace="Team", MetricData=[{"MetricName": "WrongAnswers", **datum}])
    client.live.advance(200)

    assert values(client, query(metric=OWN, stat="p50")) == [[]]
    assert len(values(client, query(metric=OWN, stat="Average"))[0]) == 1


def test_seconds_of_high_resolution(client):
    """Data is kept by the second with StorageResolution 1, by the minute without."""
    client.live.advance(3)
    put(client, 1.0, at=33, StorageResolution=1)
    put(client, 2.0, at=33)
    client.live.advance(200)
    answer = read(client, query(metric=OWN, period=10), ScanBy="TimestampAscending")["MetricDataResults"][0]

    assert answer["Timestamps"] == [client.at(0), client.at(30)]
    assert answer["Values"] == [2.0, 1.0]


@pytest.mark.parametrize(
    "namespace, datum, code",
    [
        ("AWS/SageMaker", {"Value": 1}, "InvalidParameterValue"),
        ("Team", {}, "MissingParameter"),
        ("Team", {"Value": 1, "Timestamp": 0}, "InvalidParameterValue"),
        ("Team", {"Value": 1, "Timestamp": 4e9}, "InvalidParameterValue"),
        ("Team", {"Value": 1, "StorageResolution": 30}, "InvalidParameterValue"),
        ("Team", {"Value": 1e109}, "InvalidParameterValue"),
        ("Team", {"Value": 1, "Unit": "Apples"}, "ValidationError"),
        ("Team", {"Values": [1.0] * 151}, "InvalidParameterValue"),
        ("Team", {"Values": [1.0], "Counts": [-1]}, "InvalidParameterValue"),
        ("Team", {"Value": 1, "Dimensions": [{"Name": "a", "Value": "b"}] * 31}, "ValidationError"),
    ],
)
def test_data_that_is_refused(client, namespace, datum, code):
    """And then none of the call is kept."""
    good = {"MetricName": "WrongAnswers", "Value": 1}
    data = [good, {"MetricName": "WrongAnswers", **datum}]
    status, found, message = client.refused("PutMetricData", Namespace=namespace, MetricData=data)
    client.live.advance(1000)

    assert (status, found) == (400, code)
    assert message
    assert client.watch("ListMetrics", Namespace="Team")["Metrics"] == []
    assert len(client.account.sent) == 1
    assert client.account.sent[0].refused


def test_an_alarm_on_ones_own_metric_rolls_an_update_back(client):
    """A script counts wrong answers itself; when it puts them, the alarm fires, and the deployment goes back."""
    client.watch("PutMetricAlarm", **alarm("wrong", TreatMissingData="notBreaching"))
    routing = {
        "Type": "CANARY",
        "CanarySize": {"Type": "INSTANCE_COUNT", "Value": 1},
        "WaitIntervalInSeconds": 600,
    }
    deployment = {
        "BlueGreenUpdatePolicy": {"TrafficRoutingConfiguration": routing},
        "AutoRollbackConfiguration": {"Alarms": [{"AlarmName": "wrong"}]},
    }
    put(client, 0.0)
    client.live.advance(300)
    to_v2 = {"EndpointName": "churn", "EndpointConfigName": "v2", "DeploymentConfig": deployment}
    assert client.ask("SageMaker.UpdateEndpoint", **to_v2)[0] == 200
    for t in range(310, 1500, 10):
        client.live.advance(t)
        put(client, 8.0 if t >= 600 else 0.0)
    answer = client.ask("SageMaker.DescribeEndpoint", EndpointName="churn")[1]
    [fired] = [each for each in client.live.recorder.alarms if each.to_state == "ALARM"]

    assert answer["EndpointConfigName"] == "v1"
    assert "wrong" in answer["FailureReason"]
    assert fired.t == 670.0
    assert fired.reason.startswith("Threshold Crossed: 1 datapoint [48.0 (")
    assert sum(each.operation == "PutMetricData" for each in client.account.sent) == 120
    assert client.watch("DescribeAlarms")["MetricAlarms"][0]["AlarmArn"] == f"{ARN}wrong"


def test_metrics_of_other_accounts(client):
    """They are refused rather than answered with one's own; one's own account may be named."""
    assert client.refused("ListMetrics", OwningAccount="999999999999")[1] == "NotSimulated"
    assert client.watch("ListMetrics", OwningAccount=ACCOUNT) == client.watch("ListMetrics")
    assert values(client, {**query(), "AccountId": ACCOUNT}) == values(client, query())
