"""The editor that keeps what is typed: after a pause, and whatever way the learner leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.reactive import reactive
from textual.widgets import TextArea

from course.tui.lab.plan.editor import PlanEditor


class Draft(PlanEditor):
    """A plan that is being written."""

    SAVE_PAUSE_S: ClassVar[float] = 0.8
    """The draft is saved when nothing has been typed for so long."""

    kept: reactive[bool] = reactive(True)
    """Has the journal what stands here?"""

    def __init__(self, text: str, keep: Callable[[str], None]) -> None:
        super().__init__(text)
        self._keep, self._saved = keep, text

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self.kept = self.text == self._saved
        self._save_soon()

    @work(exclusive=True, group="save")
    async def _save_soon(self) -> None:
        await asyncio.sleep(self.SAVE_PAUSE_S)
        self.save()

    def save(self) -> None:
        """Write the draft down, if it is another one."""
        if self.text != self._saved:
            self._keep(self.text)
            self._saved = self.text
        self.kept = True

    def on_unmount(self) -> None:
        """Leave nothing behind."""
        self.save()
