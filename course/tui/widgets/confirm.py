"""A question that wants a yes."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from course.tui.commands import Command, bindings
from course.tui.drawing.words import plain
from course.tui.screens.dialog import Dialog
from course.tui.widgets.key_bar import KeyBar

ANSWER_YES = Command(id="answer-yes", title="Yes", help="Do it", key="y", in_footer=True)
ANSWER_NO = Command(id="answer-no", title="No", help="Leave everything as it is", key="n,escape", in_footer=True)


class Confirm(Dialog[bool]):
    """Asks before something is put in the place of something else; Esc means no."""

    CSS_PATH = ["../screens/dialog.tcss", "confirm.tcss"]  # noqa: RUF012 - Textual's own type
    BINDINGS: ClassVar[list[BindingType]] = bindings(ANSWER_YES, ANSWER_NO)

    def __init__(self, question: str, consequence: str, yes: str, no: str = "No, keep it") -> None:
        super().__init__()
        self._question, self._consequence, self._yes, self._no = question, consequence, yes, no

    def compose(self) -> ComposeResult:
        """The question, what follows from a yes, two buttons."""
        with Vertical(classes="dialog"):
            yield Static(plain(self._question, "bold"))
            yield Static(plain(self._consequence, "$quiet"))
            with Horizontal(classes="buttons"):
                yield Button(plain(self._yes), id="yes", compact=True)
                yield Button(plain(self._no), id="no", compact=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """Start at the answer that changes nothing."""
        self.query_one("#no", Button).focus()

    @on(Button.Pressed)
    def answer(self, event: Button.Pressed) -> None:
        """Take the button for an answer."""
        self.dismiss(event.button.id == "yes")

    def action_answer_yes(self) -> None:
        """Yes."""
        self.dismiss(True)

    def action_answer_no(self) -> None:
        """No."""
        self.dismiss(False)
