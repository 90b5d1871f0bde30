"""What is wrong in a file, with the lines around it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from course.characters import in_one_line
from course.content.drafts.pack import DraftPack
from course.content.drafts.spots import spot_of
from course.content.yaml.errors import ContentError, Problem
from course.errors import one_line
from course.previews import Fault

BEFORE, AFTER = 2, 1
"""Lines around the one that is wrong."""
WIDEST = 62
"""Characters of a line that are shown, and fit beside the margins of an 80-column terminal."""
LEFT_OF_IT = 40
"""Characters before the column, of a line that is longer."""


def fault(pack: DraftPack, problem: Problem) -> Fault:
    """Return a problem of a pack with its lines and its place in the course."""
    name = PurePosixPath(problem.path.as_posix())
    excerpt, caret = excerpt_of(_lines(pack, name), problem.line, problem.column)
    return Fault(
        file=one_line(name),
        line=problem.line,
        column=problem.column,
        say=problem.say,
        excerpt=excerpt,
        caret=caret,
        spot=spot_of(pack, name, problem.line),
    )


def excerpt_of(lines: Sequence[str], line: int, column: int) -> tuple[tuple[tuple[int, str], ...], int]:
    """Return the lines around a line, numbered and cut to a width, and where in its own the column is."""
    if line == len(lines) + 1:
        lines = (*lines, "")  # something is missing at the end
    if not 1 <= line <= len(lines):
        return (), 0
    long = len(lines[line - 1]) > WIDEST
    start = max(0, column - 1 - LEFT_OF_IT) if long else 0
    numbers = range(max(1, line - BEFORE), min(len(lines), line + AFTER) + 1)
    cut = ((number, _cut(lines[number - 1], start if number == line else 0)) for number in numbers)
    return tuple(cut), column - 1 - start


def _cut(line: str, start: int) -> str:
    """Return the columns from here on, as far as there is room; what is left out is told by an ellipsis."""
    shown = in_one_line(line[start : start + WIDEST])
    if start and shown:
        shown = f"…{shown[1:]}"
    return f"{shown}…" if len(line) > start + WIDEST else shown


def _lines(pack: DraftPack, name: PurePosixPath) -> list[str]:
    try:
        return pack.folder.text(name).split("\n")
    except ContentError:
        return []  # the file cannot be read, which is what is wrong
