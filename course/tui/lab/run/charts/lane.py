"""One fleet's measurements along the time axis: bars up to the play head, the limits that watch them, and another
plan's line over one's own bars."""

from __future__ import annotations

from dataclasses import dataclass

from course.tui.drawing.axis import Axis, ended_minutes
from course.tui.drawing.bars import bar, row_of
from course.tui.drawing.canvas import BLANK, Cell, Row
from course.tui.drawing.signs import FLEETS
from labs.film.fleets import Fleet, Minutes
from labs.film.limits import Limit

HEAD: Cell = ("│", "$accent")
LIMIT: Cell = ("┄", "$warning")
OTHER: Cell = ("━", "bold $accent")
"""Another plan's value: stronger than a limit, and not broken."""
LEGEND = "━ reference, where it differs"
SHORT_LEGEND = "━ reference"
"""Where there is no room for more."""
TOO_MUCH = "$error"
OVER = "!"
"""Stands in a bar that is beyond a limit, which its colour alone does not tell everybody."""
TREMBLING = 0.2
"""A limit that moves by less than this share is drawn as one that stands still."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """What is drawn in one lane."""

    values: Minutes
    style: str
    label: str = ""
    """Such as the sign and the name of a fleet."""
    inner: Minutes = ()
    """A second, smaller value drawn inside the first, such as p50 inside p99."""
    limits: tuple[Limit, ...] = ()
    other: Minutes = ()
    """The same under another plan, drawn over it."""
    figures: tuple[str, ...] = ()
    """The last known values, the first at the height of the fleet's name."""

    def judged(self, limit: Limit) -> Minutes:
        """Return the values that a limit is about."""
        return {"errors": self.values, "p99": self.values, "p50": self.inner, "none": ()}[limit.judges]


def named(fleet: Fleet) -> str:
    """Return the sign and the name of a fleet."""
    return f"{FLEETS[fleet.name].mark} {fleet.name}"


def last(minutes: Minutes, t: float) -> float | None:
    """Return the value of the last minute that was over at `t`; None if nothing was measured in it."""
    over = int(t // 60)
    return minutes[over - 1] if 0 < over <= len(minutes) else None


def seen(values: Minutes, t: float) -> list[float]:
    """Return what is known at `t`: the values of the minutes that are over."""
    return [value for value in values[: ended_minutes(t)] if value is not None]


def draw(lane: Lane, axis: Axis, t: float, top: float, rows: int) -> list[Row]:
    """Return the cells of a lane `rows` high, on a scale from 0 to `top`; past the play head limits alone."""
    columns = [_column(lane, axis, column, t, top, rows) for column in range(axis.width)]
    for limit in lane.limits:
        drawn: float | None = None
        for column, cells in enumerate(columns):
            level = _level(limit, axis, column, t)
            drawn = _steady(drawn, level)
            _mark(cells, drawn, top, beyond=_beyond(at(lane.judged(limit), axis, column, t), level))
    for column, cells in enumerate(columns):
        own, other = (at(values, axis, column, t) for values in (lane.values, lane.other))
        lay_over(cells, own, other, top, lane.style)
        _flag(cells)
    columns[axis.column(t)] = [HEAD] * rows
    return [[column[row] for column in columns] for row in range(rows)]


def at(values: Minutes, axis: Axis, column: int, t: float) -> float | None:
    """Return the largest value of the minutes that a column stands for, of those that are over at `t`."""
    over = ended_minutes(t)
    known = [values[m] for m in axis.minutes(column) if 0 <= m < min(over, len(values))]
    return max((value for value in known if value is not None), default=None)


def _column(lane: Lane, axis: Axis, column: int, t: float, top: float, rows: int) -> list[Cell]:
    value = at(lane.values, axis, column, t)
    cells = [(mark, lane.style) for mark in bar(value, top, rows)]
    inner = at(lane.inner, axis, column, t)
    if inner is not None:
        cells = _inside(cells, bar(inner, top, rows), lane.style)
    return [BLANK if cell[0] == " " else cell for cell in cells]


def _inside(outer: list[Cell], inner: tuple[str, ...], style: str) -> list[Cell]:
    """Lay a full-coloured bar into a faint one."""
    faint = f"{style} 45%"
    return [
        (mark, faint) if within == " " else (within, f"{style} on {faint}" if mark in "▇█" else style)
        for (mark, _), within in zip(outer, inner, strict=True)
    ]


def _level(limit: Limit, axis: Axis, column: int, t: float) -> float | None:
    """Return where a limit lies: one that depends on the traffic only where the traffic is known."""
    if isinstance(limit.level, tuple):
        return at(limit.level, axis, column, t)
    return limit.level


def _steady(before: float | None, level: float | None) -> float | None:
    """Keep a line straight while it only trembles: a share of a random number of requests always does."""
    if before is None or level is None or abs(level - before) > TREMBLING * before:
        return level
    return before


def _beyond(value: float | None, level: float | None) -> bool:
    return value is not None and level is not None and value > level


def _mark(cells: list[Cell], level: float | None, top: float, *, beyond: bool) -> None:
    """Draw the limit where there is room, and what lies beyond it in the colour of harm."""
    if level is None:
        return
    row = row_of(level, top, len(cells))
    if beyond:
        cells[: row + 1] = [(mark, TOO_MUCH) for mark, _ in cells[: row + 1]]
    if level <= top and len(cells) > 1 and cells[row][0] in " ·":
        cells[row] = LIMIT


def _flag(cells: list[Cell]) -> None:
    """Put a sign into a bar that has the colour of harm: as low as possible, where its height cannot be seen."""
    harmed = [row for row, (mark, style) in enumerate(cells) if style == TOO_MUCH and mark != " "]
    if harmed:
        cells[harmed[-1]] = (OVER, f"reverse {TOO_MUCH}" if cells[harmed[-1]][0] == "█" else TOO_MUCH)


def is_over(cell: Cell) -> bool:
    """Is it the sign of a bar that is beyond a limit?"""
    return cell[0] == OVER and TOO_MUCH in cell[1]


def lay_over(cells: list[Cell], own: float | None, other: float | None, top: float, style: str) -> None:
    """Mark the other plan's value in a column of `cells`, from the top down, whose bars are drawn in `style`.

    A column of a single row has no heights; there the other's own bar stands on a ground of the fleet's colour,
    underlined.
    """
    if other is None or other == own:
        return
    mark, colour = OTHER
    if len(cells) == 1:
        ground = f" on {style} 45%" if own else ""
        cells[0] = (bar(other, top, 1)[0], f"underline {colour}{ground}")
        return
    row = row_of(other, top, len(cells))
    drawn, ground = cells[row]
    cells[row] = (mark, f"{colour} on {ground}" if drawn == "█" else colour)
