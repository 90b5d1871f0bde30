"""Whether a condition of a step can be read: the state of an alarm, or a metric beside a threshold.

What stands in it is judged as the part of a request that it is taken from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from engine.aws.calls import Condition
from engine.aws.finding import Finding, Path, did_you_mean

Judge = Callable[[str, Mapping[str, Any]], Iterable[Finding]]
"""Returns what is refused in a request of an operation; the paths begin with the operation."""
ALARM_STATE = ("AlarmName", "StateValue")
METRIC = ("MetricStat", "ComparisonOperator", "Threshold")
EXAMPLES = (
    "{AlarmName: v2-errors, StateValue: OK} or"
    " {MetricStat: {...}, ComparisonOperator: LessThanThreshold, Threshold: 0.01}"
)
QUERY = ("Metrics", 0)


def condition_refusals(condition: Condition, judge: Judge) -> Iterator[Finding]:
    """Yield what is wrong with a condition by itself."""
    raw = condition.raw
    if not isinstance(raw, dict):
        yield Finding(condition.path, "client", f"A condition is a mapping: {EXAMPLES}.")
        return
    of_metric = "MetricStat" in raw or (raw.keys() & set(METRIC) and not raw.keys() & set(ALARM_STATE))
    fields = METRIC if of_metric else ALARM_STATE
    for key in raw.keys() - set(fields):
        if key in (*ALARM_STATE, *METRIC):
            say = f"A condition asks for an alarm's state or for a metric, and {key} does not go with {fields[0]}."
            yield Finding((*condition.path, key), "client", f"{say} Keep one: {EXAMPLES}.")
            continue
        meant = did_you_mean(key, (*ALARM_STATE, *METRIC))
        yield Finding((*condition.path, key), "client", f"{key} is no part of a condition such as {EXAMPLES}. {meant}")
    if missing := [field for field in fields if field not in raw]:
        say = f"This condition lacks {' and '.join(missing)}. Write one such as {EXAMPLES}."
        yield Finding(condition.path, "client", say)
        return
    for finding in judge(*_request(raw, fields)):
        inside = finding.path[1:]
        inside = inside[len(QUERY) :] if inside[: len(QUERY)] == QUERY else inside
        yield Finding((*condition.path, *_known(inside, fields)), finding.severity, finding.say)


def _request(raw: dict[str, Any], fields: tuple[str, ...]) -> tuple[str, dict[str, Any]]:
    """Return a request that holds the condition, and its operation."""
    if fields == ALARM_STATE:
        return "SetAlarmState", {**{field: raw[field] for field in fields}, "StateReason": "none"}
    query = {"Id": "m", "MetricStat": raw["MetricStat"]}
    compared = {field: raw[field] for field in METRIC[1:]}
    return "PutMetricAlarm", {"AlarmName": "condition", "Metrics": [query], "EvaluationPeriods": 1, **compared}


def _known(inside: Path, fields: tuple[str, ...]) -> Path:
    return inside if inside[:1] and inside[0] in fields else ()
