"""What can be done in practice, beside what a page and a question offer."""

from __future__ import annotations

from course.tui.commands import Command

REVIEW = Command(
    id="review", title="Review", help="Go through what is due, before it is forgotten", key="r", in_footer=True
)
PRACTISE = Command(
    id="practise", title="Practise", help="Choose questions to practise, as many as you like", key="p", in_footer=True
)
TURN_OVER = Command(
    id="turn-over", title="Turn over", help="See what it means", key="enter,space", in_footer=True, show_key="⏎"
)
FORGOTTEN = Command(
    id="forgotten", title="Not known", help="You did not know it: it comes again soon", key="1", in_footer=True
)
WITH_EFFORT = Command(id="with-effort", title="Half known", help="You knew it, but not well", key="2", in_footer=True)
KNOWN = Command(id="known", title="Known", help="You knew it well", key="3", in_footer=True)
CARD = (TURN_OVER, FORGOTTEN, WITH_EFFORT, KNOWN)
BEGIN = Command(id="begin", title="Begin", help="Begin with these questions", key="enter", in_footer=True, show_key="⏎")
TURN = Command(id="turn", title="Change", help="Take the next choice of this row", key="space,right", in_footer=True)
TURN_BACK = Command(id="turn-back", title="Change back", help="Take the choice before", key="left")
CONTINUE = Command(
    id="continue", title="Continue", help="Go on with the practice that was interrupted", key="c", in_footer=True
)
