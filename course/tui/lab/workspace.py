"""The lab at work: its four panes, the ways between them, and what happens when a plan is to be run or graded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget
from textual.widgets import Tab, Tabs

from course.tui.commands import bindings
from course.tui.foretelling.before_run import ForetellRun
from course.tui.foretelling.commands import ASK_BEFORE_RUNS
from course.tui.foretelling.habit import OFF, ON, TURNED_OFF, TURNED_ON, after_skipping, is_asked
from course.tui.lab.attempts.dialog import ChooseAttempt
from course.tui.lab.brief_pane import BriefPane
from course.tui.lab.commands import WORKSPACE
from course.tui.lab.grade.pane import GradePane
from course.tui.lab.grade.verdict import Verdict
from course.tui.lab.job_view import JobView
from course.tui.lab.plan.findings import verdict
from course.tui.lab.plan.pane import PlanPane
from course.tui.lab.run.choice import RunChoice
from course.tui.lab.run.pane import RunPane
from course.tui.lab.study import LabStudy
from course.tui.whatif.commands import WHAT_IF
from course.tui.widgets.confirm import Confirm
from course.tui.widgets.goes_on import GoesOn
from course.tui.widgets.keys_to import keys_to
from course.tui.widgets.tab_line import TabLine

if TYPE_CHECKING:
    from course.plan_text import CheckedPlan
    from engine.plan import Plan
    from labs.lab import Lab
    from labs.prediction import Values

Place = Literal["brief", "plan", "run", "grade"]
PLACES: tuple[Place, ...] = ("brief", "plan", "run", "grade")


class Workspace(GoesOn, Vertical):
    """Brief, plan, run and grade; brief and plan side by side where there is room. All panes stay, so that going loses
    nothing."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*WORKSPACE, WHAT_IF, ASK_BEFORE_RUNS)

    WORK: ClassVar[Mapping[str, str]] = {"start": "Checking the plan"}
    place: var[Place] = var[Place]("brief")

    @dataclass
    class Wondered(Message):
        """The learner asks: what if a number of the plan were another?"""

        lab: Lab
        plan: Plan
        text: str
        write: Callable[[str], None]
        """Puts another text into the editor."""

    def __init__(self, study: LabStudy) -> None:
        super().__init__()
        self._study, self._lab, self._memory = study, study.lab, study.memory
        self.brief_pane, self.plan_pane = BriefPane(study.lab), PlanPane(study)
        self.run_pane, self.grade_pane = RunPane(study), GradePane(study)

    def compose(self) -> ComposeResult:
        """The strip over the panes."""
        yield TabLine(*(Tab(place.capitalize(), id=place) for place in PLACES), id="places")
        with Horizontal(id="panes"):
            yield self.brief_pane
            yield self.plan_pane
            yield self.run_pane
            yield self.grade_pane

    def on_mount(self) -> None:
        """Begin with one pane."""
        self._arrange()
        self.watch(self.plan_pane, "checked", self._compare)

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
        self.brief_pane.display = both or self.place == "brief"
        self.plan_pane.display = both or self.place == "plan"
        self.run_pane.display = self.place == "run"
        self.grade_pane.display = self.place == "grade"
        self._compare()

    def _compare(self) -> None:
        """Let the grade say whether it is that of another plan."""
        for shown in self.grade_pane.query(Verdict):
            shown.text = self.plan_pane.editor.text

    @property
    def first_focus(self) -> Widget:
        """What the learner will use first in the pane."""
        match self.place:
            case "brief":
                return self.brief_pane
            case "plan":
                return self.plan_pane.first_focus
            case "run":
                return self.run_pane.first_focus
            case "grade":
                return self.grade_pane.first_focus

    @on(Tabs.TabActivated, "#places")
    def _turn(self, event: Tabs.TabActivated) -> None:
        event.stop()
        if event.tab.id != self.place:
            self.go(next(place for place in PLACES if place == event.tab.id))

    def go(self, place: Place) -> None:
        """Show a pane and give it the keys."""
        self.place = place
        self.call_after_refresh(lambda: keys_to(self.first_focus))

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

    @work(exclusive=True, group="start", exit_on_error=False)
    async def action_lab_run(self) -> None:
        """Run the plan as it stands, if AWS would accept it."""
        checked = await self._accepted()
        choice = await self.run_pane.choose() if checked else None
        said = await self._foretell(choice) if choice else None
        if checked and choice and said is not None:
            self.run_pane.start(checked, choice, said=said)
            self.go("run")

    async def _foretell(self, choice: RunChoice) -> Values | None:
        """Return what the learner says will happen, nothing if they are not asked or skip it; None: they do not want
        the run."""
        study, habit = self._study, self._study.preferred()
        if not is_asked(habit):
            return {}
        said = await self.app.push_screen_wait(ForetellRun(study.release_name(choice.release), study.asks))
        if said is not None and (after := ON if said else after_skipping(habit)) != (habit or ON):
            study.prefer(after)
            if after == OFF:
                self.notify(TURNED_OFF)
        return said

    def action_ask_before_runs(self) -> None:
        """Ask before runs from now on, or no longer."""
        after = OFF if is_asked(self._study.preferred()) else ON
        self._study.prefer(after)
        self.notify(TURNED_OFF if after == OFF else TURNED_ON)

    @work(exclusive=True, group="start", exit_on_error=False)
    async def action_lab_grade(self) -> None:
        """Grade the plan as it stands; an invalid one goes to its findings and costs no attempt."""
        if checked := await self._accepted():
            last = self._memory.grade
            if last is not None and last.checked.text == checked.text:
                self.notify("This very plan has been graded: here it is. It is no new attempt.")
            else:
                self.grade_pane.start(checked)
            self.go("grade")

    @work(exclusive=True, group="start", exit_on_error=False)
    async def action_what_if(self) -> None:
        """Turn the numbers of the plan as it stands, if AWS would accept it."""
        checked = await self._accepted()
        if checked and checked.plan:
            self.post_message(self.Wondered(self._lab, checked.plan, checked.text, self.plan_pane.editor.swap))

    @work(exclusive=True, group="start", exit_on_error=False)
    async def action_lab_attempts(self) -> None:
        """Show the earlier attempts beside the plan, and load one; ask first where the plan would be lost."""
        text, earlier = self.plan_pane.editor.text, [each for each in self._study.attempts() if each.text]
        chosen = await self.app.push_screen_wait(ChooseAttempt(earlier, text))
        if chosen is None or chosen.text == text:
            return
        if text not in (self._lab.start.text, *(each.text for each in earlier)):
            asked = Confirm(
                f"Load attempt {chosen.number}?",
                "It takes the place of your plan, which has not been graded. Undo brings that back.",
                "Load it",
            )
            if not await self.app.push_screen_wait(asked):
                return
        self.plan_pane.editor.swap(chosen.text)
        self.go("plan")

    async def _accepted(self) -> CheckedPlan | None:
        """Return the checked plan; None if there is none, which is shown, or nobody waits for it any more."""
        self.plan_pane.editor.save()
        checked = await self.plan_pane.check_now()
        if not self.is_running or not self.screen.is_current:  # the learner has gone elsewhere meanwhile
            return None
        if checked.ok:
            return checked
        self.go("plan")
        self.call_after_refresh(self.plan_pane.action_plan_findings)
        self.notify(
            f"{verdict(checked)[1]}. Nothing was run, and it cost no attempt.", severity="warning", markup=False
        )
        return None

    @on(GradePane.Graded)
    def _graded(self, event: GradePane.Graded) -> None:
        event.stop()
        self.brief_pane.grade = event.grade
        self._compare()

    @on(Verdict.MomentAsked)
    def _back_to_the_moment(self, event: Verdict.MomentAsked) -> None:
        event.stop()
        self.run_pane.start(event.checked, RunChoice(event.moment.release, event.moment.seed), event.moment.t)
        self.go("run")

    @property
    def busy(self) -> JobView | None:
        """What is being worked out in the pane that is to be seen."""
        jobs: dict[Place, JobView] = {"run": self.run_pane.job, "grade": self.grade_pane.job}
        job = jobs.get(self.place)
        return job if job and job.busy else None

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
        if action == "lab_attempts":
            return self._study.revealed
        return True
