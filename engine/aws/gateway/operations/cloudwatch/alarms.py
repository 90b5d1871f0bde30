"""DescribeAlarms with its filters, and DescribeAlarmsForMetric."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from engine.aws.gateway.account import Account, Raw
from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.operations.cloudwatch.described import actions, composite_alarm, metric_alarm
from engine.aws.gateway.operations.cloudwatch.limits import keep_to_the_model
from engine.aws.gateway.pages import page
from engine.aws.translation.reading_alarms import read_dimensions
from engine.cloudwatch.composite.rule import parse_rule
from engine.requests.cloudwatch import CompositeAlarm, MetricAlarm
from engine.requests.refusal import INVALID

Output = Mapping[str, Any]
ALONE = ("ChildrenOfAlarmName", "ParentsOfAlarmName")
"""Questions beside which nothing else may be asked."""
OF_FAMILY = {
    "ChildrenOfAlarmName": ("AlarmName", "AlarmArn", "StateValue", "StateUpdatedTimestamp"),
    "ParentsOfAlarmName": ("AlarmName", "AlarmArn"),
}
"""What is answered to them."""
PAGE = 100
"""Alarms on a page; not published, the most that may be asked for."""


def describe(account: Account, request: Raw) -> Output:
    """Answer DescribeAlarms: by name, metric alarms alone unless AlarmTypes asks for others."""
    keep_to_the_model("DescribeAlarms", request)
    _refuse_combinations(request)
    question = next((each for each in ALONE if each in request), None)
    names = _related(account, question, request) if question else _filtered(account, request)
    found = page(
        sorted(set(names)),
        request,
        of="alarms",
        size=PAGE,
        key=str,
        size_field="MaxRecords",
        wrong_token="InvalidNextToken",
    )
    fields = OF_FAMILY[question] if question else None
    alarms = account.live.alarms
    return {
        "MetricAlarms": _described(
            account, metric_alarm, (n for n in found.items if n in alarms.metric_alarms), fields
        ),
        "CompositeAlarms": _described(
            account, composite_alarm, (n for n in found.items if n in alarms.composites), fields
        ),
        "LogAlarms": [],
        "NextToken": found.next_token,
    }


def _described(
    account: Account, how: Callable[[Account, str], Output], names: Iterable[str], fields: Sequence[str] | None
) -> list[Output]:
    found = (how(account, name) for name in names)
    return [each if fields is None else {field: each[field] for field in fields} for each in found]


def _refuse_combinations(request: Raw) -> None:
    """Raise a ServiceError for questions that exclude each other; the sentences are our wording."""
    question = next((each for each in ALONE if each in request), None)
    others = sorted(request.keys() - {question, "MaxRecords", "NextToken"})
    if question and others:
        say = f"{question} excludes every other parameter but MaxRecords and NextToken; leave out {', '.join(others)}."
        raise ServiceError(INVALID, say)
    if "AlarmNames" in request and "AlarmNamePrefix" in request:
        raise ServiceError(INVALID, "AlarmNames and AlarmNamePrefix exclude each other.")


def _related(account: Account, question: str, request: Raw) -> Iterable[str]:
    alarms, name = account.live.alarms, request[question]
    if question == "ParentsOfAlarmName":
        return alarms.composite_watch.asking_about(name)
    composite = alarms.composites.get(name)
    return () if composite is None else parse_rule(composite.alarm_rule).children


def _filtered(account: Account, request: Raw) -> Iterable[str]:
    alarms, types = account.live.alarms, request.get("AlarmTypes") or ["MetricAlarm"]
    known: dict[str, MetricAlarm | CompositeAlarm] = {
        **(alarms.metric_alarms if "MetricAlarm" in types else {}),
        **(alarms.composites if "CompositeAlarm" in types else {}),
    }
    names = request.get("AlarmNames")
    for name, alarm in known.items():
        if (
            (not names or name in names)
            and name.startswith(request.get("AlarmNamePrefix", ""))
            and request.get("StateValue") in (None, alarms.states[name])
            and _acts(account, alarm, request.get("ActionPrefix"))
        ):
            yield name


def _acts(account: Account, alarm: MetricAlarm | CompositeAlarm, prefix: str | None) -> bool:
    return prefix is None or any(each.startswith(prefix) for each in actions(account, alarm))


def describe_for_metric(account: Account, request: Raw) -> Output:
    """Answer DescribeAlarmsForMetric: alarms on this very metric, none of metric math and none that is composite."""
    keep_to_the_model("DescribeAlarmsForMetric", request)
    asked = {
        "namespace": request["Namespace"],
        "metric_name": request["MetricName"],
        "dimensions": read_dimensions(request),
        "stat": request.get("Statistic") or request.get("ExtendedStatistic"),
        "period": request.get("Period"),
        "unit": request.get("Unit"),
    }
    found = [
        name
        for name, alarm in account.live.alarms.metric_alarms.items()
        if alarm.metric is not None
        and all(value is None or getattr(alarm.metric, field) == value for field, value in asked.items())
    ]
    return {"MetricAlarms": [metric_alarm(account, name) for name in sorted(found)]}
