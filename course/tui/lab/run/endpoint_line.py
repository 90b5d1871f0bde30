"""What DescribeEndpoint says at the play head."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from course.tui.drawing.words import plain
from labs.film.film import Film

SPARE = 16
"""Cells that may stay empty at the end of a line, where a long word does not fit."""


class EndpointLine(Widget):
    """Status, configuration, what is pending, and the reason of a failure."""

    film: reactive[Film | None] = reactive(None)
    t: reactive[float] = reactive(0.0, repaint=False)

    def watch_t(self, before: float, t: float) -> None:
        """Draw again when the answer is another one."""
        if self.film and self.film.run.describe_endpoint(before) is not self.film.run.describe_endpoint(t):
            self.refresh()

    def render(self) -> Content:
        """The answer in one line, or two where it is narrow."""
        if self.film is None:
            return Content("")
        answer = self.film.run.describe_endpoint(self.t)
        room = self.size.width * self.size.height - SPARE * (self.size.height - 1)
        label = Content.styled("DescribeEndpoint  ", "$quiet")
        whole = Content.assemble(label, said(answer))
        ways = (whole, said(answer), said(answer, len(str(answer.get("FailureReason"))) - _excess(answer, room)))
        return next((way for way in ways if way.cell_length <= room), ways[-1])


def _excess(answer: Mapping[str, Any], room: int) -> int:
    return max(0, said(answer).cell_length - room)


def shortened(reason: str, length: int) -> str:
    """Return a reason without its first words: its end names the alarms."""
    if len(reason) <= length:
        return reason
    kept = reason.split()
    while len(kept) > 1 and len(" ".join(kept)) + 2 > length:
        kept.pop(0)
    return f"… {' '.join(kept)}"


def said(answer: Mapping[str, Any], length: int | None = None) -> Content:
    """Return the parts of the answer that tell how the update is doing, with at most so much of a reason."""
    if "Error" in answer:
        return plain(str(answer["Error"]["Message"]), "bold")
    parts = [plain(f"{answer.get('EndpointStatus')} on {answer.get('EndpointConfigName')}", "bold")]
    pending = answer.get("PendingDeploymentSummary")
    if isinstance(pending, Mapping):
        parts.append(plain(f"pending {pending.get('EndpointConfigName')}{_variants(pending)}"))
    if reason := answer.get("FailureReason"):
        words = str(reason) if length is None else shortened(str(reason), length)
        parts.append(Content.assemble("FailureReason: ", plain(words, "$error")))
    return Content(" · ").join(parts)


def _variants(pending: Mapping[str, Any]) -> str:
    """Return the last status of each variant, such as ` (main Baking)`."""
    said = [
        f"{variant.get('VariantName')} {statuses[-1].get('Status')}"
        for variant in pending.get("ProductionVariants", ())
        for statuses in [variant.get("VariantStatus")]
        if statuses
    ]
    return f" ({', '.join(said)})" if said else ""
