"""From the parser's events to plain data.

PyYAML parses; composing is done here because its own loaders expand aliases, let duplicate keys pass, read
`on` as true, and descend as deep as a file tells them to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from course.characters import REFUSED
from course.content.yaml.characters import complaint
from course.content.yaml.document import MOST_PROBLEMS, Mark, Trail
from course.content.yaml.errors import Problem
from course.content.yaml.scalars import read_plain
from course.content.yaml.syntax import ALIASES, TAGS, syntax_problem
from course.content.yaml.wording import shown

DEEPEST = 32
"""Levels of nesting; the deepest request of AWS takes ten."""
NO_KEY = "a key must be a word; mappings and lists cannot be keys; put text that begins with a bracket in quotes"


class _Stop(Exception):
    """Reading further makes no sense; the problem is already noted."""


@dataclass(slots=True)
class Composer:
    """Builds data from the parser's events, one file at a time."""

    path: Path
    problems: list[Problem]
    marks: dict[Trail, Mark] = field(default_factory=dict)
    keys: dict[Trail, Mark] = field(default_factory=dict)
    literals: dict[Trail, Mark] = field(default_factory=dict)
    unread: dict[Trail, Problem] = field(default_factory=dict)
    """Numbers that cannot be used; all around them can be read."""
    lines: list[str] = field(default_factory=list)
    """Of the text, once a block of text asks for them."""
    text: str = ""
    functions: Mapping[str, str] = field(default_factory=dict)
    """Tags that stand for a mapping with one key, such as `!Ref` for `Ref`; all others are refused."""
    events: Iterator[Any] = field(init=False)
    """The parser's; `Any`, since its kinds of event share no attributes."""

    def compose(self, text: str) -> Any:  # noqa: ANN401 - YAML may hold anything
        """Return the text's data; what is wrong with it stands in `problems`."""
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self.text = text
        self.events = yaml.parse(text, Loader=loader)
        try:
            return self._document()
        except yaml.YAMLError as error:
            # What is read up to a broken bracket may look like a mapping for a key; that is no mistake of its own.
            self.problems[:] = [each for each in self.problems if each.say != NO_KEY]
            self.problems.append(syntax_problem(self.path, error, text))
        except _Stop:
            pass
        return None

    def _document(self) -> Any:  # noqa: ANN401
        next(self.events)
        if isinstance(next(self.events), yaml.StreamEndEvent):
            self._stop((1, 1), "there is nothing here; write the first key")
        data = self._node(next(self.events), ())
        next(self.events)
        event = next(self.events)
        if not isinstance(event, yaml.StreamEndEvent):
            self._stop(_mark(event), "a second document begins here; put it into a file of its own")
        return data

    def _node(self, event: Any, trail: Trail) -> Any:  # noqa: ANN401
        mark = self.marks[trail] = _mark(event)
        if len(trail) > DEEPEST:
            self._stop(mark, f"nested deeper than {DEEPEST} levels; make it flatter")
        function = self.functions.get(str(getattr(event, "tag", None)))
        self._decorations(event, mark, tagged=function is None)
        found = self._value(event, mark, trail)
        return found if function is None else {function: found}

    def _value(self, event: Any, mark: Mark, trail: Trail) -> Any:  # noqa: ANN401
        match event:
            case yaml.ScalarEvent():
                return self._scalar(event, mark, trail)
            case yaml.MappingStartEvent():
                return self._mapping(trail)
            case yaml.SequenceStartEvent():
                return self._sequence(trail)
        return None

    def _decorations(self, event: Any, mark: Mark, *, tagged: bool) -> None:  # noqa: ANN401
        if event.anchor is not None:
            self._complain(mark, ALIASES)
        if tagged and getattr(event, "tag", None) is not None:
            self._complain(mark, TAGS)

    def _scalar(self, event: yaml.ScalarEvent, mark: Mark, trail: Trail) -> Any:  # noqa: ANN401
        self._characters(event, mark)
        if event.style == "|":
            self.literals[trail] = self._begin_of_block(mark[0])
        if not event.implicit[0]:
            return event.value
        try:
            return read_plain(event.value)
        except ValueError as error:
            self.unread[trail] = Problem(self.path, *mark, str(error))
            self._stop_if_full()
            return None

    def _characters(self, event: yaml.ScalarEvent, mark: Mark) -> None:
        # An escape in double quotes can produce what the text itself does not hold.
        refused = REFUSED.search(event.value)
        if refused:
            self._complain(mark, complaint(refused.group()))

    def _begin_of_block(self, line: int) -> Mark:
        """Return where a block of text begins that is announced in a line: as far in as its first filled line."""
        self.lines = self.lines or self.text.split("\n")
        indents = (len(each) - len(each.lstrip(" ")) for each in self.lines[line:] if each.strip())
        return line + 1, next(indents, 0) + 1

    def _sequence(self, trail: Trail) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._node(event, (*trail, len(items))))
        return items

    def _mapping(self, trail: Trail) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key, mark = self._key(event, trail), _mark(event)
            at = (*trail, key)
            if key in data:
                first = self.keys[at][0]
                self._complain(mark, f"{shown(key)} was given in line {first} already; keep one of the two")
                key = f"{key} (again)"
                at = (*trail, key)
            self.keys[at] = mark
            data[key] = self._node(next(self.events), at)
        return data

    def _key(self, event: Any, trail: Trail) -> str:  # noqa: ANN401
        """Return the key as it is written: a key is always text."""
        if isinstance(event, yaml.ScalarEvent):
            self._decorations(event, _mark(event), tagged=True)
            self._characters(event, _mark(event))
            return str(event.value)
        self._complain(_mark(event), NO_KEY)
        self._node(event, (*trail, "(key)"))
        return "(key)"

    def _complain(self, mark: Mark, say: str) -> None:
        self.problems.append(Problem(self.path, *mark, say))
        self._stop_if_full()

    def _stop_if_full(self) -> None:
        if len(self.problems) + len(self.unread) >= MOST_PROBLEMS:
            self.problems += self.unread.values()
            self.unread.clear()
            raise _Stop

    def _stop(self, mark: Mark, say: str) -> None:
        self._complain(mark, say)
        raise _Stop


def _mark(event: Any) -> Mark:  # noqa: ANN401
    return event.start_mark.line + 1, event.start_mark.column + 1
