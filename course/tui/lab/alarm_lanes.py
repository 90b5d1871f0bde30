"""The state of each alarm, minute by minute: unknown, fine, alarm."""

from __future__ import annotations

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
        """A line for the title and one for each alarm."""
        return 1 + len(self.film.alarms(self.t) if self.film else ())

    def rows(self, film: Film, size: Size) -> list[Row]:
        """The title with the legend, then the lanes."""
        names = film.alarms(self.t)
        legend = "? no data   ✓ OK   ✗ ALARM" if names else "this plan has none"
        return [self.titled("Alarms", legend), *(self._lane(film, name) for name in names)]

    def _lane(self, film: Film, name: str) -> Row:
        axis = self.axis
        head = axis.column(self.t)
        sign, word = STATES[film.alarm_state(name, self.t)]
        return [
            *text(name, "", self.label_width - 1),
            BLANK,
            *(self._cell(film, name, axis, column) for column in range(head)),
            HEAD,
            *[BLANK] * (axis.width - head - 1),
            *text(" " + word, sign.style, READOUT),
        ]

    def _cell(self, film: Film, name: str, axis: Axis, column: int) -> Cell:
        """A sign where a minute begins; between two minutes there is room to breathe."""
        minutes = axis.beginning(column)
        if not minutes:
            return BLANK
        sign, _ = STATES[film.gravest_state(name, minutes.start * MINUTE, min(self.t, minutes.stop * MINUTE))]
        return sign.mark, sign.style
