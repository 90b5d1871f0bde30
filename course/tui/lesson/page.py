"""A page that scrolls, in which one view takes the place of another."""

from __future__ import annotations

from typing import ClassVar, Protocol, runtime_checkable

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget

from course.tui.commands import SCROLLING, bindings
from course.tui.widgets.fence import Fence
from course.tui.widgets.same_in_focus import SameInFocus

OVERLAP = 2
"""Lines of the last screenful that stay in sight."""


@runtime_checkable
class Askable(Protocol):
    """A view that wants the focus."""

    def ask(self) -> None:
        """Take it."""


@runtime_checkable
class Pending(Protocol):
    """A view of something that is to be done, or skipped."""

    @property
    def pending(self) -> bool:
        """Has it still to be done?"""


class Page(SameInFocus, VerticalScroll, can_focus=True, inherit_bindings=False):
    """Has the keys itself unless its view wants them."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*SCROLLING)

    def __init__(self) -> None:
        super().__init__()
        self._column = Vertical(id="column")
        self._view: Widget | None = None

    def compose(self) -> ComposeResult:
        """A column for the view."""
        yield self._column

    def on_mount(self) -> None:
        """Take the keys until there is a view."""
        self.screen.set_focus(self, scroll_visible=False)

    def allow_focus(self) -> bool:
        """A click beside a question must not take its keys away."""
        return not isinstance(self._view, Askable)

    async def show(self, view: Widget, *, from_top: bool = True) -> None:
        """Show a view instead of the last one, from its top or as far down as that was; one at a time, however fast the
        keys come."""
        async with self.lock:
            self._view = None
            self.screen.set_focus(self, scroll_visible=False)  # a key that comes now must not get lost
            with self.app.batch_update():
                await self._column.remove_children()
                await self._column.mount(view)
            if not view.is_mounted:
                return  # the learner has left meanwhile, and nothing is composed any more
            self._view = view
            if from_top:
                self.scroll_home(animate=False, immediate=True)
            if isinstance(view, Askable):
                view.ask()
            self.refresh_bindings()

    @property
    def pending(self) -> bool:
        """Is there something to be done?"""
        return isinstance(self._view, Pending) and self._view.pending

    @property
    def at_end(self) -> bool:
        """Is the end of the page in sight?"""
        return self.scroll_offset.y >= self.max_scroll_y

    @property
    def is_wide(self) -> bool:
        """Is there a diagram that is wider than the window?"""
        return any(fence.max_scroll_x > 0 for fence in self.query(Fence))

    def sideways(self) -> None:
        """Scroll wide diagrams to their right end, or back."""
        for fence in self.query(Fence):
            fence.scroll_to(x=0 if fence.scroll_offset.x else fence.max_scroll_x, animate=False)

    def action_line_down(self) -> None:
        """Scroll a line."""
        self.scroll_down(animate=False)

    def action_line_up(self) -> None:
        """Scroll a line back."""
        self.scroll_up(animate=False)

    def action_page_down(self) -> None:
        """Scroll a screenful."""
        self.scroll_relative(y=self.size.height - OVERLAP, animate=False)

    def action_page_up(self) -> None:
        """Scroll a screenful back."""
        self.scroll_relative(y=OVERLAP - self.size.height, animate=False)

    def action_to_top(self) -> None:
        """Scroll to the top."""
        self.scroll_home(animate=False)

    def action_to_end(self) -> None:
        """Scroll to the end."""
        self.scroll_end(animate=False)
