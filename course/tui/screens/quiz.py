"""The questions of a lesson, one after the other, without the reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.reactive import var
from textual.widget import Widget

from course.history import QuestionProgress
from course.tui.commands import QUIZ, bindings
from course.tui.screens.paged import PagedScreen
from course.tui.widgets.question.panel import QuestionPanel
from course.tui.widgets.question.state import QuestionState
from course.tui.widgets.steps_bar import StepsBar
from course.tui.widgets.summary import SummaryView
from quiz.questions import Question

if TYPE_CHECKING:
    from course.ports import Study
    from course.syllabus import Lesson


class QuizScreen(PagedScreen):
    """A round of questions; after the last one comes the summary."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*QUIZ)

    at: var[int] = var(-1, init=False)
    """From 0; the number of questions stands for the summary."""

    def __init__(self, study: Study, lesson: Lesson) -> None:
        super().__init__(study, f"Questions: {lesson.title}")
        self.lesson = lesson
        self.round: tuple[Question, ...] = lesson.questions
        self.states: dict[str, QuestionState] = {}
        self.first_tries: dict[str, bool] = {}
        """By question: was the first answer of this round right?"""

    def on_mount(self) -> None:
        """Begin with the first question."""
        self.begin(self.lesson.questions)

    def begin(self, questions: tuple[Question, ...]) -> None:
        """Start a round with these questions; none of them is answered yet."""
        so_far = self.progress().questions
        self.round = questions
        self.first_tries = {}
        self.states = {
            question.id: QuestionState(seed=so_far.get(question.id, QuestionProgress()).attempts)
            for question in questions
        }
        self.query_one(StepsBar).of = len(questions)
        self.set_reactive(QuizScreen.at, -1)
        self.at = 0

    @property
    def question(self) -> Question | None:
        """The question that is asked; None at the summary."""
        return self.round[self.at] if 0 <= self.at < len(self.round) else None

    async def watch_at(self, at: int) -> None:
        """Show the question, or the summary."""
        bar = self.query_one(StepsBar)
        bar.step, bar.furthest = at, max(bar.furthest, at) if at else 0
        of = len(self.round)
        self.title_bar.status = f"question {at + 1} of {of}" if at < of else "summary"
        await self.turn()

    def view(self) -> Widget:
        """The question, or the summary."""
        if self.question is None:
            return SummaryView(self.round, self.first_tries)
        return QuestionPanel(self.question, self.states[self.question.id])

    def go_on(self) -> None:
        """Go to the next question; from the summary, go back."""
        if self.question is None:
            self.dismiss()
        else:
            self.at += 1

    def action_go_on(self) -> None:
        """Go to the next question."""
        self.go_on()

    def action_finish(self) -> None:
        """Go back, from the summary."""
        self.dismiss()

    def action_skip(self) -> None:
        """Leave this question open."""
        self.go_on()

    def action_next_step(self) -> None:
        """Go to the next question."""
        self.go_on()

    def action_previous_step(self) -> None:
        """Go to the previous question."""
        self.at -= 1

    def action_again(self) -> None:
        """Go through what was not right once more."""
        self.begin(self._not_right)

    @property
    def _not_right(self) -> tuple[Question, ...]:
        return tuple(question for question in self.round if not self.first_tries.get(question.id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Skip only what is open; once more only after the end, if something went wrong."""
        if action == "previous_step":
            return self.at > 0
        if action == "read_on" and self.question is None:
            return False
        if action in ("finish", "go_on", "next_step"):
            return (self.question is None) == (action == "finish")
        if action == "skip":
            return self.is_asking
        if action == "again":
            return self.question is None and bool(self._not_right)
        return super().check_action(action, parameters)

    @on(SummaryView.Chosen)
    def _look_again(self, event: SummaryView.Chosen) -> None:
        self.at = event.index

    @on(StepsBar.Clicked)
    def _clicked(self, event: StepsBar.Clicked) -> None:
        self.at = event.step

    @on(QuestionPanel.Changed)
    def _remember(self, event: QuestionPanel.Changed) -> None:
        self.states[event.question.id] = event.state

    @on(QuestionPanel.Answered)
    def _write_answer(self, event: QuestionPanel.Answered) -> None:
        self.first_tries.setdefault(event.question.id, event.verdict.correct)
        self.record("answered", event.question.id, event.data(self.lesson.id))
