"""All questions of an exam as a list, before the end and after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from course.tui.commands import BACK, bindings
from course.tui.drawing.signs import Sign
from course.tui.drawing.visuals import Hanging, Stack
from course.tui.drawing.words import inline, plain
from course.tui.screens.dialog import Dialog
from course.tui.widgets.choices import Choices
from course.tui.widgets.key_bar import KeyBar


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: what is asked, and how it stands."""

    sign: Sign
    text: str
    state: str
    """In words, such as `answered · flagged`."""


class EntryList(Dialog[int | None]):
    """Returns where to go, from 0; None to stay."""

    CSS_PATH = ["../screens/dialog.tcss", "ask_line.tcss"]  # noqa: RUF012 - Textual's own type
    without = frozenset({"command_palette"})
    BINDINGS: ClassVar[list[BindingType]] = bindings(BACK)

    def __init__(self, heading: str, entries: Sequence[Entry], at: int) -> None:
        super().__init__()
        self._heading, self._entries, self._at = heading, tuple(entries), at

    def compose(self) -> ComposeResult:
        """The sums over the rows."""
        with Vertical(classes="dialog"):
            yield Static(plain(self._heading, "bold"))
            yield Choices(*(_option(number, each) for number, each in enumerate(self._entries, 1)))
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin where the learner is."""
        self.query_one(Choices).highlighted = self._at

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)

    def action_back(self) -> None:
        """Stay."""
        self.dismiss(None)


def _option(number: int, each: Entry) -> Option:
    lead = Content.assemble(plain(f"{number:>3} ", "$hushed"), each.sign.content, " ")
    return Option(Hanging(lead, Stack(inline(each.text), plain(each.state, "$hushed"))))
