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
NEXT_KNOB = Command(id="next-knob", title="Next knob", help="Turn another number", key="n", in_footer=True)
PREVIOUS_KNOB = Command(id="previous-knob", title="Previous knob", help="Turn the number before", key="p")
TURN_UP = Command(
    id="turn-up", title="Turn", help="Go to the next value of this knob", key="right", in_footer=True, show_key="←→"
)
TURN_DOWN = Command(id="turn-down", title="Turn back", help="Go to the value before", key="left")
WRITE_VALUE = Command(
    id="write-value",
    title="Write",
    help="Write the marked value into the plan; comments and all else stay",
    key="enter",
    in_footer=True,
    show_key="⏎",
)
PREDICT_UP = Command(id="predict-up", title="Up", help="Predict that harm or cost goes up", key="u", in_footer=True)
PREDICT_DOWN = Command(
    id="predict-down", title="Down", help="Predict that harm or cost goes down", key="d", in_footer=True
)
PREDICT_STAYS = Command(id="predict-stays", title="Stays", help="Predict that it stays", key="s", in_footer=True)
KNOBS = (WRITE_VALUE, TURN_UP, TURN_DOWN, PREDICT_UP, PREDICT_DOWN, PREDICT_STAYS, NEXT_KNOB, PREVIOUS_KNOB)
