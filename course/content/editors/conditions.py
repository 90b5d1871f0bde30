"""What must hold between the fields of a class, as far as a schema can say it; readers say the same in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from course.content.files.world import OF_AN_ENDPOINT
from labs.exercise.goal import Goal

Schema = dict[str, Any]


def _if(key: str, values: Iterable[object], then: Schema, otherwise: Schema | None = None) -> Schema:
    """Return what must hold where a key has one of these values, and where it has another one or none."""
    found = {"if": {"properties": {key: {"enum": list(values)}}, "required": [key]}, "then": then}
    return found if otherwise is None else {**found, "else": otherwise}


def _without(*keys: str) -> Schema:
    return {"properties": dict.fromkeys(keys, False)}


def endpoint() -> Schema:
    """Return what an endpoint has that stands, and what one that does not exist yet cannot have."""
    return _if("Exists", (False,), {"properties": {key: {"type": "null"} for key in OF_AN_ENDPOINT}}, _CONFIGURED)


_CONFIGURED: Schema = {"required": ["EndpointConfigName"], "properties": {"EndpointConfigName": {"type": "string"}}}


def must() -> Schema:
    """Return that a release is named where a run has to tell, and only there."""
    given = {"required": ["release"], "properties": {"release": {"type": "string"}}}
    return _if("be", ("promoted", "rolled-back"), given, {"properties": {"release": {"type": "null"}}})


def numeric() -> Schema:
    """Return that a number has a value, or a figure that is one."""
    figure = {"required": ["figure"], "properties": {"figure": {"minLength": 1}}}
    return {"if": figure, "then": {"required": ["computed"], **_without("value")}, "else": {"required": ["value"]}}


def release() -> Schema:
    """Return that a new version says which model it replaces."""
    replaces = {"required": ["replaces"], "properties": {"replaces": {"minLength": 1}}}
    model = {"required": ["model"], "properties": {"model": {"type": "object"}}}
    served = {"not": model, "properties": {"expect": {"const": "served"}}}
    return {"if": replaces, "then": model, "else": served}


def bounded(cls: type[Goal]) -> Schema:
    """Return which goals need a bound."""
    unbounded = [name for name, measure in cls.measures.items() if not measure.wanted]
    given = [{"required": [key], "properties": {key: {"type": "number"}}} for key in cls.bounds]
    return _if("measure", unbounded, {"anyOf": given})
