"""How a session went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from course.tui.drawing import signs
from course.tui.drawing.visuals import Hanging
from course.tui.drawing.words import count, inline, plain
from course.tui.widgets.choices import Choices
from course.tui.widgets.keys_to import keys_to


class Asked(NamedTuple):
    """What was asked."""

    text: str
    right: bool | None
    """At the first try and without a hint; None: it was left out."""


class SummaryView(Vertical):
    """The score, and each item to look at again."""

    @dataclass
    class Chosen(Message):
        """The learner wants to see an item again."""

        index: int

    def __init__(self, asked: tuple[Asked, ...], what: str = "question") -> None:
        super().__init__()
        self.asked = asked
        self.what = what
        """What one of them is called: words and goals are no questions."""

    def compose(self) -> ComposeResult:
        """Score, then the items."""
        yield Static(plain(self.score, "bold $accent"), classes="heading")
        yield Choices(*(_option(each) for each in self.asked))

    def ask(self) -> None:
        """Take the focus."""
        keys_to(self.query_one(Choices))

    @property
    def score(self) -> str:
        """Such as `4 of 6 questions right at the first try, without a hint`."""
        right = sum(each.right is True for each in self.asked)
        return f"{right} of {count(len(self.asked), self.what)} right at the first try, without a hint"

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(event.option_index))


def _option(asked: Asked) -> Option:
    sign = signs.OPEN if asked.right is None else signs.RIGHT if asked.right else signs.WRONG
    return Option(Hanging(Content.assemble(sign.content, " "), inline(asked.text)))
