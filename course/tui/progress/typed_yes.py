"""A question that wants the word yes, for what a single key must not do."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from course.tui.commands import BACK, bindings
from course.tui.drawing.words import plain
from course.tui.progress.commands import CONFIRM_RESET
from course.tui.screens.dialog import Dialog
from course.tui.widgets.key_bar import KeyBar
from course.tui.widgets.line import Line

YES = "yes"


class TypedYes(Dialog[bool]):
    """True once yes is typed and Enter pressed; Esc means no."""

    CSS_PATH = ["../screens/dialog.tcss", "../screens/line.tcss", "progress.tcss"]  # noqa: RUF012 - Textual's own type
    AUTO_FOCUS = "Line"
    without = frozenset({"command_palette"})
    BINDINGS: ClassVar[list[BindingType]] = bindings(CONFIRM_RESET, BACK)

    def __init__(self, question: str, consequence: str) -> None:
        super().__init__()
        self._question, self._consequence = question, consequence

    def compose(self) -> ComposeResult:
        """The question, what follows, and where to type."""
        with Vertical(classes="dialog"):
            yield Static(plain(self._question, "bold"))
            yield Static(plain(self._consequence, "$quiet"), classes="about")
            yield Line(placeholder="type yes, then Enter", classes="about")
        yield KeyBar()

    def action_confirm_reset(self) -> None:
        """Take the word; anything else leaves the question open."""
        if self.query_one(Line).value.strip().casefold() == YES:
            self.dismiss(True)

    def action_back(self) -> None:
        """Do nothing."""
        self.dismiss(False)
