"""A list to choose from."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from course.tui.commands import OPEN, bindings


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
