"""A line of tabs."""

from __future__ import annotations

from textual.widgets import Tabs


class TabLine(Tabs, can_focus=False):
    """For the mouse; every tab also has a key, so that the focus stays where the work is."""
