"""The commands of the lab, each defined once."""

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
    key="a,f6",
    in_footer=True,
)
WORKSPACE = (LAB_CANCEL, LAB_RUN, LAB_GRADE, LAB_PLAN, LAB_BRIEF, LAB_TIMELINE, LAB_VERDICT, LAB_ATTEMPTS)

LOAD_ATTEMPT = Command(
    id="load-attempt",
    title="Load",
    help="Put the plan of this attempt in the place of the one that stands there",
    key="enter",
    in_footer=True,
    show_key="⏎",
    first=True,
)
DIFFERENCE_DOWN = Command(
    id="difference-down", title="Read on", help="Scroll the difference down", key="space,pagedown", in_footer=True
)
DIFFERENCE_UP = Command(
    id="difference-up", title="Read back", help="Scroll the difference up", key="pageup", show_key="pgup"
)

DONE_TYPING = Command(
    id="done-typing",
    title="Done typing",
    help="Leave the editor, so that single keys are commands again",
    key="escape",
    in_footer=True,
    show_key="esc",
)
EDITOR = (
    Command(id="undo", title="Undo", help="Take the last change back", key="ctrl+z"),
    Command(id="redo", title="Redo", help="Make the change that was taken back again", key="ctrl+y"),
    Command(id="select-all", title="Mark all", help="Mark the whole plan; shift and the arrows mark a part", key="f7"),
    Command(id="copy", title="Copy", help="Copy what is marked", key="ctrl+c"),
    Command(id="cut", title="Cut", help="Cut what is marked, or the line", key="ctrl+x"),
    Command(id="paste", title="Paste", help="Paste what was copied or cut here", key="ctrl+v"),
    Command(id="delete-word-left", title="Delete word", help="Delete to the beginning of the word", key="ctrl+w"),
    Command(id="delete-line", title="Delete line", help="Delete the line", key="ctrl+shift+k"),
)
PLAN_FINDINGS = Command(
    id="plan-findings",
    title="Findings",
    help="Go to what there is to say about the plan",
    key="ctrl+f",
    in_footer=True,
)
PLAN_RESET = Command(
    id="plan-reset", title="Start over", help="Put the first plan of the lab back, after asking", key="ctrl+o"
)
PLAN_BEST = Command(
    id="plan-best", title="Best plan", help="Load the plan of your best attempt, after asking", key="ctrl+b"
)
PLAN_FORM = Command(
    id="plan-form",
    title="Form or YAML",
    help="Go on in the form, or in the YAML; both show the same plan",
    key="f2",
    in_footer=True,
)
PLAN_COMPLETE = Command(
    id="plan-complete",
    title="Complete",
    help="List what may be written at the cursor: fields, values, names of this lab",
    key="ctrl+n,ctrl+space,ctrl+at",
    in_footer=True,
)
PLAN = (PLAN_FINDINGS, PLAN_RESET, PLAN_BEST, PLAN_FORM, PLAN_COMPLETE)
"""Not every terminal sends ctrl+space, and those that do call it ctrl+at: ctrl+n works everywhere."""

TAKE_COMPLETION = Command(
    id="take-completion", title="Take", help="Write what is highlighted", key="enter,tab", in_footer=True, show_key="⏎"
)
CLOSE_COMPLETIONS = Command(
    id="close-completions",
    title="Close",
    help="Close the list, and write nothing",
    key="escape",
    in_footer=True,
    show_key="esc",
)
COMPLETIONS = (TAKE_COMPLETION, CLOSE_COMPLETIONS)

FIELD_DOWN = Command(
    id="field-down", title="Next field", help="Go to the next field", key="down,enter", in_footer=True, show_key="↓"
)
FIELD_UP = Command(id="field-up", title="Field before", help="Go to the field before", key="up")
TAKE_OUT = Command(
    id="take-out",
    title="Take out",
    help="Take out the alarm or the dimension that the field belongs to; undo brings it back",
    key="ctrl+t",
    in_footer=True,
)
FORM_UNDO = Command(id="form-undo", title="Undo", help="Take the last change of the plan back", key="ctrl+z")
FORM = (FIELD_DOWN, FIELD_UP, TAKE_OUT, FORM_UNDO)
ADD_ENTRY = Command(
    id="add-entry", title="Add", help="Add one more to the plan", key="enter,space", in_footer=True, show_key="⏎"
)

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
BACK_TO_TEXT = Command(
    id="back-to-text", title="Back", help="Go back to the text", key="escape", in_footer=True, show_key="esc"
)
SHOW_PLACE = Command(
    id="show-place",
    title="Go there",
    help="Go to the place in the plan that the finding is about",
    key="enter",
    in_footer=True,
    show_key="⏎",
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
GRADE = (SHOW_MOMENT, NEXT_FORM, SAVE_REPORT)
