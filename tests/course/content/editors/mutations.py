"""Files changed in one place, as a slip of the hand or of the mind would change them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

Trail = tuple[str | int, ...]
Change = Callable[[Any, Random], Any]
"""Returns what stands in place of a value; NOT_HERE where the change makes no sense."""
NOT_HERE = object()
LISTS = ("questions", "terms", "predictions")
"""Long lists of a file, of which a few entries tell as much."""
KEPT = 3
ORDER = "keys in another order"


@dataclass(frozen=True)
class Mutation:
    """What was changed where."""

    what: str
    trail: Trail
    data: Any


def mutated(data: Any, wanted: str, random: Random) -> Mutation:
    """Return the data with one change, of the kind that is wanted if there is a place for it, or else of the next one;
    the data is cut to a few entries before."""
    data = _cut(copy.deepcopy(data), random)
    places = list(_places(data, ()))
    random.shuffle(places)
    kinds = list(CHANGES)
    first = kinds.index(wanted)
    for what in (*kinds[first:], *kinds[:first]):
        for trail in places:
            before = _at(data, trail)
            after = CHANGES[what](copy.deepcopy(before), random)
            if after is not NOT_HERE and (after != before or what == ORDER):
                return Mutation(what, trail, _with(data, trail, after))
    raise AssertionError("no file is so empty")


def _cut(data: Any, random: Random) -> Any:
    for key in LISTS:
        if isinstance(data.get(key), list) and len(data[key]) > KEPT:
            data[key] = random.sample(data[key], KEPT)
    for term in data.get("terms", ()):
        term["see"] = [each["id"] for each in data["terms"] if each is not term]
    return data


def _places(data: Any, trail: Trail) -> Iterator[Trail]:
    yield trail
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, each in inner:
        yield from _places(each, (*trail, key))


def _at(data: Any, trail: Trail) -> Any:
    for key in trail:
        data = data[key]
    return data


def _with(data: Any, trail: Trail, value: Any) -> Any:
    if not trail:
        return value
    _at(data, trail[:-1])[trail[-1]] = value
    return data


def _of(kind: type | tuple[type, ...], change: Change) -> Change:
    """Return a change of values of one type alone."""
    number = kind == (int, float)
    return lambda value, random: (
        change(value, random)
        if isinstance(value, kind) and not (number and isinstance(value, bool)) and value not in ([], {})
        else NOT_HERE
    )


def _without_a_key(value: Any, random: Random) -> Any:
    gone = random.choice(list(value))
    return {key: each for key, each in value.items() if key != gone}


def _renamed(value: Any, random: Random) -> Any:
    old = random.choice(list(value))
    new = random.choice((old + "s", old[1:] + old[:1], old.upper(), old.replace("_", "-") + "-x"))
    return {new if key == old else key: each for key, each in value.items()}


def _given_id(change: Callable[[str, Random], Any]) -> Change:
    return lambda value, random: {**value, "id": change(value["id"], random)} if "id" in value else NOT_HERE


CHANGES: Mapping[str, Change] = {
    "a key is missing": _of(dict, _without_a_key),
    "a key is misspelt": _of(dict, _renamed),
    "a key too many": _of(dict, lambda value, random: {**value, random.choice(("extra", "kind_", "when")): 1}),
    "an id that is none": _of(dict, _given_id(lambda id, random: random.choice(("Not An Id", "a_b", "é", "")))),
    "no such kind": _of(dict, lambda value, _: {**value, "kind": "essay"} if "kind" in value else NOT_HERE),
    "another kind": _of(
        dict,
        lambda value, random: (
            {**value, "kind": random.choice(("single", "numeric", "slow", "leak"))} if "kind" in value else NOT_HERE
        ),
    ),
    "a text for a list": _of(list, lambda value, _: str(value[0])),
    "a mapping for a list": _of(list, lambda value, _: {"first": value[0]}),
    "an empty list": _of(list, lambda value, _: []),
    "one entry alone": _of(list, lambda value, _: value[:1]),
    "a list for a mapping": _of(dict, lambda value, _: [value]),
    "a text for a mapping": _of(dict, lambda value, _: "text"),
    "a list for a text": _of(str, lambda value, _: [value]),
    "a number for a text": _of(str, lambda value, random: random.choice((0, 3, 2.5))),
    "true for a text": _of(str, lambda value, _: True),
    "a mapping for a text": _of(str, lambda value, _: {"say": value}),
    "an empty text": _of(str, lambda value, _: ""),
    "a blank text": _of(str, lambda value, _: "  \n"),
    "another word": _of(str, lambda value, random: random.choice(("nonsense", f"{value}-2", value.upper()))),
    "a text for a number": _of((int, float), lambda value, _: str(value)),
    "a number below all": _of((int, float), lambda value, random: random.choice((-1, -1000))),
    "a number above all": _of((int, float), lambda value, _: 1_000_000_000),
    "nought": _of((int, float), lambda value, _: 0),
    "a little more": _of((int, float), lambda value, _: value + 1),
    "a half": _of(int, lambda value, _: value + 0.5),
    "a word for a truth": _of(bool, lambda value, _: "yes"),
    "nothing": lambda value, _: None,
    ORDER: _of(dict, lambda value, _: dict(reversed(list(value.items())))),
}
