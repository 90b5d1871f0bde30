"""Which single values a request is likely to lack: what the form offers beside what stands in the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from course.content.writing import entries
from course.content.yaml.document import Trail
from engine.sagemaker.updates.terms import SIZES

UPDATE = ("DeploymentConfig", "BlueGreenUpdatePolicy")
ROUTING = (*UPDATE, "TrafficRoutingConfiguration")
ROLLING = ("DeploymentConfig", "RollingUpdatePolicy")
GUARDS = ("DeploymentConfig", "AutoRollbackConfiguration", entries.GUARDS)
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
OPENED = {"ScalableTargetAction", "ModelClientConfig"}
"""Mappings that nobody insists on and whose values are offered all the same."""
UNLIKELY = {"AlarmDescription", "Description", "RoleARN", "ResourceLabel", "Reason"}
"""Fields that a plan may have, and that nobody misses."""


def missing(operation: str, request: Mapping[str, Any]) -> Iterator[Trail]:
    """Yield the places of what is likely to be missing in a request."""
    match operation:
        case "UpdateEndpoint":
            yield from _in_update(request)
        case "PutMetricAlarm":
            yield from _in_alarm(request)
        case _:
            yield from _in_mapping(operation, (), request)


def missing_in_condition(condition: Mapping[str, Any]) -> Iterator[Trail]:
    """Yield the same of a condition: an alarm's state unless it is about a metric."""
    names = ("ComparisonOperator", "Threshold") if "MetricStat" in condition else ("AlarmName", "StateValue")
    yield from ((name,) for name in names if name not in condition)


def at(data: Any, path: Trail) -> Any:  # noqa: ANN401
    """Return what stands at a place; None where nothing does."""
    for key in path:
        if isinstance(key, int):
            data = data[key] if isinstance(data, list) else None
        else:
            data = data.get(key) if isinstance(data, dict) else None
    return data


def _in_mapping(operation: str, path: Trail, there: Any) -> Iterator[Trail]:  # noqa: ANN401
    """Yield what a mapping and all mappings in it lack, of what a plan of this course needs."""
    from engine.aws.allowed import allowed
    from engine.aws.alternatives import excluded
    from engine.aws.meanings import meaning

    if isinstance(there, list):
        for index, item in enumerate(there):
            yield from _in_mapping(operation, (*path, index), item)
        return
    there = there if isinstance(there, dict) else {}
    found = allowed(operation, path, there)
    others = excluded(operation, path, there, there)
    for name in found.fields if found else ():
        inside = (*path, name)
        field = allowed(operation, inside, there)
        if field is None or name in others or meaning(operation, inside) is None:
            continue
        if field.kind == "mapping" and field.fields:
            if name in there or field.required or name in OPENED:
                yield from _in_mapping(operation, inside, there.get(name))
        elif field.kind == "list":
            yield from _in_mapping(operation, inside, there.get(name)) if field.fields else ()
        elif field.kind != "mapping" and name not in there and name not in UNLIKELY:
            yield inside


def _in_alarm(request: Mapping[str, Any]) -> Iterator[Trail]:
    from engine.aws.alternatives import excluded

    others = excluded("PutMetricAlarm", (), request, request)
    yield from ((key,) for key in ALARM if key not in others)
    yield from _in_items(request, (entries.DIMENSIONS,), ("Name", "Value"))


def _in_items(request: Mapping[str, Any], path: Trail, keys: Sequence[str]) -> Iterator[Trail]:
    items = at(request, path)
    for number, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield from ((*path, number, key) for key in keys)


def _in_update(request: Mapping[str, Any]) -> Iterator[Trail]:
    yield from _in_items(request, GUARDS, ("AlarmName",))
    if at(request, ROLLING) is not None:
        yield from ((*ROLLING, "MaximumBatchSize", key) for key in ("Type", "Value"))
        yield from ((*ROLLING, key) for key in ("WaitIntervalInSeconds", "MaximumExecutionTimeoutInSeconds"))
        return
    routing = at(request, ROUTING)
    kind = routing.get("Type") if isinstance(routing, dict) else None
    needed = (size.field for size in SIZES if size.strategy == kind and size.required)
    yield from ((*ROUTING, size, key) for size in needed for key in ("Type", "Value"))
    yield (*ROUTING, "WaitIntervalInSeconds")
    yield from ((*UPDATE, key) for key in ("TerminationWaitInSeconds", "MaximumExecutionTimeoutInSeconds"))
