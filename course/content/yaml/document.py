"""A YAML file as plain data that remembers where each piece stood, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from course.content.yaml.errors import ContentError, Problem

T = TypeVar("T")
Trail = tuple[str | int, ...]
"""The keys and indexes that lead to a value, from the top of the file."""
Mark = tuple[int, int]
"""Line and column, both from 1."""
MOST_PROBLEMS = 50
"""Of one file; nobody mends more at a time, and a hostile file could hold a million."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file, read."""

    path: Path
    data: Any
    """Mappings with text keys, lists, text, numbers, booleans and None."""
    marks: Mapping[Trail, Mark]
    """Where each value begins."""
    keys: Mapping[Trail, Mark]
    """Where the key of each value of a mapping begins."""
    literals: Mapping[Trail, Mark] = field(default_factory=dict)
    """Where the first line of each text that is written as a block, with `|`, begins: what is wrong inside of it can be
    pointed at."""
    unread: Mapping[Trail, Problem] = field(default_factory=dict)
    """Numbers that cannot be used, such as `.nan`, and what is to be said of them; the data holds None instead."""

    def where(self, trail: Trail) -> Mark:
        """Return where the value begins, or the nearest thing around it that is there."""
        while trail and trail not in self.marks:
            trail = trail[:-1]
        return self.marks.get(trail, (1, 1))

    def where_key(self, trail: Trail) -> Mark:
        """Return where the key of the value begins; a list's item has none and is pointed at itself."""
        while trail and trail not in self.marks:
            trail = trail[:-1]
        return self.keys.get(trail) or self.where(trail)


@dataclass(frozen=True, slots=True)
class Complaints:
    """What is wrong with a document, collected so that all of it is reported at once."""

    document: Document
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.problems.extend(self.document.unread.values())

    def at_value(self, trail: Trail, say: str) -> None:
        """Complain about a value, unless it is one that could not be read: that has been said."""
        if trail not in self.document.unread:
            self._add(self.document.where(trail), say)

    def at_key(self, trail: Trail, say: str) -> None:
        """Complain about a key, or about something that is missing under it."""
        self._add(self.document.where_key(trail), say)

    def unread_in(self, trail: Trail) -> bool:
        """Is there a value at this place, or inside, that could not be read?"""
        return any(each[: len(trail)] == trail for each in self.document.unread)

    @property
    def full(self) -> bool:
        """Would a further complaint be dropped?"""
        return len(self.problems) >= MOST_PROBLEMS

    def settle(self, value: T | None) -> T:
        """Return the value that was read, or raise all complaints."""
        if self.problems or value is None:
            raise ContentError(self.problems)
        return value

    def _add(self, mark: Mark, say: str) -> None:
        problem = Problem(self.document.path, *mark, say)
        if not self.full and problem not in self.problems:
            self.problems.append(problem)
