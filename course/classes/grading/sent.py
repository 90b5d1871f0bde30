"""What a plan sends once its names, the order of its keys and its comments are taken away."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from course.content.yaml.errors import ContentError
from course.content.yaml.reader import read_yaml

Sent = tuple[tuple[str, str], ...]
"""A place and the value there, sorted by place."""
NAMED: Mapping[str, str] = {
    "PutMetricAlarm": "AlarmName",
    "PutCompositeAlarm": "AlarmName",
    "CreateEndpointConfig": "EndpointConfigName",
    "PutScalingPolicy": "PolicyName",
    "PutScheduledAction": "ScheduledActionName",
    "CreateInferenceExperiment": "Name",
    "CreateTransformJob": "TransformJobName",
}
"""Requests that make something, and the field in which whoever wrote the plan has named it."""
REMARKS = frozenset({"AlarmDescription", "Description", "Label", "StateReason", "StateReasonData", "Tags"})
"""What is written for people."""
_WORD = re.compile(r"[\w.-]+")


def sent(text: str) -> Sent:
    """Return what a plan sends; nothing for a text that is no plan."""
    from engine.aws.calls import take_apart  # brings botocore along

    try:
        calls = take_apart(read_yaml(text, "plan.yaml").data)[0]
    except ContentError:
        return ()
    rows = [(call.operation, call.after_s, call.request, call.condition) for call in calls]
    rows.sort(key=lambda row: (row[1], row[0], _blank(row[2])))
    names: dict[str, str] = {}
    for operation, _, request, _ in rows:
        name = request.get(NAMED.get(operation, "")) if isinstance(request, Mapping) else None
        if isinstance(name, str):
            names.setdefault(name, f"<{operation} {sum(operation in each for each in names.values()) + 1}>")
    found: list[tuple[str, str]] = []
    for number, (operation, after_s, request, condition) in enumerate(rows):
        place = f"{number} {operation}"
        found.append((f"{place} after", f"{after_s:g}"))
        if condition is not None:
            found += _flat(f"{place} {'if' if condition.holds else 'unless'}", condition.raw, names)
        found += _flat(place, request, names)
    return tuple(sorted(found))


def _blank(request: object) -> str:
    """Return a request without the name that it gives: two alarms stand in one order whatever they are called."""
    if isinstance(request, Mapping):
        request = {key: value for key, value in request.items() if key not in NAMED.values() and key not in REMARKS}
    return json.dumps(request, sort_keys=True, default=str)


def _flat(place: str, value: Any, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any data
    if isinstance(value, Mapping):
        for key, each in value.items():
            if key not in REMARKS:
                yield from _flat(f"{place}.{key}", each, names)
    elif isinstance(value, list | tuple):
        for number, each in enumerate(value):
            yield from _flat(f"{place}[{number}]", each, names)
    else:
        yield place, _shown(value, names)


def _shown(value: object, names: Mapping[str, str]) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return str(value).lower()
    if isinstance(value, str):
        return _WORD.sub(lambda word: names.get(word.group(), word.group()), value)
    return f"{value:g}"
