"""A screen that shows one view after another in a column that scrolls."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from course.tui.lesson.steps_bar import StepsBar
from course.tui.screens.scrolling import Page, ScrollingScreen
from course.tui.widgets.fence import Fence
from course.tui.widgets.question.panel import QuestionPanel


@runtime_checkable
class Askable(Protocol):
    """A view that wants the focus."""

    def ask(self) -> None:
        """Take it."""


class PagedScreen(ScrollingScreen):
    """The exchange of views."""

    CSS_PATH = ["../screens/page.tcss", "../screens/line.tcss"]  # noqa: RUF012 - Textual's own type

    def compose_body(self) -> ComposeResult:
        """The steps, and the page with its column."""
        yield StepsBar()
        with Page():
            yield Vertical(id="column")

    def view(self) -> Widget:
        """Build what is to be shown now."""
        raise NotImplementedError

    async def turn(self) -> None:
        """Show the view of now instead of the last one, from its top; one at a time, however fast the keys come."""
        async with self.lock:
            view = self.view()
            column = self.query_one("#column")
            with self.app.batch_update():
                await column.remove_children()
                await column.mount(view)
            self.page.scroll_home(animate=False, immediate=True)
            if isinstance(view, Askable):
                view.ask()
            self.refresh_bindings()

    @property
    def is_asking(self) -> bool:
        """Is there a question without a verdict?"""
        return any(panel.verdict is None for panel in self.query(QuestionPanel))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While thinking about a question, nobody reads on; and few diagrams are wider than the window."""
        if action == "sideways":
            return any(fence.max_scroll_x > 0 for fence in self.query(Fence))
        return not (action == "read_on" and self.is_asking)

    def action_read_on(self) -> None:
        """Go down a screenful, or on to the next view."""
        if self.at_end:
            self.go_on()
        else:
            self.action_page_down()

    def go_on(self) -> None:
        """Go to the next view."""
        raise NotImplementedError

    def action_sideways(self) -> None:
        """Scroll wide diagrams to their right end, or back."""
        for fence in self.query(Fence):
            fence.scroll_to(x=0 if fence.scroll_offset.x else fence.max_scroll_x, animate=False)
