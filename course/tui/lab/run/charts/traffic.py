"""The share of the requests that each fleet answers."""

from __future__ import annotations

from collections.abc import Hashable

from textual.geometry import Size

from course.tui.drawing.bars import bar
from course.tui.drawing.canvas import BLANK, Cell, Row, text
from course.tui.drawing.signs import FLEETS
from course.tui.lab.run.charts.lane import HEAD, LEGEND, SHORT_LEGEND, lay_over, named
from course.tui.lab.run.charts.lane_chart import fitting, label, shares
from course.tui.lab.run.charts.time_chart import READOUT, TimeChart
from labs.film.film import Film
from labs.film.fleets import Fleet

TITLE = "Traffic in %"


class TrafficChart(TimeChart):
    """A lane for each fleet, exact to the second."""

    def key(self, film: Film, t: float) -> Hashable:
        """Shares change within minutes."""
        films = (film, self.other) if self.other else (film,)
        return super().key(film, t), [tuple(each.run.traffic_at(t).items()) for each in films]

    def rows(self, film: Film, size: Size) -> list[Row]:
        """The title with the fleets' configurations, then the lanes."""
        names = [f"{named(fleet)} is {fleet.config}" for fleet in film.fleets]
        height, gap = shares(size.height - 1, len(film.fleets))
        room = size.width - len(TITLE) - 2
        legend = LEGEND if len("   ".join([LEGEND, *names])) <= room else SHORT_LEGEND
        note = fitting([*([legend] if self.other else []), *names], room)
        lanes = [row for fleet in film.fleets for row in (*self._lane(film, fleet, height), *gap)]
        return [self.titled(TITLE, note), *lanes]

    def _lane(self, film: Film, fleet: Fleet, height: int) -> list[Row]:
        axis, now = self.axis, self._share(film, fleet, self.t)
        head = axis.column(self.t)
        columns = [self._column(film, fleet, axis.time(column + 1), height) for column in range(head)]
        figure = "" if now is None else f" {now * 100:.0f} %"
        return [
            label(named(fleet), FLEETS[fleet.name].style, "100", row, self.label_width)
            + [column[row] for column in columns]
            + [HEAD]
            + [BLANK] * (axis.width - head - 1)
            + text(figure if row == 0 else "", FLEETS[fleet.name].style, READOUT)
            for row in range(height)
        ]

    def _column(self, film: Film, fleet: Fleet, t: float, height: int) -> list[Cell]:
        share = self._share(film, fleet, t)
        cells: list[Cell] = [(mark, FLEETS[fleet.name].style) for mark in bar(share, 1.0, height)]
        if self.other:
            lay_over(cells, share or 0.0, self._share(self.other, fleet, t) or 0.0, 1.0, FLEETS[fleet.name].style)
        return cells

    def _share(self, film: Film, fleet: Fleet, t: float) -> float | None:
        return film.run.traffic_at(min(t, self.t)).get(fleet.config)
