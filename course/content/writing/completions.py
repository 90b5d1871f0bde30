"""What could be written where the cursor stands in a plan: fields that are not there yet, values, names of the lab."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from course.content.writing.help import LONGEST_TEXT, beside, offset_of
from course.content.yaml.document import Trail
from course.content.yaml.place import Place, Spot, place_at, spots
from course.content.yaml.rewriting import scalar
from course.content.yaml.scalars import Scalar
from course.plan_text import Completion, Completions

if TYPE_CHECKING:
    from engine.aws.allowed import Allowed
    from engine.aws.meanings import Meaning
    from engine.world import World

INDENT = 2
BESIDE_REQUESTS: Mapping[str, str] = {"Later": "list", "If": "mapping", "Unless": "mapping"}
"""What is written under the keys of a plan that are no requests; AfterSeconds is a number."""
_WORD = re.compile(r"[A-Za-z0-9_/.%+-]*")
_WORD_BEFORE = re.compile(r"[A-Za-z0-9_/.%+-]*\Z")


def completions(text: str, line: int, column: int, world: World | None) -> Completions:
    """Return what could be written at a place counted from 1, what fits the word there first."""
    text = text.replace("\r\n", "\n")
    offset = offset_of(text, line, column)
    if len(text) > LONGEST_TEXT:
        return _of(text, offset, offset, ())
    begun, behind = _WORD_BEFORE.search(text, 0, offset), _WORD.match(text, offset)
    start, end = begun.start() if begun else offset, behind.end() if behind else offset
    place = place_at(text, start)
    if place is None or text[start:end] == "-":
        return _of(text, start, end, ())
    options = tuple(_Options(text, place, start, end, world).all())
    return _of(text, start, end, _fitting(options, text[start:offset], text[start:end]))


def _of(text: str, start: int, end: int, options: tuple[Completion, ...]) -> Completions:
    line_start = text.rfind("\n", 0, start) + 1
    return Completions(
        line=text.count("\n", 0, start) + 1,
        start=start - line_start + 1,
        end=end - line_start + 1,
        options=options,
        standing=next((at for at, option in enumerate(options) if option.word == text[start:end]), 0),
    )


def _fitting(options: Sequence[Completion], begun: str, word: str) -> tuple[Completion, ...]:
    """Return all where a whole option stands, that another may take its place; else those that fit what is begun."""
    if word in {option.word for option in options}:
        return tuple(options)
    low = begun.lower()
    first = [option for option in options if option.word.lower().startswith(low)]
    return tuple(first or (option for option in options if low in option.word.lower()))


class _Options:
    def __init__(self, text: str, place: Place, start: int, end: int, world: World | None) -> None:
        self._text, self._place, self._start, self._end, self._world = text, place, start, end, world
        self._spots = spots(text)

    def all(self) -> Iterator[Completion]:
        """Yield what may stand here, in the order in which it makes sense."""
        from engine.aws.allowed import allowed
        from engine.aws.calls import AFTER, CONDITION, IF, LATER, ORDER, UNLESS, request_of

        trail = self._place.trail
        if not trail:
            yield from self._fields((*ORDER, LATER), ())
        elif trail[0] == LATER and (len(trail) == 1 or (len(trail) == 2 and _is_item(trail, trail[:1]))):
            yield from self._fields((AFTER, IF, UNLESS, *ORDER), trail)
        elif trail[-1] in (IF, UNLESS):
            if not self._place.is_value:
                yield from self._fields(tuple(CONDITION), trail)
        elif request := request_of(trail):
            operation, path = request
            beside_it = beside(self._text, self._spots, trail[:-1])
            found = allowed(operation, path, beside_it)
            if found is None:
                return
            if found.kind in ("mapping", "list") and found.fields:
                if not self._place.is_value:
                    yield from self._fields(found.fields, trail)
            elif self._place.is_value or self._place.is_item:
                truths = ("true", "false") if found.kind == "true or false" else ()
                names = self._names(operation, trail, beside_it)
                yield from map(self._value, dict.fromkeys((*names, *found.choices, *found.suggestions, *truths)))

    def _fields(self, names: Sequence[str], trail: Trail) -> Iterator[Completion]:
        """Yield what is not there yet, what a plan of this course needs first."""
        from engine.aws.about import about_place
        from engine.aws.allowed import allowed
        from engine.aws.alternatives import excluded
        from engine.aws.calls import holder_of, request_of
        from engine.aws.meanings import MEANINGS, meaning

        there = {str(spot.trail[-1]) for spot in self._keys(trail) if spot.start != self._start}
        other_ways = excluded(*holder_of(trail), there, beside(self._text, self._spots, trail))
        left = [name for name in names if name not in there and name not in other_ways]
        places = {name: request_of((*trail, name)) for name in left}
        found = {name: allowed(*place) for name, place in places.items() if place}
        told = {name: meaning(*place) if place else MEANINGS.get(name) for name, place in places.items()}
        for name in sorted(left, key=lambda name: _rank(told.get(name), found.get(name), names.index(name))):
            right = found.get(name)
            kind = right.kind if right else BESIDE_REQUESTS.get(name, "number")
            about = about_place((*trail, name)).partition(" · ")[0]
            yield Completion(word=name, insert=self._key(name, kind, trail), about=about)

    def _keys(self, trail: Trail) -> Iterator[Spot]:
        return (spot for spot in self._spots if spot.is_key and spot.trail[:-1] == trail)

    def _key(self, name: str, kind: str, trail: Trail) -> str:
        """Return the key with its colon, and with the next line where what follows stands there."""
        if self._text[self._end : self._end + 1] == ":":
            return name
        several = any(spot.trail[: len(trail)] == trail and _is_item(spot.trail, trail) for spot in self._spots)
        dash = "- " if several and not self._place.is_item and not self._place.in_flow else ""
        if self._place.in_flow or kind not in ("mapping", "list"):
            return f"{dash}{name}: "
        column = self._start - (self._text.rfind("\n", 0, self._start) + 1) + len(dash) + INDENT
        return f"{dash}{name}:\n{' ' * column}{'- ' if kind == 'list' else ''}"

    def _value(self, word: str) -> Completion:
        gap = " " if self._text[self._start - 1 : self._start] == ":" else ""
        quoted = self._text[self._start - 1 : self._start] in ("'", '"')
        written = word if quoted or word in ("true", "false") else scalar(word)
        return Completion(word=word, insert=f"{gap}{written}")

    def _names(self, operation: str, trail: Trail, others: Mapping[str, Scalar]) -> tuple[str, ...]:
        from course.content.writing.names import names

        here = {spot.trail: self._text[spot.start : spot.end] for spot in self._spots if not spot.is_key}
        here.pop(trail, None)
        return names(operation, trail, others, here, self._world)


def _rank(told: Meaning | None, right: Allowed | None, place: int) -> tuple[bool, bool, int]:
    """Return a key to sort by: what is required, what a plan may need, the rest; AWS's order within each."""
    required = (told and told.required) or (right and right.required)
    return told is None, not required, place


def _is_item(inner: Trail, outer: Trail) -> bool:
    return len(inner) > len(outer) and isinstance(inner[len(outer)], int)
