"""What comes out of a file of another program: drafts of questions, and what could not be taken.

CourseError
└── Unreadable    a file that is no such file at all; with its line and column
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from itertools import chain, count

from course.characters import REFUSED
from course.errors import CourseError
from quiz.questions import Question

MOST_BYTES = 10_000_000
"""A thousand questions take about one million."""
MOST_IN_ONE = 20_000
"""Characters of a text, or of a question in GIFT."""
MOST_QUESTIONS = 10_000
"""Of a file, with those that are left out."""
MOST_ANSWERS = 100
"""Of a question."""


class Unreadable(CourseError):
    """A file that is no such file at all; the message says why."""

    def __init__(self, line: int, column: int, say: str) -> None:
        super().__init__(say)
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was left out, at its place in the file, from 1."""

    line: int
    column: int
    say: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as a start: reasons, hints and the like may be missing, and are empty then."""

    question: Question
    line: int
    """Where it stood."""
    notes: tuple[str, ...] = ()
    """What whoever goes on with it has to know."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What was found in a file."""

    drafts: tuple[Draft, ...]
    findings: tuple[Finding, ...]


def text_of(data: bytes) -> str:
    """Return the text of a file with plain line feeds; Unreadable if it is none."""
    if len(data) > MOST_BYTES:
        raise Unreadable(1, 1, f"the file is larger than {MOST_BYTES:,} bytes; export fewer questions at a time")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        raise Unreadable(*place(before, len(before)), "this is not UTF-8; save the file as UTF-8") from None
    text = re.sub("\r\n?", "\n", text)
    if found := REFUSED.search(text):
        say = f"this character is no text (U+{ord(found.group()):04X}); take it out"
        raise Unreadable(*place(text, found.start()), say)
    return text


def place(text: str, at: int) -> tuple[int, int]:
    """Return the line and the column of a place in a text, from 1."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


class Places:
    """The lines and columns of a long text, looked up without counting anew."""

    def __init__(self, text: str) -> None:
        self._ends = [found.start() for found in re.finditer("\n", text)]

    def of(self, at: int) -> tuple[int, int]:
        """Return the line and the column, from 1."""
        line = bisect_left(self._ends, at)
        return line + 1, at - (self._ends[line - 1] if line else -1)


def slug(name: str, taken: Collection[str], number: int) -> str:
    """Return an id made of a name, unlike all that are taken."""
    made = re.sub(r"[^a-z0-9]+", "-", name[:200].casefold()).strip("-")[:60].strip("-") or f"question-{number}"
    others = (f"{made}-{n}" for n in count(number))
    return next(id for id in chain((made,), others) if id not in taken)
