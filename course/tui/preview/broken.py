"""A place of the course that cannot be shown: what is wrong stands there instead, until it is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from course.previews import Fault, Spot
from course.tui.commands import SCREENFUL_ON, bindings
from course.tui.drawing import signs
from course.tui.drawing.words import plain
from course.tui.preview.faults import FaultsView
from course.tui.screens.base import CourseScreen

if TYPE_CHECKING:
    from course.ports import Study


class BrokenScreen(CourseScreen):
    """Its problems with their lines; the place itself is back with the next save that mends it."""

    CSS_PATH = "preview.tcss"
    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = bindings(SCREENFUL_ON)

    def __init__(self, study: Study, heading: str, spot: Spot | None, faults: tuple[Fault, ...]) -> None:
        super().__init__(study, heading)
        self.spot, self.faults = spot, faults

    def compose_body(self) -> ComposeResult:
        """What to do, then the problems."""
        with VerticalScroll(id="broken"):
            yield Static(
                Content.assemble(
                    signs.CAREFUL.content,
                    plain(" This cannot be shown as it is written now. ", "bold"),
                    plain("Mend it and save: it comes back by itself. All else works; Esc goes back.", "$hushed"),
                ),
                classes="lead",
            )
            yield FaultsView(self.faults)

    async def renew(self, faults: tuple[Fault, ...]) -> None:
        """Show what is wrong now."""
        if faults == self.faults:
            return
        self.faults = faults
        box = self.query_one("#broken")
        with self.app.batch_update():
            await box.query(FaultsView).remove()
            await box.mount(FaultsView(faults))

    def action_screenful_on(self) -> None:
        """Read on."""
        self.query_one(VerticalScroll).scroll_page_down(animate=False)
