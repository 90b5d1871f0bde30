"""A chart with a lane for each fleet, all on one scale. What is measured is a function of the film and the moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from textual.geometry import Size

from course.tui.drawing.bars import nice
from course.tui.drawing.canvas import Row, shortened, text
from course.tui.lab.run.charts.lane import OVER, Lane, draw, is_over, seen
from course.tui.lab.run.charts.time_chart import READOUT, TimeChart
from labs.film.film import Film
from labs.film.limits import Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """All that a chart shows at a moment."""

    heading: str
    lanes: tuple[Lane, ...]
    """One for each fleet of the film, or one for the whole endpoint."""
    limits: tuple[Limit, ...] = ()
    in_sight: float = 1.0
    """A limit further above the measurements than this many times is named, not drawn: it would flatten them."""
    room_for: float = 0.0
    """What the scale has room for, however little was measured."""


Measured: TypeAlias = Callable[[Film, Film | None, float], Lanes]
"""From the film, that of another plan, and the moment."""


class LaneChart(TimeChart):
    """Bars per minute for each fleet, the limits that watch them, and the last value in figures."""

    def __init__(self, measured: Measured, id: str, classes: str = "") -> None:
        super().__init__(id=id, classes=classes)
        self._measured = measured

    def rows(self, film: Film, size: Size) -> list[Row]:
        """The title, then the lanes under each other."""
        shown = self._measured(film, self.other, self.t)
        height, gap = shares(size.height - 1, len(shown.lanes))
        values = [seen(each, self.t) for lane in shown.lanes for each in (lane.values, lane.inner, lane.other)]
        top = scale([*values, [shown.room_for]], levels(shown.limits, self.t), shown.in_sight)
        marks = [f"{_mark(limit, self.t, top)} {limit.alarm} {limit.say}" for limit in shown.limits]
        rows = [row for lane in shown.lanes for row in (*self._labelled(lane, top, height), *gap)]
        note = f"   {OVER} over" if any(is_over(cell) for row in rows for cell in row) else ""
        return [
            self.titled(shown.heading, fitting(marks, size.width - len(shown.heading) - 2 - len(note)) + note),
            *rows,
        ]

    def _labelled(self, lane: Lane, top: float, height: int) -> list[Row]:
        lines = draw(lane, self.axis, self.t, top, height)
        return [
            label(lane.label, lane.style, f"{top:g}", row, self.label_width)
            + line
            + text(" " + (lane.figures[row] if row < len(lane.figures) else ""), lane.style, READOUT)
            for row, line in enumerate(lines)
        ]


def levels(limits: tuple[Limit, ...], t: float) -> list[float]:
    """Return where the limits lie, as far as that is known."""
    found: list[float] = []
    for limit in limits:
        if limit.level is not None:
            found += seen(limit.level, t) if isinstance(limit.level, tuple) else [limit.level]
    return found


def fitting(marks: list[str], room: int) -> str:
    """Return the legend: as many marks as there is room for, and how many more there are."""
    for number in range(len(marks), 0, -1):
        more = [f"+{len(marks) - number} more"] if number < len(marks) else []
        named = "   ".join([*marks[:number], *more])
        if len(named) <= room:
            return named
    if not marks:
        return ""
    rest = f"   +{len(marks) - 1} more" if len(marks) > 1 else ""
    return "".join(letter for letter, _ in shortened(marks[0], max(0, room - len(rest)))) + rest


def shares(height: int, lanes: int) -> tuple[int, list[Row]]:
    """Return the height of a lane, and the empty rows after it where there is room for them."""
    each = max(1, height // max(1, lanes))
    return (each - 1, [[]]) if each > 2 else (each, [])


def label(name: str, style: str, top: str, row: int, width: int) -> Row:
    """Return what stands left of a lane: its name on its first row, with the top of the scale."""
    return text("", width=width) if row else text(name, style, width - 6) + text(f"{top:>5} ", "$quiet", 6)


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
