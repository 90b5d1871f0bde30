"""Where things stand over a knob's values: one column of figures per value, evenly spaced whatever the values are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from course.tui.drawing.braille import Frame, Point, draw
from course.tui.drawing.canvas import BLANK, Row, text

MINE = "$accent"
"""The colour of the learner's own choice."""
MINE_LINE = "┊"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """`values` columns in `width` cells; `mine` is the learner's."""

    width: int
    values: int
    mine: int
    marked: int
    """The value that is looked at; at first the learner's."""

    @property
    def cell(self) -> int:
        """The width of one value's column."""
        return max(1, self.width // self.values)

    def centre(self, value: int) -> int:
        """Return the cell in which a value's point lies."""
        return value * self.cell + self.cell // 2

    def figures(self, words: Sequence[str], style: str) -> Row:
        """Return a line with a word under each value; the marked one is bold."""
        row: Row = []
        for place, word in enumerate(words):
            own = f"bold {style}" if place == self.marked else style
            row += text(word[: self.cell].center(self.cell), own, self.cell)
        return row

    def curves(self, lines: Sequence[tuple[Sequence[float | None], str]], top: float, rows: int) -> list[Row]:
        """Return the curves, `rows` high, on a scale from 0 to `top`, with the marked value's line."""
        width = self.cell * self.values
        frame = Frame(left=0, right=width * 2 - 1, bottom=0, top=top, width=width, height=rows)
        cells = draw([self._points(values) for values, _ in lines], frame, steps=False)
        grid: list[Row] = [[BLANK] * width for _ in range(rows)]
        for row in grid:
            row[self.centre(self.marked)] = (MINE_LINE, MINE)
        for (row_number, column), cell in cells.items():
            if row_number < rows and column < width:
                grid[row_number][column] = (cell.character, lines[cell.ink][1])
        return grid

    def _points(self, values: Sequence[float | None]) -> list[Point]:
        return [(self.centre(at) * 2 + 0.5, value) for at, value in enumerate(values) if value is not None]
