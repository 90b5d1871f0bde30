"""The commands of predictions, each defined once."""

from __future__ import annotations

from course.tui.commands import Command

SEE_RUN = Command(
    id="see-run",
    title="See the run",
    help="Say what you think first; then the run is simulated and played",
    key="enter",
    in_footer=True,
    show_key="⏎",
)
UNFOLD_PLAN = Command(id="unfold-plan", title="Plan", help="Show the plan, or fold it up", key="y", in_footer=True)
NEXT_PART = Command(
    id="next-part", title="Next part", help="Go to the next part of the prediction", key="tab,down", in_footer=True
)
PART_BEFORE = Command(
    id="part-before", title="Part before", help="Go to the part of the prediction before", key="shift+tab,up"
)
PREDICT_AGAIN = Command(
    id="predict-again", title="Predict again", help="Predict this run once more", key="r", in_footer=True
)
WATCH_AGAIN = Command(id="watch-again", title="Watch", help="Watch the run again", key="v", in_footer=True)
FORETELLING = (SEE_RUN, UNFOLD_PLAN, NEXT_PART, PART_BEFORE, PREDICT_AGAIN, WATCH_AGAIN)

TO_VERDICT = Command(
    id="to-verdict",
    title="Result",
    help="Go back, and see what of your prediction held",
    key="enter",
    in_footer=True,
    show_key="⏎",
)

NEXT_ENDING = Command(
    id="next-ending", title="Choose", help="Choose the next ending", key="right,space", in_footer=True, show_key="←→"
)
ENDING_BEFORE = Command(id="ending-before", title="Choose back", help="Choose the ending before", key="left")

RUN_NOW = Command(
    id="run-now",
    title="Run",
    help="Run the plan, and afterwards see what of this held",
    key="enter",
    in_footer=True,
    show_key="⏎",
    first=True,
)
SKIP_PREDICTION = Command(
    id="skip-prediction",
    title="Skip",
    help="Run without a prediction; after the second time in a row you are not asked any more",
    key="s",
    in_footer=True,
)
BEFORE_RUN = (RUN_NOW, SKIP_PREDICTION)
ASK_BEFORE_RUNS = Command(
    id="ask-before-runs",
    title="Predict before runs",
    help="Be asked what you think before each run of a plan, or no longer",
    key="P,shift+p",
)
