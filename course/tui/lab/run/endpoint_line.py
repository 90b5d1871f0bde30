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
        answer = said(self.film.run.describe_endpoint(self.t))
        label = Content.styled("DescribeEndpoint  ", "$quiet")
        fits = label.cell_length + answer.cell_length < self.size.width * self.size.height - SPARE
        return Content.assemble(label, answer) if fits else answer


def said(answer: Mapping[str, Any]) -> Content:
    """Return the parts of the answer that tell how the update is doing."""
    parts = [plain(f"{answer.get('EndpointStatus')} on {answer.get('EndpointConfigName')}", "bold")]
    pending = answer.get("PendingDeploymentSummary")
    if isinstance(pending, Mapping):
        parts.append(plain(f"pending {pending.get('EndpointConfigName')}{_variants(pending)}"))
    if reason := answer.get("FailureReason"):
        parts.append(Content.assemble("FailureReason: ", plain(str(reason), "$error")))
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
