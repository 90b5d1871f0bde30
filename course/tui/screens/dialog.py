"""What lies over a screen, asks something, and goes away with the answer."""

from __future__ import annotations

from typing import Generic

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, ScreenResultType


class Dialog(ModalScreen[ScreenResultType], Generic[ScreenResultType]):
    """Takes one answer. Textual would take whatever lies on top for what is dismissed, be it another screen."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Go away, unless that has been done."""
        return super().dismiss(result) if self.is_current else AwaitComplete()
