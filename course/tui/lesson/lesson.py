"""A lesson, step by step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, assert_never

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from course.learning.lessons import lesson_mastery
from course.learning.marks import page
from course.outline import Topic
from course.progress import LessonProgress, PredictionProgress, step_data
from course.steps import marks
from course.syllabus import Checkpoint, Foretelling, Lesson, LessonStep, OnCall, Practice, Prediction, Reading, Term
from course.tui.commands import AGAIN, CONTENTS, TERMS, bindings
from course.tui.foretelling.view import PredictionView
from course.tui.glossary.dialog import TermsDialog
from course.tui.lesson.contents import ContentsScreen
from course.tui.lesson.pager import Pager
from course.tui.lesson.steps import FinishedView, OnCallView, PracticeView, ReadingView, reading_view
from course.tui.marking.commands import MARKING
from course.tui.places import PlaceChosen, PracticePlace
from course.tui.screens.base import CourseScreen
from course.tui.widgets.question.panel import QuestionPanel
from course.tui.widgets.question.state import QuestionState, recalled

if TYPE_CHECKING:
    from course.foretelling import Played
    from course.ports import Study


class LessonScreen(CourseScreen):
    """Reading, checkpoints, practice; after the last step there is one more view, the end."""

    CSS_PATH = ["../screens/page.tcss", "../screens/plan.tcss", "../screens/line.tcss"]  # noqa: RUF012 - Textual's own type
    BINDINGS: ClassVar[list[BindingType]] = bindings(TERMS, CONTENTS, AGAIN, *MARKING)

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
        so_far = self._so_far()
        before = self.progress().lessons.get(self.lesson.id)
        if so_far is not None and before is not None and self.start == before.step and not self.look_up:
            self.start = so_far.step  # where they were, be it another number by now
        self.pager.begin(len(self.lesson.steps), self.start, so_far.furthest if so_far else 0)

    def _so_far(self) -> LessonProgress | None:
        """Return how far this lesson is, by its steps as they are now."""
        so_far = self.progress().lessons.get(self.lesson.id)
        return so_far and so_far.among(marks(self.lesson))

    @on(Pager.Reached)
    async def _reached(self, event: Pager.Reached) -> None:
        """Write down that the learner got here, and show the step."""
        step, of = event.step, len(self.lesson.steps)
        self.look_up = self.look_up and step == self.start  # whoever reads on is not looking something up
        if step == of:
            self._finish()
        elif not self.look_up:
            so_far = self.progress().lessons.get(self.lesson.id)
            data = step_data(so_far, step, self.lesson.revision, marks(self.lesson))
            self.record("lesson-step", self.lesson.id, data)
        self.tell(step)
        await self._show(step)

    def tell(self, step: int) -> None:
        """Say which step this is."""
        of = len(self.lesson.steps)
        self.title_bar.status = f"step {step + 1} of {of}" if step < of else "the end"
        self.about(self._place(step))

    def _finish(self) -> None:
        """Write down that the lesson was read to its end; whoever jumped there has not read it."""
        read = self._so_far()
        if read is not None and not read.finished and len(read.seen) == len(self.lesson.steps):
            self.record("lesson-finished", self.lesson.id)

    async def _show(self, step: int) -> None:
        await self.pager.page.show(self.view(self._step(step)))

    def _step(self, step: int) -> LessonStep | None:
        """Return a step by its number, None at the end."""
        return self.lesson.steps[step] if 0 <= step < len(self.lesson.steps) else None

    def _place(self, index: int) -> str:
        """Return what a step is called among bookmarks and notes: a question is the same wherever it is asked."""
        match self._step(index):
            case None:
                return ""
            case Checkpoint(question=question):
                return f"question:{question.id}"
            case _:
                return page(self.lesson.id, index)

    @on(Pager.Left)
    def _left(self) -> None:
        self.dismiss()

    def view(self, step: LessonStep | None) -> Widget:
        """Return the view of a step, or of the end."""
        match step:
            case None:
                mastery = lesson_mastery(self._topic, self.progress())
                return FinishedView(self.lesson, self.progress(), mastery, terms_of(self.study, self.lesson))
            case Reading() as reading:
                return reading_view(reading, terms_of(self.study, self.lesson))
            case Checkpoint(question=question):
                so_far = self.progress().questions.get(question.id)
                return QuestionPanel(question, recalled(question, so_far, self.memory.get(question.id)))
            case Foretelling(prediction=prediction):
                predicted = self.progress().predictions.get(prediction.id, PredictionProgress())
                return PredictionView(prediction, predicted, self._play)
            case Practice() as practice:
                return PracticeView(practice, self.progress())
            case OnCall() as call:
                return OnCallView(call, self.progress())
            case _:
                assert_never(step)

    @property
    def _topic(self) -> Topic:
        """What the lesson is mastered by."""
        named = (topic for topic in self.study.catalog.outline.topics if topic.id == self.lesson.id)
        labs = {step.lab: step.title for step in self.lesson.steps if isinstance(step, Practice)}
        incidents = {step.incident: step.title for step in self.lesson.steps if isinstance(step, OnCall)}
        topic = next(named, Topic(id=self.lesson.id, title=self.lesson.title))
        questions = tuple(question.id for question in self.lesson.questions)
        predictions = tuple(step.prediction.id for step in self.lesson.steps if isinstance(step, Foretelling))
        return replace(topic, questions=questions, predictions=predictions, labs=labs, incidents=incidents)

    @property
    def _wrong(self) -> tuple[str, ...]:
        """Questions whose last answer was wrong, or that nobody has answered."""
        known = self.progress().questions
        asked = (question.id for question in self.lesson.questions)
        return tuple(id for id in asked if id not in known or not known[id].last_correct)

    def action_again(self) -> None:
        """Ask what was wrong or left out once more."""
        self.post_message(PlaceChosen(PracticePlace(tuple(f"question:{id}" for id in self._wrong))))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Once more only at the end, if something is not right."""
        if action == "terms":
            return bool(self._page_terms)
        if action == "again":
            return self.pager.step == len(self.lesson.steps) and bool(self._wrong)
        return super().check_action(action, parameters)

    @property
    def _page_terms(self) -> tuple[Term, ...]:
        """The terms that are marked on the page."""
        return next((view.terms for view in self.query(ReadingView)), ())

    def action_terms(self) -> None:
        """Say what the words of this page mean, over the page."""
        self.app.push_screen(TermsDialog(self._page_terms))

    def action_contents(self) -> None:
        """Ask which step to go to."""
        self.app.push_screen(ContentsScreen(self.lesson, self.pager.step, self.progress(), self._so_far()), self._jump)

    def _jump(self, step: int | None) -> None:
        if step is not None:
            self.pager.step = step

    @on(QuestionPanel.Changed)
    def _remember(self, event: QuestionPanel.Changed) -> None:
        self.memory[event.question.id] = event.state

    @on(QuestionPanel.Answered)
    def _write_answer(self, event: QuestionPanel.Answered) -> None:
        self.record("answered", event.question.id, event.data(self.lesson.id))

    def _play(self, prediction: Prediction) -> Played:
        from course.foretelling import play

        return play(self.study.catalog, self.study.desk, prediction)

    @on(PredictionView.Said)
    def _keep_prediction(self, event: PredictionView.Said) -> None:
        self.record("prediction-saved", event.prediction.id, {"said": event.said, "lesson": self.lesson.id})

    @on(PredictionView.Seen)
    def _show_run(self, event: PredictionView.Seen) -> None:
        from course.tui.foretelling.run_screen import PredictedRunScreen

        if not event.again:
            self.record("predicted", event.prediction.id, {**event.data, "lesson": self.lesson.id})
        if self.is_current:
            sent = event.played.lab.world.update_at_s
            self.app.push_screen(PredictedRunScreen(self.study, event.prediction, event.film, event.said, sent))

    def on_screen_resume(self) -> None:
        """Coming back from a lab or an incident, its result has changed."""
        super().on_screen_resume()
        if self._step(self.pager.step) is None or isinstance(self._step(self.pager.step), Practice | OnCall):
            self.call_next(self._show, self.pager.step)


def terms_of(study: Study, lesson: Lesson) -> tuple[Term, ...]:
    """Return the terms of a lesson."""
    return tuple(term for term in study.catalog.terms() if term.id in lesson.glossary)
