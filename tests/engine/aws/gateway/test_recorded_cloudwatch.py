"""CloudWatch held to what others recorded from AWS, and to what they asserted of it.

Each fact is a sequence of requests, between them a second to go on to, and parts of the last answer. The sources are
LocalStack's tests at 8b9a79f (tests/aws/services/cloudwatch), most with snapshots recorded from AWS in 2025 and 2026,
moto's at 0af643a (tests/test_cloudwatch), and a CDK stack's.

What does not apply here:
- the forms of answers and errors in CBOR and in query, and that an error without a message has no `message` at all:
  they are a protocol's (`test_basic_operations_multiple_protocols`,
  `test_exception_serializing_with_no_shape_in_spec`);
- the message of an action to SNS (`test_put_metric_alarm`): no action is carried out;
- GetMetricData over several units without a unit (`test_get_metric_data_different_units_no_unit_in_query`): which value
  AWS takes hangs on numbers that were not kept; that it says so is tested;
- `SELECT ... GROUP BY` (moto, `test_get_metric_data_with_expressive_expression`): Metrics Insights is not simulated;
- DynamoDB's four alarms of a scaling policy (moto, `test_describe_scaling_policy_alarms`): SageMaker has two;
- headers, retries and the calls with which clients begin (boto3, awscli, Terraform, the JavaScript SDK): their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.engine.aws.gateway.alarms import ARN, TOPIC, alarm, by_hand, composite

OWN = {"Namespace": "Team", "MetricName": "metric1"}
NO_DATA: dict[str, Any] = {"Statistic": "Sum", **OWN}
ABSENT = object()
"""Expected where there must be no such field."""


@dataclass(frozen=True)
class Fact:
    """What AWS was seen to answer."""

    source: str
    """The test that saw it."""
    sent: tuple[Any, ...]
    """Operation and request, or a second to go on to."""
    answer: dict[str, Any] = field(default_factory=dict)
    """Values in the last answer, by their path in it."""


@dataclass(frozen=True)
class Refusal:
    """What AWS was seen to refuse."""

    source: str
    sent: tuple[str, dict[str, Any]]
    code: str
    message: str
    status: int = 400


def put(*values, **more):
    """Return a request with values at second 0."""
    return "PutMetricData", {"Namespace": "Team", "MetricData": [datum(each, **more) for each in values]}


def datum(value=None, at=0.0, **more):
    """Return one datum; `at` stands for a second of the run."""
    given = {} if value is None else {"Value": value}
    return {"MetricName": "metric1", "Timestamp": at, **given, **more}


def asked(*stats, metric=OWN, **more):
    """Return a GetMetricData request over the first ten minutes, a query for each statistic and period."""
    queries = []
    for place, stat in enumerate(stats):
        name, period = stat if isinstance(stat, tuple) else (stat, 60)
        inside = {"Metric": metric, "Period": period, "Stat": name}
        label = {"Label": more["label"]} if "label" in more else {}
        queries.append({"Id": f"q{place}", "MetricStat": inside, **label})
    rest = {key: value for key, value in more.items() if key != "label"}
    return "GetMetricData", {"StartTime": 0.0, "EndTime": 600.0, "MetricDataQueries": queries, **rest}


STATISTICS = {**OWN, "StartTime": 0.0, "EndTime": 600.0, "Period": 60, "Statistics": ["Sum"]}
TAGGED = {"ResourceARN": f"{ARN}errors"}
PRODUCTION, ONE, TWO = ({"Key": key, "Value": "x"} for key in ("Environment", "tag1", "tag2"))
DISABLED = ("DisableAlarmActions", {"AlarmNames": ["errors"]})
TWO_CHILDREN = (
    ("PutMetricAlarm", alarm("one")),
    ("PutMetricAlarm", alarm("two")),
    ("PutCompositeAlarm", composite("either", "ALARM(one) OR ALARM(two)", AlarmDescription="both")),
    1,
)
EITHER = ("DescribeAlarms", {"AlarmTypes": ["CompositeAlarm"]})
ONE_TO_TEN = tuple(float(each) for each in range(1, 12))

FACTS = (
    Fact(
        "test_describe_minimal_metric_alarm: what was not sent is not filled in",
        (("PutMetricAlarm", alarm(Period=10)), ("DescribeAlarms", {})),
        {
            "MetricAlarms.0.ActionsEnabled": True,
            "MetricAlarms.0.AlarmActions": [],
            "MetricAlarms.0.OKActions": [],
            "MetricAlarms.0.InsufficientDataActions": [],
            "MetricAlarms.0.Dimensions": [],
            "MetricAlarms.0.StateReason": "Unchecked: Initial alarm creation",
            "MetricAlarms.0.StateValue": "INSUFFICIENT_DATA",
            "MetricAlarms.0.Period": 10,
            "MetricAlarms.0.EvaluationPeriods": 1,
            "MetricAlarms.0.Threshold": 30.0,
            "MetricAlarms.0.Statistic": "Sum",
            "MetricAlarms.0.AlarmArn": f"{ARN}errors",
            **{
                f"MetricAlarms.0.{each}": ABSENT
                for each in (
                    "StateReasonData",
                    "DatapointsToAlarm",
                    "TreatMissingData",
                    "Unit",
                    "AlarmDescription",
                    "EvaluateLowSampleCountPercentile",
                )
            },
        },
    ),
    Fact(
        "test_basic_operations: nothing is three empty lists",
        (("DescribeAlarms", {}),),
        {
            "": {
                "MetricAlarms": [],
                "CompositeAlarms": [],
                "LogAlarms": [],
            }
        },
    ),
    Fact(
        "test_put_metric_alarm: one datapoint of 21.5, and floats throughout its data",
        (
            put(21, 22, Unit="Seconds"),
            118,
            (
                "PutMetricAlarm",
                alarm(
                    Statistic="Average",
                    Period=60,
                    Threshold=21.0,
                    TreatMissingData="ignore",
                    Unit="Seconds",
                    MetricName="metric1",
                ),
            ),
            131,
            ("DescribeAlarms", {}),
        ),
        {
            "MetricAlarms.0.StateValue": "ALARM",
            "MetricAlarms.0.StateReason": re.compile(
                r"Threshold Crossed: 1 datapoint \[21\.5 \(\d\d/\d\d/\d\d \d\d:\d\d:\d\d\)\] was greater than the "
                r"threshold \(21\.0\)\."
            ),
            "MetricAlarms.0.StateReasonData": re.compile(
                r'{"version":"1.0","queryDate":"[^"]+","startDate":"[^"]+","unit":"Seconds","statistic":"Average",'
                r'"period":60,"recentDatapoints":\[21.5\],"threshold":21.0,"evaluatedDatapoints":'
                r'\[{"timestamp":"[^"]+","sampleCount":2.0,"value":21.5}\]}'
            ),
        },
    ),
    Fact(
        "test_put_metric_alarm: an alarm of 30 seconds sees a metric that is new",
        (
            ("PutMetricAlarm", alarm(Statistic="Average", Period=30, Threshold=2, **OWN, TreatMissingData="ignore")),
            put(21, 22, Unit="Seconds"),
            100,
            ("DescribeAlarms", {}),
        ),
        {"MetricAlarms.0.StateValue": "ALARM"},
    ),
    Fact(
        "test_put_metric_alarm: the alarms of a metric are those of DescribeAlarms",
        (("PutMetricAlarm", alarm()), ("DescribeAlarmsForMetric", {**OWN, "MetricName": "WrongAnswers"})),
        {"MetricAlarms.0.AlarmName": "errors", "MetricAlarms.0.StateValue": "INSUFFICIENT_DATA"},
    ),
    Fact(
        "test_breaching_alarm_actions: two missing periods treated as breaching",
        (
            ("PutMetricAlarm", alarm(Threshold=2.0, EvaluationPeriods=2, TreatMissingData="breaching", Unit="Seconds")),
            20,
            ("DescribeAlarms", {}),
        ),
        {
            "MetricAlarms.0.StateValue": "ALARM",
            "MetricAlarms.0.StateReason": "Threshold Crossed: no datapoints were received for 2 periods and 2 missing "
            "datapoints were treated as [Breaching].",
            "MetricAlarms.0.StateReasonData": re.compile(
                r'{"version":"1.0","queryDate":"[^"]+","unit":"Seconds","statistic":"Sum","period":60,'
                r'"recentDatapoints":\[\],"threshold":2.0,"evaluatedDatapoints":'
                r'\[{"timestamp":"[^"]+"},{"timestamp":"[^"]+"}\]}'
            ),
        },
    ),
    Fact(
        "TestSQSMetrics.test_alarm_number_of_messages_sent: no unit where none was asked for",
        (
            put(1),
            118,
            ("PutMetricAlarm", alarm(Statistic="SampleCount", Threshold=0.0, MetricName="metric1")),
            131,
            ("DescribeAlarms", {}),
        ),
        {
            "MetricAlarms.0.StateReason": re.compile(
                r"Threshold Crossed: 1 datapoint \[1\.0 \(.*\)\] was greater than the threshold \(0\.0\)\."
            ),
            "MetricAlarms.0.StateReasonData": re.compile(
                r'{"version":"1.0","queryDate":"[^"]+","startDate":"[^"]+","statistic":"SampleCount","period":60,'
                r'"recentDatapoints":\[1.0\],"threshold":0.0,.*'
            ),
        },
    ),
    Fact(
        "test_set_alarm: and back by hand",
        (
            ("PutMetricAlarm", alarm()),
            ("SetAlarmState", by_hand()),
            ("SetAlarmState", {**by_hand(state="OK"), "StateReason": "resetting alarm"}),
            ("DescribeAlarms", {}),
        ),
        {"MetricAlarms.0.StateValue": "OK", "MetricAlarms.0.StateReason": "resetting alarm"},
    ),
    Fact(
        "test_enable_disable_alarm_actions: off, with the actions kept",
        (("PutMetricAlarm", alarm(AlarmActions=[TOPIC])), DISABLED, ("DescribeAlarms", {})),
        {"MetricAlarms.0.ActionsEnabled": False, "MetricAlarms.0.AlarmActions": [TOPIC]},
    ),
    Fact(
        "test_enable_disable_alarm_actions: on again, with the reason kept",
        (
            ("PutMetricAlarm", alarm()),
            ("SetAlarmState", by_hand()),
            DISABLED,
            ("EnableAlarmActions", {"AlarmNames": ["errors"]}),
            ("DescribeAlarms", {}),
        ),
        {"MetricAlarms.0.ActionsEnabled": True, "MetricAlarms.0.StateReason": "a drill"},
    ),
    Fact(
        "test_delete_alarm",
        (("PutMetricAlarm", alarm()), ("DeleteAlarms", {"AlarmNames": ["errors"]}), ("DescribeAlarms", {})),
        {"MetricAlarms": [], "CompositeAlarms": []},
    ),
    Fact(
        "test_trigger_composite_alarm: child 1 back to OK is what triggered",
        (
            *TWO_CHILDREN,
            ("SetAlarmState", by_hand("one")),
            ("SetAlarmState", by_hand("one", "OK")),
            EITHER,
        ),
        {
            "CompositeAlarms.0.StateValue": "OK",
            "CompositeAlarms.0.StateReason": re.compile(
                rf"{ARN}one transitioned to OK at \w+day \d\d \w+, \d{{4}} .*UTC"
            ),
            "CompositeAlarms.0.StateReasonData": re.compile(
                rf'{{"triggeringAlarms":\[{{"arn":"{ARN}one","state":{{"value":"OK","timestamp":"[^"]+"}}}}\]}}'
            ),
        },
    ),
    Fact(
        "test_trigger_composite_alarm: then child 2 to ALARM",
        (*TWO_CHILDREN, ("SetAlarmState", by_hand("two")), EITHER),
        {
            "CompositeAlarms.0.StateValue": "ALARM",
            "CompositeAlarms.0.StateReasonData": re.compile(
                rf'{{"triggeringAlarms":\[{{"arn":"{ARN}two","state":{{"value":"ALARM","timestamp":"[^"]+"}}}}\]}}'
            ),
        },
    ),
    Fact(
        "test_composite_alarm_creation: a new composite has a state, and says that it was created",
        (*TWO_CHILDREN, EITHER),
        {
            "CompositeAlarms.0.StateValue": "OK",
            "CompositeAlarms.0.StateReason": f"{ARN}either was created and its alarm rule evaluates to OK",
            "CompositeAlarms.0.AlarmRule": "ALARM(one) OR ALARM(two)",
            "CompositeAlarms.0.AlarmDescription": "both",
            "CompositeAlarms.1": ABSENT,
            "MetricAlarms": [],
        },
    ),
    Fact(
        "test_composite_alarm_creation: an alarm on no data has none, whatever missing data counts as",
        (("PutMetricAlarm", alarm(TreatMissingData="breaching")), ("DescribeAlarms", {})),
        {
            "MetricAlarms.0.StateValue": "INSUFFICIENT_DATA",
            "MetricAlarms.0.StateReason": "Unchecked: Initial alarm creation",
        },
    ),
    Fact(
        "test_tagging_metric_alarm: tags come and go",
        (
            ("PutMetricAlarm", alarm(Tags=[PRODUCTION])),
            ("TagResource", {**TAGGED, "Tags": [ONE, TWO]}),
            ("UntagResource", {**TAGGED, "TagKeys": ["tag1"]}),
            ("ListTagsForResource", TAGGED),
        ),
        {"Tags": [PRODUCTION, TWO]},
    ),
    Fact(
        "test_tagging_metric_alarm: those of a deleted alarm are an empty list",
        (
            ("PutMetricAlarm", alarm(Tags=[PRODUCTION])),
            ("DeleteAlarms", {"AlarmNames": ["errors"]}),
            ("ListTagsForResource", TAGGED),
        ),
        {"Tags": []},
    ),
    Fact(
        "test_tagging_composite_alarm",
        (
            ("PutCompositeAlarm", composite("errors", "FALSE", Tags=[PRODUCTION])),
            ("TagResource", {**TAGGED, "Tags": [ONE]}),
            ("ListTagsForResource", TAGGED),
        ),
        {"Tags": [PRODUCTION, ONE]},
    ),
    *(
        Fact(
            f"test_get_metric_data_stats[{stat}]",
            (put(*ONE_TO_TEN), 400, asked(stat)),
            {
                "MetricDataResults.0.Values": [value],
                "MetricDataResults.0.StatusCode": "Complete",
                "Messages": [],
            },
        )
        for stat, value in (
            ("Sum", 66.0),
            ("SampleCount", 11.0),
            ("Minimum", 1.0),
            ("Maximum", 11.0),
            ("Average", 6.0),
        )
    ),
    Fact(
        "test_put_metric_data_values_list",
        (
            ("PutMetricData", {"Namespace": "Team", "MetricData": [datum(Values=[1.0, 10.0], Counts=[2, 4])]}),
            400,
            ("GetMetricStatistics", {**STATISTICS, "Statistics": ["Maximum", "SampleCount", "Sum"]}),
        ),
        {"Datapoints.0.Maximum": 10.0, "Datapoints.0.SampleCount": 6.0, "Datapoints.0.Sum": 42.0},
    ),
    Fact(
        "test_get_metric_data_with_zero_and_labels",
        (
            put(0.0, 1.0, 2.5, 5.0, 8.0, 100.0),
            400,
            asked("Average", "Sum", "Minimum", "Maximum", label="metric1 ${PROP('Stat')}"),
        ),
        {
            **{
                f"MetricDataResults.{place}.Label": f"metric1 {stat}"
                for place, stat in enumerate(("Average", "Sum", "Minimum", "Maximum"))
            },
            **{
                f"MetricDataResults.{place}.Values": [value]
                for place, value in enumerate((19.416666666666668, 116.5, 0.0, 100.0))
            },
        },
    ),
    Fact(
        "test_label_generation: queries that differ in their statistic",
        (put(1.0), 400, asked("Sum", "Minimum")),
        {"MetricDataResults.0.Label": "metric1 Sum", "MetricDataResults.1.Label": "metric1 Minimum"},
    ),
    Fact(
        "test_label_generation: queries that differ in their period",
        (put(1.0), 400, asked(("Sum", 60), ("Sum", 30))),
        {"MetricDataResults.0.Label": "metric1 60", "MetricDataResults.1.Label": "metric1 30"},
    ),
    Fact(
        "test_get_metric_with_no_results: a row for each query even so",
        (asked("Sum"),),
        {
            "MetricDataResults.0.Id": "q0",
            "MetricDataResults.0.StatusCode": "Complete",
            "MetricDataResults.0.Timestamps": [],
            "MetricDataResults.0.Values": [],
            "Messages": [],
        },
    ),
    Fact(
        "test_get_metric_with_null_dimensions: each set of dimensions is a metric of its own",
        (put(1.0, Dimensions=[{"Name": "a", "Value": "b"}]), 400, asked("Sum", metric={**OWN, "Dimensions": []})),
        {"MetricDataResults.0.Values": []},
    ),
    Fact(
        "test_multiple_dimensions_statistics: one row whatever the units, its dimensions by name",
        (
            put(1.0, Dimensions=[{"Name": "b", "Value": "2"}, {"Name": "a", "Value": "1"}]),
            put(1.0, Dimensions=[{"Name": "a", "Value": "1"}, {"Name": "b", "Value": "2"}], Unit="Seconds"),
            1000,
            ("ListMetrics", {"Namespace": "Team"}),
        ),
        {
            "Metrics": [{**OWN, "Dimensions": [{"Name": "a", "Value": "1"}, {"Name": "b", "Value": "2"}]}],
        },
    ),
    Fact(
        "test_handle_different_units: a point for each unit",
        (put(1.0), put(2.0, Unit="Count"), put(3.0, Unit="Seconds"), 400, ("GetMetricStatistics", STATISTICS)),
        {
            "Datapoints.0.Unit": "Count",
            "Datapoints.1.Unit": "None",
            "Datapoints.2.Unit": "Seconds",
            "Datapoints.3": ABSENT,
        },
    ),
    Fact(
        "test_get_metric_data_different_units_no_unit_in_query: that there are several is said in the row",
        (put(1.0, Unit="Seconds"), put(60_000.0, Unit="Milliseconds"), 400, asked("Sum")),
        {
            "MetricDataResults.0.Messages.0.Code": "MultipleUnits",
            "MetricDataResults.0.Messages.0.Value": "Multiple units returned: '[Milliseconds, Seconds]'",
            "Messages": [],
        },
    ),
    Fact(
        "test_default_ordering: newest first",
        (put(1.0), put(2.0, at=60.0), 400, asked("Sum")),
        {"MetricDataResults.0.Values": [2.0, 1.0]},
    ),
    Fact(
        "test_get_metric_data_pagination: twenty points, ten on a page",
        (
            *(put(1.0, at=60.0 * minute) for minute in range(-10, 10)),
            700,
            asked("Sum", StartTime=-600.0, MaxDatapoints=10),
        ),
        {"MetricDataResults.0.Values": [1.0] * 10, "NextToken": re.compile(".+")},
    ),
    Fact(
        "test_put_composite_alarm_describe_alarms",
        (("PutCompositeAlarm", composite("never", "FALSE")), EITHER),
        {"CompositeAlarms.0.AlarmName": "never", "CompositeAlarms.1": ABSENT},
    ),
)

REFUSALS = (
    Refusal(
        "test_exception_serializing_with_no_shape_in_spec: the enum in AWS's order",
        ("SetAlarmState", by_hand(state="INVALID")),
        "ValidationError",
        "1 validation error detected: Value 'INVALID' at 'stateValue' failed to satisfy constraint: Member must "
        "satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]",
    ),
    Refusal("test_set_alarm_invalid_input", ("SetAlarmState", by_hand("unknown")), "ResourceNotFound", "", 404),
    Refusal(
        "test_invalid_amount_of_datapoints: a second each, of a day",
        ("GetMetricStatistics", {**STATISTICS, "EndTime": 86_400.0, "Period": 1}),
        "InvalidParameterCombination",
        "You have requested up to 86400 datapoints, which exceeds the limit of 1440. You may reduce the datapoints "
        "requested by increasing Period, or decreasing the time range.",
    ),
    Refusal(
        "test_invalid_amount_of_datapoints: an end that is the start",
        ("GetMetricStatistics", {**STATISTICS, "EndTime": 0.0}),
        "InvalidParameterValue",
        "The parameter StartTime must be less than the parameter EndTime.",
    ),
    Refusal(
        "test_put_metric_data_validation: Value beside Values",
        ("PutMetricData", {"Namespace": "Team", "MetricData": [datum(1.0, Values=[1.0])]}),
        "InvalidParameterCombination",
        "The parameters MetricData.member.1.Value and MetricData.member.1.Values are mutually exclusive and you have "
        "specified both.",
    ),
    Refusal(
        "test_put_metric_data_validation: two values, one count",
        ("PutMetricData", {"Namespace": "Team", "MetricData": [datum(Values=[1.0, 2.0], Counts=[1])]}),
        "InvalidParameterValue",
        "The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size.",
    ),
    Refusal(
        "cloud-custodian issue 2559: data of three weeks ago",
        ("PutMetricData", {"Namespace": "Team", "MetricData": [datum(1.0, at=-21 * 86_400.0)]}),
        "InvalidParameterValue",
        "The parameter MetricData.member.1.Timestamp must specify a time within the past two weeks.",
    ),
    Refusal(
        "botocore issue 1671: a resolution of five minutes",
        ("PutMetricData", {"Namespace": "Team", "MetricData": [datum(1.0, StorageResolution=300)]}),
        "InvalidParameterValue",
        "The parameter MetricData.member.1.StorageResolution must be a value in the set [ 1, 60 ].",
    ),
    Refusal(
        "moto, test_get_metric_data_endtime_sooner_than_starttime (asserted, not recorded)",
        ("GetMetricData", {**asked("Sum")[1], "EndTime": -60.0}),
        "ValidationError",
        "The parameter EndTime must be greater than StartTime.",
    ),
    Refusal(
        "moto, test_get_metric_invalid_parameter_combination (asserted, not recorded)",
        ("GetMetricStatistics", {key: value for key, value in STATISTICS.items() if key != "Statistics"}),
        "InvalidParameterCombination",
        "Must specify either Statistics or ExtendedStatistics",
    ),
)
TIMES = ("StartTime", "EndTime", "Timestamp")


def on_the_clock(client, value):
    """Return a request with moments in place of seconds of the run."""
    if isinstance(value, dict):
        return {key: client.at(each) if key in TIMES else on_the_clock(client, each) for key, each in value.items()}
    return [on_the_clock(client, each) for each in value] if isinstance(value, list) else value


def at(answer, path):
    """Return what stands at a path such as `MetricAlarms.0.StateValue`; ABSENT for nothing."""
    for key in path.split(".") if path else ():
        try:
            answer = answer[int(key) if isinstance(answer, list) else key]
        except (KeyError, IndexError):
            return ABSENT
    return answer


def agrees(found, expected):
    """Is a value the one that is expected, or of its form?"""
    if isinstance(expected, re.Pattern):
        return isinstance(found, str) and expected.fullmatch(found) is not None
    return found == expected and isinstance(found, float) == isinstance(expected, float)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.source)
def test_what_was_recorded_is_answered(client, fact):
    """The same requests give the same answer, as far as it was kept."""
    answer = None
    for each in fact.sent:
        if isinstance(each, tuple):
            answer = client.watch(each[0], **on_the_clock(client, each[1]))
        else:
            client.live.advance(each)

    wrong = {path: at(answer, path) for path, expected in fact.answer.items() if not agrees(at(answer, path), expected)}
    assert wrong == {}


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.source)
def test_what_was_refused_is_refused(client, refusal):
    """With the same code and the same words."""
    operation, request = refusal.sent
    status, code, message = client.refused(operation, **on_the_clock(client, request))

    assert (status, code, message) == (refusal.status, refusal.code, refusal.message)


def test_the_fields_of_a_composite(client):
    """test_trigger_composite_alarm: all that is answered of one that was sent with a description."""
    for each in TWO_CHILDREN[:3]:
        client.watch(each[0], **each[1])
    client.live.advance(1)
    client.watch("SetAlarmState", **by_hand("one"))
    [found] = client.watch(*EITHER[:1], **EITHER[1])["CompositeAlarms"]

    assert sorted(found) == [
        "ActionsEnabled",
        "AlarmActions",
        "AlarmArn",
        "AlarmConfigurationUpdatedTimestamp",
        "AlarmDescription",
        "AlarmName",
        "AlarmRule",
        "InsufficientDataActions",
        "OKActions",
        "StateReason",
        "StateReasonData",
        "StateTransitionedTimestamp",
        "StateUpdatedTimestamp",
        "StateValue",
    ]


def test_history_says_of_which_type_an_alarm_is(client):
    """Each item names it (AWS's model, and its example in the CLI's reference)."""
    for each in TWO_CHILDREN[:3]:
        client.watch(each[0], **each[1])
    client.live.advance(1)
    client.watch("SetAlarmState", **by_hand("one"))
    items = client.watch("DescribeAlarmHistory", AlarmTypes=["MetricAlarm", "CompositeAlarm"])["AlarmHistoryItems"]

    assert {(each["AlarmName"], each["AlarmType"]) for each in items} == {
        ("one", "MetricAlarm"),
        ("two", "MetricAlarm"),
        ("either", "CompositeAlarm"),
    }
