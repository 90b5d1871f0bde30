"""What there is to say of the place in a plan where the cursor stands, be the plan right or half written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from course.content.yaml.document import Trail
from course.content.yaml.place import Spot, spot_at, spots
from course.content.yaml.scalars import Scalar, read_plain

LONGEST_TEXT = 200_000
"""Characters of a plan in which places are looked for; nobody writes so much by hand."""


def about(text: str, line: int, column: int) -> str:
    """Return the line about what stands at a place counted from 1; empty where nothing of a request stands."""
    from engine.aws.about import about_place

    text = text.replace("\r\n", "\n")
    if len(text) > LONGEST_TEXT:
        return ""
    found = spots(text)
    spot = spot_at(found, text, offset_of(text, line, column))
    return about_place(spot.trail, beside(text, found, spot.trail[:-1])) if spot else ""


def beside(text: str, found: Iterable[Spot], mapping: Trail) -> Mapping[str, Scalar]:
    """Return the single values of a mapping, as far as they are written."""
    return {
        str(spot.trail[-1]): _value(text[spot.start : spot.end])
        for spot in found
        if not spot.is_key and spot.trail[:-1] == mapping
    }


def _value(word: str) -> Scalar:
    try:
        return read_plain(word)
    except ValueError:
        return word


def offset_of(text: str, line: int, column: int) -> int:
    """Return where a line and a column, both from 1, stand in a text."""
    lines = text.split("\n")
    line = min(line, len(lines))
    return sum(len(each) + 1 for each in lines[: line - 1]) + min(column - 1, len(lines[line - 1]))
