"""Event patterns of EventBridge: is a text one, and does an event match it?

What is understood: values, `prefix`, `suffix`, `equals-ignore-case`, `anything-but`, `numeric`, `exists`, `wildcard`
and `$or` (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html). AWS's sentences
about patterns that are none begin alike; what follows `Reason:` is ours.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Json = Any
NUMERIC: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
DEEPEST = 32
"""Levels of a pattern: an event has a dozen."""
LARGEST = 4096
"""Characters of a pattern, as on AWS."""


class NoPattern(Exception):
    """Says why a text is no pattern."""

    def __init__(self, why: str) -> None:
        super().__init__(f"Event pattern is not valid. Reason: {why}")


def parse(text: str) -> Mapping[str, Json]:
    """Return the pattern that a text holds; NoPattern for a text that holds none."""
    if len(text) > LARGEST:
        raise NoPattern(f"It has {len(text)} characters, at most {LARGEST} are possible")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise NoPattern("It is no JSON") from None
    if not isinstance(found, dict) or not found:
        raise NoPattern("Filter is not an object, or it is empty")
    _insist(found, 0)
    return found


def _insist(pattern: Mapping[str, Json], depth: int) -> None:
    if depth > DEEPEST:
        raise NoPattern("It is nested too deeply")
    for key, wanted in pattern.items():
        if key == "$or":
            if not isinstance(wanted, list) or not all(isinstance(each, dict) and each for each in wanted):
                raise NoPattern('"$or" must be an array of objects')
            for each in wanted:
                _insist(each, depth + 1)
        elif isinstance(wanted, dict):
            if not wanted:
                raise NoPattern(f'Empty objects are not allowed: "{key[:64]}"')
            _insist(wanted, depth + 1)
        elif not isinstance(wanted, list):
            raise NoPattern(f'"{key[:64]}" must be an object or an array')
        elif not wanted:
            raise NoPattern(f'Empty arrays are not allowed: "{key[:64]}"')
        else:
            for each in wanted:
                _insist_on_filter(each)


def _insist_on_filter(wanted: Json) -> None:
    if isinstance(wanted, list):
        raise NoPattern("Match value must be String, number, true, false, or null")
    if not isinstance(wanted, dict):
        return
    if len(wanted) != 1:
        raise NoPattern("Only one key allowed in match expression")
    ((kind, value),) = wanted.items()
    if kind not in FILTERS:
        raise NoPattern(f"Unrecognized match type {kind[:64]}")
    if not FORMS[kind](value):
        raise NoPattern(f"The value of {kind} has the wrong form")


def matches(pattern: Mapping[str, Json], event: Json) -> bool:
    """Does an event have all that a pattern asks for?"""
    if not isinstance(event, dict):
        return False
    return all(
        any(matches(each, event) for each in wanted)
        if key == "$or"
        else matches_inside(wanted, event.get(key))
        if isinstance(wanted, dict)
        else _any(wanted, event.get(key), key in event)
        for key, wanted in pattern.items()
    )


def matches_inside(wanted: Mapping[str, Json], value: Json) -> bool:
    """Does a part of an event have it; of a list, does one of its items?"""
    if isinstance(value, list):
        return any(matches(wanted, each) for each in value)
    return matches(wanted, value if isinstance(value, dict) else {})


def _any(wanted: Sequence[Json], value: Json, is_there: bool) -> bool:
    values = value if isinstance(value, list) else [value] if is_there else []
    return any(_matches_one(each, values, is_there) for each in wanted)


def _matches_one(wanted: Json, values: Sequence[Json], is_there: bool) -> bool:
    if not isinstance(wanted, dict):
        return any(_equal(each, wanted) for each in values)
    ((kind, argument),) = wanted.items()
    if kind == "exists":
        return bool(argument) == is_there
    return any(FILTERS[kind](argument, each) for each in values)


def _equal(one: Json, other: Json) -> bool:
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _starts(wanted: Json, value: Json) -> bool:
    if isinstance(wanted, dict):
        return isinstance(value, str) and value.lower().startswith(str(wanted["equals-ignore-case"]).lower())
    return isinstance(value, str) and value.startswith(wanted)


def _ends(wanted: Json, value: Json) -> bool:
    if isinstance(wanted, dict):
        return isinstance(value, str) and value.lower().endswith(str(wanted["equals-ignore-case"]).lower())
    return isinstance(value, str) and value.endswith(wanted)


def _same_letters(wanted: Json, value: Json) -> bool:
    return isinstance(value, str) and value.lower() == wanted.lower()


def _fits(wanted: Json, value: Json) -> bool:
    """Does a text fit a wildcard? In one pass, however many stars it has."""
    first, *inside = wanted.split("*")
    if not isinstance(value, str) or not inside:
        return bool(value == wanted)
    place, last = len(first), inside.pop()
    for part in inside:
        found = value.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return value.startswith(first) and value.endswith(last) and place + len(last) <= len(value)


def _compares(wanted: Json, value: Json) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return all(NUMERIC[sign](value, bound) for sign, bound in zip(wanted[::2], wanted[1::2], strict=True))


def _differs(wanted: Json, value: Json) -> bool:
    if isinstance(wanted, dict):
        ((kind, argument),) = wanted.items()
        given = argument if isinstance(argument, list) else [argument]
        return not any(FILTERS[kind](each, value) for each in given)
    return not any(_equal(value, each) for each in (wanted if isinstance(wanted, list) else [wanted]))


FILTERS: Mapping[str, Callable[[Json, Json], bool]] = {
    "prefix": _starts,
    "suffix": _ends,
    "equals-ignore-case": _same_letters,
    "wildcard": _fits,
    "numeric": _compares,
    "anything-but": _differs,
    "exists": lambda wanted, value: bool(wanted),
}
TEXTUAL = ("prefix", "suffix", "equals-ignore-case", "wildcard")
"""What may stand inside anything-but."""


def _is_text(value: Json) -> bool:
    return isinstance(value, str)


def _is_text_or_folded(value: Json) -> bool:
    folded = isinstance(value, dict) and list(value) == ["equals-ignore-case"]
    return isinstance(value, str) or (folded and isinstance(value["equals-ignore-case"], str))


def _is_comparison(value: Json) -> bool:
    if not isinstance(value, list) or len(value) not in (2, 4):
        return False
    bounds = value[1::2]
    return all(isinstance(sign, str) and sign in NUMERIC for sign in value[::2]) and all(map(_is_number, bounds))


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_exclusion(value: Json) -> bool:
    if isinstance(value, dict):
        if len(value) != 1 or next(iter(value)) not in TEXTUAL:
            return False
        (given,) = value.values()
        return bool(given) and all(map(_is_text, given if isinstance(given, list) else [given]))
    given = value if isinstance(value, list) else [value]
    return bool(given) and all(_is_text(each) or _is_number(each) for each in given)


FORMS: Mapping[str, Callable[[Json], bool]] = {
    "prefix": _is_text_or_folded,
    "suffix": _is_text_or_folded,
    "equals-ignore-case": _is_text,
    "wildcard": _is_text,
    "numeric": _is_comparison,
    "anything-but": _is_exclusion,
    "exists": lambda value: isinstance(value, bool),
}
