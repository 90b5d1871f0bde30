"""A plot in the terminal: lines in braille, with axes, round numbers and a legend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content
from textual.geometry import Size
from textual.visual import Visual
from textual.widget import Widget

from course.syllabus import Plot
from course.tui.drawing.braille import Cell, Frame, draw
from course.tui.drawing.ticks import label, spanning, ticks
from course.tui.drawing.words import plain

FLEETS = {"blue": "$blue-fleet", "green": "$green-fleet"}
OTHERS = ("$accent", "$warning", "$error", "$foreground")
SOLID, DASHED = "━━", "╍╍"

ROWS = 12
"""About as many rows; as near to it as the numbers of the axis come to stand evenly."""
CELLS_PER_X_TICK = 9


def colours(names: Sequence[str]) -> tuple[str, ...]:
    """Return each line's style: fleets have their own colours, other lines take turns."""
    others = [name for name in names if name not in FLEETS]
    return tuple(FLEETS.get(name) or OTHERS[others.index(name) % len(OTHERS)] for name in names)


class PlotView(Widget):
    """Draws a plot as wide as its place."""

    ALLOW_SELECT = False

    def __init__(self, plot: Plot) -> None:
        super().__init__()
        self.plot = plot
        self._drawn: dict[int, list[Content]] = {}
        """The last picture, by its width."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the picture has at this width."""
        return len(self._lines(width))

    def render(self) -> Visual:
        """All lines of the picture."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        if width not in self._drawn:
            self._drawn = {width: picture(self.plot, width)}
        return self._drawn[width]


def picture(plot: Plot, width: int) -> list[Content]:
    """Return the plot as lines of at most `width` cells."""
    drawn = {name: points for name, points in plot.series.items() if points}
    if not drawn:
        return [plain(plot.title, "bold"), plain("no data", "$hushed")]
    y_ticks = spanning(*_reach(drawn, 1, from_zero=True), 5)
    margin = max(len(label(tick)) for tick in y_ticks) + 1
    left, right = _reach(drawn, 0, from_zero=False)
    frame = Frame(
        left=left,
        right=right,
        bottom=y_ticks[0],
        top=y_ticks[-1],
        width=max(10, width - margin - 2),
        height=max(1, round(ROWS / (len(y_ticks) - 1))) * (len(y_ticks) - 1) + 1,
    )
    lines = [
        _title(plot.title, tuple(drawn), width),
        plain(plot.y, "$hushed"),
        *_body(drawn, frame, y_ticks, margin, steps=plot.steps),
        *_x_axis(plot.x, frame, margin),
    ]
    return [line.truncate(width, ellipsis=True) for line in lines]


def _reach(drawn: Mapping[str, Sequence[tuple[float, float]]], axis: int, *, from_zero: bool) -> tuple[float, float]:
    values = [point[axis] for points in drawn.values() for point in points]
    low = min(0.0, *values) if from_zero else min(values)
    return low, max(*values, low) if max(values) > low else low + 1.0


def _title(title: str, names: tuple[str, ...], width: int) -> Content:
    legend = Content("   ").join(
        Content.assemble((DASHED if number else SOLID, style), " ", plain(name))
        for number, (name, style) in enumerate(zip(names, colours(names), strict=True))
    )
    room = max(0, width - legend.cell_length - 2)
    head = plain(title, "bold").truncate(room, ellipsis=True)
    return Content.assemble(head, " " * (width - head.cell_length - legend.cell_length), legend)


def _body(
    drawn: Mapping[str, Sequence[tuple[float, float]]],
    frame: Frame,
    y_ticks: tuple[float, ...],
    margin: int,
    *,
    steps: bool,
) -> list[Content]:
    cells = draw(tuple(drawn.values()), frame, steps=steps)
    styles = colours(tuple(drawn))
    rows_of_ticks = {frame.dot((frame.left, tick))[1] // 4: label(tick) for tick in y_ticks}
    return [
        Content.assemble(
            plain(rows_of_ticks.get(row, "").rjust(margin), "$hushed"),
            plain(" ┤" if row in rows_of_ticks else " │", "$line"),
            *_row(cells, row, frame.width, styles),
        )
        for row in range(frame.height)
    ]


def _row(cells: Mapping[tuple[int, int], Cell], row: int, width: int, styles: tuple[str, ...]) -> list[Content]:
    found = (cells.get((row, column)) for column in range(width))
    return [Content.styled(cell.character, styles[cell.ink]) if cell else Content(" ") for cell in found]


def _x_axis(name: str, frame: Frame, margin: int) -> list[Content]:
    marks = [" "] * (frame.width + 6)
    line = ["─"] * frame.width
    for tick in ticks(frame.left, frame.right, max(2, frame.width // CELLS_PER_X_TICK)):
        column = frame.dot((tick, frame.bottom))[0] // 2
        line[column] = "┬"
        text = label(tick)
        start = max(0, column - (len(text) - 1) // 2)
        marks[start : start + len(text)] = text
    indent = " " * (margin + 1)
    return [
        Content.assemble(indent, plain("└" + "".join(line), "$line")),
        Content.assemble(indent, " ", plain("".join(marks)[: frame.width + 1].rstrip(), "$hushed")),
        Content.assemble(indent, " ", plain(name.rjust(frame.width), "$hushed")),
    ]
