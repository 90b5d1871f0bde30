"""The grade: the headline, the goals, the comparison, the moments, and after passing the debrief."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from course.ports import ReportError
from course.tui.commands import bindings
from course.tui.lab.comparison import comparison
from course.tui.lab.decisive import decisive
from course.tui.lab.goal_card import GoalCard
from course.tui.lab.grade_commands import GRADE
from course.tui.lab.stack import Stack
from course.tui.lab.take_away import TakeAway
from course.tui.lab.work import Work
from course.tui.signs import RIGHT, WRONG
from course.tui.visuals import Hanging, Spread
from course.tui.widgets.prose import Prose
from course.tui.widgets.same_in_focus import SameInFocus
from course.tui.words import count, inert, inline

if TYPE_CHECKING:
    from course.history import LabProgress
    from course.ports import CheckedPlan
    from labs.grade import Grade, Moment


class Verdict(SameInFocus, VerticalScroll):
    """Everything that a grade has to say, and what can be done with it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*GRADE)

    @dataclass
    class MomentAsked(Message):
        """The learner wants to see where the grade was decided."""

        checked: CheckedPlan
        moment: Moment

    @dataclass
    class Reported(Message):
        """The report has been drawn, or why not."""

        say: str
        failed: bool = False

    def __init__(self, work: Work, grade: Grade, checked: CheckedPlan) -> None:
        super().__init__()
        self._work, self._grade, self._checked = work, grade, checked

    def compose(self) -> ComposeResult:
        """The headline, then two columns where there is room for them."""
        yield Static(headline(self._grade, self._work.progress()), id="headline")
        with Vertical(id="columns"):
            with Vertical(id="left"):
                yield from (GoalCard(goal) for goal in self._grade.goals)
                if self._grade.moments:
                    yield Static("What decided it", classes="heading")
                    yield Static(Stack([Hanging(Content("• "), inline(moment.told)) for moment in self._grade.moments]))
                if self._grade.passed:
                    yield Prose(self._work.lab.debrief, classes="debrief")
            with Vertical(id="right"):
                plans = "four" if "best" in self._grade.compared else "three"
                yield Static(f"The same requests, {plans} plans", classes="heading")
                yield Static(comparison(self._work, self._grade))
        if self._grade.passed:
            yield TakeAway(self._work.desk, self._checked.text)

    @property
    def first_focus(self) -> Widget:
        """The first goal that was missed, or the whole if there is none."""
        return next((card for card in self.query(GoalCard) if card.can_focus), self)

    def on_mount(self) -> None:
        """Start there."""
        self.first_focus.focus(scroll_visible=False)

    def action_show_moment(self) -> None:
        """Ask for the run that decided it."""
        if moment := decisive(self._grade):
            self.post_message(self.MomentAsked(self._checked, moment))

    def action_next_form(self) -> None:
        """Show the plan as AWS takes it."""
        self.query_one(TakeAway).show()

    @work(thread=True, exclusive=True, group="report")
    def action_save_report(self) -> None:
        """Draw the report."""
        assert self._checked.plan is not None, "only a plan that AWS accepts is graded"
        try:
            file = self._work.desk.report(self._work.lab, self._checked.plan, self._grade)
        except ReportError as error:
            self.post_message(self.Reported(str(error), failed=True))
        else:
            self.post_message(self.Reported(f"The report is in {file}"))

    @on(Reported)
    def _reported(self, event: Reported) -> None:
        event.stop()
        self.notify(inert(event.say), severity="warning" if event.failed else "information", markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a plan that passed is taken home."""
        if action == "show_moment":
            return bool(self._grade.moments)
        return self._grade.passed if action == "next_form" else True


def headline(grade: Grade, so_far: LabProgress) -> Spread:
    """Return the verdict in a few words."""
    met = sum(goal.passed for goal in grade.goals)
    of = count(len(grade.goals), "goal")
    sign, words = (RIGHT, f"Passed: {of}") if grade.passed else (WRONG, f"Not yet: {met} of {of}")
    score = f"score {grade.score:.0f} of 100"
    history = f"   attempt {so_far.attempts}"
    return Spread(
        Content.styled(f"{sign.mark} {words}", f"bold {sign.style}"),
        Content.assemble(Content.styled(score, "bold"), Content.styled(history, "$quiet")),
    )
