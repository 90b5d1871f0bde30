"""What a controller makes of a row of points, point by point."""

from __future__ import annotations

from dataclasses import dataclass

Row = tuple[bool | None, ...]
"""Points, oldest first: True is bad, False is good, None is a point that did not come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """When it sends the new version back, if it does."""

    at: int | None
    """The point that decides, counted from 0; None: the row alone sends nothing back."""
    cells: tuple[str, ...]
    """What it has in mind after each point, in three characters at most, until it has decided."""
    say: str
    """Why, in a sentence."""
    so_far: str = "goes on"
    """Where it has not decided: how it stands, in three words."""


def counted(place: int) -> str:
    """Return the point's number as people count."""
    return f"point {place + 1}"
