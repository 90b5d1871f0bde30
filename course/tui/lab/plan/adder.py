"""A line of the form that adds an alarm or a dimension to the plan."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from course.tui.commands import bindings
from course.tui.drawing.words import plain
from course.tui.lab.plan.commands import ADD_ENTRY


class Adder(Widget, can_focus=True):
    """Says what it adds."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = bindings(ADD_ENTRY)

    class Wanted(Message):
        """One more, please."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def render(self) -> Content:
        """A plus and the title."""
        return Content.assemble(("+ ", "$accent"), plain(self._title))

    def action_add_entry(self) -> None:
        """Ask for it."""
        self.post_message(self.Wanted())

    def on_click(self) -> None:
        """The mouse asks too."""
        self.action_add_entry()
