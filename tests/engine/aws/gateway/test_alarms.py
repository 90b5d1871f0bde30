"""Alarms as clients see them, and what clients do to them."""

from __future__ import annotations

import json

import pytest

from tests.engine.aws.gateway.alarms import ARN, OF_BOTH, TOPIC, alarm, by_hand, composite, names


@pytest.fixture
def several(client):
    """A client of an account with three alarms on metrics and two that are composite."""
    client.watch("PutMetricAlarm", **alarm("errors", AlarmActions=[TOPIC]))
    client.watch("PutMetricAlarm", **alarm("errors-late", ActionsEnabled=False))
    client.watch("PutMetricAlarm", **alarm("latency", MetricName="Waits"))
    client.watch("PutCompositeAlarm", **composite("page", "ALARM(errors) AND ALARM(latency)"))
    client.watch("PutCompositeAlarm", **composite("wake", "ALARM(page)", OKActions=[TOPIC]))
    client.live.advance(5)
    client.watch("SetAlarmState", **by_hand("latency"))
    return client


BOTH = ["MetricAlarm", "CompositeAlarm"]


@pytest.mark.parametrize(
    "filters, found",
    [
        ({}, ["errors", "errors-late", "latency"]),
        ({"AlarmTypes": ["CompositeAlarm"]}, ["page", "wake"]),
        ({"AlarmTypes": BOTH}, ["errors", "errors-late", "latency", "page", "wake"]),
        ({"AlarmTypes": ["LogAlarm"]}, []),
        ({"AlarmNames": ["latency", "page", "nobody"]}, ["latency"]),
        ({"AlarmNames": ["latency", "page"], "AlarmTypes": BOTH}, ["latency", "page"]),
        ({"AlarmNamePrefix": "err"}, ["errors", "errors-late"]),
        ({"AlarmNamePrefix": "err", "StateValue": "ALARM"}, []),
        ({"StateValue": "ALARM"}, ["latency"]),
        ({"StateValue": "OK", "AlarmTypes": BOTH}, ["page", "wake"]),
        ({"ActionPrefix": "arn:aws:sns:", "AlarmTypes": BOTH}, ["errors", "wake"]),
        ({"ActionPrefix": "arn:aws:lambda:", "AlarmTypes": BOTH}, []),
        ({"ChildrenOfAlarmName": "page"}, ["errors", "latency"]),
        ({"ChildrenOfAlarmName": "wake"}, ["page"]),
        ({"ChildrenOfAlarmName": "errors"}, []),
        ({"ParentsOfAlarmName": "errors"}, ["page"]),
        ({"ParentsOfAlarmName": "wake"}, []),
    ],
)
def test_filters_of_describe_alarms(several, filters, found):
    """Each filter alone and together, by name; without AlarmTypes only alarms on metrics."""
    assert names(several.watch("DescribeAlarms", **filters)) == found


@pytest.mark.parametrize(
    "filters",
    [
        {"AlarmNames": ["errors"], "AlarmNamePrefix": "e"},
        {"ChildrenOfAlarmName": "page", "StateValue": "OK"},
        {"ParentsOfAlarmName": "page", "AlarmTypes": ["CompositeAlarm"]},
        {"ChildrenOfAlarmName": "page", "ParentsOfAlarmName": "page"},
        {"StateValue": "FINE"},
        {"AlarmTypes": ["Siren"]},
        {"MaxRecords": 101},
        {"AlarmNames": ["a"] * 101},
    ],
)
def test_questions_that_are_refused(several, filters):
    """By the model, and where two filters exclude each other."""
    status, code, message = several.refused("DescribeAlarms", **filters)

    assert (status, code) == (400, "ValidationError")
    assert message


def test_family_is_told_in_few_words(several):
    """Of children the state, of parents only who they are."""
    [parent] = several.watch("DescribeAlarms", ParentsOfAlarmName="errors")["CompositeAlarms"]
    child = several.watch("DescribeAlarms", ChildrenOfAlarmName="page")["MetricAlarms"][0]

    assert parent == {"AlarmName": "page", "AlarmArn": f"{ARN}page"}
    assert child.keys() == {"AlarmName", "AlarmArn", "StateValue", "StateUpdatedTimestamp"}


def test_alarms_come_in_pages(several):
    """Every alarm once, in as many pages as it takes; a token of another question is refused."""
    seen, token = [], {}
    while token is not None:
        answer = several.watch("DescribeAlarms", AlarmTypes=BOTH, MaxRecords=2, **token)
        seen.append(names(answer))
        token = {"NextToken": answer["NextToken"]} if "NextToken" in answer else None

    assert seen == [["errors", "errors-late"], ["latency", "page"], ["wake"]]
    assert several.refused("DescribeAlarms", NextToken="here")[1] == "InvalidNextToken"


