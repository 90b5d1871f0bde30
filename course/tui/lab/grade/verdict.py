"""The grade: the headline, the goals, the comparison, the moments, and after passing the debrief."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static
from textual.worker import Worker

from course.ports import ReportError
from course.sharing.lab import lab_summary
from course.tui.commands import bindings
from course.tui.drawing.signs import CAREFUL, DONE, WRONG
from course.tui.drawing.visuals import Hanging, Spread, Stack
from course.tui.drawing.words import inline, plain
from course.tui.lab.grade.commands import GRADE
from course.tui.lab.grade.comparison import comparison
from course.tui.lab.grade.goal_card import GoalCard
from course.tui.lab.grade.page import GradePage, section, verdict
from course.tui.lab.grade.take_away import TakeAway
from course.tui.lab.study import LabStudy
from course.tui.memory import LastGrade
from course.tui.places import PlaceChosen
from course.tui.widgets.goes_on import GoesOn
from course.tui.widgets.prose import Prose
from labs.grading.record import view
from labs.report.summary import rows

if TYPE_CHECKING:
    from course.plan_text import CheckedPlan
    from course.tui.home.resume import Next
    from labs.grade import Grade, Moment
    from labs.lab import Lab


BAR = 32
"""Cells of the longer bar: with its label and its number it fits 80 columns."""
DRAWING = "Drawing the report …"
OLDER = "This is the grade of an earlier plan, not of the one that stands there now; g grades that."


class Verdict(GoesOn, GradePage):
    """Everything that a grade has to say, and what can be done with it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*GRADE)

    WORK: ClassVar[Mapping[str, str]] = {"report": "Drawing the report"}
    drawing: reactive[bool] = reactive(False)
    """Is a report being drawn?"""
    text: reactive[str | None] = reactive(None)
    """The plan as it stands now; None if nobody has told."""

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

    def __init__(self, study: LabStudy, last: LastGrade) -> None:
        super().__init__()
        self._study, self._grade, self._checked, self._attempt = study, last.grade, last.checked, last.attempt
        self._older = Static(Content.assemble(CAREFUL.content, " ", OLDER), id="older")
        self._older.display = False
        self._next = study.next() if last.grade.passed else None
        self._report = Static(id="report")
        self._report.display = False

    def compose(self) -> ComposeResult:
        """The headline, then two columns where there is room for them."""
        yield Static(headline(self._grade, self._attempt), id="headline")
        yield self._older
        yield self._report
        if self._grade.passed:
            yield Static(finish(self._study.lab, self._grade, self._next), id="finish")
        with Vertical(id="columns"):
            with Vertical(id="left"):
                yield from (GoalCard(goal, self._study.memory.hints.get(goal.id, 0)) for goal in self._grade.goals)
                if moments := self._grade.moments:
                    told = (Hanging(Content("• "), inline(moment.told)) for moment in moments)
                    yield from section("What decided it (m shows it)", *told)
                if self._grade.passed:
                    yield Prose(self._study.lab.debrief, classes="debrief")
            with Vertical(id="right"):
                plans = "four" if "best" in self._grade.compared else "three"
                yield from section(f"The same requests, {plans} plans", comparison(self._study, self._grade))
        if self._grade.passed:
            yield TakeAway(self._study.desk, self._study.lab.id, self._checked.text)

    def watch_text(self, text: str | None) -> None:
        """Say whether the grade is that of another plan."""
        self._older.display = text is not None and text != self._checked.text

    @on(GoalCard.Hinted)
    def _keep_hints(self, event: GoalCard.Hinted) -> None:
        event.stop()
        self._study.memory.hints[event.goal] = event.shown

    def action_show_moment(self) -> None:
        """Ask for the run that decided it."""
        if moment := decisive(self._grade):
            self.post_message(self.MomentAsked(self._checked, moment))

    def action_next_form(self) -> None:
        """Show the plan as AWS takes it."""
        self.query_one(TakeAway).show()

    def action_next_place(self) -> None:
        """Go on."""
        if self._next:
            self.post_message(PlaceChosen(self._next.place))

    def action_save_report(self) -> None:
        """Draw the report; that takes seconds, of which the first may go by before matplotlib is there."""
        self._begin(self._write_report)

    def action_share(self) -> None:
        """Write what was saved, for others."""
        self._begin(self._write_summary)

    def _begin(self, write: Callable[[], str]) -> None:
        if self.drawing:
            self.notify("The report is still being drawn.")
            return
        self.drawing = True
        self.call_after_refresh(self._draw, write)

    def _write_report(self) -> str:
        assert self._checked.plan is not None, "only a plan that AWS accepts is graded"
        file = self._study.desk.report(self._study.lab, self._checked.plan, self._grade)
        return f"The report was saved: {Path(file).absolute()}"

    def _write_summary(self) -> str:
        text, picture = self._study.desk.share(lab_summary(self._study.lab, view(self._grade)))
        return f"To share: {Path(picture).absolute()} and, as text, {Path(text).name}"

    def watch_drawing(self, drawing: bool) -> None:
        """Say so at the top for as long as it takes, and for a moment wherever the learner has scrolled to."""
        self._report.update(plain(DRAWING, "$accent"))
        self._report.display = drawing
        if drawing:
            self.notify(DRAWING)

    @work(thread=True, exclusive=True, group="report", exit_on_error=False)
    def _draw(self, write: Callable[[], str]) -> None:
        try:
            say = write()
        except ReportError as error:
            self.post_message(self.Reported(str(error), failed=True))
        else:
            self.post_message(self.Reported(say))

    def broke_off(self, worker: Worker[Any], say: str) -> None:
        """There will be no report."""
        self.drawing = False
        super().broke_off(worker, say)

    @on(Reported)
    def _reported(self, event: Reported) -> None:
        event.stop()
        self.drawing = False
        sign = WRONG if event.failed else DONE
        self._report.update(Hanging(Content.assemble(sign.content, " "), plain(event.say)))
        self._report.display = True
        self.notify(event.say, severity="warning" if event.failed else "information")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a plan that passed is taken home."""
        if action == "show_moment":
            return bool(self._grade.moments)
        if action == "next_place":
            return self._next is not None
        return self._grade.passed if action in ("next_form", "share") else True


def finish(lab: Lab, grade: Grade, following: Next | None) -> Stack:
    """Return what was saved in one picture, and what comes next."""
    summary = lab_summary(lab, view(grade))
    lines = [Hanging(Content(""), plain(summary.headline, "bold"))] if summary.bars else []
    for each, row in rows(summary, BAR):
        lines.append(Hanging(Content("  "), plain(row, "$success" if each.good else "$error")))
    if following:
        say = f"{following.title}{f', {following.note}' if following.note else ''}"
        lines.append(Hanging(Content.styled("n  ", "bold $accent"), plain(f"Next: {say}")))
    return Stack(*lines)


def headline(grade: Grade, attempt: int) -> Spread:
    """Return the verdict in a few words."""
    score = Content.styled(f"score {grade.score:.0f} of 100", "bold")
    history = Content.styled(f"   attempt {attempt}", "$quiet")
    return Spread(verdict(grade.goals, passed=grade.passed), Content.assemble(score, history))


def decisive(grade: Grade) -> Moment | None:
    """Return the moment to show: in the run that is told of first, the alarm that decided it, or else what came first;
    None where nothing is told."""
    if not grade.moments:
        return None
    first = grade.moments[0]
    run = [each for each in grade.moments if (each.release, each.seed) == (first.release, first.seed)]
    return next((each for each in run if each.decisive), first)
