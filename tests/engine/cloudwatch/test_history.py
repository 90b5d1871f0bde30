"""The history of alarms, as AWS words it (spec cloudwatch 6)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from engine.cloudwatch.history import alarm_history
from engine.plan import Plan
from engine.requests.arns import alarm_arn
from engine.requests.cloudwatch import CompositeAlarm, SetAlarmState
from engine.run import AlarmTransition
from engine.simulate import simulate
from tests.engine.rollouts import STEADY, errors_alarm, later, world

NOON = datetime(2024, 3, 21, 12, tzinfo=UTC)


def test_every_change_of_state_is_an_item():
    """A StateUpdate has a summary and both states, the old one as it was last written down; HistoryData is JSON."""
    changes = (
        AlarmTransition(10.0, "cpu", "INSUFFICIENT_DATA", "OK", "Threshold Crossed: ...", {"version": "1.0"}),
        AlarmTransition(70.0, "all", "INSUFFICIENT_DATA", "ALARM", "cpu transitioned", {}),
        AlarmTransition(130.0, "cpu", "OK", "ALARM", "Threshold Crossed: now", {"version": "1.0", "threshold": 5.0}),
    )
    first, other, last = alarm_history(changes, lambda t: NOON + timedelta(seconds=t), {"all"})
    fine = {"stateValue": "OK", "stateReason": "Threshold Crossed: ...", "stateReasonData": {"version": "1.0"}}

    assert {**first, "HistoryData": json.loads(first["HistoryData"])} == {
        "AlarmName": "cpu",
        "AlarmType": "MetricAlarm",
        "Timestamp": "2024-03-21T12:00:10.000+0000",
        "HistoryItemType": "StateUpdate",
        "HistorySummary": "Alarm updated from INSUFFICIENT_DATA to OK",
        "HistoryData": {
            "version": "1.0",
            "oldState": {"stateValue": "INSUFFICIENT_DATA", "stateReason": "Unchecked: Initial alarm creation"},
            "newState": fine,
        },
    }
    assert "stateReasonData" not in json.loads(other["HistoryData"])["newState"]
    assert [item["AlarmType"] for item in (other, last)] == ["CompositeAlarm", "MetricAlarm"]
    assert last["HistorySummary"] == "Alarm updated from OK to ALARM"
    assert json.loads(last["HistoryData"])["oldState"] == fine


def test_the_history_of_a_run_tells_its_kinds_of_alarms_apart():
    """Each item of DescribeAlarmHistory has AlarmType, and a composite's HistoryData names who triggered it."""
    page = CompositeAlarm(alarm_name="page", alarm_rule="ALARM(errors)")
    by_hand = SetAlarmState(alarm_name="errors", state_value="ALARM", state_reason="a drill")
    run = simulate(world(timing=STEADY), Plan((*Plan.of(errors_alarm(), page).steps, later(70, by_hand))), 1)
    kinds = {item["AlarmName"]: item["AlarmType"] for item in run.alarm_history}
    fired = [item for item in run.alarm_history if item["HistorySummary"].endswith("to ALARM")]
    [data] = [json.loads(item["HistoryData"])["newState"] for item in fired if item["AlarmName"] == "page"]

    assert kinds == {"errors": "MetricAlarm", "page": "CompositeAlarm"}
    assert [each["arn"] for each in data["stateReasonData"]["triggeringAlarms"]] == [alarm_arn("errors")]
