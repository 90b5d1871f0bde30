"""How far one is: a segment for each step."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from course.tui.drawing.signs import BAR_DONE, BAR_LEFT


class StepsBar(Widget):
    """Segments: thick up to the furthest step, bright where the learner is; a click goes there."""

    ALLOW_SELECT = False

    @dataclass
    class Clicked(Message):
        """The mouse was on a segment."""

        step: int

    of: reactive[int] = reactive(0)
    step: reactive[int] = reactive(0)
    furthest: reactive[int] = reactive(0)

    def render(self) -> Content:
        """All segments, as wide as there is room for."""
        if not self.of:
            return Content()
        gap = 1 if self.size.width >= 3 * self.of else 0
        ends = [round((self.size.width + gap) * step / self.of) for step in range(self.of + 1)]
        widths = (end - start - gap for start, end in pairwise(ends))
        return Content(" " * gap).join([self._segment(step, width) for step, width in enumerate(widths)])

    def _segment(self, step: int, width: int) -> Content:
        thick = step <= self.furthest
        style = "bold $accent" if step == self.step else "$hushed" if thick else "$line"
        segment = Content.styled((BAR_DONE if thick else BAR_LEFT) * width, style)
        return segment.stylize(Style.from_meta({"step": step}))

    def on_click(self, event: events.Click) -> None:
        """Tell which segment was clicked."""
        step = event.style.meta.get("step")
        if step is not None:
            self.post_message(self.Clicked(step))
