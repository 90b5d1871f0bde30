"""Alarms as DescribeAlarms answers them: what was sent, and where they stand.

Fields that were not sent are not filled in, beside the lists of actions and the dimensions of a metric.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from engine.aws.gateway.account import Account
from engine.aws.translation.reading_alarms import read_composite_alarm, read_metric_alarm
from engine.aws.translation.writing_alarms import write_composite_alarm, write_metric_alarm
from engine.requests.arns import alarm_arn
from engine.requests.cloudwatch import CompositeAlarm, MetricAlarm
from engine.requests.fields import Raw, Written, present

ACTIONS = ("OKActions", "AlarmActions", "InsufficientDataActions")
NOT_DESCRIBED = ("Tags",)
"""Fields of a request that no description holds."""


def metric_alarm(account: Account, name: str) -> Mapping[str, Any]:
    """Return the description of an alarm on metrics."""
    alarm = account.live.alarms.metric_alarms[name]
    raw = request_of(account, alarm)
    described = {**raw, **_standing(account, alarm), "Threshold": float(alarm.threshold)}
    if alarm.metric is not None:
        return {"Dimensions": [], **described}
    metrics = [{"ReturnData": True, **query} for query in raw["Metrics"]]
    return {**described, "Metrics": metrics}


def composite_alarm(account: Account, name: str) -> Mapping[str, Any]:
    """Return the description of a composite alarm."""
    alarm = account.live.alarms.composites[name]
    suppression = account.live.alarms.composite_watch.suppressions[name]
    held_back = present(ActionsSuppressedBy=suppression.suppressed_by, ActionsSuppressedReason=suppression.reason)
    return {**request_of(account, alarm), **_standing(account, alarm), **held_back}


def actions(account: Account, alarm: MetricAlarm | CompositeAlarm) -> Iterator[str]:
    """Yield the ARNs of all that an alarm does."""
    raw = request_of(account, alarm)
    for each in ACTIONS:
        yield from raw.get(each, ())


def request_of(account: Account, alarm: MetricAlarm | CompositeAlarm) -> Raw:
    """Return the request that put an alarm, as it was sent, or written back for one that no client sent.

    A client may have put an alarm under a name that a scaling policy has given to another one since.
    """
    name, enabled = alarm.alarm_name, alarm.actions_enabled
    if isinstance(alarm, MetricAlarm):
        raw = account.remembered.get("PutMetricAlarm", {}).get(name)
        if raw is None or replace(read_metric_alarm(raw), actions_enabled=enabled) != alarm:
            raw = write_metric_alarm(alarm)
    else:
        raw = account.remembered.get("PutCompositeAlarm", {}).get(name)
        if raw is None or replace(read_composite_alarm(raw), actions_enabled=enabled) != alarm:
            raw = write_composite_alarm(alarm)
    return {key: value for key, value in raw.items() if key not in NOT_DESCRIBED}


def _standing(account: Account, alarm: MetricAlarm | CompositeAlarm) -> Written:
    alarms, clock = account.live.alarms, account.live.world.clock
    standing, raw = alarms.standings.of[alarm.alarm_name], request_of(account, alarm)
    return present(
        AlarmArn=alarm_arn(alarm.alarm_name),
        ActionsEnabled=alarm.actions_enabled,
        **{each: list(raw.get(each, ())) for each in ACTIONS},
        AlarmConfigurationUpdatedTimestamp=clock(standing.configured),
        StateValue=alarms.states[alarm.alarm_name],
        StateReason=standing.reason,
        StateReasonData=json.dumps(standing.data, separators=(",", ":")) if standing.data else None,
        StateUpdatedTimestamp=clock(standing.updated),
        StateTransitionedTimestamp=clock(standing.since),
    )
