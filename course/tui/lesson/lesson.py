"""A lesson, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, assert_never

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from course.syllabus import Checkpoint, Lesson, LessonStep, OnCall, Practice, Reading
from course.tui.commands import CONTENTS, bindings
from course.tui.lesson.contents import ContentsScreen
from course.tui.lesson.pager import Pager
from course.tui.lesson.steps import FinishedView, OnCallView, PracticeView, ReadingView
from course.tui.screens.base import CourseScreen
from course.tui.widgets.question.panel import QuestionPanel
from course.tui.widgets.question.state import QuestionState, recalled

if TYPE_CHECKING:
    from course.ports import Study


class LessonScreen(CourseScreen):
    """Reading, checkpoints, practice; after the last step there is one more view, the end."""

    CSS_PATH = ["../screens/page.tcss", "../screens/line.tcss"]  # noqa: RUF012 - Textual's own type
    BINDINGS: ClassVar[list[BindingType]] = bindings(CONTENTS)

    def __init__(
        self, study: Study, lesson: Lesson, step: int, memory: dict[str, QuestionState], *, look_up: bool = False
    ) -> None:
        super().__init__(study, lesson.title)
        self.lesson = lesson
        self.memory = memory
        self.look_up = look_up
        self.start = max(0, min(step, len(lesson.steps) - 1))
        self.pager = Pager()

    def compose_body(self) -> ComposeResult:
        """Page after page."""
        yield self.pager

    def on_mount(self) -> None:
        """Begin where the learner was."""
        so_far = self.progress().lessons.get(self.lesson.id)
        self.pager.begin(len(self.lesson.steps), self.start, so_far.furthest if so_far else 0)

    @on(Pager.Reached)
    async def _reached(self, event: Pager.Reached) -> None:
        """Write down that the learner got here, and show the step."""
        step, of = event.step, len(self.lesson.steps)
        self.look_up = self.look_up and step == self.start  # whoever reads on is not looking something up
        if step == of:
            self.record("lesson-finished", self.lesson.id)
        elif not self.look_up:
            self.record("lesson-step", self.lesson.id, {"step": step, "of": of, "revision": self.lesson.revision})
        self.title_bar.status = f"step {step + 1} of {of}" if step < of else "done"
        await self._show(step)

    async def _show(self, step: int) -> None:
        await self.pager.page.show(self.view(self._step(step)))

    def _step(self, step: int) -> LessonStep | None:
        """Return a step by its number, None at the end."""
        return self.lesson.steps[step] if 0 <= step < len(self.lesson.steps) else None

    @on(Pager.Left)
    def _left(self) -> None:
        self.dismiss()

    def view(self, step: LessonStep | None) -> Widget:
        """Return the view of a step, or of the end."""
        match step:
            case None:
                return FinishedView(self.lesson, self.progress(), _words(self.study, self.lesson))
            case Reading() as reading:
                return ReadingView(reading)
            case Checkpoint(question=question):
                so_far = self.progress().questions.get(question.id)
                return QuestionPanel(question, recalled(question, so_far, self.memory.get(question.id)))
            case Practice() as practice:
                return PracticeView(practice, self.progress())
            case OnCall() as call:
                return OnCallView(call, self.progress())
            case _:
                assert_never(step)

    def action_contents(self) -> None:
        """Ask which step to go to."""
        self.app.push_screen(ContentsScreen(self.lesson, self.pager.step, self.progress()), self._jump)

    def _jump(self, step: int | None) -> None:
        if step is not None:
            self.pager.step = step

    @on(QuestionPanel.Changed)
    def _remember(self, event: QuestionPanel.Changed) -> None:
        self.memory[event.question.id] = event.state

    @on(QuestionPanel.Answered)
    def _write_answer(self, event: QuestionPanel.Answered) -> None:
        self.record("answered", event.question.id, event.data(self.lesson.id))

    def on_screen_resume(self) -> None:
        """Coming back from a lab or an incident, its result has changed."""
        super().on_screen_resume()
        if isinstance(self._step(self.pager.step), Practice | OnCall):
            self.call_next(self._show, self.pager.step)


def _words(study: Study, lesson: Lesson) -> tuple[str, ...]:
    return tuple(term.term for term in study.catalog.terms() if term.id in lesson.glossary)
