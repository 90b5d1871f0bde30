"""The shapes that a value of a file can have: each reads plain data, or complains at its place.

`course.content.schema.build` finds the shape of a type; nothing here knows a dataclass. The shapes are no dataclasses
themselves, because they are loaded before the first screen, and each would take half a millisecond of that.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, TypeGuard

from course.content.yaml.document import Complaints, Trail
from course.content.yaml.scalars import LARGEST_INTEGER
from course.content.yaml.wording import either, given, nearest

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
        if isinstance(data, Mapping) and len(data) == 1:
            return job.refuse(data, trail, "text, so put text with a colon in quotes")
        if isinstance(data, list | Mapping):
            return job.refuse(data, trail, "text, so put text that begins with a bracket in quotes")
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
