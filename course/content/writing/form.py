"""A plan as a form: each of its values with what may stand there, and the text with one of them changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from course.content.writing import entries
from course.content.writing.missing import GUARDS, ROLLING, ROUTING, at, missing, missing_in_condition
from course.content.writing.policies import STRATEGIES, strategy_of, switched
from course.content.yaml.document import Trail
from course.content.yaml.errors import ContentError
from course.content.yaml.reader import read_yaml
from course.content.yaml.rewriting import NAME, rewritten
from course.plan_text import FieldValue, FormField
from engine.aws.calls import AFTER, IF, LATER, LATEST_S, UNLESS

TYPE = (*ROUTING, "Type")
STRATEGY = ("DeploymentConfig",)
"""The place of the one field for what the policy and its Type say together."""
ABOUT_STRATEGY = "How the new fleet takes over, and whether piece by piece"
WRAPPERS = {
    *ROUTING,
    *ROLLING,
    "AutoRollbackConfiguration",
    "MetricStat",
    "Metric",
    "TargetTrackingScalingPolicyConfiguration",
    "StepScalingPolicyConfiguration",
    "PredefinedMetricSpecification",
    "CustomizedMetricSpecification",
    "ScalableTargetAction",
    "InfrastructureConfig",
    "RealTimeInferenceConfig",
    "ShadowModeConfig",
    "TransformInput",
    "DataSource",
    "S3DataSource",
    "TransformOutput",
    "TransformResources",
    "ModelClientConfig",
    "DataProcessing",
    "ServerlessConfig",
    "ServerlessUpdateConfig",
    "AsyncInferenceConfig",
    "ClientConfig",
    "OutputConfig",
    "NotificationConfig",
}
"""Mappings that need no mention in a field's name."""
SHORTER = {
    "ProductionVariants": "Variant",
    "ShadowProductionVariants": "Shadow",
    "DesiredWeightsAndCapacities": "Variant",
    "ModelVariants": "Variant",
    "DesiredModelVariants": "Variant",
    "ShadowModelVariants": "Shadow",
    "StepAdjustments": "Step",
    "ModelVariantActions": "Action",
}
"""A field has a third of a line for its name."""


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
        if operation == LATER:
            for start, step in _each((operation,), requests):
                yield from _step(start, step)
        else:
            for start, request in _each((operation,), requests):
                yield from _request(operation, start, request)
    yield _adder(data, (entries.ALARMS,), "Another alarm", "Add an alarm")
    if LATER in data:
        yield _adder(data, (LATER,), "Another step", "Add a later step")


def _each(start: Trail, value: Any) -> Iterator[tuple[Trail, Mapping[str, Any]]]:  # noqa: ANN401
    """Yield the mappings that stand there, one alone or several in a list, with their places."""
    if isinstance(value, list):
        yield from (((*start, number), each) for number, each in enumerate(value) if isinstance(each, dict))
    elif isinstance(value, dict):
        yield start, value


def _step(start: Trail, step: Mapping[str, Any]) -> Iterator[FormField]:
    """Yield the time and the condition of a later step, and the fields of its requests."""
    number = start[-1] + 1 if isinstance(start[-1], int) else 1
    group = f"Later, step {number}"
    yield _beside(start, (AFTER,), step.get(AFTER), group)
    key = UNLESS if UNLESS in step and IF not in step else IF
    condition = step.get(key)
    there = dict(_leaves(condition, ())) if isinstance(condition, dict) else {}
    lacking = missing_in_condition(condition if isinstance(condition, dict) else {})
    for path, value in {**there, **{each: None for each in lacking if each not in there}}.items():
        if path:
            yield _beside(start, (key, *path), value, group)
    for operation, requests in step.items():
        if operation not in (AFTER, IF, UNLESS):
            for place, request in _each((*start, operation), requests):
                yield from _request(operation, place, request, f"{group}: ")


def _beside(start: Trail, path: Trail, value: FieldValue | None, group: str) -> FormField:
    """Return the field of a time or of a part of a condition."""
    from engine.aws.about import about_place
    from engine.aws.allowed import allowed
    from engine.aws.calls import request_of

    trail = (*start, *path)
    place = request_of(trail)
    found = allowed(*place) if place else None
    return FormField(
        trail=trail,
        group=group,
        name=_name(path),
        value=value,
        kind="number" if found is None else "text" if found.kind == "mapping" or found.kind == "list" else found.kind,
        choices=found.choices if found else (),
        suggestions=found.suggestions if found else (),
        allowed=found.in_words() if found else f"a number, 0 to {LATEST_S}",
        about=about_place(trail),
    )


def _request(operation: str, start: Trail, request: Mapping[str, Any], before: str = "") -> Iterator[FormField]:
    there = list(_leaves(request, ()))
    if operation == "UpdateEndpoint":
        there = _with_strategy(there, request)
    present = {path for path, _ in there}
    absent = [path for path in missing(operation, request) if path not in present]
    group = before + _group(operation, request)
    for path, value in [*there, *((path, None) for path in absent)]:
        around = at(request, path[:-1])
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
    place = paths.index(TYPE) if TYPE in paths else begins
    after = [leaf for leaf in there if leaf[0] not in (TYPE, STRATEGY)]
    return [*after[:place], (STRATEGY, strategy_of(request.get(STRATEGY[0]))), *after[place:]]


def _leaves(data: Any, path: Trail) -> Iterator[tuple[Trail, FieldValue | None]]:  # noqa: ANN401
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _leaves(value, (*path, number))
    else:
        yield path, data


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

    trail, there = (*start, *path), at(data, path)
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
