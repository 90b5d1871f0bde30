"""A knob's value written into the text of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.ports import Desk
    from labs.lab import Lab
    from labs.whatif.knobs import Knob


def with_value(desk: Desk, lab: Lab, text: str, knob: Knob, value: float) -> str | None:
    """Return the text that says what the turned plan does; None if changing one value of it does not say so.

    The place is found by its effect: several alarms have a threshold, and only one of them makes the turned plan.
    """
    wanted, size = knob.turned(value), len(knob.path)
    written = int(value) if value == int(value) else value
    for field in desk.form(text):
        if field.trail[-size:] == knob.path:
            changed = desk.edited(text, field.trail, written)
            if desk.check(lab, changed).plan == wanted:
                return changed
    return None
