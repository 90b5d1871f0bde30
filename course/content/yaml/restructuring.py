"""Whole pieces of a YAML text put in or taken out, everything else left as it is: comments, layout, quotes.

Each change is tried in the ways in which people would write it, until one reads as it should.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from course.content.yaml.document import Trail
from course.content.yaml.extents import Extent, extents
from course.content.yaml.reader import read_yaml
from course.content.yaml.rewriting import EMPTY, NAME, reads_as, scalar

INDENT = 2
Data = Any
"""Mappings with text keys, lists, and single values."""


def with_item(text: str, trail: Trail, item: Data) -> str:
    """Return the text with one more item at the end of a list, which may be missing.

    A mapping that stands in the place of the list becomes its first item, as AWS's requests may stand in a plan alone.
    Raises ContentError for a text that cannot be read, ValueError where nothing can be put in.
    """
    return changed(text, _appended(read_yaml(text, NAME).data, trail, item), _item_ways(text, trail, item))


def with_entry(text: str, trail: Trail, value: Data) -> str:
    """Return the text with a value, which may be a mapping, at a key that is not there yet; errors as `with_item`."""
    return changed(text, _put(read_yaml(text, NAME).data, trail, value), _entry_ways(text, trail, value))


def without(text: str, trail: Trail) -> str:
    """Return the text without a list's item or a mapping's entry, and without what would be empty then.

    Raises ContentError for a text that cannot be read, ValueError for a place that does not exist, and where nothing
    would be left.
    """
    data = read_yaml(text, NAME).data
    after = deepcopy(data)
    try:
        while len(trail) > 1 and len(_at(data, trail[:-1])) == 1:
            trail = trail[:-1]
        del _at(after, trail[:-1])[trail[-1]]
    except (KeyError, IndexError, TypeError):
        raise ValueError(f"there is nothing at {trail}") from None
    return changed(text, after, _ways_without(text, trail))


def changed(text: str, wanted: Data, ways: Iterable[str]) -> str:
    """Return the first of several texts that reads as wanted; ValueError if none does."""
    for way in ways:
        if reads_as(way, wanted):
            return way
    raise ValueError("this cannot be changed here: change the text itself")


def block(value: Data, column: int) -> list[str]:
    """Return a mapping or a list as lines of a block that begins in this column."""
    blank = " " * column
    if isinstance(value, dict) and value:
        return [line for key, each in value.items() for line in _under(f"{blank}{scalar(key)}:", each, column)]
    if isinstance(value, list) and value:
        items = [block(each, column + INDENT) for each in value]
        return [line for first, *rest in items for line in (f"{blank}- {first.lstrip(' ')}", *rest)]
    return [blank + flow(value)]


def _under(lead: str, value: Data, column: int) -> list[str]:
    if isinstance(value, dict | list) and value:
        return [lead, *block(value, column + INDENT)]
    return [f"{lead} {flow(value)}"]


def flow(value: Data) -> str:
    """Return a value in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(each)}" for key, each in value.items()) + "}"
    return "[" + ", ".join(map(flow, value)) + "]" if isinstance(value, list) else scalar(value)


def line_start(text: str, offset: int) -> int:
    """Return where the line begins in which an offset lies."""
    return text.rfind("\n", 0, offset) + 1


def line_end(text: str, offset: int) -> int:
    """Return where that line ends, its line break not counted."""
    end = text.find("\n", offset)
    return len(text) if end < 0 else end


def key_offset(text: str, trail: Trail) -> int:
    """Return where the key of an entry begins."""
    line, column = read_yaml(text, NAME).keys[trail]
    return sum(len(each) + 1 for each in text.split("\n")[: line - 1]) + column - 1


def _at(data: Data, trail: Trail) -> Data:
    for key in trail:
        data = data[key]
    return data


def _put(data: Data, trail: Trail, value: Data) -> Data:
    after = deepcopy(data) if data is not None else {}
    inner = after
    for key in trail[:-1]:
        if isinstance(inner, dict) and inner.get(key) is None:
            inner[key] = {}
        inner = inner[key]
    inner[trail[-1]] = value
    return after


def _appended(data: Data, trail: Trail, item: Data) -> Data:
    there: Data = data
    for key in trail:
        if isinstance(there, list) and isinstance(key, int):
            there = there[key]
        else:
            there = there.get(key) if isinstance(there, dict) else None
    several = there if isinstance(there, list) else [] if there is None else [there]
    return _put(data, trail, [*several, item])


