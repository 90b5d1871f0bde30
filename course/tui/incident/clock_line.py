"""The line over the charts: what time it is, whether the clock runs, and how fast."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.visual import Visual
from textual.widget import Widget

from course.tui.drawing.clock import clock
from course.tui.drawing.visuals import Spread
from course.tui.drawing.words import plain
from course.tui.incident.shift import Shift


class ClockLine(Widget):
    """One line."""

    shift: reactive[Shift] = reactive(Shift())
    waiting: reactive[bool] = reactive(False)
    """Does the clock wait for an answer, or until a window is closed?"""
    wall: reactive[str] = reactive("")
    """The time of day, as the people in the story have it."""

    def render(self) -> Visual:
        """The wall clock on the left, the run's on the right."""
        now = self.shift
        if self.waiting and now.running:
            state, keys = Content.styled(f"‖ waits ×{now.speed}", "bold $warning"), "for you; then it goes on"
        elif now.running:
            state, keys = Content.styled(f"▶ live ×{now.speed}", "bold $accent"), "+ - speed, space holds"
        else:
            state, keys = Content.styled(f"‖ held ×{now.speed}", "bold $warning"), "what is graded stands still"
        left = Content.assemble(plain(self.wall, "bold"), "   ", state, "   ", Content.styled(keys, "$hushed"))
        where = Content.assemble(
            Content.styled(clock(now.t), "bold"), Content.styled(f" of {clock(now.end)}", "$hushed")
        )
        return Spread(left, where)
