"""The steps of a lesson, to jump to one."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from course.syllabus import Lesson
from course.tui import signs
from course.tui.commands import BACK, bindings
from course.tui.words import plain


class ContentsScreen(ModalScreen[int | None]):
    """Which step? None means to stay."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(BACK),
        Binding("c", "back", show=False),
        Binding("j", "app.simulate_key('down')", show=False),
        Binding("k", "app.simulate_key('up')", show=False),
    ]

    def __init__(self, lesson: Lesson, step: int, furthest: int) -> None:
        super().__init__()
        self.lesson = lesson
        self.step = step
        self.furthest = furthest

    def compose(self) -> ComposeResult:
        """The list."""
        with Vertical(classes="dialog"):
            yield Static(plain(self.lesson.title, "bold"))
            yield OptionList(*(self._option(index) for index in range(len(self.lesson.steps))))

    def on_mount(self) -> None:
        """Begin at the present step."""
        self.query_one(OptionList).highlighted = min(self.step, len(self.lesson.steps) - 1)

    def _option(self, index: int) -> Option:
        step = self.lesson.steps[index]
        sign = (
            signs.HERE if index == self.step else signs.DONE if index <= self.furthest else signs.OPEN
        )
        number = plain(f"{index + 1:>2} ", "$quiet")
        return Option(Content.assemble(number, sign.content, " ", plain(step.title)))

    @on(OptionList.OptionSelected)
    def _jump(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)

    def action_back(self) -> None:
        """Stay."""
        self.dismiss(None)
