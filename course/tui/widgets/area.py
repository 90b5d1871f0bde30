"""Lines to write in, or to mark and copy from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.widgets import TextArea

from course.characters import is_text, without
from course.tui.drawing.words import LEFT_OUT


class Area(TextArea):
    """Like Textual's, but what comes in goes without what is no text: all that is kept is seen."""

    def __init__(self, text: str = "", **how: Any) -> None:  # noqa: ANN401 - Textual's own, which check themselves
        super().__init__(without(text), **how)
        self._whole = is_text(text)

    def on_mount(self) -> None:
        """Say what was done to the text."""
        if not self._whole:
            self.notify(LEFT_OUT, severity="warning")

    def load_text(self, text: str) -> None:
        """Take another text."""
        super().load_text(without(text))

    def edit(self, edit: Edit) -> EditResult:
        """Make a change, and say so where not all of it was taken."""
        if is_text(edit.text):
            return super().edit(edit)
        self.notify(LEFT_OUT, severity="warning")
        return super().edit(replace(edit, text=without(edit.text)))
