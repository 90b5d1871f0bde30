"""Harm, wrong endings and time over the values of one knob."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from course.tui.drawing.canvas import Row, content, text
from course.tui.drawing.words import count, plain
from course.tui.whatif.grid import MINE, Grid
from course.tui.whatif.panels import PANELS, Panel, value_of

if TYPE_CHECKING:
    from labs.whatif.curve import Curve
    from labs.whatif.knobs import Knob

LOWEST, HIGHEST = 2, 9
"""Rows of a panel's curves."""
AIRY = 5
"""With so many rows, there is also room for blank lines between the panels."""
WIDEST_CELL = 13
"""Beyond it, the eye loses the line between two values."""
SOLID, DASHED = "━━", "╍╍"


class CurveChart(Widget):
    """Redrawn with each better curve."""

    ALLOW_SELECT = False

    knob: reactive[Knob | None] = reactive(None)
    curve: reactive[Curve | None] = reactive(None)
    marked: reactive[float | None] = reactive(None)
    """The value that is looked at; None: the learner's."""

    def render(self) -> Content:
        """The curve, or that one is coming."""
        if self.knob is None:
            return plain("")
        if self.curve is None or not self.size:
            return plain("the first seed is running …", "$quiet")
        return content(picture(self.knob, self.curve, self.size, self.marked))


def picture(knob: Knob, curve: Curve, size: Size, marked: float | None = None) -> list[Row]:
    """Return the panels above the knob's values."""
    places = len(curve.points)
    width = min(size.width, WIDEST_CELL * places)
    mine = next(at for at, point in enumerate(curve.points) if point.value == curve.current)
    at = next((at for at, point in enumerate(curve.points) if point.value == marked), mine)
    grid = Grid(width=width, values=places, mine=mine, marked=at)
    panels = [panel for panel in PANELS if knob.of in panel.of and panel.known(curve)]
    rows = _rows(panels, curve, size.height)
    gap: list[Row] = [[]] if rows >= AIRY else []
    lines = [line for panel in panels for line in (*_panel(panel, curve, grid, rows), *gap)]
    return [*lines, *_axis(knob, curve, grid)]


def _rows(panels: list[Panel], curve: Curve, height: int) -> int:
    """Return how high the curves can be beside their titles and figures."""
    few = max(1, len(panels))
    rows = (height - sum(1 + len(panel.known(curve)) for panel in panels) - 2) // few
    return max(LOWEST, min(HIGHEST, rows if rows < AIRY else rows - 1))


def _panel(panel: Panel, curve: Curve, grid: Grid, rows: int) -> Iterator[Row]:
    known = panel.known(curve)
    yield _title(panel, curve)
    yield from grid.curves([(line.values(curve), line.style) for line in known], panel.top(curve), rows)
    for line in known:
        yield grid.figures([line.say(value) for value in line.values(curve)], line.style)


def _title(panel: Panel, curve: Curve) -> Row:
    row = text(panel.title, "bold")
    known = panel.known(curve)
    if len(known) > 1:
        for sign, line in zip((SOLID, DASHED), known, strict=False):
            row += [*text("   " + sign, line.style), *text(" " + line.name, "$quiet")]
    return row


def _axis(knob: Knob, curve: Curve, grid: Grid) -> list[Row]:
    values = grid.figures([value_of(knob, point.value) for point in curve.points], "")
    signs = {grid.marked: "▲ here", grid.mine: "▲ yours"}
    mark = [signs.get(at, "") for at in range(grid.values)]
    return [values, grid.figures(mark, MINE)]


def seeds_so_far(curve: Curve, of: int) -> str:
    """Return how much the curve can be trusted."""
    if curve.seeds >= of:
        return f"all {count(of, 'seed')}"
    return f"{count(curve.seeds, 'seed')} so far, of {of}"
