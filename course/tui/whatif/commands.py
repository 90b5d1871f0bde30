"""The commands of what-if, each defined once."""

from __future__ import annotations

from course.tui.commands import Command

WHAT_IF = Command(
    id="what-if",
    title="What if",
    help="Turn one number of the plan and see what that does to harm, false alarms and time",
    key="w,f6",
    in_footer=True,
)
NEXT_KNOB = Command(id="next-knob", title="Next knob", help="Turn another number", key="n,right", in_footer=True)
PREVIOUS_KNOB = Command(id="previous-knob", title="Previous knob", help="Turn the number before", key="p,left")
KNOBS = (NEXT_KNOB, PREVIOUS_KNOB)
