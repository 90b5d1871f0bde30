"""The commands of the form, each defined once."""

from __future__ import annotations

from course.tui.commands import Command

PLAN_FORM = Command(
    id="plan-form",
    title="Form or YAML",
    help="Go on in the form, or in the YAML; both show the same plan",
    key="f2",
    in_footer=True,
)
FIELD_DOWN = Command(
    id="field-down", title="Next field", help="Go to the next field", key="down,enter", in_footer=True, show_key="↓"
)
FIELD_UP = Command(id="field-up", title="Field before", help="Go to the field before", key="up")
FORM = (FIELD_DOWN, FIELD_UP)
