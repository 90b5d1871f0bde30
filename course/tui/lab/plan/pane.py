"""Where the plan is written, as text or as a form, and checked meanwhile; with ways to its findings, back to the
start and to the best."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.reactive import reactive, var
from textual.widget import Widget
from textual.widgets import TextArea

from course.tui.commands import bindings
from course.tui.lab.plan.commands import PLAN
from course.tui.lab.plan.completion_list import CompletionList
from course.tui.lab.plan.editor import PlanEditor
from course.tui.lab.plan.findings import FindingsList, gravest
from course.tui.lab.plan.form import FormPane
from course.tui.lab.plan.form_row import FormRow
from course.tui.lab.plan.help_line import HelpLine
from course.tui.lab.plan.status import PlanStatus
from course.tui.lab.study import LabStudy
from course.tui.widgets.confirm import Confirm
from course.tui.widgets.keys_to import keys_to
from course.tui.widgets.same_in_focus import SameInFocus

if TYPE_CHECKING:
    from course.plan_text import CheckedPlan


NOTHING = "Nothing is known that could be written here, or all of it is there already."


class PlanPane(SameInFocus, Vertical, can_focus=True):
    """The plan of one lab; `checked` keeps up with the text."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLAN)
    CHECK_PAUSE_S: ClassVar[float] = 0.15
    """A plan is checked when nothing has been typed for so long."""
    EXPLAIN_PAUSE_S: ClassVar[float] = 0.05
    """What stands at the cursor is explained when it has stood still for so long."""

    checked: reactive[CheckedPlan | None] = reactive(None)
    as_form: var[bool] = var(False)
    """Is the form shown instead of the YAML?"""

    def __init__(self, study: LabStudy) -> None:
        super().__init__()
        self._study = study
        start = study.progress().draft or study.lab.start.text
        self.editor = PlanEditor(start, lambda text: study.record("plan-saved", {"text": text}))
        self.form = FormPane(study.desk, self.editor)

    def compose(self) -> ComposeResult:
        """The form takes the place of the editor, above the status and the findings."""
        yield self.form
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
        if self.as_form:
            self.form.follow()
        elif self.editor.completions.is_open:
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

    @on(FormRow.Entered)
    def _entered(self, event: FormRow.Entered) -> None:
        event.stop()
        self.query_one(HelpLine).say = event.field.about

    @work(exclusive=True, group="explain")
    async def _explain(self) -> None:
        """Say what is meant by what stands at the cursor, once that has come to rest."""
        await asyncio.sleep(self.EXPLAIN_PAUSE_S)
        (row, column), text = self.editor.cursor_location, self.editor.text
        say = await asyncio.to_thread(self._study.desk.about, text, row + 1, column + 1)
        if self.is_running and not self.as_form:
            self.query_one(HelpLine).say = say

    @work(exclusive=True, group="complete")
    async def _complete(self, *, typing: bool = False) -> None:
        """List what could be written at the cursor; while it is typed, as long as it is the same word."""
        (row, column), text = self.editor.cursor_location, self.editor.text
        desk, lab = self._study.desk, self._study.lab
        found = await asyncio.to_thread(desk.completions, lab, text, row + 1, column + 1)
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
        desk, lab = self._study.desk, self._study.lab
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

    @on(FindingsList.Chosen)
    def _jump(self, event: FindingsList.Chosen) -> None:
        event.stop()
        self.as_form = False
        self.editor.jump(event.line, event.column)

    @on(PlanEditor.Done)
    def _rest(self, event: PlanEditor.Done) -> None:
        event.stop()
        self.editor.save()
        keys_to(self)

    @on(FindingsList.Left)
    def _write_on(self, event: FindingsList.Left) -> None:
        event.stop()
        self.ask()

    @property
    def first_focus(self) -> Widget:
        """Where the learner goes on."""
        return (self.form.first_focus or self) if self.as_form else self.editor

    def ask(self) -> None:
        """Give the keys to the form or to the text."""
        if not self.as_form:
            keys_to(self.editor)
        elif not self.form.ask():
            keys_to(self)

    def watch_as_form(self, as_form: bool) -> None:
        """Show one of the two."""
        self.editor.display, self.form.display = not as_form, as_form
        self.editor.completions.found = None
        if as_form:
            self.form.follow()

    def action_plan_form(self) -> None:
        """Go on in the other one, at once."""
        self.as_form = not self.as_form
        self.call_after_refresh(self.ask)

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

    def action_plan_reset(self) -> None:
        """Put the first plan back, if the learner means it."""
        asked = Confirm(
            "Start over?",
            "The first plan of the lab takes the place of yours. Undo brings it back.",
            "Start over",
        )
        self._replace_if(asked, self._study.lab.start.text)

    def action_plan_best(self) -> None:
        """Load the best earlier attempt, if the learner means it."""
        best = self._study.progress()
        question = f"Load your best plan ({best.best_score:.0f} of 100)?"
        asked = Confirm(question, "It takes the place of this one. Undo brings this one back.", "Load it")
        self._replace_if(asked, best.best_text)

    def _replace_if(self, asked: Confirm, text: str) -> None:
        self.app.push_screen(asked, lambda yes: self.editor.swap(text) if yes else None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a best plan only after a grade, and findings only where something was found."""
        if action == "plan_complete":
            return self.editor.has_focus
        if action == "plan_best":
            return bool(self._study.progress().best_text)
        if action == "plan_findings":
            return bool(self.checked and self.checked.findings) and not self.query_one(FindingsList).has_focus
        return True
