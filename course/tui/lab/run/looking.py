"""Scrolling what is beside the charts, wherever they are shown."""

from __future__ import annotations

from textual.widget import Widget

from course.tui.lab.run.charts.alarms import AlarmLanes
from course.tui.lab.run.story import Happenings


class Looking(Widget):
    """Offers `LOOK_DOWN` and `LOOK_UP`; whatever fits stays where it is."""

    def action_look_down(self) -> None:
        """Scroll what is in sight."""
        self._look(1)

    def action_look_up(self) -> None:
        """Scroll it back."""
        self._look(-1)

    def _look(self, by: int) -> None:
        for part in (*self.query(AlarmLanes), *self.query(Happenings)):
            part.look(by)
