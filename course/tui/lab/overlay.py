"""Another plan's line over one's own bars: drawn where the two differ."""

from __future__ import annotations

from course.tui.drawing.bars import bar, row_of
from course.tui.drawing.canvas import Cell

OTHER: Cell = ("━", "bold $accent")
"""Stronger than a limit, and not broken."""
LEGEND = "━ reference, where it differs"


def lay_over(cells: list[Cell], own: float | None, other: float | None, top: float, style: str) -> None:
    """Mark the other plan's value in a column of `cells`, from the top down, whose bars are drawn in `style`.

    A column of a single row has no heights; there the other's own bar stands on a ground of the fleet's colour.
    """
    if other is None or other == own:
        return
    mark, colour = OTHER
    if len(cells) == 1:
        ground = f" on {style} 45%" if own else ""
        cells[0] = (bar(other, top, 1)[0], f"{colour}{ground}")
        return
    row = row_of(other, top, len(cells))
    drawn, ground = cells[row]
    cells[row] = (mark, f"{colour} on {ground}" if drawn == "█" else colour)
