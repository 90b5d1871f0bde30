"""A plan as a form: each of its values with what may stand there, and the text with one of them changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from course.content.writing import entries
from course.content.writing.policies import STRATEGIES, strategy_of, switched
from course.content.yaml.document import Trail
from course.content.yaml.errors import ContentError
from course.content.yaml.reader import read_yaml
from course.content.yaml.rewriting import NAME, rewritten
from course.plan_text import FieldValue, FormField
from engine.sagemaker.updates.terms import SIZES

UPDATE = ("DeploymentConfig", "BlueGreenUpdatePolicy")
ROUTING = (*UPDATE, "TrafficRoutingConfiguration")
TYPE = (*ROUTING, "Type")
STRATEGY = ("DeploymentConfig",)
"""The place of the one field for what the policy and its Type say together."""
ABOUT_STRATEGY = "How the new fleet takes over, and whether piece by piece"
GUARDS = ("DeploymentConfig", "AutoRollbackConfiguration", entries.GUARDS)
ROLLING = ("DeploymentConfig", "RollingUpdatePolicy")
WRAPPERS = {*ROUTING, *ROLLING, "AutoRollbackConfiguration", "MetricStat", "Metric"}
"""Mappings that need no mention in a field's name."""
SHORTER = {"ProductionVariants": "Variant", "DesiredWeightsAndCapacities": "Variant"}
"""A field has a third of a line for its name."""
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
    return _kept_line_ends(text, lambda plain: _edited(plain, trail, value))


def added(text: str, trail: Trail) -> str:
    """Return the text with one more entry in one of its lists; errors as `edited`."""
    return _kept_line_ends(text, lambda plain: entries.added(plain, trail))


def taken_out(text: str, trail: Trail) -> str:
    """Return the text without the alarm or the dimension that a field belongs to; errors as `edited`."""
    return _kept_line_ends(text, lambda plain: entries.taken_out(plain, trail))


def _edited(text: str, trail: Trail, value: FieldValue) -> str:
    return switched(text, trail, str(value)) if trail[-1] == STRATEGY[-1] else rewritten(text, trail, value)


def _kept_line_ends(text: str, change: Callable[[str], str]) -> str:
    plain = text.replace("\r\n", "\n")
    after = change(plain)
    return after.replace("\n", "\r\n") if plain != text else after


def _fields(data: Mapping[str, Any]) -> Iterator[FormField]:
    for operation, requests in data.items():
        several = isinstance(requests, list)
        for number, request in enumerate(requests if several else [requests]):
            start: Trail = (operation, number) if several else (operation,)
            if isinstance(request, dict):
                yield from _request(operation, start, request)
    yield _adder(data, (entries.ALARMS,), "Another alarm", "Add an alarm")


def _request(operation: str, start: Trail, request: Mapping[str, Any]) -> Iterator[FormField]:
    there = list(_leaves(request, ()))
    if operation == "UpdateEndpoint":
        there = _with_strategy(there, request)
    present = {path for path, _ in there}
    absent = [path for path in _missing(operation, request) if path not in present]
    group = _group(operation, request)
    for path, value in [*there, *((path, None) for path in absent)]:
        around = _at(request, path[:-1])
        found = _field(operation, start, path, value, group, around if isinstance(around, dict) else {})
        if found is not None:
            yield found
    if operation == "UpdateEndpoint":
        yield _adder(request, GUARDS, group, "Add an alarm that sends it back", start)
    elif operation == entries.ALARMS and "Metrics" not in request:
        yield _adder(request, (entries.DIMENSIONS,), group, "Add a dimension", start)


def _with_strategy(
    there: Sequence[tuple[Trail, FieldValue | None]], request: Mapping[str, Any]
) -> list[tuple[Trail, FieldValue | None]]:
    """Put one field for policy and Type in the place of Type, or where the DeploymentConfig begins."""
    paths = [path for path, _ in there]
    begins = next((at for at, path in enumerate(paths) if path[0] == STRATEGY[0]), len(paths))
    at = paths.index(TYPE) if TYPE in paths else begins
    after = [leaf for leaf in there if leaf[0] not in (TYPE, STRATEGY)]
    return [*after[:at], (STRATEGY, strategy_of(request.get(STRATEGY[0]))), *after[at:]]


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
        yield from _missing_in_items(request, (entries.DIMENSIONS,), ("Name", "Value"))


def _missing_in_items(request: Mapping[str, Any], path: Trail, keys: Sequence[str]) -> Iterator[Trail]:
    items = _at(request, path)
    for at, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield from ((*path, at, key) for key in keys)


def _missing_in_update(request: Mapping[str, Any]) -> Iterator[Trail]:
    yield from _missing_in_items(request, GUARDS, ("AlarmName",))
    if _at(request, ROLLING) is not None:
        yield from ((*ROLLING, "MaximumBatchSize", key) for key in ("Type", "Value"))
        yield from ((*ROLLING, key) for key in ("WaitIntervalInSeconds", "MaximumExecutionTimeoutInSeconds"))
        return
    routing = _at(request, ROUTING)
    kind = routing.get("Type") if isinstance(routing, dict) else None
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

    if path == STRATEGY:
        return FormField(
            trail=(*start, *path),
            group=group,
            name="Strategy (policy, Type)",
            value=value,
            kind="text",
            choices=STRATEGIES,
            about=ABOUT_STRATEGY,
            is_strategy=True,
        )
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


def _adder(data: Mapping[str, Any], path: Trail, group: str, name: str, start: Trail = ()) -> FormField:
    from engine.aws.about import about_place

    trail, there = (*start, *path), _at(data, path)
    entries = len(there) if isinstance(there, list) else int(there is not None)
    about = about_place(trail)
    return FormField(trail=trail, group=group, name=name, value=None, kind="list", about=about, entries=entries)


def _group(operation: str, request: Mapping[str, Any]) -> str:
    name = request.get("AlarmName") if operation.startswith("Put") else None
    return f"Alarm {name}" if name else operation


def _name(path: Trail) -> str:
    """Return such as `CanarySize Value` or `Dimensions 1 Name`: places in a list count from 1."""
    kept = [SHORTER.get(str(key), key) for key in path if key not in WRAPPERS]
    return " ".join(str(key + 1) if isinstance(key, int) else key for key in kept)
