"""The shapes that hold other shapes: lists, mappings, and a choice between kinds of data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course.content.schema.shapes import WRONG, Job, Shape, Text, Wrong, is_usual
from course.content.yaml.document import Trail
from course.content.yaml.wording import either


class ListOf:
    """A list of any length, as a tuple."""

    needed = "a list"

    def __init__(self, item: Shape) -> None:
        self.item = item

    def fits(self, data: object) -> bool:
        return isinstance(data, list)

    def read(self, data: Any, trail: Trail, job: Job) -> tuple[Any, ...] | Wrong:  # noqa: ANN401
        if isinstance(data, str) and data.startswith("-"):
            return job.refuse(data, trail, "a list, so put a space behind each dash")
        if not isinstance(data, list):
            return job.refuse(data, trail, self.needed)
        values = tuple(self.item.read(each, (*trail, index), job) for index, each in enumerate(data))
        return WRONG if WRONG in values else values


class FixedList:
    """A list with a shape for each place, such as a point of a plot."""

    def __init__(self, items: tuple[Shape, ...]) -> None:
        self.items = items
        self.needed = f"a list of {len(items)}: {', '.join(item.needed for item in items)}"

    def fits(self, data: object) -> bool:
        return isinstance(data, list) and len(data) == len(self.items)

    def read(self, data: Any, trail: Trail, job: Job) -> tuple[Any, ...] | Wrong:  # noqa: ANN401
        if not self.fits(data):
            return job.refuse(data, trail, self.needed)
        values = tuple(
            item.read(each, (*trail, index), job)
            for index, (item, each) in enumerate(zip(self.items, data, strict=True))
        )
        return WRONG if WRONG in values else values


class MapOf:
    """A mapping from names to values of one shape."""

    needed = "a mapping"

    def __init__(self, value: Shape, *, as_pairs: bool = False) -> None:
        self.value = value
        self.as_pairs = as_pairs
        """A tuple of pairs instead, for values that must be hashable."""

    def fits(self, data: object) -> bool:
        return isinstance(data, Mapping)

    def read(self, data: Any, trail: Trail, job: Job) -> Any:  # noqa: ANN401
        if not isinstance(data, Mapping):
            return job.refuse(data, trail, self.needed)
        values = {key: self.value.read(each, (*trail, key), job) for key, each in data.items()}
        if any(value is WRONG for value in values.values()):
            return WRONG
        return tuple(values.items()) if self.as_pairs else values


class AnyOf:
    """One of several shapes, told apart by the kind of data."""

    def __init__(self, shapes: tuple[Shape, ...], *, optional: bool) -> None:
        self.shapes = shapes
        self.optional = optional
        """May it also be empty?"""
        self.needed = either(shape.needed for shape in shapes)

    def fits(self, data: object) -> bool:
        return (data is None and self.optional) or any(shape.fits(data) for shape in self.shapes)

    def read(self, data: Any, trail: Trail, job: Job) -> Any:  # noqa: ANN401
        if data is None and self.optional:
            return WRONG if job.complaints.unread_in(trail) else None
        if len(self.shapes) == 1:
            return self.shapes[0].read(data, trail, job)
        fitting = next((shape for shape in self.shapes if shape.fits(data)), None)
        if fitting is None and isinstance(self.shapes[0], Text) and is_usual(data):
            fitting = self.shapes[0]  # knows that a number wants quotes
        return fitting.read(data, trail, job) if fitting else job.refuse(data, trail, self.needed)
