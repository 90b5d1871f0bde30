"""One page of an exam: a question without a verdict, or a practical task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from course.tui.commands import DO_LAB, bindings
from course.tui.drawing import signs
from course.tui.drawing.visuals import Hanging
from course.tui.drawing.words import count, inline, plain
from course.tui.places import LabPlace, PlaceChosen
from course.tui.widgets.keys_to import keys_to
from course.tui.widgets.prose import prose
from course.tui.widgets.question.body import body_of, task_of
from course.tui.widgets.question.choice import ChoiceBody
from course.tui.widgets.question.drafted import Drafted
from course.tui.widgets.question.exhibit import Exhibited, about
from course.tui.widgets.same_in_focus import SameInFocus
from quiz.presentation import posed
from quiz.questions import Answer, Fix, Question

if TYPE_CHECKING:
    from course.learning.exams.sitting import Sitting
    from course.ports import Study


MEND = "Mend the request: e goes into it, esc comes back; it is judged at the end"


class ExamQuestion(SameInFocus, Vertical):
    """Asks, and tells whatever is given at once; nothing is judged."""

    @dataclass
    class Given(Message):
        """The answer is another now."""

        question: str
        answer: Answer | None
        draft: Answer | None
        """As much of it as there is."""

    def __init__(self, question: Question, answer: Answer | None, struck: tuple[str, ...]) -> None:
        super().__init__()
        self.question = question
        self.body = body_of(question, answer)
        self._struck = struck

    def compose(self) -> ComposeResult:
        """Stem and answer."""
        yield from about(self.question)
        task = MEND if isinstance(self.question, Fix) else task_of(self.question)
        yield Static(plain(task, "$hushed"), classes="task")
        yield prose(self.question.stem, classes="stem")
        yield Exhibited(self.question.exhibit)
        yield self.body

    def on_mount(self) -> None:
        """Show what was ruled out."""
        if isinstance(self.body, ChoiceBody):
            self.body.rule_out(self._struck)

    def ask(self) -> None:
        """Take the focus."""
        self.body.ask()

    @on(Drafted)
    def _drafted(self, event: Drafted) -> None:
        event.stop()
        self.post_message(self.Given(self.question.id, event.answer, event.draft))


class TaskView(SameInFocus, Vertical, can_focus=True):
    """A lab as part of an exam; its workspace is opened from here."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(DO_LAB)

    def __init__(self, lab: str, title: str, counts: int, plan: str | None) -> None:
        super().__init__()
        self.lab, self.lab_title, self.counts, self.plan = lab, title, counts, plan

    def compose(self) -> ComposeResult:
        """What is asked, what it counts, what was handed in."""
        yield Static(plain("A practical task: write a plan", "$hushed"), classes="task")
        yield Static(plain(self.lab_title, "bold $accent"), classes="heading")
        yield Static(
            plain(
                f"It counts as much as {count(self.counts, 'question')}, all or nothing. Open the lab and write the "
                "plan there: brief, editor, runs and grades are as ever. The plan as you leave it is handed in; if it "
                "was not graded there, it is graded at the end of the exam."
            )
        )
        if self.plan is None:
            state = plain("No plan is handed in yet.", "$hushed")
        else:
            state = plain(f"A plan of {count(len(self.plan.splitlines()), 'line')} is handed in.")
        sign = signs.OPEN if self.plan is None else signs.HERE
        yield Static(Hanging(sign.content + plain(" "), state), classes="paragraph")

    def ask(self) -> None:
        """Take the focus."""
        keys_to(self)

    def action_do_lab(self) -> None:
        """Open the lab."""
        self.post_message(PlaceChosen(LabPlace(self.lab)))


class GoneView(Vertical):
    """What is no longer there."""

    def compose(self) -> ComposeResult:
        """One sentence."""
        say = "This one is gone from the course since the exam began. It does not count; go on with the next."
        yield Static(Hanging(signs.CAREFUL.content + plain(" "), inline(say)))


def page_of(study: Study, sitting: Sitting, at: int, drafts: Mapping[str, Answer | None]) -> Widget:
    """Return the page of an entry, from 0; of one that is gone, a page that says so. A draft is no answer yet."""
    catalog, entry = study.catalog, sitting.entries[at]
    if at < len(sitting.questions):
        try:
            question = posed(catalog.question(entry), sitting.seed)
        except KeyError:
            return GoneView()
        return ExamQuestion(question, sitting.answers.get(entry, drafts.get(entry)), sitting.struck.get(entry, ()))
    task = sitting.tasks[at - len(sitting.questions)]
    if task.lab not in catalog.lab_ids():
        return GoneView()
    return TaskView(task.lab, catalog.outline.title_of("lab", task.lab), task.counts, sitting.plans.get(task.lab))
