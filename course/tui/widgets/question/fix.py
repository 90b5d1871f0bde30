"""Mending a request: in the editor of the labs, and afterwards what holds of it and what does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.visual import Visual
from textual.widget import Widget
from textual.widgets import Static

from course.tui.commands import START_OVER, WRITE_ON, bindings
from course.tui.drawing import signs
from course.tui.drawing.visuals import Hanging, Stack
from course.tui.drawing.words import inline, plain
from course.tui.lab.plan.status import PlanStatus
from course.tui.lab.plan.writer import PlanWriter
from course.tui.screens.base import CourseScreen
from course.tui.widgets.keys_to import keys_to
from course.tui.widgets.prose import Prose
from course.tui.widgets.question.drafted import Drafted
from quiz.questions import Answer, Fix
from quiz.verdict import Verdict

if TYPE_CHECKING:
    from course.plan_text import CheckedPlan, Finding
    from course.ports import Study

FENCE = "~" * 12
"""Longer than any that stands in a request."""


class RequestWriter(PlanWriter, can_focus=False):
    """The editor inside of a question; while nothing is typed, the question has the keys.

    What AWS would refuse and what there is to advise is what the question asks for: the verdict tells it, point by
    point. Meanwhile only that is told which keeps the text from being read at all.
    """

    class Rested(Message):
        """The learner has left the text."""

    def __init__(self, study: Study, lab: str, text: str) -> None:
        super().__init__(study.desk, lambda: study.catalog.lab(lab), text, lambda _: None)

    def on_mount(self) -> None:
        """Leave out the line that says whether AWS would accept it."""
        self.query_one(PlanStatus).display = False

    def told(self, checked: CheckedPlan) -> tuple[Finding, ...]:
        """Return what belongs to no place in a request, since none can be seen."""
        return tuple(each for each in checked.findings if not each.path)

    def rest(self) -> None:
        """Leave the keys to the question."""
        self.post_message(self.Rested())


class FixBody(Vertical, can_focus=True):
    """The request as the learner has it. What is typed is told at once, and so it is kept."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(WRITE_ON, START_OVER)

    verdict: var[Verdict | None] = var[Verdict | None](None)
    """None while the learner is still thinking."""
    missing = "Mend something first: e goes into the request."
    """What to say if there is nothing to check."""

    def __init__(self, question: Fix, answer: Answer | None) -> None:
        super().__init__()
        self.question = question
        self.given = answer if isinstance(answer, str) else question.request
        self.writer: RequestWriter | None = None
        self._judged = Static(classes="judged")
        self._solution = Vertical(
            Static(plain("One way to mend it", "bold $accent")),
            Prose(f"{FENCE}yaml\n{question.solution.rstrip()}\n{FENCE}"),
            classes="solution",
        )

    def compose(self) -> ComposeResult:
        """The editor, then the verdict and a solution once there is one."""
        if isinstance(self.screen, CourseScreen):
            self.writer = RequestWriter(self.screen.study, self.question.lab, self.given)
            yield self.writer
        yield self._judged
        yield self._solution

    def on_mount(self) -> None:
        """Show the verdict, if there was one before the editor."""
        self.watch_verdict(self.verdict)

    @property
    def answer(self) -> Answer | None:
        """The text, once it is another one."""
        return self.given if self.given != self.question.request else None

    @property
    def telling(self) -> Widget:
        """What holds and what does not."""
        return self._judged

    def ask(self) -> None:
        """Take the keys, so that the page can be read; the request is not gone into before the learner wants to."""
        keys_to(self)

    def watch_verdict(self, verdict: Verdict | None) -> None:
        """After the verdict nothing is written any more."""
        self.can_focus = verdict is None
        self.set_class(verdict is not None, "-judged")
        if self.writer is not None:
            self.writer.editor.read_only = verdict is not None
        self._judged.display = bool(verdict and verdict.details)
        self._solution.display = verdict is not None
        self._judged.update(Stack(*_told(verdict)) if verdict else "")

    @on(RequestWriter.Wrote)
    def _wrote(self, event: RequestWriter.Wrote) -> None:
        event.stop()
        if event.text != self.given:
            self.given = event.text
            self.post_message(Drafted(self.answer, self.answer))

    @on(RequestWriter.Rested)
    def _rested(self, event: RequestWriter.Rested) -> None:
        event.stop()
        self.ask()

    def action_write_on(self) -> None:
        """Go into the text."""
        if self.writer is not None:
            self.writer.ask()
            self.writer.scroll_visible(animate=False)

    def action_start_over(self) -> None:
        """Put the request back."""
        if self.writer is not None:
            self.writer.editor.swap(self.question.request)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is written after the verdict, and nothing put back that is there."""
        if action == "start_over":
            return self.verdict is None and self.answer is not None
        return self.verdict is None if action == "write_on" else True


def _told(verdict: Verdict) -> Iterator[Visual]:
    for detail in verdict.details:
        sign = signs.RIGHT if detail.right else signs.WRONG
        yield Hanging(Content.assemble(sign.content, " "), inline(detail.text))
        yield Hanging(Content("  "), inline(detail.why, "$hushed"))
