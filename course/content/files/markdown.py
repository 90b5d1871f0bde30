"""Which Markdown a pack may bring: no HTML, no pictures, no links but to the web, no hidden characters.

Markup of the terminal's own, such as `[bold]`, is left alone: the screens show Markdown and read no markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from course.content.yaml.characters import refused_characters
from course.content.yaml.document import MOST_PROBLEMS
from course.content.yaml.errors import Problem

WIDEST_DIAGRAM = 76
"""Columns of a `text` fence that fit beside the margins of an 80-column terminal."""
_FENCE = re.compile(r" {0,3}(?P<marks>`{3,}+|~{3,}+)(?P<info>[^`]*)$")  # tried once, however long the line
_BACKTICKS = re.compile(r"`+")
_WEB = r"https?://"
_HTML = re.compile(rf"(?<!\\)<(?!{_WEB})[A-Za-z/!?]")
_LINK = re.compile(rf"\]\(\s*(?!<?{_WEB})[^)\s]")
_DEFINITION = re.compile(rf"^ {{0,3}}\[[^\]]+\]:\s*(?!<?{_WEB})\S")
_PICTURE = re.compile(r"!\[")
_RULES = (
    (_HTML, "HTML is not shown; put it in backticks, or write Markdown"),
    (_PICTURE, "pictures cannot be shown; draw with a `plot` or a `text` fence"),
    (_LINK, "a link may only lead to https://; write the address out"),
    (_DEFINITION, "a link may only lead to https://; write the address out"),
)


class Fence:
    """Follows the code fences of a text, line by line."""

    def __init__(self) -> None:
        self.info: str | None = None
        """What the open fence says it holds; None outside of fences."""
        self._marks = ""

    def turns(self, line: str) -> bool:
        """Take a line in; does it open or close a fence?"""
        found = _FENCE.match(line)
        if found is None:
            return False
        marks, info = found["marks"], found["info"].strip()
        if self.info is None:
            self.info, self._marks = info, marks
            return True
        if not info and marks.startswith(self._marks):
            self.info = None
            return True
        return False


def markdown_problems(path: Path, text: str) -> Iterator[Problem]:
    """Yield what a pack's Markdown may not hold; `text` has plain line feeds."""
    yield from islice(refused_characters(path, text), MOST_PROBLEMS)
    fence, opened = Fence(), 0
    for number, line in enumerate(text.split("\n"), 1):
        if fence.turns(line):
            opened = number
        elif fence.info is None:
            yield from _line_problems(path, number, line)
        elif fence.info.partition(" ")[0] == "text" and len(line) > WIDEST_DIAGRAM:
            say = f"the diagram is {len(line)} columns wide; draw it within {WIDEST_DIAGRAM}"
            yield Problem(path, number, WIDEST_DIAGRAM + 1, say)
    if fence.info is not None:
        yield Problem(path, opened, 1, "this fence is never closed; end it with the same signs on a line of their own")


def _line_problems(path: Path, number: int, line: str) -> Iterator[Problem]:
    bare = without_code(line)
    for pattern, say in _RULES:
        for found in pattern.finditer(bare):
            yield Problem(path, number, found.start() + 1, say)


def without_code(line: str) -> str:
    """Return the line with its code spans blanked, everything else at its column; linear, however hostile."""
    runs = list(_BACKTICKS.finditer(line))
    pieces, at, index = list[str](), 0, 0
    closing = _closing([len(run.group()) for run in runs])
    while index < len(runs):
        last = closing[index]
        if last is not None:
            start, end = runs[index].start(), runs[last].end()
            pieces += [line[at:start], " " * (end - start)]
            at, index = end, last
        index += 1
    return "".join([*pieces, line[at:]])


def _closing(lengths: list[int]) -> list[int | None]:
    """Return for each run of backticks the next one of the same length."""
    nearest: dict[int, int] = {}
    closing: list[int | None] = []
    for index in reversed(range(len(lengths))):
        closing.append(nearest.get(lengths[index]))
        nearest[lengths[index]] = index
    return closing[::-1]
