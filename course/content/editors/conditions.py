"""What must hold between the fields of a class, as far as a schema can say it; readers say the same in sentences."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping

from course.content.files.exercise import SERVED, ExerciseFile
from course.content.files.questions import FEWEST_ENTRIES, FIRST_REVISION, LEAST_TOLERANCE
from course.content.files.world import OF_AN_ENDPOINT
from course.content.schema.json_schema import FILLED, Schema
from labs.exercise.goal import Goal


def _if(key: str, values: Iterable[object], then: Schema, otherwise: Schema | None = None) -> Schema:
    """Return what must hold where a key has one of these values, and where it has another one or none."""
    found = {"if": {"properties": {key: {"enum": list(values)}}, "required": [key]}, "then": then}
    return found if otherwise is None else {**found, "else": otherwise}


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
    of_figure: Schema = {"required": ["computed"], "properties": {"value": False, "computed": {"type": "object"}}}
    found = question()
    found["properties"]["tolerance"] = {"minimum": LEAST_TOLERANCE}
    return found | {"if": figure, "then": of_figure, "else": {"required": ["value"]}}


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


def exam() -> Schema:
    """Return that the time of an exam is published, or else estimated."""
    published = {"properties": {"minutes": {"type": "integer"}}}
    none = {"properties": {"estimated_minutes": {"type": "null"}}}
    estimated = {"required": ["estimated_minutes"], "properties": {"estimated_minutes": {"type": "integer"}}}
    return {"if": published, "then": none, "else": estimated}


def exercise(cls: type[ExerciseFile]) -> Schema:
    """Return that there is a goal, and which releases there have to be."""

    def held(entries: Schema) -> Schema:
        return {"properties": {"releases": entries}}

    def expecting(*words: str) -> Schema:
        return {"required": ["expect"], "properties": {"expect": {"enum": words}}}

    goals: Schema = {"properties": {"goals": {"minItems": 1}}}
    updates = [each for each in cls.expectations if each != SERVED]
    each_once: Schema = {"allOf": [held({"contains": expecting(each)}) for each in updates]}
    if SERVED not in cls.expectations:
        return {"allOf": [goals, held({"items": expecting(*updates)}), each_once]}
    serving = held({"items": expecting(SERVED), "minItems": 2})
    return goals | {"if": held({"contains": expecting(SERVED)}), "then": serving, "else": each_once}


def service_time() -> Schema:
    """Return that a time is either a mean or a measured curve."""
    curve = {"required": ["curve"], "properties": {"curve": {"type": "string"}}}
    mean = {"required": ["mean_ms"], "properties": {"mean_ms": {"type": "number"}}}
    none: Schema = {"properties": {"sequence": {"type": "null"}}}
    return {"if": curve, "then": {"not": mean}, "else": {**mean, "properties": mean["properties"] | none["properties"]}}


def question(*lists: str, right: tuple[int, int | None] | None = None, proves_itself: bool = False) -> Schema:
    """Return what each question has to have: hints that say something, answers that prove its key, and enough entries
    in its lists, of which so many are `right`."""
    shown: Schema = {"hints": {"items": {"pattern": FILLED}}, "revision": {"minimum": FIRST_REVISION}}
    shown |= {key: {"minItems": FEWEST_ENTRIES} for key in lists}
    if right is not None:
        correct = {"properties": {"correct": {"const": True}}, "required": ["correct"]}
        least, most = right
        shown["options"] |= {"contains": correct, "minContains": least} | (
            {} if most is None else {"maxContains": most}
        )
    if proves_itself:
        return {"properties": shown}
    return {
        "properties": shown | {key: {"minItems": 1} for key in ("accepts", "rejects")},
        "required": ["accepts", "rejects"],
    }


def short_text() -> Schema:
    """Return what holds of words and sentences."""
    found = question()
    phrases = {"items": {"properties": {"any": {"contains": {"pattern": FILLED}}}}}
    found["properties"] |= {"answers": {"contains": {"pattern": FILLED}}, "concepts": phrases, "wrong": phrases}
    some: Schema = {"minItems": 1}
    claimed = {"required": ["wrong"], "properties": {"wrong": some}}
    return found | {"if": claimed, "then": {"required": ["concepts"], "properties": {"concepts": some}}}


def fix() -> Schema:
    """Return what holds of a request to mend."""
    found = question(proves_itself=True)
    found["properties"] |= {"must": {"minItems": 1}, "computed": {"type": "null"}}
    return found


def computed() -> Schema:
    """Return which parameters each function takes, and what each may be."""
    from quiz.computed.families import FAMILIES  # brings parts of the engine along

    return {
        "properties": {"from": {"enum": list(FAMILIES)}},
        "allOf": [_if("from", (name,), {"properties": {"over": _over(family)}}) for name, family in FAMILIES.items()],
    }


def _over(family: Callable[..., object]) -> Schema:
    parameters = inspect.signature(family).parameters
    return {
        "properties": {name: _values(each.annotation) for name, each in parameters.items()},
        "required": list(parameters),
        "additionalProperties": False,
    }


def _values(annotation: str) -> Schema:
    """Return what a file may give for a parameter: a list, or of whole numbers a span."""
    listed = {"items": {"type": _JSON[annotation]}, "minItems": 1, "uniqueItems": True}
    return listed if _JSON[annotation] != "string" else {**listed, "type": "array"}


_JSON: Mapping[str, str] = {"int": "integer", "float": "number", "str": "string"}
