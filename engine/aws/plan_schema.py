"""Requests and whole plans as JSON Schemas, read off the service models as botocore ships them.

A schema knows what can be told of a field by itself: its type, its range, its choices. Which fields go together, and
what must exist, is judged by `engine.aws.checking` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.aws.allowed import Allowed, allowed
from engine.aws.calls import AFTER, IF, LATER, LATEST_S, ORDER, UNLESS
from engine.aws.meanings import MEANINGS, meaning
from engine.aws.shapes.models import Shape, input_shape

Schema = dict[str, Any]
Named = Callable[[str, object, Callable[[], Schema]], Schema]
"""Writes a schema down under a name, once, and returns a reference to it."""
TYPES: Mapping[str, str | list[str]] = {
    "structure": "object",
    "map": "object",
    "list": "array",
    "integer": "integer",
    "long": "integer",
    "float": "number",
    "double": "number",
    "boolean": "boolean",
    "timestamp": ["string", "number"],
}
"""JSON's word for each of botocore's; any other is text."""
MANY = 12
"""Choices that are written down once for all places, such as the types of instances."""
_LIMITS: Mapping[str, tuple[str, str]] = {
    "number": ("minimum", "maximum"),
    "list": ("minItems", "maxItems"),
    "text": ("minLength", "maxLength"),
    "mapping": ("minProperties", "maxProperties"),
}


def request_schema(operation: str, named: Named, path: tuple[str, ...] = ()) -> Schema:
    """Return a reference to the schema of a request, or of the part of it that lies at a path."""
    shape = input_shape(operation)
    for key in path:
        shape = shape.members[key]
    name = "_".join((operation, *path))
    return named(name, (operation, path), lambda: _schema(shape, operation, path, named))


def plan_schema(named: Named) -> Schema:
    """Return the schema of a plan: operations with one request or a list of them, and those that are sent later."""
    steps = _one_or_more(named("Step", "Step", lambda: _step(named)))
    later = {"description": MEANINGS[LATER].say, **steps}
    return {
        "description": "Requests to AWS, by operation; each has one request, or a list of them.",
        "type": "object",
        "properties": {**_operations(named), LATER: later},
        "additionalProperties": False,
    }


def _operations(named: Named) -> dict[str, Schema]:
    return {each: _described(_one_or_more(request_schema(each, named)), each, ()) for each in ORDER}


def _one_or_more(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "array", "items": schema}]}


def _step(named: Named) -> Schema:
    condition = named("Condition", "Condition", lambda: _condition(named))
    return {
        "type": "object",
        "properties": {
            AFTER: {"description": MEANINGS[AFTER].say, "type": "number", "minimum": 0, "maximum": LATEST_S},
            IF: {"description": MEANINGS[IF].say, **condition},
            UNLESS: {"description": MEANINGS[UNLESS].say, **condition},
            **_operations(named),
        },
        "required": [AFTER],
        "minProperties": 2,
        "not": {"required": [IF, UNLESS]},
        "additionalProperties": False,
    }


def _condition(named: Named) -> Schema:
    """Return the schema of a condition: the state of an alarm, or a metric beside a threshold."""
    of_state = {
        each: _part("SetAlarmState", ("AlarmName",) if each == "AlarmName" else ("StateValue",), named)
        for each in ("AlarmName", "StateValue")
    }
    of_metric = {
        "MetricStat": _part("PutMetricAlarm", ("Metrics", "MetricStat"), named),
        "ComparisonOperator": _part("PutMetricAlarm", ("ComparisonOperator",), named),
        "Threshold": _part("PutMetricAlarm", ("Threshold",), named),
    }
    kinds = [
        {"type": "object", "properties": each, "required": list(each), "additionalProperties": False}
        for each in (of_state, of_metric)
    ]
    return {"anyOf": kinds}


def _part(operation: str, path: tuple[str, ...], named: Named) -> Schema:
    shape = input_shape(operation)
    for key in path:
        shape = (shape.member if shape.type_name == "list" else shape).members[key]
    return _schema(shape, operation, path, named)


def _schema(shape: Shape, operation: str, path: tuple[str, ...], named: Named) -> Schema:
    """Return the schema of what may stand at a path of a request, without the numbers of list entries."""
    schema: Schema = {"type": TYPES.get(shape.type_name, "string")}
    if shape.type_name == "structure":
        members = {
            name: _described(_schema(each, operation, (*path, name), named), operation, (*path, name))
            for name, each in shape.members.items()
        }
        schema |= {"properties": members, "additionalProperties": False}
        if required := shape.metadata.get("required"):
            schema["required"] = list(required)
        if getattr(shape, "is_tagged_union", False):
            schema |= {"minProperties": 1, "maxProperties": 1}
        return schema
    if shape.type_name == "list":
        schema["items"] = _schema(shape.member, operation, path, named)
        return schema | _limits("list", shape.metadata.get("min"), shape.metadata.get("max"))
    if shape.type_name == "map":
        schema["additionalProperties"] = _schema(shape.value, operation, (*path, "*"), named)
        return schema | _limits("mapping", shape.metadata.get("min"), shape.metadata.get("max"))
    return _scalar(schema, shape, allowed(operation, path), named)


def _scalar(schema: Schema, shape: Shape, found: Allowed | None, named: Named) -> Schema:
    choices = list(found.choices if found else shape.metadata.get("enum", ()))
    if len(choices) > MANY:
        return named(shape.name, tuple(choices), lambda: {"enum": choices})
    if choices:
        return {"enum": choices}
    kind = "number" if schema["type"] in ("integer", "number") else "text"
    if kind == "number" and found is not None:
        schema |= _limits(kind, found.least, found.most)
    else:
        schema |= _limits(kind, shape.metadata.get("min"), shape.metadata.get("max"))
    pattern = shape.metadata.get("pattern")
    if pattern and (spelt := _portable(pattern)):
        schema["pattern"] = spelt
    return schema


def _limits(kind: str, least: float | None, most: float | None) -> Schema:
    said = zip(_LIMITS[kind], (least, most), strict=True)
    return {key: value for key, value in said if value is not None}


def _portable(pattern: str) -> str | None:
    r"""Return the pattern for a whole text as every language reads it; None for one that only some do, with `\p`."""
    if r"\p" in pattern or r"\u" in pattern:
        return None
    return f"^(?:{pattern.replace(chr(92) + '/', '/')})$"


def _described(schema: Schema, operation: str, path: tuple[str, ...]) -> Schema:
    """Return the schema with what the field means, where this course has a use for it."""
    told = MEANINGS.get(operation) if not path else meaning(operation, path)
    return (
        schema if told is None else {"description": f"{told.say}{f', in {told.unit}' if told.unit else ''}", **schema}
    )
