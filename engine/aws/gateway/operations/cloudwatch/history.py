"""DescribeAlarmHistory: how alarms changed their states, and how they were set up.

Actions are not listed: none is carried out here beside those of scaling policies, of which scaling activities tell. The
form of what ConfigurationUpdate holds is ours where AWS does not print it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from engine.aws.gateway.account import Account, Raw
from engine.aws.gateway.moments import run_second
from engine.aws.gateway.operations.cloudwatch.limits import keep_to_the_model
from engine.aws.gateway.pages import page
from engine.aws.translation.writing_alarms import write_composite_alarm, write_metric_alarm
from engine.cloudwatch.history import alarm_history
from engine.cloudwatch.standing import Setting
from engine.requests.cloudwatch import CompositeAlarm, MetricAlarm

Item = tuple[float, int, Mapping[str, Any]]
"""When, in which place of all, and what AWS lists."""
PAGE = 100
DONE = {"Create": "created", "Update": "updated", "Delete": "deleted"}


def describe(account: Account, request: Raw) -> Mapping[str, Any]:
    """Answer DescribeAlarmHistory, newest first unless asked otherwise, metric alarms alone unless asked for others."""
    keep_to_the_model("DescribeAlarmHistory", request)
    found = [each for each in _items(account) if _is_asked_for(account, each, request)]
    found.sort(key=lambda each: each[:2], reverse=request.get("ScanBy") != "TimestampAscending")
    shown = page(
        found,
        request,
        of="alarm history",
        size=PAGE,
        key=lambda each: str(each[1]),
        size_field="MaxRecords",
        wrong_token="InvalidNextToken",
    )
    return {"AlarmHistoryItems": [item for _, _, item in shown.items], "NextToken": shown.next_token}


def _items(account: Account) -> Iterator[Item]:
    live, clock = account.live, account.live.world.clock
    settings, changes = live.alarms.standings.settings, live.recorder.alarms
    for place, setting in enumerate(settings):
        yield setting.t, place, {**_set_up(setting), "Timestamp": clock(setting.t)}
    composites = {each.alarm.alarm_name for each in settings if isinstance(each.alarm, CompositeAlarm)}
    listed = alarm_history(changes, clock, composites)
    for place, (change, item) in enumerate(zip(changes, listed, strict=True), start=1_000_000_000):
        yield change.t, place, item


def _set_up(setting: Setting) -> Mapping[str, Any]:
    alarm, done = setting.alarm, DONE[setting.deed]
    is_metric = isinstance(alarm, MetricAlarm)
    written = write_metric_alarm(alarm) if isinstance(alarm, MetricAlarm) else write_composite_alarm(alarm)
    configuration = {key[:1].lower() + key[1:]: value for key, value in written.items()}
    return {
        "AlarmName": alarm.alarm_name,
        "AlarmType": "MetricAlarm" if is_metric else "CompositeAlarm",
        "HistoryItemType": "ConfigurationUpdate",
        "HistorySummary": f'Alarm "{alarm.alarm_name}" {done}',
        "HistoryData": json.dumps({"version": "1.0", "type": setting.deed, f"{done}Alarm": configuration}),
    }


def _is_asked_for(account: Account, entry: Item, request: Raw) -> bool:
    t, _, item = entry
    return (
        request.get("AlarmName") in (None, item["AlarmName"])
        and item["AlarmType"] in (request.get("AlarmTypes") or ["MetricAlarm"])
        and request.get("HistoryItemType") in (None, item["HistoryItemType"])
        and ("StartDate" not in request or run_second(account, request["StartDate"]) <= t)
        and ("EndDate" not in request or run_second(account, request["EndDate"]) >= t)
        and "AlarmContributorId" not in request
    )
