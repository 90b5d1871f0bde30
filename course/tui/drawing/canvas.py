"""A grid of styled cells, and how it becomes text."""

from __future__ import annotations

from itertools import groupby

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from course.tui.drawing.words import inert

Cell = tuple[str, str]
"""A character one cell wide, and its style."""
Row = list[Cell]

BLANK: Cell = (" ", "")


def text(words: str, style: str = "", width: int | None = None) -> Row:
    """Return words as cells, cut or filled up to `width`."""
    words = inert(words)
    if width is not None and cell_len(words) > width:
        words = set_cell_size(words, max(0, width - 1)) + "…"[:width]
    cells = [(letter, style) for letter in words]
    return cells + [BLANK] * ((width or 0) - cell_len(words))


def shortened(name: str, width: int) -> Row:
    """Return a name that is too long without its middle: names that belong together differ at their ends."""
    name = inert(name)
    if cell_len(name) <= width:
        return text(name, "", width)
    end = max(0, width * 2 // 3 - 1)
    return text(f"{name[: width - end - 1]}…{name[len(name) - end :]}", "", width)


def content(rows: list[Row]) -> Content:
    """Return the rows as lines of text; nothing in it is read as markup."""
    return Content("\n").join([_line(row) for row in rows])


def _line(row: Row) -> Content:
    runs = groupby(row, key=lambda cell: cell[1])
    return Content.assemble(*(Content.styled("".join(c for c, _ in cells), style) for style, cells in runs))
