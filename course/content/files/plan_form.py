"""A plan as a form: each of its values with what may stand there, and the text with one of them changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from course.content.yaml.document import Trail
from course.content.yaml.errors import ContentError
from course.content.yaml.reader import read_yaml
from course.content.yaml.rewriting import NAME, rewritten
from course.plan_text import FieldValue, FormField
from engine.sagemaker.updates.terms import SIZES

UPDATE = ("DeploymentConfig", "BlueGreenUpdatePolicy")
ROUTING = (*UPDATE, "TrafficRoutingConfiguration")
ROLLING = ("DeploymentConfig", "RollingUpdatePolicy")
WRAPPERS = {*ROUTING, *ROLLING, "AutoRollbackConfiguration"}
"""Mappings that need no mention in a field's name."""
ALARM = (
    "MetricName",
    "Namespace",
    "Statistic",
    "Period",
    "EvaluationPeriods",
    "DatapointsToAlarm",
    "Threshold",
    "ComparisonOperator",
    "TreatMissingData",
)
"""What one sets in an alarm on a single metric."""
NO_METRIC = {"MetricName", "Namespace", "Statistic", "Period"}


def fields(text: str) -> tuple[FormField, ...]:
    """Return what stands in the plan, and what is likely to be missing; nothing for a text that cannot be read."""
    try:
        data = read_yaml(text, NAME).data
    except ContentError:
        return ()
    return tuple(_fields(data)) if isinstance(data, dict) else ()


def edited(text: str, trail: Trail, value: FieldValue) -> str:
    """Return the text with one value changed; comments, layout and all other values stay.

    Raises ContentError for a text that cannot be read, ValueError where the value cannot be written.
    """
    return rewritten(text, trail, value)


def _fields(data: Mapping[str, Any]) -> Iterator[FormField]:
    for operation, requests in data.items():
        several = isinstance(requests, list)
        for number, request in enumerate(requests if several else [requests]):
            start: Trail = (operation, number) if several else (operation,)
            if isinstance(request, dict):
                yield from _request(operation, start, request)


def _request(operation: str, start: Trail, request: Mapping[str, Any]) -> Iterator[FormField]:
    there = list(_leaves(request, ()))
    present = {path for path, _ in there}
    absent = [path for path in _missing(operation, request) if path not in present]
    group = _group(operation, request)
    for path, value in [*there, *((path, None) for path in absent)]:
        around = _at(request, path[:-1])
        found = _field(operation, start, path, value, group, around if isinstance(around, dict) else {})
        if found is not None:
            yield found


def _leaves(data: Any, path: Trail) -> Iterator[tuple[Trail, FieldValue | None]]:  # noqa: ANN401
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _leaves(value, (*path, number))
    else:
        yield path, data


def _missing(operation: str, request: Mapping[str, Any]) -> Iterator[Trail]:
    if operation == "UpdateEndpoint":
        yield from _missing_in_update(request)
    elif operation == "PutMetricAlarm":
        for key in ALARM:
            elsewhere = key == "Statistic" and "ExtendedStatistic" in request
            if not elsewhere and not (key in NO_METRIC and "Metrics" in request):
                yield (key,)


def _missing_in_update(request: Mapping[str, Any]) -> Iterator[Trail]:
    if _at(request, ROLLING) is not None:
        yield from ((*ROLLING, "MaximumBatchSize", key) for key in ("Type", "Value"))
        yield from ((*ROLLING, key) for key in ("WaitIntervalInSeconds", "MaximumExecutionTimeoutInSeconds"))
        return
    routing = _at(request, ROUTING)
    kind = routing.get("Type") if isinstance(routing, dict) else None
    yield (*ROUTING, "Type")
    needed = (size.field for size in SIZES if size.strategy == kind and size.required)
    yield from ((*ROUTING, size, key) for size in needed for key in ("Type", "Value"))
    yield (*ROUTING, "WaitIntervalInSeconds")
    yield from ((*UPDATE, key) for key in ("TerminationWaitInSeconds", "MaximumExecutionTimeoutInSeconds"))


def _at(data: Any, path: Trail) -> Any:  # noqa: ANN401
    for key in path:
        if isinstance(key, int):
            data = data[key] if isinstance(data, list) else None
        else:
            data = data.get(key) if isinstance(data, dict) else None
    return data


def _field(
    operation: str, start: Trail, path: Trail, value: FieldValue | None, group: str, beside: Mapping[str, Any]
) -> FormField | None:
    """Return the field; None where AWS knows no single value of this name."""
    from engine.aws.about import about
    from engine.aws.allowed import allowed

    found = allowed(operation, path, beside)
    if found is None or found.kind == "mapping" or found.kind == "list":
        return None
    return FormField(
        trail=(*start, *path),
        group=group,
        name=_name(path),
        value=value,
        kind=found.kind,
        choices=found.choices,
        suggestions=found.suggestions,
        allowed=found.in_words(),
        about=about(operation, path, beside),
    )


def _group(operation: str, request: Mapping[str, Any]) -> str:
    name = request.get("AlarmName") if operation.startswith("Put") else None
    return f"Alarm {name}" if name else operation


def _name(path: Trail) -> str:
    """Return such as `CanarySize Value` or `Dimensions 1 Name`: places in a list count from 1."""
    kept = [key for key in path if key not in WRAPPERS]
    if path == (*ROUTING, "Type"):
        return "Strategy (Type)"
    return " ".join(str(key + 1) if isinstance(key, int) else key for key in kept)
