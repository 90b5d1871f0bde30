"""What all charts of a run share: the film, the play head, the columns, and the mouse."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from course.tui.drawing.axis import Axis, ended_minutes
from course.tui.drawing.canvas import Row, content, text
from labs.film.film import Film

LABEL, WIDE_LABEL = 13, 19
READOUT = 9
WIDE = 84
"""From this width on, labels get more room."""


@dataclass
class Scrubbed(Message):
    """The learner pointed at a moment."""

    t: float
    """Seconds since the start of the run."""


class TimeChart(Widget):
    """A chart over the run; everything it shows had happened by `t`."""

    ALLOW_SELECT = False

    _drawn: Hashable = None

    film: reactive[Film | None] = reactive(None)
    other: reactive[Film | None] = reactive(None)
    """The same requests under another plan, for the charts that can show both."""
    t: reactive[float] = reactive(0.0, repaint=False)

    @property
    def label_width(self) -> int:
        """Columns left of the axis."""
        return WIDE_LABEL if self.size.width >= WIDE else LABEL

    @property
    def axis(self) -> Axis:
        """The time axis; the same for every chart of one width."""
        span = self.film.span_s(self.t) if self.film else 1.0
        return Axis(max(span, 1.0), max(8, self.size.width - self.label_width - READOUT))

    def watch_t(self, t: float) -> None:
        """Draw again if that makes a difference: most frames move the play head within its column."""
        key = self.key(self.film, t) if self.film else None
        if key != self._drawn:
            self._drawn = key
            self.refresh()

    def key(self, film: Film, t: float) -> Hashable:
        """Return something that changes when the chart does."""
        return self.axis.column(t), ended_minutes(t), film.span_s(t)

    def render(self) -> Content:
        """The chart, or nothing before there is a run."""
        if self.film is None or not self.size:
            return Content("")
        return content(self.rows(self.film, self.size))

    def rows(self, film: Film, size: Size) -> list[Row]:
        """Return the lines of the chart."""
        raise NotImplementedError

    def titled(self, title: str, note: str = "") -> Row:
        """Return the first line of a chart: its name, and what belongs to it."""
        name = text(title, "bold")
        return [*name, *text("  " + note, "$quiet", max(0, self.size.width - len(name)))]

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Point at a moment and hold on to it."""
        if self.film is not None:
            self.capture_mouse()
            self._point(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the play head."""
        if self.app.mouse_captured is self:
            self._point(event)

    def on_mouse_up(self) -> None:
        """Let go."""
        self.release_mouse()

    def _point(self, event: events.MouseEvent) -> None:
        axis = self.axis
        column = max(0, min(axis.width, event.x - self.label_width))
        self.post_message(Scrubbed(axis.time(column)))
