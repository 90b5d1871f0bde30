"""The four panes of a lab and the ways between them. All of them stay, so that going loses nothing."""

from __future__ import annotations

from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.reactive import var
from textual.widgets import Tab, Tabs

from course.tui.lab.brief_pane import BriefPane
from course.tui.lab.grade.pane import GradePane
from course.tui.lab.plan.pane import PlanPane
from course.tui.lab.run.pane import RunPane
from course.tui.lab.work import Work
from course.tui.lab.working_pane import WorkingPane
from course.tui.widgets.strip import Strip

Place = Literal["brief", "plan", "run", "grade"]
PLACES: tuple[Place, ...] = ("brief", "plan", "run", "grade")


class Panes(Vertical):
    """Brief, plan, run and grade; brief and plan side by side where there is room. Bindings are the subclass's."""

    place: var[Place] = var("brief")

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.lab = work.lab
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

    def on_mount(self) -> None:
        """Begin with one pane."""
        self._arrange()

    def on_resize(self) -> None:
        """There may be room for another pane now."""
        self._arrange()

    def watch_place(self, place: Place) -> None:
        """Show a pane."""
        if self.is_mounted:
            self._arrange()
            self.query_one("#places", Tabs).active = place

    def _arrange(self) -> None:
        """Display what belongs to the place. A class for it would have every widget styled again, at every step."""
        both = self.screen.has_class("-wide") and self.place in ("brief", "plan")
        self.brief.display = both or self.place == "brief"
        self.plan.display = both or self.place == "plan"
        self.run_pane.display = self.place == "run"
        self.grade_pane.display = self.place == "grade"

    def focus_place(self) -> None:
        """Give the focus to what the learner will use first in the pane."""
        panes = {"brief": self.brief, "plan": self.plan.first_focus, "run": self.run_pane, "grade": self.grade_pane}
        pane = panes[self.place]
        inner = pane.first_focus if isinstance(pane, WorkingPane) else pane
        inner.focus(scroll_visible=False)

    @on(Tabs.TabActivated, "#places")
    def _turn(self, event: Tabs.TabActivated) -> None:
        event.stop()
        if event.tab.id != self.place:
            self.go(next(place for place in PLACES if place == event.tab.id))

    def go(self, place: Place) -> None:
        """Show a pane and give it the keys."""
        self.place = place
        self.call_after_refresh(self.focus_place)

    def action_lab_brief(self) -> None:
        """Read."""
        self.go("brief")

    def action_lab_plan(self) -> None:
        """Write."""
        self.go("plan")

    def action_lab_timeline(self) -> None:
        """Watch."""
        self.go("run")

    def action_lab_verdict(self) -> None:
        """Look at the grade."""
        self.go("grade")
