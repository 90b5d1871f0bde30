"""What is to be written for a new thing: files that do not exist yet, and changes of files that do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from course.content.yaml.errors import ContentError
from course.content.yaml.reader import read_text
from course.errors import CourseError, one_line


class CannotBeMade(CourseError):
    """What was asked for does not fit what is there; the message says what would."""


@dataclass(frozen=True, slots=True)
class Change:
    """A file that exists, before and after, with line feeds alone."""

    before: str
    after: str


@dataclass(slots=True)
class Made:
    """Files below one folder, by name; collected here, and written by `writing.write`."""

    root: Path
    new: dict[PurePosixPath, str] = field(default_factory=dict)
    changed: dict[PurePosixPath, Change] = field(default_factory=dict)

    def add(self, name: PurePosixPath, text: str) -> None:
        """Note a new file."""
        self.new[name] = text

    def text(self, name: PurePosixPath) -> str:
        """Return a file as it will be; ContentError if it cannot be read."""
        if name in self.new:
            return self.new[name]
        if name in self.changed:
            return self.changed[name].after
        return read_text(self.root / name, self.root).replace("\r\n", "\n")

    def change(self, name: PurePosixPath, how: Callable[[str], str], by_hand: str) -> None:
        """Note a change of a file, new or there already; CannotBeMade with what to write by hand where `how` finds no
        safe place (ValueError), and where the file cannot be read."""
        before = self.text(name)
        try:
            after = how(before)
        except ContentError as error:
            say = f"{one_line(name)} cannot be read, and nothing was written; mlcourse check says where to mend it"
            raise CannotBeMade(say) from error
        except ValueError as error:
            say = f"{one_line(name)} cannot be changed safely, and nothing was written. By hand: {by_hand}"
            raise CannotBeMade(say) from error
        if name in self.new:
            self.new[name] = after
        else:
            there = self.changed.get(name)
            self.changed[name] = Change(there.before if there else before, after)
