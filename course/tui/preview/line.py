"""The line over the keys: that this is a preview, whether it follows, and how many problems there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from textual.content import Content
from textual.reactive import reactive
from textual.visual import Visual
from textual.widget import Widget

from course.tui.drawing import signs
from course.tui.drawing.visuals import Spread
from course.tui.drawing.words import count, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the line says."""

    following: bool = True
    problems: int | None = None
    """None: they are being counted for the first time."""
    waiting: str = ""
    """A file that was saved and is not shown, since something else must not be left."""


@runtime_checkable
class HasStanding(Protocol):
    """The app, as far as the line needs to know it."""

    standing: Standing


class PreviewLine(Widget):
    """One line, on every screen of the preview."""

    standing: reactive[Standing] = reactive(Standing())

    def on_mount(self) -> None:
        """Follow the app."""
        self.watch(self.app, "standing", self._take)

    def _take(self, standing: Standing) -> None:
        self.standing = standing

    def render(self) -> Visual:
        """What is going on at the left, how the pack is at the right."""
        sign = signs.HERE if self.standing.following else signs.OPEN
        left = Content.assemble(sign.content, " ", plain(self._going_on()), plain(" · nothing is kept", "$hushed"))
        return Spread(left, self._problems())

    def _going_on(self) -> str:
        if self.standing.waiting:
            return f"{self.standing.waiting} was saved, ^k goes there"
        return "Preview: follows what you save, ^k stays" if self.standing.following else "Preview: stays, ^k follows"

    def _problems(self) -> Content:
        number = self.standing.problems
        if number is None:
            return plain("checking …", "$hushed")
        if not number:
            return Content.assemble(signs.DONE.content, plain(" no problems"))
        return Content.assemble(signs.WRONG.content, plain(f" {count(number, 'problem')} ^e", "$error"))
