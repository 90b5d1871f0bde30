"""A screen that shows one view after another in a column that scrolls."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget

from course.tui.commands import SCROLLING, bindings
from course.tui.screens.base import CourseScreen
from course.tui.widgets.steps_bar import StepsBar


class Page(VerticalScroll, can_focus=False):
    """The scrolling column. The keys for scrolling belong to the screen, so that it never needs the focus."""


class PagedScreen(CourseScreen):
    """Scrolling by keys, and the exchange of views."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*SCROLLING)

    def compose_body(self) -> ComposeResult:
        """The steps, and the page with its column."""
        yield StepsBar()
        with Page():
            yield Vertical(id="column")

    async def turn_to(self, view: Widget) -> None:
        """Show this view instead of the present one, from its top."""
        column = self.query_one("#column")
        with self.app.batch_update():
            await column.remove_children()
            await column.mount(view)
        self._page.scroll_home(animate=False, immediate=True)
        self.refresh_bindings()

    @property
    def _page(self) -> Page:
        return self.query_one(Page)

    @property
    def at_end(self) -> bool:
        """Is the end of the page in sight?"""
        return self._page.scroll_offset.y >= self._page.max_scroll_y

    def action_read_on(self) -> None:
        """Go down a screenful, or on to the next view."""
        if self.at_end:
            self.go_on()
        else:
            self.action_page_down()

    def go_on(self) -> None:
        """Go to the next view."""
        raise NotImplementedError

    def action_line_down(self) -> None:
        """Scroll a line."""
        self._page.scroll_down(animate=False)

    def action_line_up(self) -> None:
        """Scroll a line back."""
        self._page.scroll_up(animate=False)

    def action_page_down(self) -> None:
        """Scroll a screenful, with two lines left of the last."""
        self._page.scroll_relative(y=self._page.size.height - 2, animate=False)

    def action_page_up(self) -> None:
        """Scroll a screenful back."""
        self._page.scroll_relative(y=2 - self._page.size.height, animate=False)

    def action_to_top(self) -> None:
        """Scroll to the top."""
        self._page.scroll_home(animate=False)

    def action_to_end(self) -> None:
        """Scroll to the end."""
        self._page.scroll_end(animate=False)
