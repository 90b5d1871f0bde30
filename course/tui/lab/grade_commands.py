"""The commands under a grade, each defined once."""

from __future__ import annotations

from course.tui.commands import Command

SHOW_MOMENT = Command(
    id="show-moment",
    title="Moment",
    help="Go to the moment that decided the grade, in the run in which it happened",
    key="m",
    in_footer=True,
)
NEXT_FORM = Command(
    id="next-form",
    title="Take away",
    help="Go to the plan as you would send it to AWS: commands, Python, CloudFormation in turns",
    key="t",
    in_footer=True,
)
SAVE_REPORT = Command(
    id="save-report",
    title="Report",
    help="Draw a report of this grade into the working folder",
    key="s",
    in_footer=True,
)
GRADE = (SHOW_MOMENT, NEXT_FORM, SAVE_REPORT)
