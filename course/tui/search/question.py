"""A question that stands on no page of a lesson, looked up: it can be read, and answered once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from course.tui.commands import bindings
from course.tui.lesson.page import Page
from course.tui.marking.commands import MARKING
from course.tui.screens.base import CourseScreen
from course.tui.widgets.question.panel import QuestionPanel
from course.tui.widgets.question.state import recalled

if TYPE_CHECKING:
    from course.ports import Study
    from quiz.questions import Question


class LookedUpQuestion(CourseScreen):
    """As it was left; nothing is begun by looking at it."""

    CSS_PATH = ["../screens/page.tcss", "../screens/plan.tcss", "../screens/line.tcss"]  # noqa: RUF012 - Textual's own type
    BINDINGS: ClassVar[list[BindingType]] = bindings(*MARKING)

    def __init__(self, study: Study, question: Question, lesson: str) -> None:
        super().__init__(study, "A question")
        self.question, self.lesson = question, lesson
        self.page = Page()

    def compose_body(self) -> ComposeResult:
        """The question."""
        yield self.page

    async def on_mount(self) -> None:
        """Show it as history has it."""
        self.about(f"question:{self.question.id}")
        state = recalled(self.question, self.progress().questions.get(self.question.id), None)
        await self.page.show(QuestionPanel(self.question, state))

    @on(QuestionPanel.Answered)
    def _write_answer(self, event: QuestionPanel.Answered) -> None:
        self.record("answered", event.question.id, {**event.data(self.lesson), "where": "practice"})
