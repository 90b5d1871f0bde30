"""The plan that passed, as one would send it to AWS for real."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import var
from textual.widgets import Static, Tab, Tabs, TextArea

from course.plan_text import Form
from course.ports import ReportError
from course.tui.commands import bindings
from course.tui.lab.grade.commands import TAKE_AWAY
from course.tui.widgets.area import Area
from course.tui.widgets.goes_on import GoesOn
from course.tui.widgets.tab_line import TabLine

if TYPE_CHECKING:
    from course.ports import Desk

FORMS: tuple[tuple[Form, str], ...] = (
    ("cli", "AWS commands"),
    ("boto3", "Python"),
    ("cloudformation", "CloudFormation"),
    ("terraform", "Terraform"),
    ("cdk", "CDK"),
)


ENDINGS: dict[Form, str] = {
    "cli": ".sh",
    "boto3": ".py",
    "cloudformation": ".yaml",
    "terraform": ".tf",
    "cdk": "-stack.py",
}


class TakeAway(GoesOn, Vertical):
    """The forms of one plan, which can be marked and copied."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*TAKE_AWAY)

    WORK: ClassVar[Mapping[str, str]] = {"take-away": "Writing this form of the plan", "keep": "Saving it"}
    form: var[Form] = var[Form]("cli")

    @dataclass
    class Written(Message):
        """A form of the plan."""

        form: Form
        text: str

    @dataclass
    class Kept(Message):
        """The form has been saved, or why not."""

        say: str
        failed: bool = False

    def __init__(self, desk: Desk, lab: str, text: str) -> None:
        super().__init__()
        self._desk, self._lab, self._text = desk, lab, text

    def compose(self) -> ComposeResult:
        """The forms, and one of them in full."""
        yield Static("Take it with you", classes="heading")
        yield TabLine(*(Tab(title, id=form) for form, title in FORMS), id="forms")
        yield Area(read_only=True, soft_wrap=False, compact=True, show_cursor=False)

    def watch_form(self, form: Form) -> None:
        """Write the plan in this form."""
        self._write(form)
        if self.is_mounted:
            self.query_one("#forms", Tabs).active = form

    @work(thread=True, exclusive=True, group="take-away", exit_on_error=False)
    def _write(self, form: Form) -> None:
        self.post_message(self.Written(form, self._desk.takeaway(self._text, form)))

    @on(Written)
    def _written(self, event: Written) -> None:
        event.stop()
        if event.form == self.form:
            self.query_one(TextArea).load_text(event.text)

    @on(Tabs.TabActivated)
    def _turn(self, event: Tabs.TabActivated) -> None:
        event.stop()
        self.form = next(form for form, _ in FORMS if form == event.tab.id)

    def action_copy_form(self) -> None:
        """Copy it."""
        self.app.copy_to_clipboard(self.query_one(TextArea).text)
        self.notify("Copied. Where the terminal does not let programs copy, s saves it.")

    @work(thread=True, exclusive=True, group="keep", exit_on_error=False)
    def action_save_form(self) -> None:
        """Save it."""
        try:
            file = self._desk.keep(f"{self._lab}{ENDINGS[self.form]}", self.query_one(TextArea).text)
        except ReportError as error:
            self.post_message(self.Kept(str(error), failed=True))
        else:
            self.post_message(self.Kept(f"Saved: {Path(file).absolute()}"))

    @on(Kept)
    def _kept(self, event: Kept) -> None:
        event.stop()
        self.notify(event.say, severity="warning" if event.failed else "information")

    def show(self) -> None:
        """Come into sight; when that is done already, go on to the next form."""
        area = self.query_one(TextArea)
        if area.has_focus:
            forms = [form for form, _ in FORMS]
            self.form = forms[(forms.index(self.form) + 1) % len(forms)]
        area.focus()
        self.scroll_visible(animate=False)
