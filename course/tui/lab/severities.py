"""How grave a finding is: a sign, a colour and the words for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from course.tui.drawing.signs import CAREFUL, WRONG, Sign

if TYPE_CHECKING:
    from course.ports import CheckedPlan, Finding, Severity

SIGNS: Mapping[Severity, Sign] = {"client": WRONG, "service": WRONG, "advice": CAREFUL}
WORDS: Mapping[Severity, str] = {
    "client": "refused by AWS's client",
    "service": "refused by the service",
    "advice": "accepted, but",
}
GRAVEST: tuple[Severity, ...] = ("client", "service", "advice")


def gravest(findings: tuple[Finding, ...]) -> dict[int, Sign]:
    """Return one sign for each line that has findings: that of the worst."""
    worst_last = sorted(findings, key=lambda finding: -GRAVEST.index(finding.severity))
    return {finding.line: SIGNS[finding.severity] for finding in worst_last}


def verdict(checked: CheckedPlan) -> tuple[Sign | None, str]:
    """Return what there is to say of the whole plan, with a sign unless all is well."""
    refused = sum(finding.severity != "advice" for finding in checked.findings)
    advice = len(checked.findings) - refused
    if refused or not checked.ok:
        return (
            WRONG,
            f"AWS would refuse this plan: {refused} to mend" if refused else "This is not a plan yet",
        )
    if advice:
        return CAREFUL, f"AWS would accept this plan, but read the advice ({advice})"
    return None, "AWS would accept this plan"
