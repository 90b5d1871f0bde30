"""A table as wide as it needs to be, or as its place allows; cells wrap."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from course.tui.drawing.long_words import Wrapped, addresses

Cells = Sequence[Content]
MOST_LOOKED_AT = 200
"""Cells; of a larger table the widest column gives way, whatever stands in it."""
LINES = "$line"
BROKEN = 8
"""Columns that others keep at least where a web address is to stay whole."""
EDGES = 4
"""Columns that a row has besides its cells' own, and besides the three between two cells."""


class Table(Visual):
    """A row of headings over rows of text, with thin lines between them."""

    def __init__(self, head: Cells, body: Sequence[Cells]) -> None:
        self.rows = (head, *body)
        columns = list(zip(*self.rows, strict=True))
        self._natural = [max(_width(cell) for cell in column) for column in columns]
        self._least = [max(_longest(cell.plain.split()) for cell in column) for column in columns]
        self._addresses = [max(_longest(addresses(cell.plain)) for cell in column) for column in columns]

    def widths(self, room: int) -> list[int]:
        """Return the width of each column: what it needs, or less where there is too little room for all.

        What is taken away is taken where it makes the fewest lines, and breaks no word as long as that can be, and
        words rather than web addresses, which nobody could copy any more.
        """
        widths = [min(width, max(1, room)) for width in self._natural]
        while sum(widths) > room - self._around and max(widths) > 1:
            if len(widths) * len(self.rows) > MOST_LOOKED_AT:
                widths[widths.index(max(widths))] -= 1
                continue
            places = (
                _above(self._least, widths)
                or _above([max(BROKEN, width) for width in self._addresses], widths)
                or _above([1] * len(widths), widths)
            )
            widths[min(places, key=lambda place: (self._lines(widths, place), -widths[place]))] -= 1
        return widths

    def _lines(self, widths: Sequence[int], narrower: int) -> int:
        """Return about how many lines the cells would take if a column were narrower by one."""
        room = [width - (place == narrower) for place, width in enumerate(widths)]
        return sum(
            max(math.ceil(cell.cell_length / width) for cell, width in zip(row, room, strict=True)) for row in self.rows
        )

    @property
    def _around(self) -> int:
        return EDGES + 3 * (len(self._natural) - 1)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """The width at which nothing wraps."""
        return sum(self._natural) + self._around

    def get_height(self, rules: RulesMap, width: int) -> int:
        """All rows, and the lines around them."""
        widths = self.widths(width)
        return sum(_height(row, rules, widths) + 1 for row in self.rows) + 1

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Draw the rows with a line over, between and under them."""
        widths = self.widths(width)

        def line(left: str, middle: str, right: str) -> Strip:
            drawn = left + middle.join("─" * (width + 2) for width in widths) + right
            return _strip(Content.styled(drawn, LINES), style, options)

        strips = [line("┌", "┬", "┐")]
        for row in self.rows:
            strips += [*_drawn(row, widths, style, options), line("├", "┼", "┤")]
        strips[-1] = line("└", "┴", "┘")
        return strips if height is None else strips[:height]


def _width(cell: Content) -> int:
    return max(1, cell.cell_length)


def _longest(words: Iterable[str]) -> int:
    return max((Content(word).cell_length for word in words), default=1)


def _above(least: Sequence[int], widths: Sequence[int]) -> list[int]:
    """Return the columns that are wider than this."""
    return [place for place, (low, width) in enumerate(zip(least, widths, strict=True)) if width > low]


def _height(row: Cells, rules: RulesMap, widths: Sequence[int]) -> int:
    return max(Wrapped(cell).get_height(rules, width) for cell, width in zip(row, widths, strict=True))


def _drawn(row: Cells, widths: Sequence[int], style: Style, options: RenderOptions) -> list[Strip]:
    """Return the lines of one row."""
    cells = [Wrapped(cell).render_strips(width, None, style, options) for cell, width in zip(row, widths, strict=True)]
    left, bar, right = (_strip(Content.styled(mark, LINES), style, options) for mark in ("│ ", " │ ", " │"))
    lines = []
    for number in range(max(map(len, cells))):
        parts = [left]
        for strips, width in zip(cells, widths, strict=True):
            text = strips[number] if number < len(strips) else Strip([])
            parts += [text.extend_cell_length(width, style.rich_style), bar]
        lines.append(Strip.join([*parts[:-1], right]))
    return lines


def _strip(content: Content, style: Style, options: RenderOptions) -> Strip:
    [strip] = content.render_strips(content.cell_length, 1, style, options)
    return strip
