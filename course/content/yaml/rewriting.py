"""One value of a YAML text changed, everything else left as it is: comments, layout, quotes."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from course.characters import REFUSED
from course.content.yaml.document import Trail
from course.content.yaml.errors import ContentError
from course.content.yaml.extents import Extent, extents
from course.content.yaml.reader import read_yaml
from course.content.yaml.scalars import Scalar, read_plain

NAME = "plan.yaml"
EMPTY = ("", "~", "null")
"""How a value is written that is not there."""
_PLAIN = re.compile(r"[A-Za-z0-9_/.][A-Za-z0-9_/.+-]*( [A-Za-z0-9_/.+-]+)*")
"""Texts that mean themselves wherever they stand, unless they read as a number, a truth or nothing."""


def rewritten(text: str, trail: Trail, value: Scalar) -> str:
    """Return the text with `value` at `trail`; a missing key is inserted into the mapping around it.

    Raises ContentError for a text that cannot be read, ValueError for a place or a value that cannot be written.
    """
    plain = text.replace("\r\n", "\n")
    data = read_yaml(plain, NAME).data
    ways = tuple(_ways(plain, trail, value))
    wanted = _with(data, trail, value)
    for after in ways:
        if reads_as(after, wanted):
            return after.replace("\n", "\r\n") if plain != text else after
    raise ValueError(f"{value!r} cannot be written at {trail}: change the text itself")


def _with(data: Any, trail: Trail, value: Scalar) -> Any:  # noqa: ANN401
    """Return the data as it should be afterwards."""
    if not trail:
        return value
    after = deepcopy(data) if data is not None else {}
    inner = after
    for key in trail[:-1]:
        inner = _inside(inner, key)
    inner[trail[-1]] = value
    return after


def _inside(data: Any, key: str | int) -> Any:  # noqa: ANN401
    if isinstance(data, dict) and data.get(key) is None:
        data[key] = {}
    return data[key]


def reads_as(text: str, wanted: Any) -> bool:  # noqa: ANN401
    """Is this the text's data, down to 1 and 1.0 and true? The order of keys has no meaning."""
    try:
        data = read_yaml(text, NAME).data
    except ContentError:
        return False
    return json.dumps(data, sort_keys=True) == json.dumps(wanted, sort_keys=True)


def _ways(text: str, trail: Trail, value: Scalar) -> Iterator[str]:
    """Yield the text with the value written in it, first as people would; not every way fits every place."""
    places = extents(text)
    known = trail
    while known not in places:
        known = known[:-1]
    place, missing = places[known], trail[len(known) :]
    if any(isinstance(key, int) for key in missing):
        raise ValueError(f"there is no item {missing} in {known}")
    if not missing:
        if place.kind != "scalar":
            raise ValueError(f"{trail} is not a single value")
        yield from _put(text, place, scalar(value, place.style))
        return
    entry = _entry([str(key) for key in missing], value)
    if place.kind == "mapping":
        yield from _insert(text, place, entry)
    elif text[place.start : place.end] in EMPTY:
        yield from _put(text, place, "{" + entry + "}")
    else:
        raise ValueError(f"{known} is no mapping: nothing can be inserted there")


def _put(text: str, place: Extent, new: str) -> Iterator[str]:
    """Replace a scalar; one that is not there yet stands right behind its colon or dash, or lacks even that."""
    for gap in ("",) if place.start < place.end else (" ", ": "):
        yield f"{text[: place.start]}{gap}{new}{text[place.end :]}"


def _insert(text: str, place: Extent, entry: str) -> Iterator[str]:
    """Insert after the last entry; within braces, before the first one if that does not do."""
    if not place.flow:
        line_end = text.find("\n", place.last)
        at = len(text) if line_end < 0 else line_end
        yield f"{text[:at]}\n{' ' * place.indent}{entry}{text[at:]}"
        return
    first = place.start + 1
    if place.last:
        yield f"{text[: place.last]}, {entry}{text[place.last :]}"
    yield f"{text[:first]}{entry}{', ' if place.last else ''}{text[first:]}"


def _entry(keys: list[str], value: Scalar) -> str:
    """Return `Key: value`, or `Key: {Inner: value}` where the mapping around it is missing too."""
    head, *rest = keys
    return f"{scalar(head)}: " + ("{" + _entry(rest, value) + "}" if rest else scalar(value))


def scalar(value: Scalar, style: str = "") -> str:
    """Return a value as YAML writes it, in the quotes that it had; ValueError if no YAML can."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        if not math.isfinite(value):
            raise ValueError(f"{value} is no number that can be used")
        return repr(value)
    return _text(value, style)


def _text(value: str, style: str) -> str:
    if REFUSED.search(value):
        raise ValueError(f"{value!r} holds characters that a plan may not hold")
    if style == "'" and "\n" not in value:
        return "'" + value.replace("'", "''") + "'"
    if style != '"' and _PLAIN.fullmatch(value) and _means_itself(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _means_itself(value: str) -> bool:
    try:
        return read_plain(value) == value
    except ValueError:
        return False
