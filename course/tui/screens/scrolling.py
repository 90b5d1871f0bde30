"""A screen with one long column. The keys that scroll it belong to the screen, so that the column needs no focus."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll

from course.tui.commands import SCROLLING, bindings
from course.tui.screens.base import CourseScreen

OVERLAP = 2
"""Lines of the last screenful that stay in sight."""


class Page(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The scrolling column."""


class ScrollingScreen(CourseScreen):
    """Subclasses compose a `Page`."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*SCROLLING)

    @property
    def page(self) -> Page:
        """The column."""
        return self.query_one(Page)

    @property
    def at_end(self) -> bool:
        """Is the end of the page in sight?"""
        return self.page.scroll_offset.y >= self.page.max_scroll_y

    def action_line_down(self) -> None:
        """Scroll a line."""
        self.page.scroll_down(animate=False)

    def action_line_up(self) -> None:
        """Scroll a line back."""
        self.page.scroll_up(animate=False)

    def action_page_down(self) -> None:
        """Scroll a screenful."""
        self.page.scroll_relative(y=self.page.size.height - OVERLAP, animate=False)

    def action_page_up(self) -> None:
        """Scroll a screenful back."""
        self.page.scroll_relative(y=OVERLAP - self.page.size.height, animate=False)

    def action_to_top(self) -> None:
        """Scroll to the top."""
        self.page.scroll_home(animate=False)

    def action_to_end(self) -> None:
        """Scroll to the end."""
        self.page.scroll_end(animate=False)