def test_alarms_for_a_metric(client):
    """Those on this very metric: other dimensions are another metric, and metric math is none."""
    on = {"Namespace": "AWS/SageMaker", "MetricName": "Invocations", "Dimensions": OF_BOTH}
    query = {"Id": "m", "MetricStat": {"Metric": on, "Period": 60, "Stat": "Sum"}}
    client.watch("PutMetricAlarm", **alarm("busy", **on))
    client.watch("PutMetricAlarm", **alarm("slow", **on, Period=300))
    of_one = {**dict.fromkeys(("Namespace", "MetricName", "Statistic", "Period")), "Metrics": [query]}
    client.watch("PutMetricAlarm", **alarm("math", **of_one))

    asked = client.watch("DescribeAlarmsForMetric", **on)["MetricAlarms"]
    assert [each["AlarmName"] for each in asked] == ["busy", "slow"]
    assert len(client.watch("DescribeAlarmsForMetric", **on, Period=300)["MetricAlarms"]) == 1
    assert client.watch("DescribeAlarmsForMetric", **{**on, "Dimensions": OF_BOTH[:1]})["MetricAlarms"] == []


def test_times_of_an_alarm(client):
    """Put, then put into a state, then into the same one again."""
    client.live.advance(3)
    client.watch("PutMetricAlarm", **alarm())
    client.live.advance(5)
    client.watch("SetAlarmState", **by_hand())
    client.live.advance(7)
    client.watch("SetAlarmState", **by_hand(StateReasonData='{"seen": [1]}'))
    [found] = client.watch("DescribeAlarms")["MetricAlarms"]

    times = ("AlarmConfigurationUpdatedTimestamp", "StateTransitionedTimestamp", "StateUpdatedTimestamp")
    assert [found[each] for each in times] == [client.at(3), client.at(5), client.at(7)]
    assert json.loads(found["StateReasonData"]) == {"seen": [1]}
    assert client.refused("SetAlarmState", **by_hand(StateReasonData="seen"))[1] == "InvalidFormat"


def test_history_tells_states_and_settings(several):
    """Newest first, or oldest first, of one type, between two moments, in pages."""
    several.live.advance(7)
    several.watch("DisableAlarmActions", AlarmNames=["latency"])
    several.live.advance(9)
    several.watch("DeleteAlarms", AlarmNames=["errors-late"])

    def told(**asked):
        items = several.watch("DescribeAlarmHistory", **asked)["AlarmHistoryItems"]
        return [each["HistorySummary"] for each in items]

    assert told(AlarmName="latency") == [
        'Alarm "latency" updated',
        "Alarm updated from INSUFFICIENT_DATA to ALARM",
        'Alarm "latency" created',
    ]
    assert told(AlarmName="latency", ScanBy="TimestampAscending") == told(AlarmName="latency")[::-1]
    assert told(HistoryItemType="StateUpdate") == ["Alarm updated from INSUFFICIENT_DATA to ALARM"]
    assert told(StartDate=several.at(8)) == ['Alarm "errors-late" deleted']
    assert told(EndDate=several.at(4), AlarmName="latency") == ['Alarm "latency" created']
    assert (
        told(AlarmTypes=["CompositeAlarm"], HistoryItemType="StateUpdate")
        == ["Alarm updated from INSUFFICIENT_DATA to OK"] * 2
    )
    first = several.watch("DescribeAlarmHistory", AlarmName="latency", MaxRecords=2)
    rest = several.watch("DescribeAlarmHistory", AlarmName="latency", MaxRecords=2, NextToken=first["NextToken"])
    assert [each["HistorySummary"] for each in first["AlarmHistoryItems"] + rest["AlarmHistoryItems"]] == told(
        AlarmName="latency"
    )


@pytest.mark.parametrize(
    "names_, say",
    [
        (["errors"], "Cannot delete errors as there are composite alarm(s) depending on it."),
        (["errors", "latency"], "Cannot delete errors,latency as there are composite alarm(s) depending on them."),
        (["page", "wake"], "You cannot delete more than one composite alarm in one request."),
    ],
)
def test_what_cannot_be_deleted(several, names_, say):
    """What a composite asks about, and two composites at once; then nothing is deleted."""
    assert several.refused("DeleteAlarms", AlarmNames=["errors-late", *names_]) == (400, "ValidationError", say)
    assert len(names(several.watch("DescribeAlarms", AlarmTypes=BOTH))) == 5


