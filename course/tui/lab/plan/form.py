"""The plan as a form. It has no value of its own: it writes into the editor's text and shows what stands there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from course.tui.commands import bindings
from course.tui.drawing.words import plain
from course.tui.lab.plan.adder import Adder
from course.tui.lab.plan.commands import DONE_TYPING, FORM, TAKE_OUT
from course.tui.lab.plan.editor import PlanEditor
from course.tui.lab.plan.form_row import FormRow, shape_of
from course.tui.widgets.keys_to import keys_to

if TYPE_CHECKING:
    from course.plan_text import FormField, Trail
    from course.ports import Desk

UPDATE, ALARM = "UpdateEndpoint", "PutMetricAlarm"
ONLY_ONE = "Nothing would be left of the plan without it."
READING = "Reading the plan …"
UNREADABLE = "The plan cannot be read as it stands. Mend it in the YAML (f2); the findings say where."


@dataclass(frozen=True, slots=True)
class Switching:
    """Strategies gone through one after the other: each is tried on the text as it was before the first, so that going
    round loses nothing."""

    begun: str
    ended: str


class FormPane(VerticalScroll, can_focus=False):
    """A row for each value, under the request that it belongs to."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(DONE_TYPING, *FORM)

    @dataclass
    class Read(Message):
        """A text has been read."""

        text: str
        fields: tuple[FormField, ...]

    def __init__(self, desk: Desk, editor: PlanEditor) -> None:
        super().__init__()
        self._desk, self._editor = desk, editor
        self._wanted = False
        """Have the keys been given to the form before it had a row to take them?"""
        self._next: Trail | None = None
        """Where the keys go once the rows are made anew, None for where they were."""
        self._anew = False
        """Does the text come from elsewhere than from the line that has the keys?"""
        self._switching = Switching("", "")

    def compose(self) -> ComposeResult:
        """What to say while there is no form; the rows come with the first text."""
        yield Static(plain(READING, "$quiet"), classes="note")

    @work(thread=True, exclusive=True, group="form")
    def follow(self) -> None:
        """Show what stands in the editor."""
        text = self._editor.text
        self.post_message(self.Read(text, self._desk.form(text)))

    @on(Read)
    async def _read(self, event: Read) -> None:
        event.stop()
        if event.text != self._editor.text:
            return
        note = self.query_one(".note", Static)
        note.update(plain(UNREADABLE, "$warning"))
        note.display = not event.fields
        rows = {shape_of(row.field): row for row in self.query(FormRow)}
        shapes = {shape_of(field): field for field in event.fields}
        if rows.keys() == shapes.keys():
            for shape, row in rows.items():
                row.show(shapes[shape], anew=self._anew)
        else:
            await self._rebuild(event.fields)
        self._anew = False
        self._name_groups(event.fields)

    async def _rebuild(self, fields: tuple[FormField, ...]) -> None:
        asking, self._next = self._next or self._place, None
        here = self.has_focus_within
        with self.app.batch_update():
            await self.query("FormRow, .group").remove()
            await self.mount(*_widgets(fields))
        if (here or self._wanted) and self.display:
            self.call_after_refresh(self.ask, asking)

    def _name_groups(self, fields: tuple[FormField, ...]) -> None:
        names = [name for name, _ in groupby(in_order(fields), key=lambda field: field.group)]
        for heading, name in zip(self.query(".group").results(Static), names, strict=False):
            heading.update(plain(name, "bold $accent"))

    def ask(self, trail: tuple[str | int, ...] | None = None) -> bool:
        """Give the keys to a field, or to the one nearest to where it was, or to the first one; False if there is none
        yet, which then asks by itself."""
        row = max(self.query(FormRow), key=lambda row: _near(row.field.trail, trail or ()), default=None)
        self._wanted = row is None or not row.entry.is_mounted
        if row is not None and row.entry.is_mounted:
            keys_to(row.entry, scroll_visible=True)
        return not self._wanted

    @property
    def first_focus(self) -> Widget | None:
        """What takes the keys first, None before there is a row."""
        return next((row.entry for row in self.query(FormRow) if row.entry.is_mounted), None)

    @on(FormRow.Edited)
    def _write(self, event: FormRow.Edited) -> None:
        event.stop()
        before, trail = self._editor.text, event.field.trail
        if event.field.is_strategy:
            before = self._switching.begun if before == self._switching.ended else before
        text = self._desk.edited(before, trail, event.value)
        if event.field.is_strategy:
            self._switching = Switching(before, text)
        self._change(text)

    @on(FormRow.Added)
    def _add(self, event: FormRow.Added) -> None:
        event.stop()
        trail = event.field.trail
        self._next = (*trail, event.field.entries)
        self._change(self._desk.added(self._editor.text, trail))

    def _change(self, text: str) -> None:
        if text != self._editor.text:
            amend(self._editor, text)

    @property
    def _place(self) -> Trail | None:
        """Where the field that has the keys stands in the plan."""
        return next((row.field.trail for row in self.query(FormRow) if row.entry.has_focus), None)

    def action_take_out(self) -> None:
        """Take out what the field belongs to; where nothing more would be left, say so."""
        if self._place and self.check_action(TAKE_OUT.action, ()):
            text = self._desk.taken_out(self._editor.text, self._place)
            if text == self._editor.text:
                self.notify(ONLY_ONE)
            self._anew = True
            self._change(text)

    def action_form_undo(self) -> None:
        """Take the last change back, whoever made it."""
        self._anew = True
        self._editor.undo()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only an alarm or another entry of a list can be taken out, by a field of its own."""
        if action != TAKE_OUT.action:
            return True
        place = () if isinstance(self.screen.focused, Adder) else self._place or ()
        return any(isinstance(key, int) for key in place) or place[:1] == (ALARM,)

    def action_done_typing(self) -> None:
        """Single keys are commands again."""
        self._editor.post_message(PlanEditor.Done())

    def action_field_down(self) -> None:
        """Go to the next field."""
        self.screen.focus_next("FormRow Line, FormRow ValuePicker, FormRow Adder")

    def action_field_up(self) -> None:
        """Go to the field before."""
        self.screen.focus_previous("FormRow Line, FormRow ValuePicker, FormRow Adder")


def in_order(fields: Sequence[FormField]) -> list[FormField]:
    """Return the update first, for that is what a plan is about, then the alarms; what is missing stands where it would
    in the plan, beside what is nearest to it."""
    placed = [field for field in fields if field.value is not None]
    for field in (field for field in fields if field.value is None):
        near = [_common(field.trail, other.trail) for other in placed]
        nearest = max(near, default=0)
        place = len(near) - near[::-1].index(nearest) if near else 0
        placed.insert(place, field)
    return sorted(placed, key=lambda field: field.trail[0] != UPDATE)


def _common(one: Trail, other: Trail) -> int:
    """Return how many keys two trails have in common from their beginning."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _near(trail: Trail, wanted: Trail) -> tuple[int, bool]:
    """Return a key to sort by: the more two trails share, the nearer; what is in the wanted one is nearer still."""
    common = _common(trail, wanted)
    return common, common == len(wanted)


def _widgets(fields: tuple[FormField, ...]) -> list[Widget]:
    widgets: list[Widget] = []
    for name, group in groupby(in_order(fields), key=lambda field: field.group):
        widgets += [Static(plain(name, "bold $accent"), classes="group"), *map(FormRow, group)]
    return widgets


def amend(editor: PlanEditor, text: str) -> None:
    """Replace what differs and nothing else, so that undo takes back just that, and the cursor stays."""
    old, new = (each.replace("\r\n", "\n") for each in (editor.text, text))
    start = _shared(old, new)
    same = _shared(old[start:][::-1], new[start:][::-1])
    editor.replace(new[start : len(new) - same], _location(old, start), _location(old, len(old) - same))


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts have in common from their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _location(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, both from 0."""
    return text.count("\n", 0, offset), offset - text.rfind("\n", 0, offset) - 1
