"""Dataclasses as shapes: their fields are the keys, and everything wrong with a mapping is said at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from course.content.schema.shapes import WRONG, Job, Shape, Text, Wrong, is_usual, named
from course.content.yaml.document import Complaints, Trail
from course.content.yaml.wording import either, given, nearest, shown

SLUG = "[a-z0-9-]+"
"""What an id looks like."""
_SLUG = re.compile(SLUG)


class Slug(Text):
    """An id."""

    def read(self, data: Any, trail: Trail, job: Job) -> str | Wrong:  # noqa: ANN401
        if isinstance(data, str) and not _SLUG.fullmatch(data):
            return job.refuse(data, trail, "lower-case letters, digits and hyphens, such as blue-green")
        return Text.read(self, data, trail, job)


class Within:
    """Bounds as `engine.bounds` has them, for numbers of files that are read without the engine."""

    above = None

    def __init__(self, low: int, high: int | None, say: str) -> None:
        self.low = low
        self.high = high
        self.say = say

    def complaint(self, value: float) -> str | None:
        """Return what is wrong with `value`, or None."""
        return None if value >= self.low and (self.high is None or value <= self.high) else self.say


@dataclass(frozen=True, slots=True)
class Key:
    """A field of a dataclass as a file knows it."""

    name: str
    word: str
    """How a file spells it."""
    shape: Shape
    required: bool
    bounds: Any
    """`engine.bounds.Bounds`, `Within` or None; no type says so, because the outline must load without the engine."""
    rule: Callable[[Any], str | None] | None
    """Says what is wrong with a value that is within them."""

    def read(self, data: Mapping[str, Any], trail: Trail, job: Job) -> Any:  # noqa: ANN401
        """Return the field's value, within its bounds and as its rule asks."""
        value = self.shape.read(data[self.word], (*trail, self.word), job)
        beyond = list(self._beyond(data[self.word]))
        if value is not WRONG and not beyond and self.rule and (say := self.rule(value)):
            beyond = [((), say)]
        for at, say in beyond:
            place = (*trail, self.word, *at)
            job.complaints.at_value(place, f"{named(place)} {say}")
        return WRONG if beyond else value

    def _beyond(self, data: object) -> Iterator[tuple[Trail, str]]:
        """Yield the numbers that are out of bounds, and what is wrong with them."""
        for at, number in _numbers(data) if self.bounds else ():
            if say := self.bounds.complaint(number):
                yield at, say


def _numbers(data: object) -> Iterator[tuple[Trail, float]]:
    """Yield the numbers as they were written, so that a message shows 5 and not 5.0."""
    places: list[tuple[Trail, object]] = [((), data)]
    if isinstance(data, list):
        places = [((index,), each) for index, each in enumerate(data)]
    elif isinstance(data, Mapping):
        places = [((key,), each) for key, each in data.items()]
    for at, each in places:
        if is_usual(each):
            yield at, each


class Record:
    """A dataclass, from a mapping with its fields' names as keys."""

    needed = "a mapping"

    def __init__(self, cls: type, keys: Mapping[str, Key], *, tagged: bool) -> None:
        self.cls = cls
        self.keys = keys
        """By their words in a file."""
        self.tagged = tagged
        """Is there also the key `kind`, which has chosen the class?"""

    def fits(self, data: object) -> bool:
        return isinstance(data, Mapping)

    def read(self, data: Any, trail: Trail, job: Job) -> Any:  # noqa: ANN401
        if self.cls in job.readers:
            return job.readers[self.cls](data, trail, job.complaints)
        if not isinstance(data, Mapping):
            return job.refuse(data, trail, self.needed)
        values = self.values(data, trail, job)
        if any(key.name not in values for key in self.keys.values() if key.required or key.word in data):
            return WRONG
        return self._create(values, trail, job.complaints)

    def values(self, data: Mapping[str, Any], trail: Trail, job: Job) -> dict[str, Any]:
        """Return the fields that can be read, after complaining about keys and all other fields."""
        self._complain_of_keys(data, trail, job.complaints)
        read = {key.name: key.read(data, trail, job) for key in self.keys.values() if key.word in data}
        return {name: value for name, value in read.items() if value is not WRONG}

    def _complain_of_keys(self, data: Mapping[str, Any], trail: Trail, complaints: Complaints) -> None:
        for word in data:
            if complaints.full:
                return  # looking for the nearest key is slow, and a hostile file may hold a hundred thousand
            if word not in self.keys and not (self.tagged and word == "kind"):
                complaints.at_key((*trail, word), f"unknown key {shown(word)}; {self._meant(word, data[word])}")
        for word, key in self.keys.items():
            if key.required and word not in data:
                complaints.at_key(trail, f"`{word}` is missing; add it here, it must be {key.shape.needed}")

    def _meant(self, word: str, value: object) -> str:
        """Return what may have been meant by an unknown key; one without a value may be no key at all."""
        if value is None and word.partition(":")[0] in self.keys:
            return "put a space behind the colon"
        close = nearest(word, self.keys)
        return f"{close}; or put text with a comma in quotes" if value is None else close

    def _create(self, values: Mapping[str, Any], trail: Trail, complaints: Complaints) -> Any:  # noqa: ANN401
        try:
            return self.cls(**values)
        except ValueError as error:
            # Only `engine.errors.WrongValues` carries `wrongs`; any other ValueError is a bug of ours.
            if not hasattr(error, "wrongs"):
                raise
            for wrong in error.wrongs:
                key = wrong.field.removesuffix("_")
                complaints.at_value((*trail, key), f"`{key}` {wrong.say}")
        return WRONG


class Tagged:
    """One of several dataclasses, told apart by the key `kind`."""

    def __init__(self, records: Mapping[str, Record]) -> None:
        self.records = records
        """By kind."""
        self.needed = f"a mapping with `kind`: {either(records)}"

    def fits(self, data: object) -> bool:
        return isinstance(data, Mapping)

    def read(self, data: Any, trail: Trail, job: Job) -> Any:  # noqa: ANN401
        if not isinstance(data, Mapping):
            return job.refuse(data, trail, self.needed)
        kind = data.get("kind")
        if "kind" not in data:
            job.complaints.at_key(trail, f"`kind` is missing; add it here, it must be {either(self.records)}")
        elif not isinstance(kind, str) or kind not in self.records:
            close = nearest(str(kind), self.records)
            job.complaints.at_value((*trail, "kind"), f"`kind` is {given(kind)}; {close}")
        else:
            return self.records[kind].read(data, trail, job)
        return WRONG
