"""The attempts at a lab, and what changed in the plan from each to the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.visual import Visual
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from course.attempts import Attempt
from course.tui.commands import BACK, bindings
from course.tui.drawing.signs import RIGHT, WRONG
from course.tui.drawing.visuals import Spread
from course.tui.drawing.words import plain
from course.tui.lab.attempts.difference import difference
from course.tui.progress.commands import READ_CHANGES, READ_CHANGES_BACK
from course.tui.screens.dialog import Dialog
from course.tui.widgets.choices import Choices
from course.tui.widgets.key_bar import KeyBar

FIRST = "The first attempt: there is none before it to compare it with."
UNCHANGED = "The plan is the same as in the attempt before."


class Changes(Dialog[None]):
    """The newest comes first; below the list, what its plan has that the one before had not, and vice versa."""

    CSS_PATH = ["../screens/dialog.tcss", "progress.tcss"]  # noqa: RUF012 - Textual's own type
    without = frozenset({"command_palette"})
    BINDINGS: ClassVar[list[BindingType]] = bindings(READ_CHANGES, READ_CHANGES_BACK, BACK)

    def __init__(self, title: str, attempts: Sequence[Attempt]) -> None:
        super().__init__()
        self._title, self._attempts = title, tuple(attempts)

    def compose(self) -> ComposeResult:
        """The attempts over the changes."""
        with Vertical(classes="dialog"):
            yield Static(plain(self._title, "bold"))
            yield Choices(*(Option(_told(each)) for each in reversed(self._attempts)))
            yield Static(id="between")
            with VerticalScroll(can_focus=False):
                yield Static(id="changes")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the newest."""
        choices = self.query_one(Choices)
        choices.highlighted = 0
        choices.focus()

    @on(OptionList.OptionHighlighted)
    def _compare(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        place = len(self._attempts) - 1 - event.option_index
        between = f"- in attempt {place}   + in attempt {place + 1}" if place else ""
        self.query_one("#between", Static).update(plain(between, "$quiet"))
        self.query_one("#changes", Static).update(changed(self._attempts, place))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_read_changes(self) -> None:
        """Read on."""
        self.query_one(VerticalScroll).scroll_page_down(animate=False)

    def action_read_changes_back(self) -> None:
        """Read back."""
        self.query_one(VerticalScroll).scroll_page_up(animate=False)

    def action_back(self) -> None:
        """Close."""
        self.dismiss(None)


def changed(attempts: Sequence[Attempt], place: int) -> Visual:
    """Return what is different in the plan of an attempt and that of the one before."""
    if place == 0:
        return plain(FIRST, "$quiet")
    before, after = attempts[place - 1].text, attempts[place].text
    return plain(UNCHANGED, "$quiet") if before == after else difference(before, after)


def _told(attempt: Attempt) -> Visual:
    """Return when it was, in the learner's own time, and how it went."""
    sign, word = (RIGHT, "passed") if attempt.passed else (WRONG, "not yet")
    when = plain(f" attempt {attempt.number}   {attempt.at.astimezone():%Y-%m-%d %H:%M}")
    return Spread(when, plain(f"score {attempt.score:.0f} of 100   ", "$quiet") + sign.content + plain(f" {word}"))
