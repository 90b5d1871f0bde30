"""From plain data to the frozen dataclasses, by their type hints: the schema is the type.

This is our own code, not pydantic's, for two reasons. The outline is loaded on the way to the first screen,
where importing pydantic would take longer than everything else together. And each complaint must carry line
and column, name the nearest right thing, and come together with all others of the file.

Beyond the hints: a field whose metadata says `unwritten` is none of the file's, a field called `id` holds an id, text
without a default must say something, the field `in_` is the key `in`, numbers must lie within the bounds of
`engine.bounds`, and a field whose metadata has `words` holds one of them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from course.content.schema.containers import AnyOf, FixedList, ListOf, MapOf
from course.content.schema.records import Key, Record, Slug, Tagged
from course.content.schema.shapes import (
    WRONG,
    Anything,
    Choice,
    Job,
    Number,
    Reader,
    Shape,
    Text,
    Truth,
)
from course.content.yaml.document import Complaints, Trail

T = TypeVar("T")
_SIMPLE: Mapping[Any, Shape] = {
    str: Text(),
    bool: Truth(),
    int: Number(whole=True),
    float: Number(whole=False),
    object: Anything(),
    Any: Anything(),
}


def build(
    cls: Callable[..., T],
    data: Any,  # noqa: ANN401 - whatever the file holds
    complaints: Complaints,
    trail: Trail = (),
    readers: Mapping[type, Reader] | None = None,
) -> T | None:
    """Return `data` as a `cls`, or None after complaining about everything that is wrong with it.

    `readers` read some classes in their own way, wherever they stand inside.
    """
    value: T = record_of(cls).read(data, trail, Job(complaints, readers or {}))
    return None if value is WRONG else value


def known_fields(
    cls: type,
    data: Any,  # noqa: ANN401
    complaints: Complaints,
    readers: Mapping[type, Reader] | None = None,
) -> dict[str, Any]:
    """Return those fields of a `cls` that are right in a whole file, after complaining about all others."""
    job, record = Job(complaints, readers or {}), record_of(cls)
    if isinstance(data, Mapping):
        return record.values(data, (), job)
    job.refuse(data, (), record.needed)
    return {}


@cache
def shape_of(hint: Any) -> Shape:  # noqa: ANN401 - type hints have no common type
    """Return the shape of a type hint; TypeError for a hint that no file can spell."""
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    if dataclasses.is_dataclass(hint):
        return record_of(hint)  # type: ignore[arg-type]  # a hint is a class, not an instance
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return Choice(args)
    if origin in (Union, UnionType):
        return _union(args)
    if origin is tuple:
        return _tuple(args)
    if origin is not None and issubclass(origin, Mapping) and args[0] is str:
        return MapOf(shape_of(args[1]))
    raise TypeError(f"no file can spell a {hint}; use text, numbers, tuples, mappings, unions or dataclasses")


@cache
def record_of(cls: Any, *, tagged: bool = False) -> Record:  # noqa: ANN401 - a dataclass
    """Return the shape of a dataclass, `tagged` where its `kind` has chosen it from several."""
    hints = get_type_hints(cls)
    keys = [_key(each, hints[each.name]) for each in dataclasses.fields(cls) if _is_written(each)]
    return Record(cls, {key.word: key for key in keys}, tagged=tagged)


def _is_written(each: dataclasses.Field[Any]) -> bool:
    return each.init and not each.metadata.get("unwritten")


def _key(each: dataclasses.Field[Any], hint: object) -> Key:
    required = each.default is MISSING and each.default_factory is MISSING
    shape = shape_of(hint)
    if "words" in each.metadata:
        shape = Choice(each.metadata["words"])
    elif hint is str:
        shape = Slug() if each.name == "id" else Text(filled=required)
    return Key(
        each.name, each.name.removesuffix("_"), shape, required, each.metadata.get("bounds"), each.metadata.get("rule")
    )


def _union(args: Iterable[Any]) -> Shape:
    tagged = {each.kind: record_of(each, tagged=True) for each in args if hasattr(each, "kind")}
    shapes = [shape_of(each) for each in args if each is not NoneType and not hasattr(each, "kind")]
    if tagged:
        shapes.insert(0, Tagged(tagged))
    optional = NoneType in args
    return AnyOf(tuple(shapes), optional=optional) if optional or len(shapes) > 1 else shapes[0]


def _tuple(args: tuple[Any, ...]) -> Shape:
    if args[-1] is not Ellipsis:
        return FixedList(tuple(shape_of(each) for each in args))
    if get_origin(args[0]) is tuple and get_args(args[0])[0] is str and len(get_args(args[0])) == 2:
        return MapOf(shape_of(get_args(args[0])[1]), as_pairs=True)
    return ListOf(shape_of(args[0]))
