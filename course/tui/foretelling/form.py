"""What is asked of a run, part by part: an ending to choose, numbers to type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from course.tui.commands import bindings
from course.tui.drawing.words import plain
from course.tui.foretelling.commands import ENDING_BEFORE, NEXT_ENDING
from course.tui.widgets.keys_to import keys_to
from course.tui.widgets.line import NumberLine
from course.tui.widgets.question.choice import ONE
from course.tui.widgets.value_picker import ValuePicker
from labs.prediction import ASKED, ENDINGS, Part, Unreadable, Value, Values, in_words, read


class EndingLine(ValuePicker, inherit_bindings=False):
    """The endings beside each other; one is chosen, or none."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(NEXT_ENDING, ENDING_BEFORE)

    def __init__(self, value: str) -> None:
        super().__init__([in_words("ending", ending) for ending in ENDINGS], value)

    def render(self) -> Content:
        """All of them, with a sign before each."""
        parts = [Content.assemble(plain(f"{ONE[each == self.value]} ", "$accent"), plain(each)) for each in self.values]
        return Content("   ").join(parts)

    action_next_ending = ValuePicker.action_turn_on
    action_ending_before = ValuePicker.action_turn_back


class CountLine(NumberLine):
    """Takes a number, and a dash for never; the arrows up and down, as letters, are commands."""

    MARKS: ClassVar[frozenset[str]] = frozenset("0123456789.,-")


class PredictionForm(Vertical):
    """The parts under each other. Whoever composes it hears of each change, and asks what was said."""

    @dataclass
    class Changed(Message):
        """Something else is said now."""

        said: Values

    def __init__(self, asks: tuple[Part, ...], said: Values) -> None:
        super().__init__()
        self._asks = asks
        self._texts: dict[Part, str] = {part: _typed(part, said[part]) for part in asks if part in said}
        self._fields: Mapping[Part, Widget] = {part: self._field(part) for part in asks}

    def _field(self, part: Part) -> Widget:
        text = self._texts.get(part, "")
        if part == "ending":
            return EndingLine(text)
        return CountLine(text, placeholder=ASKED[part].example, select_on_focus=False)

    def compose(self) -> ComposeResult:
        """For each part what is asked, what counts, and a line for it."""
        for part in self._asks:
            yield Static(plain(ASKED[part].question, "bold"), classes="part")
            yield Static(plain(ASKED[part].counts, "$hushed"))
            yield self._fields[part]

    @property
    def said(self) -> Values:
        """What can be read of it."""
        return {part: value for part, value in self._read() if not isinstance(value, Unreadable)}

    @property
    def lacking(self) -> str:
        """What is wrong with the first part that cannot be read; empty if all can."""
        return next((value.say for _, value in self._read() if isinstance(value, Unreadable)), "")

    def _read(self) -> Iterator[tuple[Part, Value | Unreadable]]:
        for part in self._asks:
            yield part, read(part, self._texts.get(part, ""))

    def ask(self) -> None:
        """Give the keys to the first part that cannot be read, or to the first."""
        lacking = next((part for part, value in self._read() if isinstance(value, Unreadable)), self._asks[0])
        keys_to(self._fields[lacking], scroll_visible=True)

    def move(self, by: int) -> None:
        """Give the keys to the next part, or the one before."""
        fields = list(self._fields.values())
        at = next((at for at, field in enumerate(fields) if field.has_focus), -by)
        keys_to(fields[(at + by) % len(fields)], scroll_visible=True)

    @on(Input.Changed)
    @on(ValuePicker.Picked)
    def _changed(self, event: Input.Changed | ValuePicker.Picked) -> None:
        event.stop()
        before = self.said
        part = next(part for part, field in self._fields.items() if field is event.control)
        self._texts[part] = event.value
        if self.said != before:
            self.post_message(self.Changed(self.said))


def _typed(part: Part, value: Value) -> str:
    """Return what was typed for a value."""
    if part == "ending":
        return in_words(part, value)
    return "-" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
