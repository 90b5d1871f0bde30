"""Writing a note: several lines, kept whatever way one leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.timer import Timer
from textual.widgets import Static, TextArea

from course.tui.commands import bindings
from course.tui.drawing.words import plain
from course.tui.marking.commands import KEEP_NOTE
from course.tui.screens.dialog import Dialog
from course.tui.widgets.area import Area
from course.tui.widgets.key_bar import KeyBar


class NoteDialog(Dialog[None]):
    """A note is kept when the learner pauses, and whatever way they leave; an emptied one is taken away."""

    CSS_PATH = "../screens/dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEEP_NOTE)

    PAUSE_S: ClassVar[float] = 0.8
    """What was typed is kept when nothing has been typed for so long."""

    def __init__(self, text: str, keep: Callable[[str], None]) -> None:
        super().__init__()
        self.area = Area(text, compact=True)
        self._kept, self._keep = self.area.text, keep
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        """The lines to write in."""
        with Vertical(classes="dialog"):
            yield Static(plain("Note", "bold"))
            yield Static(plain("It stands here whenever you come back. Esc keeps it; empty, it is gone.", "$quiet"))
            yield self.area
        yield KeyBar()

    def on_mount(self) -> None:
        """Write on at the end."""
        self.area.move_cursor(self.area.document.end)
        self.area.focus()

    @on(TextArea.Changed)
    def _wait(self, event: TextArea.Changed) -> None:
        event.stop()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(self.PAUSE_S, self.save)

    def save(self) -> None:
        """Keep the note if it is another one now."""
        if self.area.text != self._kept:
            self._kept = self.area.text
            self._keep(self._kept)

    def on_unmount(self) -> None:
        """Whoever quits from here loses nothing."""
        self.save()

    def action_keep_note(self) -> None:
        """Keep it, and go back."""
        self.save()
        self.dismiss(None)
