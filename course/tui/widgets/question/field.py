"""Typing a number or a word."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.reactive import var
from textual.widget import Widget
from textual.widgets import Input, Static

from course.tui.drawing.words import plain
from course.tui.widgets.keys_to import keys_to
from course.tui.widgets.line import Line, NumberLine
from course.tui.widgets.question.beside_model import both
from course.tui.widgets.question.drafted import Drafted
from quiz.grading import solution
from quiz.questions import Answer, Numeric, ShortText
from quiz.verdict import Verdict


class FieldBody(Vertical):
    """A line to type in, with the unit beside it."""

    verdict: var[Verdict | None] = var[Verdict | None](None)
    """None while the learner is still thinking."""

    missing = "Type an answer first."
    """What to say if there is nothing to check."""

    def __init__(self, question: Numeric | ShortText, answer: Answer | None) -> None:
        super().__init__()
        self.question = question
        self._solution = Static(classes="solution")
        self.unit = question.unit if isinstance(question, Numeric) else ""
        self.given = answer if isinstance(answer, str) else ""
        self.written = isinstance(question, ShortText) and bool(question.concepts)
        """Is the answer a sentence?"""
        prompt = "a number" if isinstance(question, Numeric) else "a sentence" if self.written else "a word or a name"
        self.set_class(self.written, "-sentence")
        kind = NumberLine if isinstance(question, Numeric) else Line
        self.line = kind(self.given, placeholder=prompt, select_on_focus=False)

    def compose(self) -> ComposeResult:
        """The field, its unit, and a place for the right answer."""
        with Horizontal():
            yield self.line
            yield Static(plain(self.unit, "$hushed"), classes="unit")
        yield self._solution

    @property
    def answer(self) -> Answer | None:
        """What was typed."""
        return self.given.strip() or None

    @property
    def telling(self) -> Widget:
        """The right answer, or the line if that is right."""
        return self._solution if self.has_class("-wrong") else self.line

    def ask(self) -> None:
        """Put the cursor into the field."""
        keys_to(self.line, scroll_visible=True)

    def watch_verdict(self, verdict: Verdict | None) -> None:
        """After the verdict the field is closed, and the right answer stands below a wrong one."""
        self.line.disabled = verdict is not None
        self.set_class(verdict is not None and verdict.correct, "-right")
        self.set_class(verdict is not None and not (verdict.correct or verdict.unsure), "-wrong")
        line = self._solution
        line.display = verdict is not None and not verdict.unsure and (self.written or not verdict.correct)
        right = plain(f"Right would be: {solution(self.question)} {self.unit}".rstrip())
        line.update(both(self.question, self.given) if self.written else right)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self.given:
            self.given = event.value
            self.post_message(Drafted(self.answer, self.answer))
