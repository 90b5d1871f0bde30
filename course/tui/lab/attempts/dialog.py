"""Which earlier attempt shall be loaded?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.visual import Visual
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from course.attempts import Attempt
from course.tui.commands import BACK, bindings
from course.tui.drawing.signs import RIGHT, WRONG
from course.tui.drawing.visuals import Spread
from course.tui.drawing.words import plain
from course.tui.lab.attempts.commands import DIFFERENCE_DOWN, DIFFERENCE_UP, LOAD_ATTEMPT
from course.tui.lab.attempts.difference import difference
from course.tui.screens.dialog import Dialog
from course.tui.widgets.choices import Choices
from course.tui.widgets.key_bar import KeyBar


class ChooseAttempt(Dialog[Attempt | None]):
    """The newest comes first; below the list, what would change in the plan. None leaves it as it is."""

    CSS_PATH = ["../../screens/dialog.tcss", "attempts.tcss"]  # noqa: RUF012 - Textual's own type
    without = frozenset({"command_palette"})
    BINDINGS: ClassVar[list[BindingType]] = bindings(LOAD_ATTEMPT, DIFFERENCE_DOWN, DIFFERENCE_UP, BACK)

    def __init__(self, attempts: Sequence[Attempt], text: str) -> None:
        super().__init__()
        self._attempts, self._text = tuple(reversed(attempts)), text

    def compose(self) -> ComposeResult:
        """The attempts over the difference."""
        with Vertical(classes="dialog"):
            yield Static(plain("Load which earlier attempt?", "bold"))
            yield Choices(*(Option(_told(each)) for each in self._attempts))
            yield Static(self._between(0), id="between")
            with VerticalScroll(can_focus=False):
                yield Static(difference(self._text, self._attempts[0].text), id="difference")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the newest."""
        choices = self.query_one(Choices)
        choices.highlighted = 0
        choices.focus()

    @on(OptionList.OptionHighlighted)
    def _compare(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self.query_one("#between", Static).update(self._between(event.option_index))
        self.query_one("#difference", Static).update(difference(self._text, self._attempts[event.option_index].text))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def _between(self, index: int) -> Content:
        return plain(f"- stands there now   + comes with attempt {self._attempts[index].number}", "$quiet")

    @on(OptionList.OptionSelected)
    def action_load_attempt(self) -> None:
        """Choose what is highlighted."""
        self.dismiss(self._attempts[self.query_one(Choices).highlighted or 0])

    def action_difference_down(self) -> None:
        """Read on."""
        self.query_one(VerticalScroll).scroll_page_down(animate=False)

    def action_difference_up(self) -> None:
        """Read back."""
        self.query_one(VerticalScroll).scroll_page_up(animate=False)

    def action_back(self) -> None:
        """Load nothing."""
        self.dismiss(None)


def _told(attempt: Attempt) -> Visual:
    """Return when it was, in the learner's own time, and how it went."""
    sign, word = (RIGHT, "passed") if attempt.passed else (WRONG, "not yet")
    when = plain(f" attempt {attempt.number}   {attempt.at.astimezone():%Y-%m-%d %H:%M}")
    how = plain(f"score {attempt.score:.0f} of 100   ", "$quiet") + sign.content + plain(f" {word}", sign.style)
    return Spread(when, how)
