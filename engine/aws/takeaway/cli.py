"""A plan as commands for the AWS command line."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from engine.aws.calls import Call, Condition, take_apart
from engine.aws.shapes.models import SERVICES
from engine.requests.conditions import LOOKED_BACK_S


def as_cli(requests: Mapping[str, Any]) -> str:
    """Return shell commands, one per request, in the order in which they are sent."""
    calls = take_apart(requests)[0]
    asks_metrics = any("MetricStat" in call.condition.raw for call in calls if call.condition is not None)
    return "\n".join((*((NEWEST,) if asks_metrics else ()), *_lines(calls)))


def _lines(calls: tuple[Call, ...]) -> Iterator[str]:
    at_s = 0.0
    for call in calls:
        if call.after_s > at_s:
            yield f"sleep {call.after_s - at_s:g}"
            at_s = call.after_s
        yield _command(call) if call.condition is None else _conditional(call.condition, _command(call))


def _conditional(condition: Condition, command: str) -> str:
    """Return the command where the condition holds, or where it does not."""
    test = _metric_test(condition.raw) if "MetricStat" in condition.raw else _alarm_test(condition.raw)
    return f"if {'' if condition.holds else '! '}{test}; then\n{command}fi\n"


def _alarm_test(raw: Mapping[str, Any]) -> str:
    query = "'[MetricAlarms, CompositeAlarms][] | [0].StateValue'"
    ask = "aws cloudwatch describe-alarms --alarm-types MetricAlarm CompositeAlarm"
    ask = f"{ask} {_option('alarm-names', [raw['AlarmName']])} --query {query} --output text"
    return f'[ "$({ask})" = {raw["StateValue"]} ]'


def _metric_test(raw: Mapping[str, Any]) -> str:
    """Compare the newest value of the last minutes; there may be none."""
    stat, operator = raw["MetricStat"], OPERATORS[raw["ComparisonOperator"]]
    query = shlex.quote(json.dumps([{"Id": "m", "MetricStat": stat}], ensure_ascii=False))
    compare = f'$1 != "" && $1 != "None" && $1 {operator} {raw["Threshold"]}'
    return f"newest {stat['Period']} {query} | awk '{{ exit !({compare}) }}'"


NEWEST = f"""newest() {{
  for seconds in {" ".join(map(str, range(0, LOOKED_BACK_S + 1, 60)))}; do
    end=$(($(date +%s) / 60 * 60 - seconds))
    value=$(aws cloudwatch get-metric-data --metric-data-queries "$2" --start-time $((end - $1)) --end-time $end \\
      --query 'MetricDataResults[0].Values[0]' --output text)
    if [ "$value" != None ]; then break; fi
  done
  echo "$value"
}}
"""
"""The value of the newest whole period of so many seconds of which anything is visible, looked for minute by minute."""
OPERATORS: Mapping[str, str] = {
    "GreaterThanOrEqualToThreshold": ">=",
    "GreaterThanThreshold": ">",
    "LessThanThreshold": "<",
    "LessThanOrEqualToThreshold": "<=",
}
"""As Python, awk and most other languages write them."""


def _command(call: Call) -> str:
    """Return one command; each option on a line of its own."""
    from botocore import xform_name

    head = f"aws {SERVICES[call.operation]} {xform_name(call.operation, '-')}"
    fetched = {name: value for name, value in call.request.items() if _is_fetched(value)}
    given = {xform_name(name, "-"): value for name, value in call.request.items() if name not in fetched}
    if fetched:
        given["cli-input-json"] = fetched
    return " \\\n  ".join((head, *(_option(name, value) for name, value in given.items()))) + "\n"


FETCHED = ("file://", "fileb://", "http://", "https://")
"""With these the command would send what stands at an address in the place of the address, outside of JSON."""


def _is_fetched(value: object) -> bool:
    return isinstance(value, str) and value.startswith(FETCHED)


def _option(name: str, value: object) -> str:
    if isinstance(value, bool):
        return f"--{name}" if value else f"--no-{name}"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    # With a space, an option's value that begins with a hyphen would be taken for an option.
    return f"--{name}{'=' if text.startswith('-') else ' '}{shlex.quote(text)}"
