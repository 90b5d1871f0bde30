"""A line of tabs."""

from __future__ import annotations

from textual import on
from textual.widgets import Tabs


class TabLine(Tabs, can_focus=False):
    """For the mouse; every tab also has a key, so that the focus stays where the work is."""

    @on(Tabs.TabActivated)
    def _tell_of_the_last_alone(self, event: Tabs.TabActivated) -> None:
        """Keep to itself which tab was chosen before the one that is: whoever turned to it, and was turned back by the
        next of these messages, would go to and fro for ever."""
        if event.tab.id != self.active:
            event.stop()
