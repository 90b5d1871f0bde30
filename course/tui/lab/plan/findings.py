"""What there is to say about a plan; Enter on a line goes to its place in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from course.tui.commands import bindings
from course.tui.drawing.visuals import Hanging
from course.tui.drawing.words import inline, plain
from course.tui.lab.commands import BACK_TO_TEXT, SHOW_PLACE
from course.tui.lab.severities import SIGNS, WORDS
from course.tui.widgets.choices import Choices

if TYPE_CHECKING:
    from course.ports import Finding


class FindingsList(Choices):
    """The findings in the order of the text."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(SHOW_PLACE, BACK_TO_TEXT)

    findings: reactive[tuple[Finding, ...]] = reactive(())

    @dataclass
    class Chosen(Message):
        """The learner wants to see the place of a finding."""

        line: int
        """From 1."""
        column: int
        """From 1."""

    @dataclass
    class Left(Message):
        """The learner wants to go on writing."""

    def watch_findings(self, findings: tuple[Finding, ...]) -> None:
        """Show them, and keep the highlight where it was."""
        before = self.highlighted
        self.clear_options()
        self.add_options([Option(_entry(finding)) for finding in findings])
        if findings:
            self.highlighted = min(before or 0, len(findings) - 1)
        self.display = bool(findings)

    def action_show_place(self) -> None:
        """Choose what is highlighted."""
        self.action_select()

    def action_back_to_text(self) -> None:
        """Leave the list."""
        self.post_message(self.Left())

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Tell which place was chosen."""
        event.stop()
        finding = self.findings[event.option_index]
        self.post_message(self.Chosen(finding.line, finding.column))


def _entry(finding: Finding) -> Hanging:
    sign = SIGNS[finding.severity]
    lead = Content.assemble(sign.content, Content.styled(f" {finding.line}:{finding.column}".ljust(8), "$quiet"))
    words = Content.styled(f"{WORDS[finding.severity]}: ", sign.style)
    return Hanging(lead, Content.assemble(words, inline(finding.say), plain(f"  {finding.path}", "$quiet")))
