"""A lesson, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, assert_never

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from course.syllabus import Checkpoint, Lesson, LessonStep, OnCall, Practice, Reading
from course.tui.commands import LESSON, bindings
from course.tui.incident.commands import DO_INCIDENT
from course.tui.lesson.contents import ContentsScreen
from course.tui.lesson.steps import FinishedView, OnCallView, PracticeView, ReadingView
from course.tui.lesson.walk import WalkScreen
from course.tui.places import IncidentPlace, LabPlace, PlaceChosen
from course.tui.widgets.question.panel import QuestionPanel
from course.tui.widgets.question.state import QuestionState, recalled

if TYPE_CHECKING:
    from course.ports import Study


class LessonScreen(WalkScreen):
    """Reading, checkpoints, practice; after the last step there is one more view, the end."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(DO_INCIDENT, *LESSON)

    def __init__(self, study: Study, lesson: Lesson, step: int, memory: dict[str, QuestionState]) -> None:
        super().__init__(study, lesson.title)
        self.lesson = lesson
        self.memory = memory
        self.start = max(0, min(step, len(lesson.steps) - 1))

    def on_mount(self) -> None:
        """Begin where the learner was."""
        so_far = self.progress().lessons.get(self.lesson.id)
        self.furthest = so_far.furthest if so_far else 0
        self.step = self.start

    @property
    def at(self) -> LessonStep | None:
        """The step that is shown; None at the end."""
        return self.lesson.steps[self.step] if 0 <= self.step < len(self.lesson.steps) else None

    @property
    def of(self) -> int:
        """How many steps the lesson has."""
        return len(self.lesson.steps)

    def title_of(self, step: int) -> str:
        """Where one is in the lesson."""
        return f"step {step + 1} of {self.of}" if step < self.of else "done"

    async def watch_step(self, step: int) -> None:
        """Write down that the learner got here."""
        if step == self.of:
            self.record("lesson-finished", self.lesson.id)
        else:
            data = {"step": step, "of": self.of, "revision": self.lesson.revision}
            self.record("lesson-step", self.lesson.id, data)
        await super().watch_step(step)

    def view(self) -> Widget:
        """The view of the step, or of the end."""
        match self.at:
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
            case step:
                assert_never(step)

    def action_do_lab(self) -> None:
        """Open the lab of this step."""
        if isinstance(self.at, Practice):
            self.post_message(PlaceChosen(LabPlace(self.at.lab)))

    def action_do_incident(self) -> None:
        """Open the incident of this step."""
        if isinstance(self.at, OnCall):
            self.post_message(PlaceChosen(IncidentPlace(self.at.incident)))

    def action_contents(self) -> None:
        """Ask which step to go to."""
        self.app.push_screen(ContentsScreen(self.lesson, self.step, self.progress()), self._jump)

    def _jump(self, step: int | None) -> None:
        if step is not None:
            self.step = step

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A lab and an incident are opened or skipped; there is nothing to read on."""
        doing = isinstance(self.at, Practice | OnCall)
        match action:
            case "do_lab":
                return isinstance(self.at, Practice)
            case "do_incident":
                return isinstance(self.at, OnCall)
            case "read_on" | "skip" if doing:
                return action == "skip"
            case _:
                return super().check_action(action, parameters)

    @on(QuestionPanel.Changed)
    def _remember(self, event: QuestionPanel.Changed) -> None:
        self.memory[event.question.id] = event.state

    @on(QuestionPanel.Answered)
    def _write_answer(self, event: QuestionPanel.Answered) -> None:
        self.record("answered", event.question.id, event.data(self.lesson.id))

    def on_screen_resume(self) -> None:
        """Coming back from a lab or an incident, its result has changed."""
        super().on_screen_resume()
        if isinstance(self.at, Practice | OnCall):
            self.call_next(self.turn)


def _words(study: Study, lesson: Lesson) -> tuple[str, ...]:
    return tuple(term.term for term in study.catalog.terms() if term.id in lesson.glossary)
