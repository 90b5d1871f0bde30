"""One value of the plan in the form: its name, its value, and what may stand there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.visual import Visual
from textual.widget import Widget
from textual.widgets import Input

from course.tui.drawing.visuals import Spread
from course.tui.drawing.words import inert, plain
from course.tui.lab.plan.adder import Adder
from course.tui.widgets.line import Line, NumberLine, WholeLine
from course.tui.widgets.value_picker import ValuePicker

if TYPE_CHECKING:
    from course.plan_text import FieldValue, FormField

_WHOLE = re.compile(r"[-+]?[0-9]{1,15}")
_NUMBER = re.compile(r"[-+]?([0-9]{1,15}(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]{1,2})?")
TRUTHS = ("true", "false")
Entry = Line | ValuePicker | Adder
LINES: Mapping[str, type[Line]] = {"whole number": WholeLine, "number": NumberLine}
"""Lines for numbers leave letters to commands."""
ALLOWED = 15
"""Columns for the bounds; the style sheet leaves as much room beside the value."""


class FormRow(Widget):
    """A line to type in, or a few values to go round. What stands beside it is drawn by the row: a form has many."""

    @dataclass
    class Edited(Message):
        """The learner wants another value."""

        field: FormField
        value: FieldValue

    @dataclass
    class Added(Message):
        """The learner wants one more of what the field is a list of."""

        field: FormField

    @dataclass
    class Entered(Message):
        """The learner has come to this value, or what there is to say of it has changed."""

        field: FormField

    def __init__(self, field: FormField) -> None:
        super().__init__()
        self.field = field
        self.entry: Entry = _entry(field)

    def compose(self) -> ComposeResult:
        """The value."""
        yield self.entry

    def render(self) -> Visual:
        """The name at the left of the value, the bounds at its right."""
        allowed = bounds(self.field) if isinstance(self.entry, Line) else ""
        name = "" if isinstance(self.entry, Adder) else self.field.name
        return Spread(plain(name), plain(allowed.ljust(ALLOWED), "$quiet"))

    def show(self, field: FormField, *, anew: bool = False) -> None:
        """Show the value as it stands in the plan; a line that is being typed in is left alone, unless `anew`."""
        if self.entry.has_focus and field.about != self.field.about:
            self.post_message(self.Entered(field))
        if field.allowed != self.field.allowed:
            self.refresh()
        self.field = field
        if isinstance(self.entry, ValuePicker):
            self.entry.value = words(field.value)
        elif isinstance(self.entry, Line) and (anew or not self.entry.has_focus):
            with self.prevent(Input.Changed):
                self.entry.value = words(field.value)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Let what there is to say of it be said."""
        self.post_message(self.Entered(self.field))

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """What was typed and is no value goes; the plan's value comes back."""
        self.call_after_refresh(lambda: self.show(self.field))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._want(event.value)

    @on(Adder.Wanted)
    def _wanted(self, event: Adder.Wanted) -> None:
        event.stop()
        self.post_message(self.Added(self.field))

    @on(ValuePicker.Picked)
    def _turned(self, event: ValuePicker.Picked) -> None:
        event.stop()
        self._want(event.value)

    def _want(self, text: str) -> None:
        if text.strip() and text != words(self.field.value):
            self.post_message(self.Edited(self.field, meant(self.field, text)))


def _entry(field: FormField) -> Entry:
    if field.kind == "list":
        return Adder(field.name)
    if choices := choices_of(field):
        return ValuePicker(choices, words(field.value))
    suggester = SuggestFromList(field.suggestions, case_sensitive=False) if field.suggestions else None
    # The plan is checked as a whole; a check of each line would style it anew, three times before it is shown.
    kind = LINES.get(field.kind, Line)
    return kind(words(field.value), placeholder="not set", suggester=suggester, validate_on=())


def shape_of(field: FormField) -> tuple[object, ...]:
    """Return what two fields must have in common to be shown in the same row."""
    return field.trail, choices_of(field)


def choices_of(field: FormField) -> tuple[str, ...]:
    """Return all values that are possible, if they can be counted."""
    return TRUTHS if field.kind == "true or false" else field.choices


def bounds(field: FormField) -> str:
    """Return what may stand there in few words: the kind goes without saying where there are bounds."""
    return field.allowed.partition(", ")[2].replace("characters", "long") or field.allowed


def words(value: FieldValue | None) -> str:
    """Return a value as it is typed."""
    if value is None:
        return ""
    return TRUTHS[not value] if isinstance(value, bool) else inert(str(value))


def meant(field: FormField, text: str) -> FieldValue:
    """Return the value of what was typed; what is no number stays text, so that the check can say so."""
    bare = text.strip()
    if field.kind == "true or false" and bare in TRUTHS:
        return bare == TRUTHS[0]
    if field.kind in ("whole number", "number") and _WHOLE.fullmatch(bare):
        return int(bare)
    if field.kind == "number" and _NUMBER.fullmatch(bare):
        return float(bare)
    return bare if field.kind != "text" else text
