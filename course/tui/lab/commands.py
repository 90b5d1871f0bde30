"""The commands of the lab as a whole, each defined once; those of its parts are in their folders."""

from __future__ import annotations

from course.tui.commands import Command

LAB_RUN = Command(
    id="lab-run",
    title="Run",
    help="Run the plan once against a release of your choice",
    key="r,ctrl+r",
    in_footer=True,
)
LAB_GRADE = Command(
    id="lab-grade",
    title="Grade",
    help="Grade the plan over all releases; an invalid plan costs no attempt",
    key="g,ctrl+g",
    in_footer=True,
)
LAB_PLAN = Command(id="lab-plan", title="Plan", help="Write the plan", key="e,2", in_footer=True)
LAB_BRIEF = Command(id="lab-brief", title="Brief", help="Read what the lab asks for", key="b,1,f4", in_footer=True)
LAB_TIMELINE = Command(id="lab-timeline", title="Last run", help="Look at the last run again", key="3,f5")
LAB_VERDICT = Command(id="lab-verdict", title="Last grade", help="Look at the last grade again", key="4,f8")
LAB_CANCEL = Command(id="lab-cancel", title="Cancel", help="Stop the run or the grading", key="c", in_footer=True)
LAB_ATTEMPTS = Command(
    id="lab-attempts",
    title="Attempts",
    help="Compare the plan with those of earlier attempts, and load one of them",
    key="a,ctrl+l",
    in_footer=True,
)
WORKSPACE = (LAB_CANCEL, LAB_RUN, LAB_GRADE, LAB_PLAN, LAB_BRIEF, LAB_TIMELINE, LAB_VERDICT, LAB_ATTEMPTS)
