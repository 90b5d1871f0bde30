"""What an author can do, beside everything that a learner can."""

from __future__ import annotations

from course.tui.commands import Command

FOLLOW = Command(
    id="follow",
    title="Follow or stay",
    help="Stay here whatever is saved, or go again to what was saved last",
    key="ctrl+k",
    in_footer=True,
    first=True,
)
PROBLEMS = Command(
    id="problems",
    title="Problems",
    help="List what is wrong with the pack, and go to one of them",
    key="ctrl+e",
    in_footer=True,
    first=True,
)
TO_ITS_PLACE = Command(
    id="to-its-place",
    title="Go there",
    help="Go to the place in the course that this is about",
    key="enter",
    in_footer=True,
    show_key="⏎",
)
PREVIEW = (FOLLOW, PROBLEMS)
