"""The commands of the grade and of what is taken home, each defined once."""

from __future__ import annotations

from course.tui.commands import Command

NEXT_HINT = Command(id="next-hint", title="Hint", help="Show one more hint for this goal", key="h,f2", in_footer=True)
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
    help="Draw a report of this grade into the reports folder beside your history",
    key="s",
    in_footer=True,
)
COPY_FORM = Command(
    id="copy-form",
    title="Copy",
    help="Copy this form of the plan, as far as the terminal lets programs",
    key="c",
    in_footer=True,
)
SAVE_FORM = Command(
    id="save-form",
    title="Save",
    help="Save this form of the plan into the reports folder beside your history",
    key="s",
    in_footer=True,
)
TAKE_AWAY = (COPY_FORM, SAVE_FORM)
SHARE = Command(
    id="share",
    title="Share",
    help="Write what was saved as text and as a picture into the reports folder, to show it to others",
    key="S,shift+s",
    in_footer=True,
)
NEXT_PLACE = Command(
    id="next-place", title="Next", help="Go on with the next lesson, lab or incident", key="n", in_footer=True
)
GRADE = (NEXT_PLACE, SHOW_MOMENT, NEXT_FORM, SAVE_REPORT, SHARE)
