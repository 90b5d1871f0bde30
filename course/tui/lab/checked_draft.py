"""The draft of a plan, checked as it is typed: the editor, what AWS would say, and what there is to mend."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.reactive import reactive
from textual.widgets import TextArea

from course.tui.lab.draft import Draft
from course.tui.lab.plan.findings import FindingsList
from course.tui.lab.plan.status import PlanStatus
from course.tui.lab.severities import gravest
from course.tui.lab.work import Work
from course.tui.widgets.same_in_focus import SameInFocus

if TYPE_CHECKING:
    from course.ports import CheckedPlan


class CheckedDraft(SameInFocus, Vertical, can_focus=True):
    """Keeps `checked` up with the text."""

    CHECK_PAUSE_S: ClassVar[float] = 0.15
    """A plan is checked when nothing has been typed for so long."""

    checked: reactive[CheckedPlan | None] = reactive(None)

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        start = work.progress().draft or work.lab.start.text
        self.editor = Draft(start, lambda text: work.record("plan-saved", {"text": text}))

    def compose(self) -> ComposeResult:
        """The editor, the status, the findings."""
        yield self.editor
        yield PlanStatus()
        yield FindingsList()

    def on_mount(self) -> None:
        """Say at once what there is to say."""
        status = self.query_one(PlanStatus)
        self.watch(self.editor, "kept", lambda kept: setattr(status, "saved", kept))
        self.check()

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.query_one(PlanStatus).current = self._is_current
        self.check()

    @property
    def _is_current(self) -> bool:
        return self.checked is not None and self.checked.text == self.editor.text

    @work(exclusive=True, group="check")
    async def check(self) -> None:
        """Check the text in the background; typing on makes this check void."""
        await asyncio.sleep(self.CHECK_PAUSE_S)
        await self.check_now()

    async def check_now(self) -> CheckedPlan:
        """Check the text as it stands, and show what there is to say."""
        desk, lab = self._work.desk, self._work.lab
        checked = await asyncio.to_thread(desk.check, lab, self.editor.text)
        if self.is_running:  # else the learner has left meanwhile, and the list of findings is gone
            self.checked = checked
        return checked

    def watch_checked(self, checked: CheckedPlan | None) -> None:
        """Show the findings in the list, in the gutter and in a word."""
        if checked is None:
            return
        self.editor.marks = gravest(checked.findings)
        self.query_one(FindingsList).findings = checked.findings
        status = self.query_one(PlanStatus)
        status.checked, status.current = checked, self._is_current
