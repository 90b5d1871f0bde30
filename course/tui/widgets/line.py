"""A line to type in."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

from course.characters import in_one_line


class Line(Input, inherit_bindings=False):
    """Like Textual's, but Enter is left to whatever the line stands in, so that the footer can say what it does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key for key in Input.BINDINGS if isinstance(key, Binding) and key.key != "enter"
    ]

    def validate_value(self, value: str) -> str:
        """What a history or a plan puts here may be more than a line, and less than text."""
        return in_one_line(value)


class NumberLine(Line):
    """Takes what numbers are written with; every other key is a command, as it is beside the line."""

    MARKS: ClassVar[frozenset[str]] = frozenset("0123456789.,+-eE%/ _'")

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Leave the rest to commands, and say so in the footer."""
        return character in self.MARKS

    async def _on_key(self, event: events.Key) -> None:
        if event.is_printable and event.character not in self.MARKS:
            event.prevent_default()


class WholeLine(NumberLine):
    """Takes what whole numbers are written with; `e` is a command here, as it is beside the line."""

    MARKS: ClassVar[frozenset[str]] = frozenset("0123456789+-_ ")
