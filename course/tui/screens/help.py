"""Every key that works where the learner was when asking for help."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from course.tui.commands import BACK, bindings
from course.tui.drawing.visuals import Hanging
from course.tui.drawing.words import plain
from course.tui.screens.dialog import Dialog
from course.tui.widgets.key_bar import KeyBar

ABOUT = (
    "Read, answer, and try it out in a lab. Everything that you do is written down at once, so you can leave at any "
    "moment and go on where you were. The line at the bottom shows the keys that make sense now; each of them can "
    "be clicked."
)
KEY_WIDTH = 14


class HelpScreen(Dialog[None]):
    """A list of keys with a sentence for each."""

    CSS_PATH = "dialog.tcss"
    without = frozenset({"command_palette"})

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(BACK),
        Binding("question_mark,f1,q,enter", "back", show=False),
        Binding("j", "scroll_down", show=False),
        Binding("k", "scroll_up", show=False),
    ]

    def __init__(self, keys: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self.keys = tuple(keys)

    def compose(self) -> ComposeResult:
        """What this is, then the keys."""
        with Vertical(classes="dialog"):
            yield Static(plain("Keys that work here", "bold $accent"), classes="heading")
            with VerticalScroll():
                for key, sentence in self.keys:
                    yield Static(Hanging(plain(f"{key:<{KEY_WIDTH}} ", "bold"), plain(sentence)))
                yield Static(plain(ABOUT, "$hushed"), classes="about")
        yield KeyBar()

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def action_back(self) -> None:
        """Close the help."""
        self.dismiss()
