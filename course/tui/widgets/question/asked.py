"""A question as it is asked, with what is told of it; who judges answers is the panel."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget
from textual.widgets import Static

from course.tui.drawing.words import plain
from course.tui.widgets.goes_on import GoesOn
from course.tui.widgets.keys_to import keys_to
from course.tui.widgets.prose import prose
from course.tui.widgets.question.banner import Banner, FirstTold
from course.tui.widgets.question.beside_model import BesideModel
from course.tui.widgets.question.body import body_of, task_of
from course.tui.widgets.question.exhibit import Exhibited, about
from course.tui.widgets.question.explaining import Explanation, Hints, replaced
from course.tui.widgets.question.state import Asking, QuestionState
from course.tui.widgets.same_in_focus import SameInFocus
from quiz.grading import grade
from quiz.presentation import posed
from quiz.questions import Answer, Question
from quiz.verdict import Verdict


class AskedQuestion(GoesOn, SameInFocus, Vertical, can_focus=True, inherit_bindings=False):
    """Asks, hints and explains. It has the focus itself while there is nothing to answer."""

    @dataclass
    class Changed(Message):
        """The state is another now."""

        question: Question
        state: QuestionState

    WORK: ClassVar[Mapping[str, str]] = {"recall": "Judging the answer again"}

    state: var[QuestionState] = var(QuestionState, init=False)
    verdict: var[Verdict | None] = var[Verdict | None](None)

    def __init__(self, question: Question, state: QuestionState, asking: Asking | None = None) -> None:
        super().__init__()
        self.template = question
        self.question = posed(question, state.seed)
        """As it is asked: with figures, and mixed."""
        self.asking = asking or Asking()
        self._banner = Banner()
        self.set_reactive(AskedQuestion.state, state)
        self.set_reactive(AskedQuestion.verdict, state.verdict)
        self.body = body_of(self.question, state.answer)

    def compose(self) -> ComposeResult:
        """Stem, verdict, answer, hints, explanation."""
        yield from about(self.question)
        yield Static(plain(task_of(self.question), "$hushed"), classes="task")
        yield prose(self.question.stem, classes="stem")
        yield Exhibited(self.question.exhibit)
        yield self._banner
        yield FirstTold()
        yield self.body.data_bind(AskedQuestion.verdict)
        yield BesideModel()
        yield Hints()
        yield Explanation(self.question)

    def on_mount(self) -> None:
        """Show the state as it was left."""
        self.watch_state(self.state)
        if self.state.recheck:
            self._judge_again()
        for number in range(self.state.hints):
            self.query_one(Hints).show(self.question, number)

    @work(exclusive=True, group="recall", exit_on_error=False)
    async def _judge_again(self) -> None:
        """Fill in what a verdict from an earlier time says of the parts, which nobody has kept."""
        before, answer = self.state, self.state.answer or ""
        verdict = await asyncio.to_thread(grade, self.question, answer)
        if self.is_attached and self.state == before and verdict.valid:
            self.state = replace(before, verdict=verdict, recheck=False)

    def ask(self) -> None:
        """Take the focus: to answer, or to read on."""
        self.body.ask() if self.verdict is None else keys_to(self)

    @property
    def pending(self) -> bool:
        """Is there no verdict yet?"""
        return self.verdict is None

    def watch_state(self, state: QuestionState) -> None:
        """Show the verdict, and tell whoever remembers."""
        self.verdict = state.verdict
        self._say(state.verdict)
        if lead := self.query_one(FirstTold).show(self.question, state.first[1] if state.first else None):
            self._say(None, lead)
        self.query_one(Explanation).display = state.verdict is not None
        self.refresh_bindings()
        self.post_message(self.Changed(self.question, state))

    def watch_verdict(self, verdict: Verdict | None) -> None:
        """Tell the body that took the place of the first one, too."""
        if self.body.is_mounted:
            self.body.verdict = verdict

    def _say(self, verdict: Verdict | None, sentence: str = "") -> None:
        """Show a verdict; or, without one, what is missing."""
        self._banner.say(verdict, sentence)

    def action_hint(self) -> None:
        """Show one more hint."""
        self.query_one(Hints).show(self.question, self.state.hints)
        self.state = replace(self.state, hints=self.state.hints + 1)

    async def _pose(self, seed: int) -> None:
        """Ask with the figures of another seed."""
        self.question = posed(self.template, seed)
        await self.query_one(Hints).remove_children()
        await self.query(Exhibited).last().show(self.question.exhibit)
        await replaced(self.query_one(".stem"), prose(self.question.stem, classes="stem"))
        await self.query_one(Explanation).show(self.question)

    async def _ask_anew(self, answer: Answer | None) -> None:
        """Let a new body take the place of the old one, with this answer in it."""
        old, self.body = self.body, body_of(self.question, answer)
        with self.app.batch_update():
            await self.mount(self.body, after=old)
            await old.remove()

    def _look(self) -> None:
        """Bring the verdict into sight, and what there is to say of the learner's own answer."""
        for telling in (self._banner, self.body.telling):
            self._look_at(telling)

    def _look_at(self, telling: Widget) -> None:
        if telling.is_attached:  # else the learner has gone on meanwhile
            telling.scroll_visible(animate=False, immediate=True)
