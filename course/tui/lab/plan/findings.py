"""What there is to say about a plan: how grave it is, in a word and one by one; Enter on a line goes to its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
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
from course.tui.drawing.signs import CAREFUL, WRONG, Sign
from course.tui.drawing.visuals import Hanging
from course.tui.drawing.words import inline, plain
from course.tui.lab.plan.commands import BACK_TO_TEXT, SHOW_PLACE
from course.tui.widgets.choices import Choices

if TYPE_CHECKING:
    from course.plan_text import CheckedPlan, Finding, Severity

SIGNS: Mapping[Severity, Sign] = {"client": WRONG, "service": WRONG, "not-simulated": CAREFUL, "advice": CAREFUL}
WORDS: Mapping[Severity, str] = {
    "client": "refused by AWS's client",
    "service": "refused by the service",
    "not-simulated": "not simulated here",
    "advice": "accepted, but",
}
GRAVEST: tuple[Severity, ...] = ("client", "service", "not-simulated", "advice")


def gravest(findings: tuple[Finding, ...]) -> dict[int, Sign]:
    """Return one sign for each line that has findings: that of the worst."""
    worst_last = sorted(findings, key=lambda finding: -GRAVEST.index(finding.severity))
    return {finding.line: SIGNS[finding.severity] for finding in worst_last}


def verdict(checked: CheckedPlan) -> tuple[Sign | None, str]:
    """Return what there is to say of the whole plan, with a sign unless all is well."""
    if checked.read_as and checked.read_as.text:
        return CAREFUL, f"This is {checked.read_as.what}; ^s makes a plan of it"
    counts = Counter(finding.severity for finding in checked.findings)
    refused, missing, advice = counts["client"] + counts["service"], counts["not-simulated"], counts["advice"]
    if refused:
        return WRONG, f"AWS would refuse this plan: {refused} to mend"
    if not checked.ok:
        return WRONG, f"This cannot be run here: {missing} not simulated" if missing else "This is not a plan yet"
    if missing:
        return CAREFUL, f"This plan can be run, but {missing} of it is not simulated"
    if advice:
        return CAREFUL, f"AWS would accept this plan, but read the advice ({advice})"
    return None, "AWS would accept this plan"


class FindingOption(Option):
    """A line of the list, with what it is about."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(_entry(finding))
        self.finding = finding


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
        self.add_options([FindingOption(finding) for finding in findings])
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
        if isinstance(event.option, FindingOption):  # the list may have changed; the option has what it was about
            self.post_message(self.Chosen(event.option.finding.line, event.option.finding.column))


def _entry(finding: Finding) -> Hanging:
    sign = SIGNS[finding.severity]
    lead = Content.assemble(sign.content, Content.styled(f" {finding.line}:{finding.column}".ljust(8), "$quiet"))
    words = Content.styled(f"{WORDS[finding.severity]}: ", sign.style)
    return Hanging(lead, Content.assemble(words, inline(finding.say), plain(f"  {finding.path}", "$quiet")))
