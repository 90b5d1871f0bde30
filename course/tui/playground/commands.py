"""The commands of the alarm playground, each defined once."""

from __future__ import annotations

from course.tui.commands import Command

PLAYGROUND = Command(
    id="playground",
    title="Alarm playground",
    help="Type a row of points and see what an alarm makes of it",
    key="f7",
    in_footer=True,
)
NEXT_FIELD = Command(
    id="next-field", title="Next field", help="Go to the next thing to set", key="tab", in_footer=True, show_key="tab"
)
EXAMPLE = Command(
    id="example", title="Example", help="Put the next of a few telling rows in", key="f6,ctrl+n", in_footer=True
)
KEYS = (NEXT_FIELD, EXAMPLE)
