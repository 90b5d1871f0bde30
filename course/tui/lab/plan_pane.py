"""Where the plan is written: the editor, what AWS would say, and the draft that is kept as it is typed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.reactive import reactive, var
from textual.widgets import TextArea

from course.tui.commands import bindings
from course.tui.lab.commands import PLAN
from course.tui.lab.confirm import Confirm
from course.tui.lab.findings_list import FindingsList
from course.tui.lab.plan_editor import PlanEditor
from course.tui.lab.plan_status import PlanStatus
from course.tui.lab.severities import gravest
from course.tui.lab.work import Work

if TYPE_CHECKING:
    from course.ports import CheckedPlan


class PlanPane(Vertical, can_focus=True):
    """The plan of one lab."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLAN)
    CHECK_PAUSE_S: ClassVar[float] = 0.15
    """A plan is checked when nothing has been typed for so long."""
    SAVE_PAUSE_S: ClassVar[float] = 0.8
    """A draft is saved when nothing has been typed for so long."""

    checked: reactive[CheckedPlan | None] = reactive(None)
    saved: var[str] = var("")
    """The text that the journal has."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        start = work.progress().draft or work.lab.start.text
        self.editor = PlanEditor(start)
        self.set_reactive(PlanPane.saved, start)

    def compose(self) -> ComposeResult:
        """The editor, its status, the findings."""
        yield self.editor
        yield PlanStatus()
        yield FindingsList()

    def on_mount(self) -> None:
        """Say at once what there is to say."""
        self.check()

    def on_unmount(self) -> None:
        """Whatever way the learner leaves, nothing is lost."""
        self.save()

    @property
    def text(self) -> str:
        """The plan as it stands."""
        return self.editor.text

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        status = self.query_one(PlanStatus)
        status.saved = self.text == self.saved
        status.current = self.checked is not None and self.checked.text == self.text
        self.check()
        self._save_soon()

    @work(exclusive=True, group="check")
    async def check(self) -> None:
        """Check the text in the background; typing on makes this check void."""
        await asyncio.sleep(self.CHECK_PAUSE_S)
        text = self.text
        self.checked = await asyncio.to_thread(self._work.desk.check, self._work.lab, text)

    @work(exclusive=True, group="save")
    async def _save_soon(self) -> None:
        await asyncio.sleep(self.SAVE_PAUSE_S)
        self.save()

    def save(self) -> None:
        """Write the draft down, if it is another one."""
        if self.text != self.saved:
            self._work.record("plan-saved", {"text": self.text})
            self.saved = self.text
            if self.is_attached:
                self.query_one(PlanStatus).saved = True

    def watch_checked(self, checked: CheckedPlan | None) -> None:
        """Show the findings in the list, in the gutter and in a word."""
        if checked is None:
            return
        self.editor.marks = gravest(checked.findings)
        self.query_one(FindingsList).findings = checked.findings
        status = self.query_one(PlanStatus)
        status.checked, status.current = checked, checked.text == self.text

    @on(FindingsList.Chosen)
    def _jump(self, event: FindingsList.Chosen) -> None:
        event.stop()
        self.editor.jump(event.line, event.column)

    @on(PlanEditor.Done)
    def _rest(self, event: PlanEditor.Done) -> None:
        event.stop()
        self.save()
        self.focus()

    @on(FindingsList.Left)
    def _write_on(self, event: FindingsList.Left) -> None:
        event.stop()
        self.editor.focus()

    def action_plan_findings(self) -> None:
        """Go to the findings, or back to the text."""
        findings = self.query_one(FindingsList)
        (self.editor if findings.has_focus or not findings.findings else findings).focus()

    @work(exclusive=True, group="replace")
    async def action_plan_reset(self) -> None:
        """Put the first plan back, if the learner means it."""
        asked = Confirm(
            "Start over?",
            "The first plan of the lab takes the place of yours. Undo brings it back.",
            "Start over",
        )
        if await self.app.push_screen_wait(asked):
            self.editor.swap(self._work.lab.start.text)

    @work(exclusive=True, group="replace")
    async def action_plan_best(self) -> None:
        """Load the best earlier attempt, if the learner means it."""
        best = self._work.progress()
        question = f"Load your best plan ({best.best_score:.0f} of 100)?"
        asked = Confirm(question, "It takes the place of this one. Undo brings this one back.", "Load it")
        if await self.app.push_screen_wait(asked):
            self.editor.swap(best.best_text)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a best plan only after a grade, and findings only where something was found."""
        if action == "plan_best":
            return bool(self._work.progress().best_text)
        if action == "plan_findings":
            return bool(self.checked and self.checked.findings)
        return True
