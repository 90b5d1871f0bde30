"""What stands in the way while the terminal is too small."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

from course.tui.drawing.words import plain
from course.tui.room import NEEDED, is_too_small


class TooSmallScreen(ModalScreen[None]):
    """Goes away by itself once there is room; no key gets through to what is behind it."""

    CSS_PATH = "dialog.tcss"
    without = frozenset({"command_palette"})

    def compose(self) -> ComposeResult:
        """One sentence."""
        yield Static(id="sentence")

    def on_resize(self, event: events.Resize) -> None:
        """Say what is missing, or make way."""
        if not is_too_small(event.size):
            if self.is_current:  # a window that is pulled sends several sizes before this one is gone
                self.dismiss()
            return
        now = f"{event.size.width}×{event.size.height}"
        needed = f"the course needs {NEEDED.width}×{NEEDED.height}."
        self.query_one("#sentence", Static).update(
            plain(f"This window is too small.\nIt has {now} characters,\n{needed}\n\nMake it larger to go on.")
        )
