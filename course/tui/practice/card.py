"""A term of the glossary as a card: the word first, what it means on the other side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import var
from textual.widgets import Static

from course.syllabus import Term
from course.tui.commands import bindings
from course.tui.drawing.long_words import Wrapped
from course.tui.drawing.words import inline, plain
from course.tui.practice.commands import CARD
from course.tui.widgets.keys_to import keys_to
from course.tui.widgets.same_in_focus import SameInFocus

Rating = Literal["again", "hard", "good"]


class TermView(SameInFocus, Vertical, can_focus=True, inherit_bindings=False):
    """Asks whether the learner knows a word, and lets them say how well they did."""

    @dataclass
    class Rated(Message):
        """The learner has said how well they knew it."""

        term: Term
        rating: Rating

    BINDINGS: ClassVar[list[BindingType]] = bindings(*CARD)

    turned: var[bool] = var(False)

    def __init__(self, term: Term, *, rated: bool = False) -> None:
        super().__init__()
        self.term = term
        self.rated = rated
        self.set_reactive(TermView.turned, rated)

    def compose(self) -> ComposeResult:
        """Both sides."""
        yield Static(plain("Do you know this word?", "$hushed"), classes="task")
        yield Static(plain(self.term.term, "bold $accent"), classes="heading")
        with Vertical(classes="back"):
            yield Static(Wrapped(inline(self.term.definition)))
            if self.term.example:
                yield Static(plain("Example", "$hushed"), classes="subheading")
                yield Static(Wrapped(inline(self.term.example)))
            if not self.rated:
                say = "How well did you know it?  1 not at all · 2 half · 3 well"
                yield Static(plain(say, "$hushed"), classes="subheading how-well")

    def on_mount(self) -> None:
        """Hide the other side."""
        self.query_one(".back").display = self.turned

    def ask(self) -> None:
        """Take the focus."""
        keys_to(self)

    @property
    def pending(self) -> bool:
        """Has the learner still to say how well they knew it?"""
        return not self.rated

    def watch_turned(self, turned: bool) -> None:
        """Show the other side."""
        if self.is_mounted:
            self.query_one(".back").display = turned
            self.refresh_bindings()

    def action_turn_over(self) -> None:
        """See what it means."""
        self.turned = True

    def action_forgotten(self) -> None:
        """It was not known."""
        self._rate("again")

    def action_with_effort(self) -> None:
        """It was half known."""
        self._rate("hard")

    def action_known(self) -> None:
        """It was known."""
        self._rate("good")

    def _rate(self, rating: Rating) -> None:
        if not self.rated:
            self.rated = True
            self.post_message(self.Rated(self.term, rating))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """First the other side, then how well it was known."""
        if action == "turn_over":
            return not self.turned
        return self.turned and not self.rated
