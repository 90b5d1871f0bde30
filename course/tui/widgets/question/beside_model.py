"""An answer that the program cannot judge, and a model answer beside it: the learner says whether it is right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from course.tui.commands import JUDGED_RIGHT, JUDGED_WRONG, bindings
from course.tui.drawing.visuals import Hanging, Stack
from course.tui.drawing.words import plain
from course.tui.widgets.keys_to import keys_to
from quiz.grading import solution
from quiz.questions import Answer, Question
from quiz.verdict import Verdict, settled


def both(question: Question, answer: Answer) -> Stack:
    """Return an answer in whole, which may be longer than the line that it was typed in, and the model answer."""
    texts = (("Yours  ", str(answer)), ("Model  ", str(solution(question))))
    return Stack(*(Hanging(plain(name, "$hushed"), plain(" ".join(text.split()))) for name, text in texts))


class BesideModel(Vertical, can_focus=True, inherit_bindings=False):
    """Asks once the program is unsure, and has the focus until the learner has judged."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(JUDGED_RIGHT, JUDGED_WRONG)

    @dataclass
    class Judged(Message):
        """The learner has said whether their answer is right."""

        answer: Answer
        verdict: Verdict
        """Settled."""

    def __init__(self) -> None:
        super().__init__(classes="beside-model")
        self.waiting: tuple[Answer, Verdict] | None = None
        self.display = False

    def compose(self) -> ComposeResult:
        """Both answers, and what is asked."""
        yield Static(classes="both")
        yield Static(Hanging(plain("· ", "$hushed"), plain("Does yours say the same? y yes, n no", "bold")))

    def ask(self, question: Question, answer: Answer, verdict: Verdict) -> None:
        """Show the model answer of a question, and wait."""
        self.waiting = answer, verdict
        self.query_one(".both", Static).update(both(question, answer))
        self.display = True
        keys_to(self)
        self.call_after_refresh(self.scroll_visible, animate=False, immediate=True)

    def withdraw(self) -> None:
        """Ask no more: the answer was changed, or it is judged."""
        self.waiting, self.display = None, False

    def action_judged_right(self) -> None:
        """It is right."""
        self._judge(right=True)

    def action_judged_wrong(self) -> None:
        """It is wrong."""
        self._judge(right=False)

    def _judge(self, *, right: bool) -> None:
        if self.waiting is not None:
            answer, verdict = self.waiting
            self.withdraw()
            self.post_message(self.Judged(answer, settled(verdict, right)))
