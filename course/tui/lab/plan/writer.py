"""A text in which a plan is written: explained at the cursor, completed when asked, and checked meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import TextArea

from course.tui.commands import bindings
from course.tui.lab.plan.commands import WRITER
from course.tui.lab.plan.completion_list import CompletionList
from course.tui.lab.plan.editor import PlanEditor
from course.tui.lab.plan.findings import FindingsList, gravest
from course.tui.lab.plan.help_line import HelpLine
from course.tui.lab.plan.status import PlanStatus
from course.tui.widgets.keys_to import keys_to
from course.tui.widgets.same_in_focus import SameInFocus

if TYPE_CHECKING:
    from course.plan_text import CheckedPlan, Completions, Finding
    from course.ports import Desk
    from labs.lab import Lab

NOTHING = "Nothing is known that could be written here, or all of it is there already."


class PlanWriter(SameInFocus, Vertical, can_focus=True):
    """The text of a plan for one lab; `checked` keeps up with it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*WRITER)
    CHECK_PAUSE_S: ClassVar[float] = 0.15
    """A plan is checked when nothing has been typed for so long."""
    EXPLAIN_PAUSE_S: ClassVar[float] = 0.05
    """What stands at the cursor is explained when it has stood still for so long."""

    checked: reactive[CheckedPlan | None] = reactive(None)

    @dataclass
    class Wrote(Message):
        """The text is another one now."""

        text: str

    def __init__(self, desk: Desk, lab: Callable[[], Lab], text: str, keep: Callable[[str], None]) -> None:
        super().__init__()
        self._desk, self._lab = desk, lab
        """Opening a lab may take a while, so it is done in the background."""
        self.editor = PlanEditor(text, keep)

    def compose(self) -> ComposeResult:
        """The text above what there is to say of it."""
        yield self.editor
        yield self.editor.completions
        yield HelpLine()
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
        self.changed()

    def changed(self) -> None:
        """Keep up with a text that is another now, and tell it."""
        self.post_message(self.Wrote(self.editor.text))
        if self.editor.completions.is_open:
            self._complete(typing=True)

    @on(TextArea.SelectionChanged)
    def _moved(self, event: TextArea.SelectionChanged) -> None:
        event.stop()
        if self.editor.has_focus:
            self._explain()

    def on_descendant_focus(self) -> None:
        """Explain where the learner goes on in the text."""
        if self.editor.has_focus:
            self._explain()

    @property
    def explains(self) -> bool:
        """Is what stands at the cursor of the text to be explained?"""
        return self.is_running

    @work(exclusive=True, group="explain")
    async def _explain(self) -> None:
        """Say what is meant by what stands at the cursor, once that has come to rest."""
        await asyncio.sleep(self.EXPLAIN_PAUSE_S)
        (row, column), text = self.editor.cursor_location, self.editor.text
        say = await asyncio.to_thread(self._desk.about, text, row + 1, column + 1)
        if self.explains:
            self.query_one(HelpLine).say = say

    @work(exclusive=True, group="complete")
    async def _complete(self, *, typing: bool = False) -> None:
        """List what could be written at the cursor; while it is typed, as long as it is the same word."""
        (row, column), text = self.editor.cursor_location, self.editor.text
        found = await asyncio.to_thread(self._completions, text, row + 1, column + 1)
        before = self.editor.completions.found
        if not self.is_running or (
            typing and (before is None or (before.line, before.start) != (found.line, found.start))
        ):
            self.editor.completions.found = None
            return
        self.editor.completions.found = found if found.options else None
        self.refresh_bindings()
        self.call_after_refresh(self.editor.scroll_cursor_visible)
        if not found.options and not typing:
            self.notify(NOTHING)

    def _completions(self, text: str, line: int, column: int) -> Completions:
        return self._desk.completions(self._lab(), text, line, column)

    @on(CompletionList.Taken)
    def _taken(self, event: CompletionList.Taken) -> None:
        event.stop()
        self.editor.complete(event.found, event.option)

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
        text = self.editor.text
        checked = await asyncio.to_thread(lambda: self._desk.check(self._lab(), text))
        if self.is_running:  # else the learner has left meanwhile, and the list of findings is gone
            self.checked = checked
        return checked

    def watch_checked(self, checked: CheckedPlan | None) -> None:
        """Show the findings in the list, in the gutter and in a word."""
        if checked is None:
            return
        findings = self.told(checked)
        self.editor.marks = gravest(findings)
        self.query_one(FindingsList).findings = findings
        status = self.query_one(PlanStatus)
        status.checked, status.current = checked, self._is_current

    def told(self, checked: CheckedPlan) -> tuple[Finding, ...]:
        """Return what is shown of what there is to say."""
        return checked.findings

    @on(FindingsList.Chosen)
    def _jump(self, event: FindingsList.Chosen) -> None:
        event.stop()
        self.jump(event.line, event.column)

    def jump(self, line: int, column: int) -> None:
        """Go to a place of the text."""
        self.editor.jump(line, column)

    @on(PlanEditor.Done)
    def _rest(self, event: PlanEditor.Done) -> None:
        event.stop()
        self.editor.save()
        self.rest()

    def rest(self) -> None:
        """Take the keys, so that single ones are commands."""
        keys_to(self)

    @on(FindingsList.Left)
    def _write_on(self, event: FindingsList.Left) -> None:
        event.stop()
        self.ask()

    def ask(self) -> None:
        """Give the keys to the text."""
        keys_to(self.editor)

    def action_plan_complete(self) -> None:
        """List what could be written at the cursor."""
        self._complete()

    def action_plan_findings(self) -> None:
        """Go to the findings; without any, to the text."""
        findings = self.query_one(FindingsList)
        if findings.findings:
            keys_to(findings)
        else:
            self.ask()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Completions are for the text, and findings only where something was found."""
        if action == "plan_complete":
            return self.editor.has_focus
        if action == "plan_findings":
            findings = self.query_one(FindingsList)
            return bool(findings.findings) and not findings.has_focus
        return True
