"""The questions of a lesson, one after the other, without the reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from course.history import QuestionProgress
from course.tui.commands import AGAIN, bindings
from course.tui.home.summary import SummaryView
from course.tui.lesson.pager import Pager
from course.tui.lesson.rounds import Round, interrupted
from course.tui.screens.base import CourseScreen
from course.tui.widgets.question.panel import QuestionPanel
from course.tui.widgets.question.state import QuestionState
from quiz.questions import Question

if TYPE_CHECKING:
    from course.ports import Study
    from course.syllabus import Lesson


class QuizScreen(CourseScreen):
    """A round of questions; after the last one comes the summary."""

    CSS_PATH = ["../screens/page.tcss", "../screens/line.tcss"]  # noqa: RUF012 - Textual's own type
    BINDINGS: ClassVar[list[BindingType]] = bindings(AGAIN)

    def __init__(self, study: Study, lesson: Lesson) -> None:
        super().__init__(study, f"Questions: {lesson.title}")
        self.lesson = lesson
        self.round: tuple[Question, ...] = lesson.questions
        self.states: dict[str, QuestionState] = {}
        self.first_tries: dict[str, bool] = {}
        """By question: was the first answer of this round right?"""
        self.pager = Pager()

    def compose_body(self) -> ComposeResult:
        """Question after question."""
        yield self.pager

    def on_mount(self) -> None:
        """Go on with a round that was interrupted, or begin one."""
        if found := interrupted(self.study.journal.events(), self.lesson):
            self._take_up(found)
        else:
            self.begin(self.lesson.questions)

    def begin(self, questions: tuple[Question, ...]) -> None:
        """Start a round with these questions; none of them is answered yet."""
        self.record("quiz-begun", self.lesson.id, {"questions": [question.id for question in questions]})
        self._take_up(Round(questions=questions))

    def _take_up(self, round: Round) -> None:
        so_far = self.progress().questions
        self.round, self.first_tries = round.questions, dict(round.first_tries)
        self.states = {
            question.id: round.states.get(question.id)
            or QuestionState(seed=so_far.get(question.id, QuestionProgress()).attempts)
            for question in round.questions
        }
        self.pager.begin(len(round.questions), round.step)

    @on(Pager.Reached)
    async def _reached(self, event: Pager.Reached) -> None:
        step, of = event.step, len(self.round)
        if step != self.pager.step:
            return  # it was asked for in the last round, or is turned over already
        self.record("quiz-step", self.lesson.id, {"step": step})
        self.title_bar.status = f"question {step + 1} of {of}" if step < of else "summary"
        await self.pager.page.show(self.view(step))

    @on(Pager.Left)
    def _left(self) -> None:
        self.dismiss()

    def view(self, step: int) -> Widget:
        """Return a question, or the summary."""
        if step == len(self.round):
            return SummaryView(self.round, self.first_tries)
        question = self.round[step]
        return QuestionPanel(question, self.states[question.id])

    def action_again(self) -> None:
        """Go through what was not right once more."""
        self.begin(self._not_right)

    @property
    def _not_right(self) -> tuple[Question, ...]:
        return tuple(question for question in self.round if not self.first_tries.get(question.id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Once more only after the end, if something went wrong."""
        if action == "again":
            return self.pager.step == len(self.round) and bool(self._not_right)
        return True

    @on(SummaryView.Chosen)
    def _look_again(self, event: SummaryView.Chosen) -> None:
        if event.question in self.round:  # another round may have begun since
            self.pager.step = self.round.index(event.question)

    @on(QuestionPanel.Changed)
    def _remember(self, event: QuestionPanel.Changed) -> None:
        self.states[event.question.id] = event.state

    @on(QuestionPanel.Answered)
    def _write_answer(self, event: QuestionPanel.Answered) -> None:
        self.first_tries.setdefault(event.question.id, event.verdict.correct)
        self.record("answered", event.question.id, {**event.data(self.lesson.id), "quiz": self.lesson.id})
