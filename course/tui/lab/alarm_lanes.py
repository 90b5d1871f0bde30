"""The state of each alarm, minute by minute: unknown, fine, alarm."""

from __future__ import annotations

from collections.abc import Hashable

from textual.geometry import Size

from course.tui.lab.axis import MINUTE, Axis
from course.tui.lab.canvas import BLANK, Cell, Row, text
from course.tui.lab.film import Film
from course.tui.lab.lane import HEAD
from course.tui.lab.time_chart import READOUT, TimeChart
from course.tui.signs import RIGHT, WRONG, Sign

UNKNOWN = Sign("?", "$quiet")
STATES = {
    "INSUFFICIENT_DATA": (UNKNOWN, "no data"),
    "OK": (RIGHT, "OK"),
    "ALARM": (WRONG, "ALARM"),
}


class AlarmLanes(TimeChart):
    """A lane for each alarm."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line for the title and one for each alarm that there will be, so that nothing jumps."""
        return 1 + len(self.film.run.alarm_states if self.film else ())

    def key(self, film: Film, t: float) -> Hashable:
        """States change within minutes."""
        return super().key(film, t), tuple(film.alarm_state(name, t) for name in film.alarms(t))

    def rows(self, film: Film, size: Size) -> list[Row]:
        """The title with the legend, then the lanes."""
        names = film.alarms(self.t)
        legend = "? no data   ✓ OK   ✗ ALARM" if names else "none yet"
        return [self.titled("Alarms", legend), *(self._lane(film, name) for name in names)]

    def _lane(self, film: Film, name: str) -> Row:
        axis = self.axis
        head = axis.column(self.t)
        sign, word = STATES[film.alarm_state(name, self.t) or "INSUFFICIENT_DATA"]
        return [
            *text(name, "", self.label_width - 1),
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
