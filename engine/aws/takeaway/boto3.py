"""A plan as Python for boto3."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from keyword import iskeyword
from typing import Any

from engine.aws.calls import Call, Condition, take_apart
from engine.aws.shapes.models import SERVICES
from engine.aws.takeaway.cli import OPERATORS
from engine.requests.conditions import LOOKED_BACK_S

WIDTH = 88
INDENT = "    "


def as_boto3(requests: Mapping[str, Any]) -> str:
    """Return a Python script that sends the requests in their order."""
    calls = take_apart(requests)[0]
    return "\n".join((*_head(calls), *_body(calls)))


def _head(calls: tuple[Call, ...]) -> Iterator[str]:
    conditions = [call.condition.raw for call in calls if call.condition is not None]
    asks_alarms = any("MetricStat" not in raw for raw in conditions)
    asks_metrics = any("MetricStat" in raw for raw in conditions)
    waits = any(call.after_s for call in calls)
    if waits:
        yield "import time"
    if asks_metrics:
        yield "from datetime import datetime, timedelta, timezone"
    if waits or asks_metrics:
        yield ""
    yield "import boto3\n"
    for service in sorted({SERVICES[call.operation] for call in calls} | ({"cloudwatch"} if conditions else set())):
        yield f'{_variable(service)} = boto3.client("{service}")'
    yield ""
    if asks_alarms:
        yield STATE_OF
    if asks_metrics:
        yield NEWEST


def _variable(service: str) -> str:
    return service.replace("-", "_")


def _body(calls: tuple[Call, ...]) -> Iterator[str]:
    from botocore import xform_name

    at_s = 0.0
    for call in calls:
        if call.after_s > at_s:
            yield f"time.sleep({call.after_s - at_s:g})"
            at_s = call.after_s
        margin = "" if call.condition is None else INDENT
        if call.condition is not None:
            yield from _condition(call.condition)
        yield f"{margin}{_variable(SERVICES[call.operation])}.{xform_name(call.operation)}("
        yield from _arguments(call.request, margin + INDENT)
        yield f"{margin})"


def _condition(condition: Condition) -> Iterator[str]:
    raw = condition.raw
    if "MetricStat" in raw:
        yield f"value = newest({literal(raw['MetricStat'])})"
        test = f"(value is not None and value {OPERATORS[raw['ComparisonOperator']]} {raw['Threshold']!r})"
    else:
        test = f"state_of({raw['AlarmName']!r}) == {raw['StateValue']!r}"
    yield f"if {test}:" if condition.holds else f"if not {test}:"


STATE_OF = """
def state_of(alarm):
    found = cloudwatch.describe_alarms(AlarmNames=[alarm], AlarmTypes=["MetricAlarm", "CompositeAlarm"])
    return (found["MetricAlarms"] + found["CompositeAlarms"])[0]["StateValue"]

"""
NEWEST = f"""
def newest(stat):
    minute = datetime.now(timezone.utc).replace(second=0, microsecond=0)
    for seconds in range(0, {LOOKED_BACK_S + 1}, 60):
        end = minute - timedelta(seconds=seconds)
        found = cloudwatch.get_metric_data(
            MetricDataQueries=[{{"Id": "m", "MetricStat": stat}}],
            StartTime=end - timedelta(seconds=stat["Period"]),
            EndTime=end,
        )
        if found["MetricDataResults"][0]["Values"]:
            return found["MetricDataResults"][0]["Values"][0]

"""
"""What a script asks CloudWatch before it sends a request that depends on something."""


def _arguments(request: Mapping[str, Any], indent: str) -> Iterator[str]:
    for name, value in request.items():
        if name.isidentifier() and not iskeyword(name):
            yield f"{indent}{name}={literal(value, indent)},"
        else:
            yield f"{indent}**{{{name!r}: {literal(value, indent)}}},"


def literal(value: object, indent: str = "") -> str:
    """Return `value` as a Python literal, over several lines where one is too short."""
    short = repr(value)
    if not isinstance(value, dict | list) or len(indent) + len(short) <= WIDTH:
        return short
    inner = indent + INDENT
    if isinstance(value, dict):
        rows = [f"{inner}{key!r}: {literal(each, inner)}," for key, each in value.items()]
    else:
        rows = [f"{inner}{literal(each, inner)}," for each in value]
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    return "\n".join((opening, *rows, indent + closing))
