"""A chart with a lane for each fleet, all on one scale."""

from __future__ import annotations

from typing import ClassVar

from textual.geometry import Size

from course.tui.drawing.bars import nice
from course.tui.drawing.canvas import Row, text
from course.tui.drawing.signs import FLEETS
from course.tui.lab.run.charts.lane import Lane, draw, seen
from course.tui.lab.run.charts.time_chart import READOUT, TimeChart
from labs.film.film import Film
from labs.film.fleets import Fleet
from labs.film.limits import Limit


class LaneChart(TimeChart):
    """Bars per minute for each fleet, the limits that watch them, and the last value in figures."""

    IN_SIGHT: ClassVar[float]
    """A limit further above the measurements than this many times is named, not drawn: it would flatten them."""

    def lane(self, film: Film, fleet: Fleet) -> Lane:
        """Return what is drawn for a fleet."""
        raise NotImplementedError

    def limits(self, film: Film) -> tuple[Limit, ...]:
        """Return all limits of the chart."""
        raise NotImplementedError

    def heading(self, film: Film) -> str:
        """Return the chart's name."""
        raise NotImplementedError

    def readout(self, film: Film, fleet: Fleet) -> tuple[str, ...]:
        """Return the last known figures, for as many rows as there are."""
        raise NotImplementedError

    def rows(self, film: Film, size: Size) -> list[Row]:
        """The title, then the lanes under each other."""
        height, gap = shares(size.height - 1, len(film.fleets))
        lanes = [self.lane(film, fleet) for fleet in film.fleets]
        shown = [seen(values, self.t) for lane in lanes for values in (lane.values, lane.other)]
        top = scale(shown, self._levels(film), self.IN_SIGHT)
        rows = [self.titled(self.heading(film), self._named(film, top))]
        for fleet, lane in zip(film.fleets, lanes, strict=True):
            rows += [*self._labelled(film, fleet, lane, top, height), *gap]
        return rows

    def _labelled(self, film: Film, fleet: Fleet, lane: Lane, top: float, height: int) -> list[Row]:
        figures = self.readout(film, fleet)
        lines = draw(lane, self.axis, self.t, top, height)
        return [
            label(fleet, f"{top:g}", row, self.label_width)
            + line
            + text(" " + (figures[row] if row < len(figures) else ""), FLEETS[fleet.name].style, READOUT)
            for row, line in enumerate(lines)
        ]

    def _levels(self, film: Film) -> list[float]:
        """The limits as far as they are known."""
        levels: list[float] = []
        for limit in self.limits(film):
            if limit.level is not None:
                levels += seen(limit.level, self.t) if isinstance(limit.level, tuple) else [limit.level]
        return levels

    def _named(self, film: Film, top: float) -> str:
        """Name the limits, with a line, above the chart, or without a line: as many as there is room for."""
        marks = [f"{_mark(limit, self.t, top)} {limit.alarm} {limit.say}" for limit in self.limits(film)]
        room = self.size.width - len(self.heading(film)) - 2
        for number in range(len(marks), 0, -1):
            more = [f"+{len(marks) - number} more"] if number < len(marks) else []
            named = "   ".join([*marks[:number], *more])
            if len(named) <= room:
                return named
        return "   ".join(marks)


def shares(height: int, lanes: int) -> tuple[int, list[Row]]:
    """Return the height of a lane, and the empty rows after it where there is room for them."""
    each = max(1, height // max(1, lanes))
    return (each - 1, [[]]) if each > 2 else (each, [])


def label(fleet: Fleet, top: str, row: int, width: int) -> Row:
    """Return what stands left of a lane: the fleet on its first row, with the top of the scale."""
    if row:
        return text("", width=width)
    sign = FLEETS[fleet.name]
    return text(f"{sign.mark} {fleet.name}", sign.style, width - 6) + text(f"{top:>5} ", "$quiet", 6)


def scale(measured: list[list[float]], levels: list[float], in_sight: float) -> float:
    """Return the top of the scale: room for all that was measured, and for limits not far above it."""
    most = max((value for values in measured for value in values), default=0.0)
    near = [level for level in levels if not most or level <= in_sight * most]
    return nice(max([most, *near]) * 1.05)


def _mark(limit: Limit, t: float, top: float) -> str:
    """Return the sign of a limit in the legend: its line, an arrow to where it lies, or that it lies nowhere."""
    if limit.level is None:
        return "–"
    lowest = min(seen(limit.level, t), default=0.0) if isinstance(limit.level, tuple) else limit.level
    return "↑" if lowest > top else "┄"
