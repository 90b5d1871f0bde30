"""Where each piece of a YAML text begins and ends, so that one of them can be rewritten and the rest left alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import yaml

from course.content.yaml.document import Trail


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """One value of a text that `read_yaml` has read without complaint."""

    kind: Literal["scalar", "mapping", "list"]
    start: int
    """Offset in the text."""
    end: int
    """Where its last character ends; comments and blank lines after it do not belong to it."""
    flow: bool = False
    """Is it written in braces or brackets?"""
    style: str = ""
    """Of a scalar: its quote, `|` or `>`; empty for a plain one."""
    indent: int = 0
    """Of a mapping: the column of its keys, from 0."""
    last: int = 0
    """Of a mapping: where its last value ends; 0 if it has none."""


def extents(text: str) -> dict[Trail, Extent]:
    """Return the extent of every value."""
    walk = _Walk(text)
    walk.document()
    return walk.found


@dataclass(slots=True)
class _Walk:
    text: str
    found: dict[Trail, Extent] = field(default_factory=dict)
    events: Iterator[Any] = field(init=False)

    def document(self) -> None:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self.events = yaml.parse(self.text, Loader=loader)
        self._next()
        self._next()
        self._node(self._next(), ())

    def _node(self, event: Any, trail: Trail) -> int:  # noqa: ANN401 - the parser's events share no type
        """Note the value and return where it ends."""
        match event:
            case yaml.MappingStartEvent():
                found = self._mapping(event, trail)
            case yaml.SequenceStartEvent():
                found = self._list(event, trail)
            case _:
                found = self._scalar(event)
        self.found[trail] = found
        return found.end

    def _scalar(self, event: Any) -> Extent:  # noqa: ANN401
        end, style = event.end_mark.index, event.style or ""
        if style in ("|", ">"):
            end = event.start_mark.index + len(self.text[event.start_mark.index : end].rstrip("\n"))
        return Extent(kind="scalar", start=event.start_mark.index, end=end, style=style)

    def _mapping(self, start: Any, trail: Trail) -> Extent:  # noqa: ANN401
        last, indent = 0, None
        event = self._next()
        while not isinstance(event, yaml.MappingEndEvent):
            indent = event.start_mark.column if indent is None else indent
            last = self._node(self._next(), (*trail, event.value))
            event = self._next()
        return Extent(
            kind="mapping",
            start=start.start_mark.index,
            end=_end(event) if start.flow_style else last,
            flow=bool(start.flow_style),
            indent=indent or 0,
            last=last,
        )

    def _list(self, start: Any, trail: Trail) -> Extent:  # noqa: ANN401
        end, items = start.end_mark.index, 0
        event = self._next()
        while not isinstance(event, yaml.SequenceEndEvent):
            end, items = self._node(event, (*trail, items)), items + 1
            event = self._next()
        if start.flow_style:
            end = _end(event)
        return Extent(kind="list", start=start.start_mark.index, end=end, flow=bool(start.flow_style))

    def _next(self) -> Any:  # noqa: ANN401
        return next(self.events)


def _end(event: Any) -> int:  # noqa: ANN401
    return int(event.end_mark.index)
