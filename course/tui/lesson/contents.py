"""The steps of a lesson, to jump to one."""

from __future__ import annotations

from typing import ClassVar, assert_never

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from course.progress import LessonProgress, Progress
from course.syllabus import Checkpoint, Foretelling, Lesson, LessonStep, OnCall, Practice, Reading
from course.tui.commands import BACK, bindings
from course.tui.drawing import signs
from course.tui.drawing.signs import Sign
from course.tui.drawing.visuals import Hanging
from course.tui.drawing.words import gist, inline, plain
from course.tui.home.resume import is_passed, is_survived
from course.tui.screens.dialog import Dialog
from course.tui.widgets.choices import Choices
from course.tui.widgets.key_bar import KeyBar
from quiz.presentation import open_stem


class ContentsScreen(Dialog[int | None]):
    """Which step? None means to stay."""

    CSS_PATH = "../screens/dialog.tcss"
    without = frozenset({"command_palette"})

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(BACK),
        Binding("c", "back", show=False),
    ]

    def __init__(self, lesson: Lesson, step: int, progress: Progress, so_far: LessonProgress | None) -> None:
        super().__init__()
        self.seen = so_far.seen if so_far else ()
        self.lesson = lesson
        self.step = step
        self.progress = progress

    def compose(self) -> ComposeResult:
        """The list."""
        with Vertical(classes="dialog"):
            yield Static(plain(self.lesson.title, "bold"))
            yield Choices(*(self._option(index) for index in range(len(self.lesson.steps))))
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin at the present step."""
        self.query_one(OptionList).highlighted = min(self.step, len(self.lesson.steps) - 1)

    def _option(self, index: int) -> Option:
        step = self.lesson.steps[index]
        sign = signs.HERE if index == self.step else self._sign(index, step)
        lead = Content.assemble(plain(f"{index + 1:>2} ", "$hushed"), sign.content, " ")
        return Option(Hanging(lead, _title(step)))

    def _sign(self, index: int, step: LessonStep) -> Sign:
        match step:
            case Reading():
                return signs.DONE if index in self.seen else signs.OPEN
            case Checkpoint(question=question):
                found = self.progress.questions.get(question.id)
                return signs.OPEN if found is None else signs.RIGHT if found.last_correct else signs.WRONG
            case Foretelling(prediction=prediction):
                predicted = self.progress.predictions.get(prediction.id)
                return signs.DONE if predicted and predicted.attempts else signs.OPEN
            case Practice(lab=lab):
                return signs.DONE if is_passed(self.progress, lab) else signs.LAB
            case OnCall(incident=incident):
                return signs.DONE if is_survived(self.progress, incident) else signs.LAB
            case _:
                assert_never(step)

    @on(OptionList.OptionSelected)
    def _jump(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)

    def action_back(self) -> None:
        """Stay."""
        self.dismiss(None)


def _title(step: LessonStep) -> Content:
    if isinstance(step, Checkpoint):
        return Content.assemble(plain("Question: ", "$hushed"), inline(gist(open_stem(step.question))))
    if isinstance(step, Foretelling):
        return Content.assemble(plain("Prediction: ", "$hushed"), plain(step.title))
    if isinstance(step, Practice):
        return Content.assemble(plain("Lab: ", "$hushed"), plain(step.title))
    if isinstance(step, OnCall):
        return Content.assemble(plain("Incident: ", "$hushed"), plain(step.title))
    return plain(step.title)
