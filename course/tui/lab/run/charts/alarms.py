"""The state of each alarm, minute by minute: unknown, fine, alarm."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from textual.geometry import Size
from textual.reactive import reactive

from course.tui.drawing.axis import MINUTE, Axis
from course.tui.drawing.canvas import BLANK, Cell, Row, shortened, text
from course.tui.drawing.signs import RIGHT, WRONG, Sign
from course.tui.lab.run.charts.lane import HEAD, OTHER
from course.tui.lab.run.charts.time_chart import READOUT, TimeChart
from labs.film.film import Film, without_id

UNKNOWN = Sign("?", "$quiet")
STATES = {
    "INSUFFICIENT_DATA": (UNKNOWN, "no data"),
    "OK": (RIGHT, "OK"),
    "ALARM": (WRONG, "ALARM"),
}
REFERENCE = f"{OTHER[0]} reference"


@dataclass(frozen=True, slots=True)
class Watched:
    """An alarm of a film, and what its lane is called."""

    film: Film
    name: str
    label: str


def watched(film: Film, other: Film | None, t: float) -> list[Watched]:
    """Return the lanes: each alarm with the same one under the other plan below it, those that went off first; then
    the alarms that the other plan alone has."""
    own = sorted(film.alarms(t), key=lambda name: film.gravest_state(name, 0.0, t) != "ALARM")
    theirs = other.alarms(t) if other else ()
    lanes: list[Watched] = []
    for name in own:
        lanes.append(Watched(film, name, without_id(name)))
        if other and name in theirs:
            lanes.append(Watched(other, name, REFERENCE))
    alone = (name for name in theirs if name not in own)
    return lanes + [Watched(other, name, f"{OTHER[0]} {without_id(name)}") for name in alone if other]


class AlarmLanes(TimeChart):
    """A lane for each alarm."""

    film: reactive[Film | None] = reactive(None, layout=True)
    other: reactive[Film | None] = reactive(None, layout=True)
    first: reactive[int] = reactive(0)
    """The alarm at the top, where there is no room for all."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line for the title and one for each alarm that there will be, so that nothing jumps."""
        return 1 + sum(len(film.run.alarm_states) for film in (self.film, self.other) if film)

    def key(self, film: Film, t: float) -> Hashable:
        """States change within minutes."""
        films = (film, self.other) if self.other else (film,)
        return super().key(film, t), tuple(each.alarm_state(name, t) for each in films for name in each.alarms(t))

    def rows(self, film: Film, size: Size) -> list[Row]:
        """The title with the legend, then as many lanes as there is room for, those that went off first."""
        lanes = watched(film, self.other, self.t)
        room = max(1, size.height - 1)
        first = max(0, min(self.first, len(lanes) - room))
        legend = "? no data   ✓ OK   ✗ ALARM" if lanes else "none yet"
        if len(lanes) > room:
            legend += f"   ↑ ↓ {first + 1} to {first + room} of {len(lanes)}"
        return [self.titled("Alarms", legend), *map(self._lane, lanes[first : first + room])]

    def look(self, by: int) -> None:
        """Show lanes further down, or up for a negative number."""
        beyond = len(watched(self.film, self.other, self.t)) - (self.size.height - 1) if self.film else 0
        self.first = max(0, min(self.first + by, beyond))

    def on_mouse_scroll_down(self) -> None:
        """The wheel."""
        self.look(1)

    def on_mouse_scroll_up(self) -> None:
        """The wheel."""
        self.look(-1)

    def _lane(self, lane: Watched) -> Row:
        axis, film, name = self.axis, lane.film, lane.name
        head = axis.column(self.t)
        sign, word = STATES[film.alarm_state(name, self.t) or "INSUFFICIENT_DATA"]
        return [
            *shortened(lane.label, self.label_width - 1),
            BLANK,
            *(self._cell(film, name, axis, column) for column in range(head)),
            HEAD,
            *[BLANK] * (axis.width - head - 1),
            *text(" " + word, sign.style, READOUT),
        ]

    def _cell(self, film: Film, name: str, axis: Axis, column: int) -> Cell:
        """A sign where a minute begins; where minutes are narrow, a sign in every column."""
        roomy = axis.width * MINUTE >= 2 * axis.span_s
        minutes = axis.beginning(column) if roomy else axis.minutes(column)
        if not minutes:
            return BLANK
        state = film.gravest_state(name, minutes.start * MINUTE, min(self.t, minutes.stop * MINUTE))
        if state is None:
            return BLANK
        sign, _ = STATES[state]
        return sign.mark, sign.style
