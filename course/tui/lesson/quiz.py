"""The questions of a lesson, one after the other, without the reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from course.history import QuestionProgress
from course.tui.commands import QUIZ, bindings
from course.tui.home.summary import SummaryView
from course.tui.lesson.walk import WalkScreen
from course.tui.widgets.question.panel import QuestionPanel
from course.tui.widgets.question.state import QuestionState
from quiz.questions import Question

if TYPE_CHECKING:
    from course.ports import Study
    from course.syllabus import Lesson


class QuizScreen(WalkScreen):
    """A round of questions; after the last one comes the summary."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*QUIZ)

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
        self.furthest = 0
        self.set_reactive(QuizScreen.step, -1)
        self.step = 0

    @property
    def question(self) -> Question | None:
        """The question that is asked; None at the summary."""
        return self.round[self.step] if 0 <= self.step < self.of else None

    @property
    def of(self) -> int:
        """How many questions this round has."""
        return len(self.round)

    def title_of(self, step: int) -> str:
        """Where one is in the round."""
        return f"question {step + 1} of {self.of}" if step < self.of else "summary"

    def view(self) -> Widget:
        """The question, or the summary."""
        if self.question is None:
            return SummaryView(self.round, self.first_tries)
        return QuestionPanel(self.question, self.states[self.question.id])

    def action_again(self) -> None:
        """Go through what was not right once more."""
        self.begin(self._not_right)

    @property
    def _not_right(self) -> tuple[Question, ...]:
        return tuple(question for question in self.round if not self.first_tries.get(question.id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Once more only after the end, if something went wrong."""
        if action == "again":
            return self.question is None and bool(self._not_right)
        return super().check_action(action, parameters)

    @on(SummaryView.Chosen)
    def _look_again(self, event: SummaryView.Chosen) -> None:
        self.step = event.index

    @on(QuestionPanel.Changed)
    def _remember(self, event: QuestionPanel.Changed) -> None:
        self.states[event.question.id] = event.state

    @on(QuestionPanel.Answered)
    def _write_answer(self, event: QuestionPanel.Answered) -> None:
        self.first_tries.setdefault(event.question.id, event.verdict.correct)
        self.record("answered", event.question.id, event.data(self.lesson.id))
