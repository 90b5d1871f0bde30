"""Where the plan of a lab is written, as text or as a form, with ways back to the start and to the best."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.reactive import var
from textual.widget import Widget

from course.plan_text import CheckedPlan, Finding, ReadAs
from course.tui.commands import bindings
from course.tui.lab.plan.commands import PANE
from course.tui.lab.plan.form import FormPane
from course.tui.lab.plan.form_row import FormRow
from course.tui.lab.plan.help_line import HelpLine
from course.tui.lab.plan.writer import PlanWriter
from course.tui.lab.study import LabStudy
from course.tui.widgets.confirm import Confirm
from course.tui.widgets.keys_to import keys_to


class PlanPane(PlanWriter):
    """The plan of one lab; whatever is typed is kept."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*PANE)

    as_form: var[bool] = var(False)
    """Is the form shown instead of the YAML?"""

    def __init__(self, study: LabStudy) -> None:
        text = study.progress().draft or study.lab.start.text
        super().__init__(study.desk, lambda: study.lab, text, lambda text: study.record("plan-saved", {"text": text}))
        self._study = study
        self.form = FormPane(study.desk, self.editor)

    def compose(self) -> ComposeResult:
        """The form takes the place of the editor, above the status and the findings."""
        yield self.form
        yield from super().compose()

    def changed(self) -> None:
        """Keep up in the one that is shown."""
        if self.as_form:
            self.form.follow()
        else:
            super().changed()

    @on(FormRow.Entered)
    def _entered(self, event: FormRow.Entered) -> None:
        event.stop()
        self.query_one(HelpLine).say = event.field.about

    @property
    def explains(self) -> bool:
        """The form explains its own fields."""
        return super().explains and not self.as_form

    def jump(self, line: int, column: int) -> None:
        """Go to a place of the text."""
        self.as_form = False
        super().jump(line, column)

    @property
    def first_focus(self) -> Widget:
        """Where the learner goes on."""
        return (self.form.first_focus or self) if self.as_form else self.editor

    def ask(self) -> None:
        """Give the keys to the form or to the text."""
        if not self.as_form:
            super().ask()
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

    def watch_checked(self, checked: CheckedPlan | None) -> None:
        """Offer to make a plan of what is none."""
        super().watch_checked(checked)
        self.refresh_bindings()

    def told(self, checked: CheckedPlan) -> tuple[Finding, ...]:
        """Of what can be made a plan nothing is complained; why that cannot be is told with the rest."""
        read_as = checked.read_as
        if read_as is None:
            return checked.findings
        why = (Finding(line=1, column=1, path="", severity="client", say=each) for each in read_as.say[1:])
        return () if read_as.text else (*checked.findings, *why)

    def action_plan_of_pasted(self) -> None:
        """Put the plan in the place of what was pasted."""
        read_as = self._read_as
        if read_as is not None:
            self.editor.swap(read_as.text)
            self.notify("Undo (^z) brings back what stood here. The first lines say what was read, and what was not.")

    @property
    def _read_as(self) -> ReadAs | None:
        """What the text can be read as, once that is known."""
        found = self.checked.read_as if self.checked and self.checked.text == self.editor.text else None
        return found if found and found.text else None

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
        """There is a best plan only after a grade, and only something else can become a plan."""
        if action == "plan_best":
            return bool(self._study.progress().best_text)
        if action == "plan_of_pasted":
            return self._read_as is not None
        return super().check_action(action, parameters)
