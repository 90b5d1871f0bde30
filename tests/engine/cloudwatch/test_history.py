"""The history of alarms, as AWS words it (spec cloudwatch 6)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from engine.cloudwatch.history import alarm_history
from engine.run import AlarmTransition

NOON = datetime(2024, 3, 21, 12, tzinfo=UTC)


def test_every_change_of_state_is_an_item():
    """A StateUpdate has a summary and both states, the old one as it was last written down; HistoryData is JSON."""
    changes = (
        AlarmTransition(10.0, "cpu", "INSUFFICIENT_DATA", "OK", "Threshold Crossed: ...", {"version": "1.0"}),
        AlarmTransition(70.0, "all", "INSUFFICIENT_DATA", "ALARM", "cpu transitioned", {}),
        AlarmTransition(130.0, "cpu", "OK", "ALARM", "Threshold Crossed: now", {"version": "1.0", "threshold": 5.0}),
    )
    first, other, last = alarm_history(changes, lambda t: NOON + timedelta(seconds=t))
    fine = {"stateValue": "OK", "stateReason": "Threshold Crossed: ...", "stateReasonData": {"version": "1.0"}}

    assert {**first, "HistoryData": json.loads(first["HistoryData"])} == {
        "AlarmName": "cpu",
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
    assert last["HistorySummary"] == "Alarm updated from OK to ALARM"
    assert json.loads(last["HistoryData"])["oldState"] == fine