def _item_ways(text: str, trail: Trail, item: Data) -> Iterator[str]:
    places = extents(text)
    place = places.get(trail)
    if place is None or text[place.start : place.end] in EMPTY:
        yield from _entry_ways(text, trail, [item])
    elif place.kind == "list":
        yield from _appended_ways(text, place, places, trail, item)
    elif place.kind == "mapping" and place.flow:
        yield f"{text[: place.start]}[{text[place.start : place.end]}, {flow(item)}]{text[place.end :]}"
    elif place.kind == "mapping":
        column = place.start - line_start(text, place.start)
        inside = text[place.start : line_end(text, place.end)].replace("\n", "\n" + " " * INDENT)
        new = "\n".join(block([item], column))
        yield f"{text[: place.start]}- {inside}\n{new}{text[line_end(text, place.end) :]}"


def _appended_ways(text: str, place: Extent, places: Mapping[Trail, Extent], trail: Trail, item: Data) -> Iterator[str]:
    inside = [each for at, each in places.items() if at[:-1] == trail and len(at) == len(trail) + 1]
    last = max((each.end for each in inside), default=None)
    if place.flow:
        at = place.start + 1 if last is None else last
        yield f"{text[:at]}{', ' if inside else ''}{flow(item)}{text[at:]}"
    elif last is not None:
        at = line_end(text, last)
        column = place.start - line_start(text, place.start)
        alike = all(each.flow for each in inside)
        lines = [f"{' ' * column}- {flow(item)}"] if alike else block([item], column)
        yield "\n".join([text[:at], *lines]) + text[at:]


def _entry_ways(text: str, trail: Trail, value: Data) -> Iterator[str]:
    """Yield the text with a new entry in the mapping around it; mappings that are missing come with it."""
    places = extents(text)
    known = trail[:-1]
    while known not in places or text[places[known].start : places[known].end] in EMPTY:
        if not known:
            yield "\n".join([*block(_nested(trail, value), 0), text])
            yield "\n".join([text.rstrip("\n"), *block(_nested(trail, value), 0), ""])
            return
        known = known[:-1]
    place, rest = places[known], trail[len(known) :]
    data = _nested(rest, value)
    if place.kind != "mapping":
        return
    empty = places.get((*known, rest[0]))
    if empty is not None:  # its key is there already, and nothing behind it
        key = key_offset(text, (*known, rest[0]))
        end = line_end(text, key) if not place.flow else max(empty.end, text.find(":", key) + 1)
        lines = block(data, key - line_start(text, key)) if not place.flow else [flow(data)[1:-1]]
        yield text[:key] + "\n".join(lines).lstrip(" ") + text[end:]
    elif place.flow:
        at = place.last or place.start + 1
        yield f"{text[:at]}{', ' if place.last else ''}{flow(data)[1:-1]}{text[at:]}"
        yield f"{text[: place.start + 1]}{flow(data)[1:-1]}{', ' if place.last else ''}{text[place.start + 1 :]}"
    else:
        at = line_end(text, place.last)
        yield "\n".join([text[:at], *block(data, place.indent)]) + text[at:]


def _nested(trail: Trail, value: Data) -> Data:
    for key in reversed(trail):
        value = {key: value}
    return value


def _ways_without(text: str, trail: Trail) -> Iterator[str]:
    """Yield the text without the lines of a piece, or without what lies between it and its neighbours."""
    places = extents(text)
    place, key = places[trail], trail[-1]
    start = key_offset(text, trail) if isinstance(key, str) else place.start
    first, last = line_start(text, start), line_end(text, place.end)
    yield text[:first] + text[last + 1 :]
    around = sorted(
        (each.start, each.end) for at, each in places.items() if at[:-1] == trail[:-1] and at != trail and at
    )
    following = next((begins for begins, _ in around if begins > place.end), None)
    before = next((ends for _, ends in reversed(around) if ends < start), None)
    if following is not None:
        yield text[:start] + text[_key_start(text, places, trail, following) :]
    if before is not None:
        yield text[:before] + text[place.end :]
    yield text[:start] + text[place.end :]


def _key_start(text: str, places: Mapping[Trail, Extent], trail: Trail, begins: int) -> int:
    """Return where the neighbour begins whose value begins there: with its key, if it has one."""
    other = next(at for at, each in places.items() if at[:-1] == trail[:-1] and at and each.start == begins)
    return key_offset(text, other) if isinstance(other[-1], str) else begins
