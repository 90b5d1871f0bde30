"""How a round of questions went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
from quiz.questions import Question


class SummaryView(Vertical):
    """The score, and each question to look at again."""

    @dataclass
    class Chosen(Message):
        """The learner wants to see a question again."""

        question: Question

    def __init__(self, questions: tuple[Question, ...], right: Mapping[str, bool]) -> None:
        super().__init__()
        self.questions = questions
        self.right = right

    def compose(self) -> ComposeResult:
        """Score, then questions."""
        yield Static(plain(self.score, "bold $accent"), classes="heading")
        yield Choices(*(self._option(question) for question in self.questions))

    def ask(self) -> None:
        """Take the focus."""
        keys_to(self.query_one(Choices))

    @property
    def score(self) -> str:
        """Such as `4 of 6 questions right at the first try`."""
        right = sum(self.right.values())
        return f"{right} of {count(len(self.questions), 'question')} right at the first try"

    def _option(self, question: Question) -> Option:
        right = self.right.get(question.id)
        sign = signs.OPEN if right is None else signs.RIGHT if right else signs.WRONG
        return Option(Hanging(Content.assemble(sign.content, " "), inline(question.stem)))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(self.questions[event.option_index]))
