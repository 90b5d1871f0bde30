"""Who gets the keys."""

from __future__ import annotations

from textual.widget import Widget


def keys_to(widget: Widget, *, scroll_visible: bool = False) -> None:
    """Give the keys to a widget at once, if it is still there.

    Textual's own `focus` waits its turn; a widget that has been replaced by then would swallow every key from there on.
    """
    if widget.is_attached:
        widget.screen.set_focus(widget, scroll_visible=scroll_visible)
