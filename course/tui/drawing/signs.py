"""The signs of states: each state has a sign besides its colour, one cell wide in every font."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.content import Content


@dataclass(frozen=True, slots=True)
class Sign:
    """A mark and the theme colour that goes with it."""

    mark: str
    style: str

    @property
    def content(self) -> Content:
        """The mark in its colour."""
        return Content.styled(self.mark, self.style)


DONE = Sign("✓", "$success")
HERE = Sign("●", "$accent")
PARTLY = Sign("◐", "$warning")
OPEN = Sign("○", "$hushed")
GO = Sign("▶", "$accent")
LAB = Sign("◆", "$accent")

RIGHT = Sign("✓", "$success")
WRONG = Sign("✗", "$error")
CAREFUL = Sign("!", "$warning")
MISSED = Sign("+", "$warning")
"""Right, and not chosen."""
RULED_OUT = Sign("×", "$hushed")
"""By the learner, before anything was told."""

FLEETS: Mapping[str, Sign] = {
    "blue": Sign("●", "$blue-fleet"),
    "green": Sign("◆", "$green-fleet"),
    "later": Sign("▲", "$accent"),
}
"""By the names that `labs.film` gives them."""

BAR_DONE, BAR_LEFT = "━", "─"
"""Thick and thin, so that a bar can be read without colours."""


def bar(done: int, of: int, width: int) -> Content:
    """Return a progress bar; it is full only when everything is done and empty only when nothing is."""
    filled = round(width * done / of) if of else 0
    if 0 < done < of:
        filled = min(max(filled, 1), width - 1)
    return Content.assemble(
        Content.styled(BAR_DONE * filled, "$accent"), Content.styled(BAR_LEFT * (width - filled), "$line")
    )
