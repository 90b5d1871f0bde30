"""One of a few values, on one line: the arrows, space or a click take the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from course.tui.commands import Command, bindings
from course.tui.drawing.words import plain

TURN_ON = Command(
    id="turn-on", title="Change", help="Take the next value", key="right,space", in_footer=True, show_key="←→"
)
TURN_BACK = Command(id="turn-back", title="Change back", help="Take the value before", key="left")


class ValuePicker(Widget, can_focus=True):
    """Goes round its values; one that is none of them stays until the first turn."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(TURN_ON, TURN_BACK),
        Binding("enter", "turn_on", show=False),
    ]

    value: reactive[str] = reactive("", layout=True)

    @dataclass
    class Picked(Message):
        """The learner took another value."""

        picker: ValuePicker
        value: str

        @property
        def control(self) -> ValuePicker:
            """The widget, for selectors."""
            return self.picker

    def __init__(self, values: Sequence[str], value: str, id: str | None = None) -> None:
        super().__init__(id=id)
        self.values = tuple(values)
        self.set_reactive(ValuePicker.value, value)

    def render(self) -> Content:
        """The value between arrows."""
        return Content.assemble(("‹ ", "$quiet"), plain(self.value or "–"), (" ›", "$quiet"))

    def action_turn_on(self) -> None:
        """Take the next value."""
        self._turn(1)

    def action_turn_back(self) -> None:
        """Take the one before."""
        self._turn(-1)

    def on_click(self) -> None:
        """The mouse takes the next."""
        self._turn(1)

    def _turn(self, by: int) -> None:
        at = self.values.index(self.value) + by if self.value in self.values else min(by, 0)
        self.value = self.values[at % len(self.values)]
        self.post_message(self.Picked(self, self.value))
