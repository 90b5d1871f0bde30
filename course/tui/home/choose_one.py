"""Which of several labs or incidents of a topic?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from course.tui.commands import BACK, bindings
from course.tui.drawing.signs import DONE, LAB
from course.tui.drawing.visuals import Spread
from course.tui.drawing.words import plain
from course.tui.screens.dialog import Dialog
from course.tui.widgets.choices import Choices
from course.tui.widgets.key_bar import KeyBar


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Something that can be opened."""

    id: str
    title: str
    note: str
    """How it went so far."""
    done: bool


class ChooseOne(Dialog[str | None]):
    """Returns an id; None to stay. Begins at the first that is not done."""

    CSS_PATH = "../screens/dialog.tcss"
    without = frozenset({"command_palette"})
    BINDINGS: ClassVar[list[BindingType]] = bindings(BACK)

    def __init__(self, question: str, candidates: Sequence[Candidate]) -> None:
        super().__init__()
        self._question, self._candidates = question, tuple(candidates)

    def compose(self) -> ComposeResult:
        """The question over the list."""
        with Vertical(classes="dialog"):
            yield Static(plain(self._question, "bold"))
            yield Choices(*(_option(each) for each in self._candidates))
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin at what is to be done."""
        todo = next((place for place, each in enumerate(self._candidates) if not each.done), 0)
        self.query_one(Choices).highlighted = todo

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)

    def action_back(self) -> None:
        """Stay."""
        self.dismiss(None)


def _option(each: Candidate) -> Option:
    sign = DONE if each.done else LAB
    return Option(Spread(sign.content + plain(f" {each.title}"), plain(each.note, "$hushed")), id=each.id)
