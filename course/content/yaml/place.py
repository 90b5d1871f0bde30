"""Where in a YAML text a cursor stands, be the text right or half typed: a strict reader knows nothing of such a text.

Only what people write in plans is understood: mappings and lists in blocks and in braces, quoted and plain scalars,
comments, texts in blocks. Whatever is not is passed over, and no text is too wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from course.content.yaml.document import Trail

_KEY = re.compile(
    r"""("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\s\-?:,\[\]{}#&*!|>'"%@`][^\n#:]*?|-[^\s:#][^\n#:]*?)[ ]*:(?=\s|$)"""
)
_QUOTED = re.compile(r""""(?:[^"\\\n]|\\.)*"?|'(?:[^'\n]|'')*'?""")
_PLAIN = re.compile(r"(?:[^\n#]|(?<=\S)#)*")
_IN_FLOW = re.compile(r"(?:[^\n#,\[\]{}:]|(?<=\S)#|:(?=[^\s,\[\]{}]))+")
_BLANK = re.compile(r"[ \t]*(?:#[^\n]*)?(?=\n|$)")
_DASH = re.compile(r"-(?=[ \n]|$)[ ]*")
_TEXT = re.compile(r"[|>][-+0-9]*[ ]*(?:#[^\n]*)?(?=\n|$)")

DEEPEST = 50
"""Levels in which keys and values are noted; the deepest request has nine."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A key, or a single value, as it is written."""

    trail: Trail
    """That of the value, also for its key."""
    start: int
    """Offset of its first character, its quotes not counted."""
    end: int
    is_key: bool


@dataclass(slots=True)
class _Level:
    """A mapping or a list that the scan is in."""

    column: int
    """Of the keys or dashes of a block; -1 within braces and brackets."""
    key: str | int | None
    """Where in it the scan is; None within braces before the next key."""
    opened_by: str = ""
    """`{` or `[`."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one may go on writing."""

    trail: Trail
    """Of the mapping or list around it; of the value for one that stands behind its key."""
    is_value: bool
    """Is it a value that is written here, not a key?"""
    in_flow: bool
    """Within braces or brackets?"""
    is_item: bool
    """Directly behind the dash of a list's item, or behind a bracket or comma?"""


def spots(text: str) -> tuple[Spot, ...]:
    """Return every key and every single value, in the order of the text."""
    scan = _Scan(text)
    scan.run()
    return tuple(scan.spots)


def spot_at(found: Sequence[Spot], text: str, offset: int) -> Spot | None:
    """Return which of a text's spots the cursor is on: in its line the last that begins before it, else the first."""
    start, end = text.rfind("\n", 0, offset) + 1, _line_end(text, offset)
    here = [spot for spot in found if start <= spot.start <= end]
    return next((spot for spot in reversed(here) if spot.start <= offset), here[0] if here else None)


def place_at(text: str, offset: int) -> Place | None:
    """Return where what is written at the cursor belongs; None within a comment or a long text.

    `offset` is where the word begins that is being written.
    """
    scan = _Scan(text[:offset])
    scan.run()
    return None if scan.inert else scan.place(offset - (text.rfind("\n", 0, offset) + 1))


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end


@dataclass(slots=True)
class _Scan:
    text: str
    spots: list[Spot] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=list)
    inert: bool = False
    """Did the text end within a comment or a long text?"""
    _behind_key: bool = False
    """Did it end on the line of a key in a block, behind it?"""
    _at: int = 0

    def run(self) -> None:
        """Read the text to its end."""
        while self._at <= len(self.text):
            self._line()

    def place(self, column: int) -> Place:
        """Return where one who goes on at the end, in this column, would write."""
        last = self.levels[-1] if self.levels else None
        if last and last.opened_by:
            is_value = last.key is not None
            trail = self._trail()
            return Place(trail, is_value and last.opened_by == "{", in_flow=True, is_item=last.opened_by == "[")
        if self._behind_key:
            return Place(self._trail(), is_value=True, in_flow=False, is_item=False)
        while self.levels and self.levels[-1].column >= column:
            self.levels.pop()
        line = self.text[self.text.rfind("\n") + 1 :]
        return Place(self._trail(), is_value=False, in_flow=False, is_item=line.strip(" ") != "")

    def _trail(self) -> Trail:
        return tuple(level.key for level in self.levels if level.key is not None)

    def _line(self) -> None:
        text, start = self.text, self._at
        self._behind_key = self.inert = False
        if blank := _BLANK.match(text, start):
            self.inert = "#" in blank[0]
            self._at = blank.end() + 1
            return
        column = _indent(text, start)
        at = first = start + column
        while dash := _DASH.match(text, at):
            self._item(at - start)
            at = dash.end()
        if key := _KEY.match(text, at):
            self._key(at - start, key)
            self._behind_key = True
            self._value(key.end(), column)
        else:
            self._value(at, column, counts=at > first)

    def _item(self, column: int) -> None:
        while self.levels and self.levels[-1].column > column:
            self.levels.pop()
        last = self.levels[-1] if self.levels else None
        if last and last.column == column and isinstance(last.key, int):
            last.key += 1
        else:
            self.levels.append(_Level(column, 0))

    def _key(self, column: int, found: re.Match[str]) -> None:
        while self.levels and self.levels[-1].column >= column:
            self.levels.pop()
        self.levels.append(_Level(column, _bare(found[1])))
        self._spot(found.start(1), found.end(1), is_key=True)

    def _value(self, at: int, column: int, *, counts: bool = True) -> None:
        """Read what stands behind a key or a dash, up to the end of its last line; elsewhere a word does not count: it
        goes on from the line before, or is a key half written."""
        while self.text.startswith(" ", at):
            at += 1
        if self.text[at : at + 1] in ("{", "["):
            at = self._flow(at, column)
        elif found := _TEXT.match(self.text, at):
            at = self._long_text(found.end(), column)
        elif found := (_QUOTED.match(self.text, at) or _PLAIN.match(self.text, at)):
            if counts and found[0].strip():
                self._spot(at, at + len(found[0].rstrip()), is_key=False)
            at = found.end()
        rest = self.text[at : _line_end(self.text, at)]
        self.inert = self.inert or "#" in rest
        self._at = at + len(rest) + 1

    def _long_text(self, at: int, column: int) -> int:
        """Pass over the lines that belong to it."""
        while (end := _line_end(self.text, at)) < len(self.text):
            line = self.text[end + 1 : _line_end(self.text, end + 1)]
            if line.strip() and _indent(line, 0) <= column:
                return end
            at = end + 1
        self.inert = True
        return end

    def _flow(self, at: int, column: int) -> int:
        """Read braces and brackets up to where they are closed, or a line shows that they have been forgotten."""
        outside = len(self.levels)
        while at < len(self.text):
            mark = self.text[at]
            if mark == "\n" and self._forgotten(at + 1, column):
                break
            if mark in "{[":
                self.levels.append(_Level(-1, None if mark == "{" else 0, mark))
            elif mark in "}]":
                self.levels.pop()
                if len(self.levels) == outside:
                    return at + 1
            elif mark == ",":
                self._next()
            elif mark == "#" and self.text[at - 1] in " \n":
                at = _line_end(self.text, at)
                self.inert = at == len(self.text)
                continue
            elif not mark.isspace() and mark != ":":
                at = self._token(at)
                continue
            at += 1
        if at < len(self.text):
            del self.levels[outside:]
        return at

    def _forgotten(self, at: int, column: int) -> bool:
        """Does the line that begins here belong to what is around the braces?"""
        indent = _indent(self.text, at)
        ends = at + indent == len(self.text)  # then the cursor stands there
        blank = not ends and _BLANK.match(self.text, at)
        return not blank and indent <= column and self.text[at + indent : at + indent + 1] not in ("}", "]")

    def _next(self) -> None:
        last = self.levels[-1]
        last.key = last.key + 1 if isinstance(last.key, int) else None

    def _token(self, at: int) -> int:
        """Read a key or a value within braces; return where it ends."""
        found = _QUOTED.match(self.text, at) or _IN_FLOW.match(self.text, at)
        if not found:
            return at + 1
        end = at + len(found[0].rstrip())
        last = self.levels[-1]
        is_key = last.opened_by == "{" and last.key is None
        if is_key:
            last.key = _bare(self.text[at:end])
        self._spot(at, end, is_key=is_key)
        return max(found.end(), at + 1)

    def _spot(self, start: int, end: int, *, is_key: bool) -> None:
        if len(self.levels) > DEEPEST:
            return
        quoted = self.text[start] in "'\"" and end - start > 1
        self.spots.append(Spot(self._trail(), start + quoted, end - quoted, is_key))


def _indent(text: str, at: int) -> int:
    end = at
    while text.startswith(" ", end):
        end += 1
    return end - at


def _bare(key: str) -> str:
    return key[1:-1] if key[:1] in ("'", '"') else key
