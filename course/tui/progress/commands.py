"""What can be done about one's progress, beside looking at it."""

from __future__ import annotations

from course.tui.commands import Command

OPEN_PROGRESS = Command(
    id="open-progress",
    title="Progress",
    help="See what you know, what is due, and how ready you are for an exam",
    key="o",
    in_footer=True,
)
NEXT_SECTION = Command(
    id="next-section", title="Next part", help="Go to the next part of this page; after the last, to the top", key="n"
)
WRITE_REPORT = Command(
    id="write-report",
    title="Report",
    help="Write all of this as one HTML page with figures into the folder for reports",
    key="w",
    in_footer=True,
)
SHOW_ATTEMPTS = Command(
    id="show-attempts",
    title="Attempts",
    help="See what you changed in your plan from one attempt at a lab to the next",
    key="a",
    in_footer=True,
)
RESET = Command(
    id="reset",
    title="Reset",
    help="Let what you did with a question, a lesson, a lab or everything no longer count; a copy is kept",
    key="x",
    in_footer=True,
)
READ_CHANGES = Command(
    id="read-changes", title="Read on", help="Scroll the changes down", key="space,pagedown", in_footer=True
)
READ_CHANGES_BACK = Command(
    id="read-changes-back", title="Read back", help="Scroll the changes up", key="pageup", show_key="pgup"
)
CONFIRM_RESET = Command(
    id="confirm-reset",
    title="Reset, after yes",
    help="Do it, once the word yes is typed",
    key="enter",
    in_footer=True,
    show_key="⏎",
)
