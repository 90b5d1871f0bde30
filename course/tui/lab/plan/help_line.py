"""The line that tells of one field: what it means, what fits, what holds without it."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from course.tui.drawing.words import plain

BETWEEN = " · "
NOTHING = "ctrl+n or ctrl+space: what may be written here"


class HelpLine(Widget):
    """Shows the meaning, and the rest of the line more quietly."""

    say: reactive[str] = reactive("")

    def render(self) -> Content:
        """One line."""
        if not self.say:
            return plain(NOTHING, "$quiet")
        meaning, between, rest = self.say.partition(BETWEEN)
        return Content.assemble(plain(meaning), plain(between + rest, "$quiet"))
