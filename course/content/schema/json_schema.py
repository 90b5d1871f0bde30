"""The shapes of files as JSON Schemas (draft 2020-12): editors complete and underline by what files are read by.

A schema says what can be said of a value by itself. What holds between values, such as a name that leads somewhere, is
said by `mlcourse check` alone.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from course.content.schema.build import record_of
from course.content.schema.containers import AnyOf, FixedList, ListOf, MapOf
from course.content.schema.docs import said_of
from course.content.schema.records import SLUG, Key, Record, Slug, Tagged
from course.content.schema.shapes import Anything, Choice, Number, Shape, Text, Truth

Schema = dict[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
FILLED = r"\S"
"""Text that says something."""


class Definitions:
    """The schemas of the classes of one file, each written down once."""

    def __init__(
        self,
        own: Mapping[type, Callable[[Definitions], Schema]],
        between: Mapping[type, Callable[[], Schema]] | None = None,
    ) -> None:
        self.own = own
        """Schemas of classes that files spell in another way than by their fields."""
        self.between = between or {}
        """What must hold between the fields of a class, as far as a schema can say it."""
        self.defs: dict[str, Schema] = {}
        self._names: dict[str, object] = {}

    def named(self, name: str, of: object, schema: Callable[[], Schema]) -> Schema:
        """Return a reference to the schema of something; it is made when it is first asked for."""
        while self._names.setdefault(name, of) != of:
            name += "_"
        if name not in self.defs:
            self.defs[name] = {}  # a class may hold itself
            self.defs[name] = schema()
        return {"$ref": f"#/$defs/{name}"}

    def record(self, cls: type, *, kind: str | None = None) -> Schema:
        """Return a reference to the schema of a dataclass, with its `kind` where that has chosen it."""
        record = record_of(cls, tagged=kind is not None)
        return self.named(cls.__name__, (cls, kind), lambda: self.fields(record, kind))

    def fields(self, record: Record, kind: str | None = None, more: Mapping[str, Schema] | None = None) -> Schema:
        """Return the schema of a mapping with the fields of a dataclass, and `more` keys that must be there."""
        said = said_of(record.cls)
        first: dict[str, Schema] = {} if kind is None else {"kind": {"const": kind}}
        first |= more or {}
        defaults = {each.name: each.default for each in dataclasses.fields(record.cls)}
        keys = {
            word: self._key(key, said.of_fields.get(key.name, ""), defaults[key.name])
            for word, key in record.keys.items()
        }
        schema: Schema = {"description": said.of_class} if said.of_class else {}
        schema |= {"type": "object", "properties": first | keys, "additionalProperties": False}
        if required := [*first, *(word for word, key in record.keys.items() if key.required)]:
            schema["required"] = required
        for cls in record.cls.__mro__:
            if cls in self.between:
                schema.setdefault("allOf", []).append(self.between[cls]())
        return schema

    def of(self, shape: Shape) -> Schema:
        """Return the schema of a shape."""
        match shape:
            case Anything():
                return {}
            case Slug():
                return {"type": "string", "pattern": f"^{SLUG}$"}
            case Text():
                return {"type": "string", "pattern": FILLED} if shape.filled else {"type": "string"}
            case Truth():
                return {"type": "boolean"}
            case Number():
                return {"type": "integer" if shape.whole else "number"}
            case Choice():
                return {"const": shape.values[0]} if len(shape.values) == 1 else {"enum": list(shape.values)}
            case Record():
                return self.own[shape.cls](self) if shape.cls in self.own else self.record(shape.cls)
            case Tagged():
                return self._tagged(shape)
            case ListOf():
                return {"type": "array", "items": self.of(shape.item)}
            case FixedList():
                items = [self.of(each) for each in shape.items]
                return {"type": "array", "prefixItems": items, "items": False, "minItems": len(items)}
            case MapOf():
                return {"type": "object", "additionalProperties": self.of(shape.value)}
            case AnyOf():
                return self._any(shape)
            case _:
                raise TypeError(f"no schema for {shape!r}; add one here")

    def _tagged(self, shape: Tagged) -> Schema:
        """Return a schema that looks at `kind` first, so that an editor speaks of the kind that is meant."""
        meant = [
            {
                "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
                "then": self.own[record.cls](self) if record.cls in self.own else self.record(record.cls, kind=kind),
            }
            for kind, record in shape.records.items()
        ]
        kinds = {"kind": {"enum": list(shape.records)}}
        return {"type": "object", "properties": kinds, "required": ["kind"], "allOf": meant}

    def _any(self, shape: AnyOf) -> Schema:
        found = [self.of(each) for each in shape.shapes]
        if not shape.optional:
            return {"anyOf": found}
        if len(found) == 1 and isinstance(found[0].get("type"), str):
            return found[0] | {"type": [found[0]["type"], "null"]}
        if len(found) == 1 and "enum" in found[0]:
            return {"enum": [*found[0]["enum"], None]}
        return {"anyOf": [*found, {"type": "null"}]}

    def _key(self, key: Key, said: str, default: object) -> Schema:
        schema = _bounded(self.of(key.shape), key.bounds) if key.bounds else self.of(key.shape)
        if rule := getattr(key.rule, "schema", None):
            schema = {**schema, **rule} if not rule.keys() & schema.keys() else {**schema, "allOf": [rule]}
        if said:
            schema = {"description": said, **schema}
        if isinstance(default, str | int | float) and default != "":
            schema = {**schema, "default": default}
        return schema


def _bounded(schema: Schema, bounds: Any) -> Schema:  # noqa: ANN401 - bounds have no type here, as in `Key`
    """Return the schema with bounds for its numbers, be they its own, those of a list or of a mapping."""
    limits = {"minimum": bounds.low, "maximum": bounds.high, "exclusiveMinimum": bounds.above}
    said = {key: value for key, value in limits.items() if value is not None}
    inner = {key: schema[key] | said for key in ("items", "additionalProperties") if isinstance(schema.get(key), dict)}
    return {**schema, **(inner or said)}
