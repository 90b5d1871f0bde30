"""What can be done before, during and after an exam; while a word is typed, the keys that are no letters work."""

from __future__ import annotations

from course.tui.commands import Command

EXAM = Command(id="exam", title="Exam", help="Take a mock exam, or look at earlier ones", key="x", in_footer=True)
EXAM_DATE = Command(
    id="exam-date", title="Date", help="Say when your exam is, so that all is fresh that day", key="d", in_footer=True
)
BEGIN_EXAM = Command(
    id="begin-exam", title="Begin", help="Begin the exam; the clock starts", key="enter", in_footer=True, show_key="⏎"
)
NEXT_ENTRY = Command(
    id="next-entry",
    title="Next",
    help="Go to the next question; your answer is written down already",
    key="enter,right,ctrl+n",
    in_footer=True,
    show_key="⏎",
)
PREVIOUS_ENTRY = Command(
    id="previous-entry", title="Previous", help="Go to the question before", key="p,left,ctrl+b", in_footer=True
)
FLAG = Command(
    id="flag",
    title="Flag",
    help="Mark this question to come back to it, or take the mark away",
    key="f,f2",
    in_footer=True,
)
STRIKE = Command(
    id="strike", title="Rule out", help="Rule this option out, or take it in again", key="x,f5", in_footer=True
)
ALL_ENTRIES = Command(
    id="all-entries", title="List", help="See all questions: answered, open, flagged, noted", key="l,f6", in_footer=True
)
HAND_IN = Command(
    id="hand-in", title="Hand in", help="End the exam; you are asked once", key="h,ctrl+s", in_footer=True
)
NOTE = Command(id="note", title="Note", help="Write a note to this question", key="n,f4", in_footer=True)
JUMP = Command(
    id="jump", title="Go to", help="Go to a question by its number", key="number_sign,f8", in_footer=True, show_key="#"
)
DURING = (NEXT_ENTRY, FLAG, STRIKE, ALL_ENTRIES, HAND_IN, NOTE, PREVIOUS_ENTRY, JUMP)
TAKE_LINE = Command(id="take-line", title="OK", help="Take what is typed", key="enter", in_footer=True, show_key="⏎")
PRACTISE_WRONG = Command(
    id="practise-wrong", title="Practise", help="Practise the questions that were not right", key="a", in_footer=True
)
ALL_RESULTS = Command(
    id="all-results", title="List", help="See all questions: right, wrong, not answered", key="l", in_footer=True
)
