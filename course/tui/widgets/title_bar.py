"""The first line of every screen: where one is, and how far."""

from __future__ import annotations

from textual.reactive import reactive
from textual.visual import Visual
from textual.widget import Widget

from course.tui.drawing.visuals import Spread
from course.tui.drawing.words import plain


class TitleBar(Widget):
    """A title on the left, a status on the right."""

    heading: reactive[str] = reactive("")
    status: reactive[str] = reactive("")

    def __init__(self, heading: str, status: str = "") -> None:
        super().__init__()
        self.set_reactive(TitleBar.heading, heading)
        self.set_reactive(TitleBar.status, status)

    def render(self) -> Visual:
        """Both on one line."""
        return Spread(plain(self.heading, "bold"), plain(self.status, "$hushed"))
