"""The commands of the plan as text, as form and as findings, each defined once."""

from __future__ import annotations

from course.tui.commands import Command

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
PLAN_OF_PASTED = Command(
    id="plan-of-pasted",
    title="Make a plan",
    help="Turn the template, the JSON or the request that stands here into a plan; undo brings it back",
    key="ctrl+s",
    in_footer=True,
)
PLAN_COMPLETE = Command(
    id="plan-complete",
    title="Complete",
    help="List what may be written at the cursor: fields, values, names of this lab",
    key="ctrl+n,ctrl+space,ctrl+at",
    in_footer=True,
)
WRITER = (PLAN_FINDINGS, PLAN_COMPLETE)
"""Wherever a plan is written. Not every terminal sends ctrl+space, and those that do call it ctrl+at: ctrl+n works
everywhere."""
PANE = (PLAN_RESET, PLAN_BEST, PLAN_FORM, PLAN_OF_PASTED)
"""In a lab."""

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
