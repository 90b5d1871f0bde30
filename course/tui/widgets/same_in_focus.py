"""Widgets whose looks do not depend on the focus."""

from __future__ import annotations


class SameInFocus:
    """To be mixed into a widget: when the focus comes or goes, nothing in it is styled anew.

    Textual styles a widget and everything in it whenever the focus comes or goes; for a pane full of text that takes
    longer than drawing it.
    """

    def watch_has_focus(self, has_focus: bool) -> None:
        """Leave the styles as they are."""
