"""The commands of the live incident, each defined once."""

from __future__ import annotations

from course.tui.commands import Command

OPEN_INCIDENT = Command(
    id="open-incident",
    title="Incident",
    help="Open the live incident of the highlighted topic",
    key="i",
    in_footer=True,
)
DO_INCIDENT = Command(
    id="do-incident",
    title="Take the shift",
    help="Open the live incident of this step; the clock waits for you",
    key="enter",
    in_footer=True,
    show_key="⏎",
)

BEGIN = Command(
    id="begin",
    title="Start the clock",
    help="Take over; from now on the clock runs by itself",
    key="enter",
    in_footer=True,
    show_key="⏎",
)
DESCRIBE = Command(
    id="describe", title="Describe", help="Ask DescribeEndpoint what it answers now", key="d", in_footer=True
)
STOP = Command(
    id="stop",
    title="Stop",
    help="Put the update's rollback alarm into ALARM with SetAlarmState; asks first",
    key="s",
    in_footer=True,
)
DELETE = Command(
    id="delete",
    title="Delete",
    help="Delete an endpoint configuration, which closes the matter; asks which",
    key="x",
    in_footer=True,
)
GO_BACK = Command(
    id="go-back",
    title="Go back",
    help="Send UpdateEndpoint with the old configuration; asks first",
    key="u",
    in_footer=True,
)
LET_GO = Command(
    id="let-go",
    title="Leave",
    help="End your shift without deleting anything; asks first",
    key="l",
    in_footer=True,
)
FASTER = Command(
    id="faster",
    title="Clock",
    help="Let the clock run faster, up to a minute a second",
    key="plus,equals_sign,full_stop",
    in_footer=True,
    show_key="+-",
)
SLOWER = Command(id="slower", title="Slower", help="Let the clock run slower, down to real time", key="minus,comma")
HOLD = Command(
    id="hold",
    title="Pause",
    help="Hold the clock to read, and let it go on; what is graded stands still as well",
    key="space",
    in_footer=True,
)
BRIEF = Command(id="brief", title="Brief", help="Read the brief again; the clock is held", key="b")
LIVE = (DESCRIBE, STOP, DELETE, GO_BACK, LET_GO, HOLD, FASTER, SLOWER, BRIEF)

ONCE_MORE = Command(
    id="once-more",
    title="Once more",
    help="Another day, and perhaps another release",
    key="enter,a",
    in_footer=True,
    show_key="⏎",
)
SEND = Command(id="send", title="Send", help="Send the request", key="enter,y", in_footer=True, show_key="⏎")
KEEP = Command(
    id="keep", title="Not now", help="Send nothing and go back to the endpoint", key="escape,n", in_footer=True
)
END = Command(
    id="end", title="End it", help="End the shift and see its grade", key="enter,y", in_footer=True, show_key="⏎"
)
STAY = Command(id="stay", title="Stay", help="Go back to the endpoint", key="escape,n", in_footer=True)
NEXT_CONFIG = Command(
    id="next-config",
    title="The other one",
    help="Choose another configuration",
    key="tab,down,up,space",
    in_footer=True,
    show_key="tab",
)
