"""The first line of every screen: where one is, and how far."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.visual import Visual
from textual.widget import Widget

from course.history import Keeping
from course.tui.drawing.visuals import Spread
from course.tui.drawing.words import plain


class TitleBar(Widget):
    """A title on the left, a status on the right; before it what is not on disk, if anything is not, and the sign of a
    bookmark or a note."""

    heading: reactive[str] = reactive("")
    status: reactive[str] = reactive("")
    keeping: reactive[Keeping] = reactive(Keeping())
    sign: reactive[str] = reactive("")
    """That what is shown is marked, or noted."""

    def __init__(self, heading: str, status: str = "") -> None:
        super().__init__()
        self.set_reactive(TitleBar.heading, heading)
        self.set_reactive(TitleBar.status, status)

    def render(self) -> Visual:
        """Both on one line."""
        status = plain(self.status, "$hushed")
        sign = plain(f"{self.sign}  " if self.sign else "", "$accent")
        return Spread(plain(self.heading, "bold"), Content.assemble(_unsaved(self.keeping), sign, status))


def _unsaved(keeping: Keeping) -> Content:
    if not keeping.pending:
        return plain("")
    if keeping.state == "saving":
        return plain(f"saving {keeping.pending} …  ", "$hushed")
    return plain(f"{keeping.pending} not saved  ", "$warning")
