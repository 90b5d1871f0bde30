"""The commands of the search."""

from __future__ import annotations

from course.tui.commands import Command

OPEN_FOUND = Command(
    id="open-found",
    title="Look up",
    help="Open what is highlighted; Esc comes back to this list",
    key="enter",
    in_footer=True,
    show_key="⏎",
)
HIT_DOWN = Command(id="hit-down", title="Down", help="Go to the next thing that was found", key="down", in_footer=True)
HIT_UP = Command(id="hit-up", title="Up", help="Go to the thing before", key="up")
HITS_DOWN = Command(id="hits-down", title="Page down", help="Go a screenful down the list", key="pagedown")
HITS_UP = Command(id="hits-up", title="Page up", help="Go a screenful up the list", key="pageup")
SEARCHING = (OPEN_FOUND, HIT_DOWN, HIT_UP, HITS_DOWN, HITS_UP)
