"""The shapes that a value of a file can have: each reads plain data, or complains at its place.

`course.content.shape` finds the shape of a type; nothing here knows a dataclass. The shapes are no dataclasses
themselves, because they are loaded before the first screen, and each would take half a millisecond of that.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, TypeGuard

from course.content.document import Complaints, Trail
from course.content.scalars import LARGEST_INTEGER
from course.content.wording import either, given, nearest

Reader = Callable[[Any, Trail, Complaints], Any]
"""Reads the data of one class in another way than by its fields; returns WRONG after a complaint."""


class Wrong:
    """What reading returns after it has complained: None can be a right value."""


WRONG: Final = Wrong()


@dataclass(frozen=True, slots=True)
class Job:
    """One file being read."""

    complaints: Complaints
    readers: Mapping[type, Reader] = field(default_factory=dict)

    def refuse(self, data: object, trail: Trail, needed: str) -> Wrong:
        """Complain that the value is not what is needed."""
        self.complaints.at_value(trail, f"{named(trail)} is {given(data)}; it must be {needed}")
        return WRONG


class Shape(Protocol):
    """What a value must look like."""

    @property
    def needed(self) -> str:
        """Say in words what a value must be."""

    def fits(self, data: object) -> bool:
        """Is this the kind of data that the shape is about, right in detail or not?"""

    def read(self, data: Any, trail: Trail, job: Job) -> Any:  # noqa: ANN401 - any type of value is built
        """Return the value, or WRONG after a complaint."""


def named(trail: Trail) -> str:
    """Return what a message calls the value at the end of the trail."""
    match trail[-1:]:
        case (str(key),):
            return f"`{key}`"
        case (int(index),):
            return f"item {index + 1}"
        case _:
            return "this"


class Anything:
    """Data that somebody else judges, such as an AWS request."""

    needed = "anything"

    def fits(self, data: object) -> bool:
        return True

    def read(self, data: Any, trail: Trail, job: Job) -> Any:  # noqa: ANN401
        return data


class Text:
    """Text; numbers and booleans are text only in quotes."""

    needed = "text"

    def __init__(self, *, filled: bool = False) -> None:
        self.filled = filled
        """Must it say something?"""

    def fits(self, data: object) -> bool:
        return isinstance(data, str)

    def read(self, data: Any, trail: Trail, job: Job) -> str | Wrong:  # noqa: ANN401
        if isinstance(data, bool | int | float):
            return job.refuse(data, trail, "text, so put it in quotes")
        if not isinstance(data, str):
            return job.refuse(data, trail, "text")
        if self.filled and not data.strip():
            return job.refuse(None, trail, "text that says something")
        return data


class Truth:
    """A boolean."""

    needed = "true or false"

    def fits(self, data: object) -> bool:
        return isinstance(data, bool)

    def read(self, data: Any, trail: Trail, job: Job) -> bool | Wrong:  # noqa: ANN401
        return data if isinstance(data, bool) else job.refuse(data, trail, self.needed)


class Number:
    """A finite number, never a boolean."""

    def __init__(self, *, whole: bool) -> None:
        self.whole = whole
        self.needed = "a whole number" if whole else "a number"

    def fits(self, data: object) -> bool:
        return isinstance(data, int | float) and not isinstance(data, bool)

    def read(self, data: Any, trail: Trail, job: Job) -> float | Wrong:  # noqa: ANN401
        if not self.fits(data) or (self.whole and isinstance(data, float)):
            return job.refuse(data, trail, self.needed)
        if not is_usual(data):
            return job.refuse(data, trail, "a finite number of a usual size")
        return data if self.whole else float(data)


def is_usual(data: object) -> TypeGuard[float]:
    """Is this a number, finite, and if whole of a size that floats can hold?"""
    if isinstance(data, float):
        return math.isfinite(data)
    return isinstance(data, int) and not isinstance(data, bool) and abs(data) <= LARGEST_INTEGER


class Choice:
    """One of a few values."""

    def __init__(self, values: tuple[str | int, ...]) -> None:
        self.values = values
        self.needed = either(str(value) for value in values)

    def fits(self, data: object) -> bool:
        return any(data == value and type(data) is type(value) for value in self.values)

    def read(self, data: Any, trail: Trail, job: Job) -> str | int | Wrong:  # noqa: ANN401
        if self.fits(data):
            return data  # type: ignore[no-any-return]  # it equals one of the values
        words = [str(value) for value in self.values]
        close = f" ({nearest(data, words)})" if isinstance(data, str) and len(words) > 1 else ""
        return job.refuse(data, trail, self.needed + close)


class ListOf:
    """A list of any length, as a tuple."""

    needed = "a list"

    def __init__(self, item: Shape) -> None:
        self.item = item

    def fits(self, data: object) -> bool:
        return isinstance(data, list)

    def read(self, data: Any, trail: Trail, job: Job) -> tuple[Any, ...] | Wrong:  # noqa: ANN401
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
            return None
        if len(self.shapes) == 1:
            return self.shapes[0].read(data, trail, job)
        fitting = next((shape for shape in self.shapes if shape.fits(data)), None)
        if fitting is None and isinstance(self.shapes[0], Text) and is_usual(data):
            fitting = self.shapes[0]  # knows that a number wants quotes
        return fitting.read(data, trail, job) if fitting else job.refuse(data, trail, self.needed)
