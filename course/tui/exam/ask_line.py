"""A line that is asked for: a note, a number, a date."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from course.tui.commands import BACK, bindings
from course.tui.drawing.words import plain
from course.tui.exam.commands import TAKE_LINE
from course.tui.screens.dialog import Dialog
from course.tui.widgets.key_bar import KeyBar
from course.tui.widgets.line import Line


class AskLine(Dialog[str | None]):
    """Returns what was typed; None to leave everything as it is."""

    CSS_PATH = ["../screens/dialog.tcss", "../screens/line.tcss", "ask_line.tcss"]  # noqa: RUF012 - Textual's own type
    AUTO_FOCUS = "Line"
    without = frozenset({"command_palette"})
    BINDINGS: ClassVar[list[BindingType]] = bindings(TAKE_LINE, BACK)

    def __init__(
        self,
        question: str,
        about: str,
        value: str = "",
        wrong: Callable[[str], str] = lambda typed: "",
        *,
        keeps: bool = False,
    ) -> None:
        """Take `wrong`, which returns what is wrong with a line; empty for one that can be taken. With `keeps` the line
        is taken whatever way one leaves, as notes are."""
        super().__init__()
        self._keeps = keeps
        self._question, self._about, self._value, self._wrong = question, about, value, wrong

    def compose(self) -> ComposeResult:
        """The question over the line."""
        with Vertical(classes="dialog"):
            yield Static(plain(self._question, "bold"))
            yield Line(self._value, select_on_focus=False)
            yield Static(plain(self._about, "$hushed"), id="about")
        yield KeyBar()

    def action_take_line(self) -> None:
        """Take it, or say what is wrong with it."""
        typed = self.query_one(Line).value.strip()
        if complaint := self._wrong(typed):
            self.query_one("#about", Static).update(plain(complaint, "$warning"))
        else:
            self.dismiss(typed)

    def action_back(self) -> None:
        """Leave everything as it is, but for what must not get lost."""
        self.dismiss(self.query_one(Line).value.strip() if self._keeps else None)
