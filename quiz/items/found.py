"""A figure that was worked out, or the reason why there is none; and what is needed for one."""

from __future__ import annotations

from dataclasses import dataclass

LEARNERS = 10
"""The fewest that say how well an item tells learners apart, and whom it draws. With ten, chance alone moves a
correlation by about a third; with thirty by less than a fifth."""
OTHERS = 3
"""The fewest other items that a learner must have answered to be placed among the others."""


@dataclass(frozen=True, slots=True)
class Found:
    """A figure, or None with the reason in `why`."""

    value: float | None
    why: str = ""
