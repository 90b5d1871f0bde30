"""What leads from page to page: there is a first step, a last one, and the end after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import var

from course.tui.commands import PAGING, bindings
from course.tui.lesson.page import Page
from course.tui.lesson.steps_bar import StepsBar


class Pager(Vertical):
    """Forth, back and out. Whoever composes it says how many steps there are, and shows a view of each on the page."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*PAGING)

    step: var[int] = var(-1, init=False)
    """From 0; `of` stands for the end."""
    of = 0
    """How many steps there are."""
    furthest = 0
    """The last step that was reached."""

    @dataclass
    class Reached(Message):
        """A step is to be shown, or the end."""

        step: int

    class Left(Message):
        """The learner goes back, from the end."""

    def __init__(self) -> None:
        super().__init__()
        self.page = Page()

    def compose(self) -> ComposeResult:
        """The steps, and the page."""
        yield StepsBar()
        yield self.page

    def begin(self, of: int, step: int = 0, furthest: int = 0) -> None:
        """Lead through so many steps."""
        self.of, self.furthest = of, furthest
        self.set_reactive(Pager.step, -1)
        self.step = step

    def refit(self, of: int, step: int) -> None:
        """Lead through another number of steps, and be at this one, which is shown already."""
        self.of, self.furthest = of, min(max(self.furthest, step), of)
        self.set_reactive(Pager.step, step)
        self._show_steps()
        self.refresh_bindings()

    def watch_step(self, step: int) -> None:
        """Show how far one is, and ask for the page."""
        self.furthest = max(self.furthest, step)
        self._show_steps()
        self.post_message(self.Reached(step))

    def _show_steps(self) -> None:
        bar = self.query_one(StepsBar)
        bar.of, bar.step, bar.furthest = self.of, self.step, self.furthest

    def action_go_on(self) -> None:
        """Go to the next step; from the end, go back."""
        if self.step < self.of:
            self.step += 1
        else:
            self.post_message(self.Left())

    action_next_step = action_skip = action_finish = action_go_on

    def action_previous_step(self) -> None:
        """Go one step back."""
        self.step -= 1

    def action_read_on(self) -> None:
        """Go down a screenful, or on to the next step."""
        if self.page.at_end:
            self.action_go_on()
        else:
            self.page.action_page_down()

    def action_sideways(self) -> None:
        """Show the other side of wide diagrams."""
        self.page.sideways()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing before the first step, and nothing after the end. What is to be done is no reading, and only
        that can be skipped. Few diagrams are wider than the window."""
        at_the_end = self.step >= self.of
        match action:
            case "previous_step":
                return self.step > 0
            case "finish":
                return at_the_end
            case "go_on":
                return not at_the_end and not self.page.pending  # in haste, Enter must skip nothing
            case "next_step":
                return not at_the_end
            case "read_on":
                return not at_the_end and not (self.page.pending and self.page.at_end)
            case "skip":
                return self.page.pending
            case "sideways":
                return self.page.is_wide
            case _:
                return True

    @on(StepsBar.Clicked)
    def _clicked(self, event: StepsBar.Clicked) -> None:
        event.stop()
        self.step = event.step
