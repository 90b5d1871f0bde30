"""Brief, plan, run and grade in one place. Going from one to another loses nothing: all of them stay."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.reactive import var
from textual.widget import Widget
from textual.widgets import Tab, Tabs

from course.tui.commands import bindings
from course.tui.lab.brief_pane import BriefPane
from course.tui.lab.commands import LAB_CANCEL, WORKSPACE
from course.tui.lab.findings_list import FindingsList
from course.tui.lab.grade_pane import GradePane
from course.tui.lab.plan_pane import PlanPane
from course.tui.lab.run_pane import RunPane
from course.tui.lab.strip import Strip
from course.tui.lab.work import Work

if TYPE_CHECKING:
    from course.ports import CheckedPlan

Place = Literal["brief", "plan", "run", "grade"]
PLACES: tuple[Place, ...] = ("brief", "plan", "run", "grade")


class Workspace(Vertical):
    """The four panes; style sheets decide which stand side by side."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*WORKSPACE, LAB_CANCEL)

    place: var[Place] = var("brief")

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self.brief, self.plan = BriefPane(work.lab), PlanPane(work)
        self.run_pane, self.grade_pane = RunPane(work), GradePane(work)

    def compose(self) -> ComposeResult:
        """The strip over the panes."""
        yield Strip(*(Tab(place.capitalize(), id=place) for place in PLACES), id="places")
        with Horizontal(id="panes"):
            yield self.brief
            yield self.plan
            yield self.run_pane
            yield self.grade_pane

    def watch_place(self, before: Place, place: Place) -> None:
        """Show a pane; the classes are the style sheet's to interpret."""
        self.remove_class(f"-{before}")
        self.add_class(f"-{place}")
        if self.is_mounted:
            self.query_one("#places", Tabs).active = place
            self.call_after_refresh(self.focus_place)

    def focus_place(self) -> None:
        """Give the focus to what the learner will use first in the pane."""
        panes = {"brief": self.brief, "plan": self.plan.editor, "run": self.run_pane, "grade": self.grade_pane}
        pane = panes[self.place]
        inner = pane.first_focus if isinstance(pane, RunPane | GradePane) else pane
        inner.focus(scroll_visible=False)

    @on(Tabs.TabActivated, "#places")
    def _turn(self, event: Tabs.TabActivated) -> None:
        event.stop()
        self.place = next(place for place in PLACES if place == event.tab.id)

    def action_lab_brief(self) -> None:
        """Read."""
        self.place = "brief"
        self.focus_place()

    def action_lab_plan(self) -> None:
        """Write."""
        self.place = "plan"
        self.focus_place()

    def action_lab_timeline(self) -> None:
        """Watch."""
        self.place = "run"

    def action_lab_verdict(self) -> None:
        """Look at the grade."""
        self.place = "grade"

    @work(exclusive=True, group="start")
    async def action_lab_run(self) -> None:
        """Run the plan as it stands, if AWS would accept it."""
        checked = await self._accepted()
        if checked and (choice := await self.run_pane.choose()):
            self.place = "run"
            self.run_pane.start(checked, choice)

    @work(exclusive=True, group="start")
    async def action_lab_grade(self) -> None:
        """Grade the plan as it stands; an invalid one goes to its findings and costs no attempt."""
        if checked := await self._accepted():
            self.place = "grade"
            self.grade_pane.start(checked)

    async def _accepted(self) -> CheckedPlan | None:
        """Return the checked plan, or show why there is none."""
        self.plan.save()
        text = self.plan.text
        checked = await asyncio.to_thread(self._work.desk.check, self._work.lab, text)
        self.plan.checked = checked
        if checked.ok:
            return checked
        self.place = "plan"
        findings: Widget = self.plan.query_one(FindingsList) if checked.findings else self.plan.editor
        findings.focus()
        self.notify("AWS would refuse this plan. Nothing was run, and it cost no attempt.", severity="warning")
        return None

    @on(GradePane.Graded)
    def _graded(self, event: GradePane.Graded) -> None:
        event.stop()
        self.brief.grade = event.grade

    @property
    def busy(self) -> RunPane | GradePane | None:
        """The pane that is working something out, if it is the one to be seen."""
        panes: dict[Place, RunPane | GradePane] = {"run": self.run_pane, "grade": self.grade_pane}
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
        if action in ("lab_run", "lab_grade"):
            return self.busy is None
        return True