def test_alarms_in_a_circle_cannot_be_deleted_before_it_is_broken(client):
    """As AWS's guide says: set one rule to FALSE, then both can go, one after the other."""
    client.watch("PutCompositeAlarm", **composite("a", "FALSE"))
    client.watch("PutCompositeAlarm", **composite("b", "ALARM(a)"))
    client.watch("PutCompositeAlarm", **composite("a", "ALARM(b)"))
    assert client.refused("DeleteAlarms", AlarmNames=["a"])[1] == "ValidationError"
    assert client.refused("DeleteAlarms", AlarmNames=["b"])[1] == "ValidationError"

    client.watch("PutCompositeAlarm", **composite("a", "FALSE"))
    client.watch("DeleteAlarms", AlarmNames=["b"])
    client.watch("DeleteAlarms", AlarmNames=["a", "unheard-of"])
    assert names(client.watch("DescribeAlarms", AlarmTypes=BOTH)) == []


def test_a_deleted_alarm_begins_anew(several):
    """Without its state, its tags and its settings, and it is evaluated again."""
    several.watch("DeleteAlarms", AlarmNames=["errors-late"])
    several.watch("PutMetricAlarm", **alarm("errors-late", TreatMissingData="breaching"))
    [found] = several.watch("DescribeAlarms", AlarmNames=["errors-late"])["MetricAlarms"]

    assert (found["ActionsEnabled"], found["StateValue"]) == (True, "INSUFFICIENT_DATA")
    several.live.advance(200)
    assert several.live.alarms.states["errors-late"] == "ALARM"


def test_actions_of_both_kinds_are_turned_off_and_on(several):
    """What is described changes; a composite goes on following its children."""
    several.watch("DisableAlarmActions", AlarmNames=["errors", "page", "nobody"])
    off = several.watch("DescribeAlarms", AlarmTypes=BOTH)
    several.watch("SetAlarmState", **by_hand("errors"))
    several.watch("EnableAlarmActions", AlarmNames=["page", "errors-late"])
    on = several.watch("DescribeAlarms", AlarmTypes=BOTH)

    def enabled(answer):
        found = [*answer["MetricAlarms"], *answer["CompositeAlarms"]]
        return [each["AlarmName"] for each in found if each["ActionsEnabled"]]

    assert enabled(off) == ["latency", "wake"]
    assert enabled(on) == ["errors-late", "latency", "page", "wake"]
    assert on["CompositeAlarms"][0]["StateValue"] == "ALARM"


def test_what_was_changed_is_taken_down(several):
    """In the order in which it came, refused or not; what only reads is not."""
    before = len(several.account.sent)
    several.watch("DescribeAlarms")
    several.refused("DeleteAlarms", AlarmNames=["errors"])
    several.watch("DisableAlarmActions", AlarmNames=["errors"])

    assert [(each.operation, each.refused) for each in several.account.sent[before:]] == [
        ("DeleteAlarms", "ValidationError"),
        ("DisableAlarmActions", ""),
    ]


def rule(name="release", expression="at(2026-03-02T09:10)", duration="PT10M", **more):
    """Return a PutAlarmMuteRule request."""
    return {"Name": name, "Rule": {"Schedule": {"Expression": expression, "Duration": duration}}, **more}


def test_a_mute_rule_mutes_for_its_time(client):
    """The run begins at 09:00; the rule is scheduled, active for ten minutes, and over."""
    client.watch("PutMetricAlarm", **alarm())
    client.watch("PutAlarmMuteRule", **rule(MuteTargets={"AlarmNames": ["errors"]}, Description="d"))
    seen = []
    for t in (0, 599, 600, 1199, 1200):
        client.live.advance(t)
        status = client.watch("GetAlarmMuteRule", AlarmMuteRuleName="release")["Status"]
        seen.append((status, client.live.alarms.is_muted("errors"), client.live.alarms.is_muted("other")))

    assert seen == [
        ("SCHEDULED", False, False),
        ("SCHEDULED", False, False),
        ("ACTIVE", True, False),
        ("ACTIVE", True, False),
        ("EXPIRED", False, False),
    ]


