"""How much room the screens need."""

from __future__ import annotations

from textual.geometry import Size

NEEDED = Size(60, 16)
"""Below this, questions and plots cannot be read."""


def is_too_small(size: Size) -> bool:
    """Is there no room for the screens?"""
    return size.width < NEEDED.width or size.height < NEEDED.height
