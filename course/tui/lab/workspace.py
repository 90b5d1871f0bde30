"""The lab at work: from the panes, what happens when a plan is to be run or graded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.message import Message

from course.tui.commands import bindings
from course.tui.lab.commands import WORKSPACE
from course.tui.lab.grade.pane import GradePane
from course.tui.lab.grade.verdict import Verdict
from course.tui.lab.panes import Panes, Place
from course.tui.lab.run.choice import RunChoice
from course.tui.lab.working_pane import WorkingPane
from course.tui.whatif.commands import WHAT_IF

if TYPE_CHECKING:
    from course.ports import CheckedPlan
    from engine.plan import Plan
    from labs.lab import Lab


class Workspace(Panes):
    """Runs and grades the plan as it stands."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*WORKSPACE, WHAT_IF)

    @dataclass
    class Wondered(Message):
        """The learner asks: what if a number of the plan were another?"""

        lab: Lab
        plan: Plan

    @work(exclusive=True, group="start")
    async def action_lab_run(self) -> None:
        """Run the plan as it stands, if AWS would accept it."""
        checked = await self._accepted()
        if checked and (choice := await self.run_pane.choose()):
            self.run_pane.start(checked, choice)
            self.go("run")

    @work(exclusive=True, group="start")
    async def action_lab_grade(self) -> None:
        """Grade the plan as it stands; an invalid one goes to its findings and costs no attempt."""
        if checked := await self._accepted():
            self.grade_pane.start(checked)
            self.go("grade")

    @work(exclusive=True, group="start")
    async def action_what_if(self) -> None:
        """Turn the numbers of the plan as it stands, if AWS would accept it."""
        checked = await self._accepted()
        if checked and checked.plan:
            self.post_message(self.Wondered(self.lab, checked.plan))

    async def _accepted(self) -> CheckedPlan | None:
        """Return the checked plan; None if there is none, which is shown, or nobody waits for it any more."""
        self.plan.editor.save()
        checked = await self.plan.check_now()
        if not self.is_running:  # the learner has left meanwhile
            return None
        if checked.ok:
            return checked
        self.go("plan")
        self.call_after_refresh(self.plan.action_plan_findings)
        self.notify("AWS would refuse this plan. Nothing was run, and it cost no attempt.", severity="warning")
        return None

    @on(GradePane.Graded)
    def _graded(self, event: GradePane.Graded) -> None:
        event.stop()
        self.brief.grade = event.grade

    @on(Verdict.MomentAsked)
    def _back_to_the_moment(self, event: Verdict.MomentAsked) -> None:
        event.stop()
        self.run_pane.start(event.checked, RunChoice(event.moment.release, event.moment.seed), event.moment.t)
        self.go("run")

    @property
    def busy(self) -> WorkingPane | None:
        """The pane that is working something out, if it is the one to be seen."""
        panes: dict[Place, WorkingPane] = {"run": self.run_pane, "grade": self.grade_pane}
        pane = panes.get(self.place)
        return pane if pane and pane.busy else None

    def action_lab_cancel(self) -> None:
        """Stop what is going on."""
        if self.busy:
            self.busy.cancel()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what makes sense here."""
        if action == "lab_cancel":
            return self.busy is not None
        if action in ("lab_run", "lab_grade", "what_if"):
            return self.busy is None
        return True