@pytest.mark.parametrize(
    "more, status",
    [
        ({"expression": "cron(0 9 * * *)"}, "ACTIVE"),
        ({"expression": "cron(0 9 * * MON)"}, "ACTIVE"),
        ({"expression": "cron(0 9 * * SUN)"}, "SCHEDULED"),
        ({"expression": "cron(0 9 2 * *)"}, "ACTIVE"),
        ({"expression": "cron(0 9 * * *)", "StartDate": "2026-03-03T00:00:00Z"}, "SCHEDULED"),
        ({"expression": "cron(0 9 * * *)", "ExpireDate": "2026-03-02T08:59:00Z"}, "EXPIRED"),
        ({"expression": "cron(0 9 1 * *)", "duration": "P2D"}, "ACTIVE"),
    ],
)
def test_schedules_of_mute_rules(client, more, status):
    """On Monday, the second of March 2026, at five past nine."""
    client.live.advance(300)
    client.watch("PutAlarmMuteRule", **rule(**more))

    listed = client.watch("ListAlarmMuteRules")["AlarmMuteRuleSummaries"]
    assert [(each["Status"], each["MuteType"]) for each in listed] == [(status, "RECURRING")]
    assert len(client.watch("ListAlarmMuteRules", Statuses=[status])["AlarmMuteRuleSummaries"]) == 1
    assert client.watch("ListAlarmMuteRules", AlarmName="errors")["AlarmMuteRuleSummaries"] == []
    client.watch("DeleteAlarmMuteRule", AlarmMuteRuleName="release")
    client.watch("DeleteAlarmMuteRule", AlarmMuteRuleName="release")
    assert client.refused("GetAlarmMuteRule", AlarmMuteRuleName="release")[:2] == (404, "ResourceNotFoundException")


@pytest.mark.parametrize(
    "wrong",
    [
        {"expression": "rate(5 minutes)"},
        {"expression": "cron(0 9 1 * MON)"},
        {"expression": "at(2026-13-02T09:10)"},
        {"duration": "PT0M"},
        {"duration": "P16D"},
        {"duration": "10 minutes"},
    ],
)
def test_mute_rules_that_are_none(client, wrong):
    """Nothing is kept of them."""
    assert client.refused("PutAlarmMuteRule", **rule(**wrong))[:2] == (400, "ValidationError")
    assert client.watch("ListAlarmMuteRules")["AlarmMuteRuleSummaries"] == []


@pytest.mark.parametrize(
    "first, second",
    [
        (("PutMetricAlarm", alarm("same")), ("PutCompositeAlarm", composite("same", "TRUE"))),
        (("PutCompositeAlarm", composite("same", "TRUE")), ("PutMetricAlarm", alarm("same"))),
    ],
)
def test_a_name_is_of_one_alarm(client, first, second):
    """It is unique in a Region (service model), so an alarm of the other kind is refused and changes nothing."""
    client.watch(first[0], **first[1])
    status, code, message = client.refused(second[0], **second[1])
    answer = client.watch("DescribeAlarms", AlarmTypes=BOTH)

    assert (status, code) == (400, "ValidationError")
    assert "another type" in message
    assert names(answer) == ["same"]


@pytest.mark.parametrize(
    "rule, message",
    [
        ("()", "Error in AlarmRule [Unsupported token ')' at char 1]"),
        ("TRUE\n", "AlarmRule must not contain leading or trailing whitespace or be null"),
        (
            "ALARM(errors) OR ALARM(b) OR OK(c)",
            "Could not save the composite alarm as alarms [b, c] in the alarm rule do not exist",
        ),
    ],
)
def test_wrong_rules_are_refused_in_awss_words(several, rule, message):
    """Where users have printed them; the refusal is taken down, and the alarm is as it was."""
    assert several.refused("PutCompositeAlarm", **composite("page", rule)) == (400, "ValidationError", message)
    assert (several.account.sent[-1].operation, bool(several.account.sent[-1].refused)) == ("PutCompositeAlarm", True)
    [page] = several.watch("DescribeAlarms", AlarmNames=["page"], AlarmTypes=BOTH)["CompositeAlarms"]
    assert page["AlarmRule"] == "ALARM(errors) AND ALARM(latency)"


@pytest.mark.parametrize("operation", ["DescribeAlarmHistory", "ListMetrics", "ListAlarmMuteRules"])
def test_a_token_of_another_operation(several, operation):
    """It is refused, although both were asked without any other parameter."""
    token = several.watch("DescribeAlarms", MaxRecords=1)["NextToken"]

    assert several.refused(operation, NextToken=token)[1] in ("InvalidNextToken", "InvalidParameterValue")


def test_fifty_tags_at_most(client):
    """Of an alarm as it is put, too."""
    tags = [{"Key": f"key-{each}", "Value": "x"} for each in range(51)]

    assert client.refused("PutMetricAlarm", **alarm(Tags=tags))[:2] == (400, "ValidationError")
    assert names(client.watch("DescribeAlarms")) == []
