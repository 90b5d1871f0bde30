"""The commands of the run and of the choice before it, each defined once."""

from __future__ import annotations

from course.tui.commands import Command

PLAY = Command(
    id="play",
    title="Play",
    help="Play; without animations, go from event to event",
    key="space",
    in_footer=True,
)
PAUSE = Command(id="pause", title="Pause", help="Stand still at this moment", key="space", in_footer=True)
NEXT_EVENT = Command(
    id="next-event",
    title="Next event",
    help="Go to the next moment at which something happens",
    key="n",
    in_footer=True,
)
PREVIOUS_EVENT = Command(id="previous-event", title="Previous event", help="Go back to the moment before", key="p")
STEP_ON = Command(id="step-on", title="Step", help="Move the play head on", key="right", in_footer=True, show_key="←→")
STEP_BACK = Command(id="step-back", title="Step back", help="Move the play head back", key="left")
TO_START = Command(id="to-start", title="Start", help="Go to the start of the run", key="home")
TO_FINISH = Command(id="to-finish", title="End", help="Go to the end of the run", key="end")
FASTER = Command(
    id="faster",
    title="Faster",
    help="Play faster",
    key="plus,equals_sign,full_stop",
    show_key="+",
)
SLOWER = Command(id="slower", title="Slower", help="Play slower", key="minus,comma")
LOOK_DOWN = Command(id="look-down", title="Down", help="Scroll alarms, phases and log down", key="down,j")
LOOK_UP = Command(id="look-up", title="Up", help="Scroll alarms, phases and log up", key="up,k")
PLAYER = (
    PLAY,
    PAUSE,
    NEXT_EVENT,
    PREVIOUS_EVENT,
    STEP_ON,
    STEP_BACK,
    TO_START,
    TO_FINISH,
    FASTER,
    SLOWER,
    LOOK_DOWN,
    LOOK_UP,
)
START_RUN = Command(
    id="start-run",
    title="Run",
    help="Let the highlighted release meet the plan",
    key="enter",
    in_footer=True,
    show_key="⏎",
    first=True,
)
SEED = Command(
    id="seed", title="Seed", help="Go to the number of the day, or back to the releases", key="tab", in_footer=True
)
NEXT_VIEW = Command(
    id="next-view",
    title="View",
    help="Show alarms, phases, log, requests, instances or cost in turns; on a wide screen the last three together",
    key="v",
    in_footer=True,
)
OTHER_PLAN = Command(
    id="other-plan",
    title="Reference",
    help="After a grade: the same requests under the reference plan alone, and back",
    key="O,shift+o",
)
OVERLAY = Command(
    id="overlay",
    title="Overlay",
    help="After a grade: draw the reference plan over yours, in all charts",
    key="o",
    in_footer=True,
)
