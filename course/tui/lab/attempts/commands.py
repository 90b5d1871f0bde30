"""The commands of the list of earlier attempts, each defined once."""

from __future__ import annotations

from course.tui.commands import Command

LOAD_ATTEMPT = Command(
    id="load-attempt",
    title="Load",
    help="Put the plan of this attempt in the place of the one that stands there",
    key="enter",
    in_footer=True,
    show_key="⏎",
    first=True,
)
DIFFERENCE_DOWN = Command(
    id="difference-down", title="Read on", help="Scroll the difference down", key="space,pagedown", in_footer=True
)
DIFFERENCE_UP = Command(
    id="difference-up", title="Read back", help="Scroll the difference up", key="pageup", show_key="pgup"
)
