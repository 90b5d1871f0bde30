"""A lesson, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, assert_never

from textual import on
from textual.binding import BindingType
from textual.reactive import var
from textual.widget import Widget

from course.syllabus import Checkpoint, Lesson, LessonStep, Practice, Reading
from course.tui.commands import LESSON, bindings
from course.tui.places import LabPlace, PlaceChosen
from course.tui.screens.contents import ContentsScreen
from course.tui.screens.paged import PagedScreen
from course.tui.widgets.question.panel import QuestionPanel
from course.tui.widgets.question.state import QuestionState, recalled
from course.tui.widgets.steps import FinishedView, PracticeView, ReadingView
from course.tui.widgets.steps_bar import StepsBar

if TYPE_CHECKING:
    from course.ports import Study


class LessonScreen(PagedScreen):
    """Reading, checkpoints, practice; after the last step there is one more view, the end."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*LESSON)

    step: var[int] = var(-1, init=False)
    """From 0; the number of steps stands for the end."""

    def __init__(self, study: Study, lesson: Lesson, step: int, memory: dict[str, QuestionState]) -> None:
        super().__init__(study, lesson.title)
        self.lesson = lesson
        self.memory = memory
        self.start = min(max(step, 0), len(lesson.steps) - 1)
        self.furthest = 0

    def on_mount(self) -> None:
        """Begin where the learner was."""
        so_far = self.progress().lessons.get(self.lesson.id)
        self.furthest = so_far.furthest if so_far else 0
        self.query_one(StepsBar).of = len(self.lesson.steps)
        self.step = self.start

    @property
    def at(self) -> LessonStep | None:
        """The step that is shown; None at the end."""
        return self.lesson.steps[self.step] if 0 <= self.step < len(self.lesson.steps) else None

    async def watch_step(self, step: int) -> None:
        """Show the step, and write down that the learner got here."""
        self._write_down(step)
        self.furthest = max(self.furthest, step)
        of = len(self.lesson.steps)
        self.title_bar.status = f"step {step + 1} of {of}" if step < of else "done"
        bar = self.query_one(StepsBar)
        bar.step, bar.furthest = step, self.furthest
        await self.turn()

    def _write_down(self, step: int) -> None:
        of = len(self.lesson.steps)
        if step == of:
            self.record("lesson-finished", self.lesson.id)
        else:
            data = {"step": step, "of": of, "revision": self.lesson.revision}
            self.record("lesson-step", self.lesson.id, data)

    def view(self) -> Widget:
        """The view of the step, or of the end."""
        match self.at:
            case None:
                return FinishedView(self.lesson, self.progress(), self._terms())
            case Reading() as reading:
                return ReadingView(reading)
            case Checkpoint(question=question):
                so_far = self.progress().questions.get(question.id)
                return QuestionPanel(question, recalled(question, so_far, self.memory.get(question.id)))
            case Practice() as practice:
                return PracticeView(practice, self.progress())
            case step:
                assert_never(step)

    def _terms(self) -> tuple[str, ...]:
        return tuple(term.term for term in self.study.catalog.terms() if term.id in self.lesson.glossary)

    def go_on(self) -> None:
        """Go to the next step; from the end, go back."""
        if self.at is None:
            self.dismiss()
        else:
            self.step += 1

    def action_go_on(self) -> None:
        """Go to the next step."""
        self.go_on()

    def action_finish(self) -> None:
        """Go back, from the end."""
        self.dismiss()

    def action_do_lab(self) -> None:
        """Open the lab of this step."""
        if isinstance(self.at, Practice):
            self.post_message(PlaceChosen(LabPlace(self.at.lab)))

    def action_skip(self) -> None:
        """Go on without doing this step."""
        self.go_on()

    def action_next_step(self) -> None:
        """Go on."""
        self.go_on()

    def action_previous_step(self) -> None:
        """Go one step back."""
        self.step -= 1

    def action_contents(self) -> None:
        """Ask which step to go to."""
        self.app.push_screen(ContentsScreen(self.lesson, self.step, self.progress()), self._jump)

    def _jump(self, step: int | None) -> None:
        if step is not None:
            self.step = step

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing before the first step, and nothing to skip where there is nothing to do."""
        if action == "previous_step":
            return self.step > 0
        if action == "do_lab":
            return isinstance(self.at, Practice)
        if action in ("finish", "next_step"):
            return (self.at is None) == (action == "finish")
        if action == "read_on" and not isinstance(self.at, Reading | Checkpoint):
            return False
        if action == "skip":
            return isinstance(self.at, Practice) or self.is_asking
        return super().check_action(action, parameters)

    @on(StepsBar.Clicked)
    def _clicked(self, event: StepsBar.Clicked) -> None:
        self.step = event.step

    @on(QuestionPanel.Changed)
    def _remember(self, event: QuestionPanel.Changed) -> None:
        self.memory[event.question.id] = event.state

    @on(QuestionPanel.Answered)
    def _write_answer(self, event: QuestionPanel.Answered) -> None:
        self.record("answered", event.question.id, event.data(self.lesson.id))

    def on_screen_resume(self) -> None:
        """Coming back from a lab, its result has changed."""
        super().on_screen_resume()
        if isinstance(self.at, Practice):
            self.run_worker(self.turn())
