"""What DescribeAlarmHistory lists of a run: one StateUpdate per change of an alarm's state (spec cloudwatch 6)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from engine.cloudwatch.reasons import INITIAL_REASON, Clock, stamp
from engine.requests.cloudwatch import AlarmState
from engine.run import AlarmTransition


def alarm_history(
    changes: Iterable[AlarmTransition], clock: Clock, composites: Collection[str]
) -> Iterator[Mapping[str, Any]]:
    """Yield the items in the order of time; AWS lists the newest first unless asked otherwise.

    `composites` are the names of composite alarms; all other alarms watch metrics.
    """
    states: dict[str, dict[str, Any]] = {}
    for change in changes:
        old = states.get(change.alarm) or _state(change.from_state, INITIAL_REASON, {})
        new = states[change.alarm] = _state(change.to_state, change.reason, change.data)
        yield {
            "AlarmName": change.alarm,
            "AlarmType": "CompositeAlarm" if change.alarm in composites else "MetricAlarm",
            "Timestamp": stamp(clock(change.t)),
            "HistoryItemType": "StateUpdate",
            "HistorySummary": f"Alarm updated from {change.from_state} to {change.to_state}",
            "HistoryData": json.dumps({"version": "1.0", "oldState": old, "newState": new}),
        }


def _state(state: AlarmState, reason: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a state as HistoryData holds it; without data for a reason that has none."""
    value: dict[str, Any] = {"stateValue": state, "stateReason": reason}
    return {**value, "stateReasonData": dict(data)} if data else value
