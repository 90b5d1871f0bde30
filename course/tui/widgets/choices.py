"""A list to choose from."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widgets import OptionList

from course.tui.commands import OPEN, bindings

MARK = "▌"
"""In the first cell of the highlighted row."""


class Choices(OptionList):
    """Like Textual's, but Enter is a command that the footer shows, and j and k move too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(OPEN),
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
    ]

    def action_open(self) -> None:
        """Choose what is highlighted."""
        self.action_select()

    def render_line(self, y: int) -> Strip:
        """Put a bar before what is highlighted: its background alone is hard to see, and not everybody has colours."""
        strip = super().render_line(y)
        line = self.scroll_offset.y + y
        if line >= len(self._lines) or self._lines[line][0] != self.highlighted:
            return strip
        style = self.get_visual_style("option-list--option", "option-list--option-highlighted").rich_style
        return Strip.join([Strip([Segment(MARK, style)], 1), strip.crop(1)])


class Rows(Choices):
    """A list in which to highlight is to choose; what Enter and the arrows to the sides do is the screen's business."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave these keys to the screen."""
        return action not in ("open", "select", "scroll_left", "scroll_right")
