"""Rows with a cursor: the base of choosing, ordering and matching."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.visual import Visual
from textual.widgets import Static

from course.tui.commands import PICK, ROW_DOWN, ROW_UP, bindings, by_number
from course.tui.drawing.visuals import Hanging
from course.tui.widgets.keys_to import keys_to
from course.tui.widgets.question.drafted import Drafted
from quiz.questions import Answer
from quiz.verdict import Verdict


class Row(Static):
    """One row; how it looks is told by its classes."""

    @dataclass
    class Clicked(Message):
        """The mouse was on a row."""

        row: Row

    def __init__(self, index: int) -> None:
        super().__init__()
        self.index = index

    def show(self, lead: Content, body: Visual, *states: str) -> None:
        """Show a text under these states, such as `-cursor` or `-wrong`."""
        self.set_classes(" ".join(states))
        self.update(Hanging(lead, body))

    def on_click(self, event: events.Click) -> None:
        """Pass it on."""
        event.stop()
        self.post_message(self.Clicked(self))


class Rows(Vertical, can_focus=True, inherit_bindings=False):
    """Rows, of which one is under the cursor. Subclasses say what is in a row and what picking it means."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ROW_UP, ROW_DOWN), *by_number(PICK)]

    cursor: var[int | None] = var[int | None](None)
    verdict: var[Verdict | None] = var[Verdict | None](None)
    """None while the learner is still thinking."""

    missing = ""
    """What to say if there is nothing to check."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.rows = [Row(index) for index in range(size)]

    def compose(self) -> ComposeResult:
        """All rows."""
        yield from self.rows

    @property
    def answer(self) -> Answer | None:
        """The answer as it stands."""
        raise NotImplementedError

    @property
    def draft(self) -> Answer | None:
        """As much of an answer as there is."""
        return self.answer

    @property
    def telling(self) -> Row:
        """The row that says most about the learner's answer: the first that is wrong, or the one under the cursor."""
        return next((row for row in self.rows if row.has_class("-wrong")), self.rows[self.cursor or 0])

    def ask(self) -> None:
        """Take the focus."""
        keys_to(self, scroll_visible=True)

    def drafted(self) -> None:
        """Tell that the answer was changed."""
        self.post_message(Drafted(self.answer, self.draft))

    def show_rows(self) -> None:
        """Show every row as things are."""
        for row in self.rows:
            self.show_row(row)

    def show_row(self, row: Row) -> None:
        """Show one row as things are."""
        raise NotImplementedError

    def pick(self, index: int) -> None:
        """Do what choosing this row, by number or mouse, means."""
        raise NotImplementedError

    def watch_cursor(self) -> None:
        """The row under the cursor looks different, and must be in sight."""
        self.show_rows()
        if self.cursor is not None and self.is_mounted:
            self.rows[self.cursor].scroll_visible(animate=False)

    def watch_verdict(self, verdict: Verdict | None) -> None:
        """After the verdict there is nothing to choose any more."""
        self.can_focus = verdict is None
        self.set_class(verdict is None, "-asking")
        self.show_rows()

    def states(self, index: int) -> Sequence[str]:
        """Return the classes of a row that is being thought about."""
        return ("-cursor",) if index == self.cursor and self.verdict is None else ()

    def action_row_up(self) -> None:
        """Move the cursor up."""
        self.cursor = len(self.rows) - 1 if self.cursor is None else max(0, self.cursor - 1)

    def action_row_down(self) -> None:
        """Move the cursor down."""
        self.cursor = 0 if self.cursor is None else min(len(self.rows) - 1, self.cursor + 1)

    def action_pick(self, number: int) -> None:
        """Pick by number, from 1."""
        if number <= len(self.rows):
            self.pick(number - 1)

    @on(Row.Clicked)
    def _on_row(self, event: Row.Clicked) -> None:
        event.stop()
        if self.verdict is None and event.row in self.rows:
            keys_to(self)
            self.pick(event.row.index)
