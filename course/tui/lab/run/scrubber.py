"""The rail under the charts: where the play head is, and where something happened."""

from __future__ import annotations

from collections.abc import Hashable

from textual.geometry import Size

from course.tui.drawing.canvas import BLANK, Cell, Row, text
from course.tui.drawing.clock import clock
from course.tui.lab.run.charts.time_chart import READOUT, TimeChart
from labs.film.film import Film

TICKS_S = (60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400)
ROOM = 8
"""Columns between two written times, at least."""


class Scrubber(TimeChart):
    """A rail with a thumb, and the times under it."""

    def key(self, film: Film, t: float) -> Hashable:
        """It shows the seconds, and the moments in its column."""
        return super().key(film, t), int(t), film.previous_stop(t)

    def rows(self, film: Film, size: Size) -> list[Row]:
        """The rail, and the times if there is a second line."""
        axis = self.axis
        head = axis.column(self.t)
        past = {axis.column(stop) for stop in film.stops if stop <= self.t}
        rail = [_cell(column, head, column in past) for column in range(axis.width)]
        label = text(clock(self.t), "bold", self.label_width)
        end = text(" " + clock(axis.span_s), "$quiet", READOUT)
        return [label + rail + end, self._times()][: size.height]

    def _times(self) -> Row:
        axis = self.axis
        every = next((tick for tick in TICKS_S if tick / axis.span_s * axis.width >= ROOM), TICKS_S[-1])
        row: Row = [BLANK] * (axis.width + READOUT)
        for second in range(0, int(axis.span_s) + 1, every):
            column, words = round(second / axis.span_s * axis.width), clock(second)
            if column + len(words) <= axis.width:
                row[column : column + len(words)] = text(words, "$quiet")
        return text("", width=self.label_width) + row


def _cell(column: int, head: int, happened: bool) -> Cell:
    if column == head:
        return "●", "bold $accent"
    if column > head:
        return "─", "$line"
    return ("┿", "$accent") if happened else ("━", "$accent")
