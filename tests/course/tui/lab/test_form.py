"""The form and the YAML: two ways to one plan."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.desk import LabDesk
from course.plan_text import FormField
from course.tui.lab.plan.editor import PlanEditor
from course.tui.lab.plan.form import FormPane, amend, in_order
from course.tui.lab.plan.form_row import FormRow, bounds, meant, words
from course.tui.lab.plan.pane import PlanPane
from tests.course.tui.driving import LARGE, SMALL, read, resize, rows
from tests.course.tui.lab.driving import a_lab_screen, press, settle, until, write
from tests.course.tui.lab.fakes import START, FakeDesk, a_study


@dataclass
class FormDesk(FakeDesk):
    """Reads and writes forms as the real desk does."""

    def form(self, text):
        """Return the fields."""
        return LabDesk.form(self, text)

    def edited(self, text, trail, value):
        """Change one value."""
        return LabDesk.edited(self, text, trail, value)

    def added(self, text, trail):
        """Add an entry."""
        return LabDesk.added(self, text, trail)

    def taken_out(self, text, trail):
        """Take an entry out."""
        return LabDesk.taken_out(self, text, trail)


def a_field(kind: str = "text", value=None, choices=(), allowed: str = "") -> FormField:
    """A field of no plan."""
    return FormField(
        trail=("a",), group="A", name="a", value=value, kind=kind, choices=choices, suggestions=(), allowed=allowed
    )


async def the_form(pilot) -> FormPane:
    """Go to the plan and open the form."""
    await press(pilot, "e", "f2")
    form = pilot.app.screen.query_one(FormPane)
    await until(pilot, lambda: bool(form.query(FormRow)))
    await settle(pilot)
    return form


def row(form: FormPane, name: str) -> FormRow:
    """The one row of this name."""
    [found] = [each for each in form.query(FormRow) if each.field.name == name]
    return found


async def fill(pilot, found: FormRow, text: str) -> None:
    """Type a value into a row."""
    line = found.entry
    line.focus()
    await settle(pilot)
    line.value = text
    await settle(pilot)


async def test_f2_shows_the_plan_as_a_form():
    """Names, values and bounds stand there, under the requests that they belong to. Esc makes single keys commands
    again, as it does in the editor."""
    async with a_lab_screen(a_study(FormDesk())) as pilot:
        form = await the_form(pilot)
        assert pilot.app.focused is row(form, "EndpointName").entry
        row(form, "WaitIntervalInSeconds").entry.focus()
        await settle(pilot)
        for size in (SMALL, LARGE):
            await resize(pilot, *size)
            page = rows(pilot)
            assert any("UpdateEndpoint" in line for line in page)
            assert any("WaitIntervalInSeconds" in line and "300" in line and "0 to 3600" in line for line in page)
            assert "Form or YAML" in page[-1]

        await press(pilot, "escape")
        assert pilot.app.focused is pilot.app.screen.query_one(PlanPane)
        assert form.display


async def test_a_field_changes_its_value_and_nothing_else():
    """The YAML differs in the one number. An emptied field keeps the plan as it is, and shows its value again when it
    is left; one that was empty is written into the mapping where it belongs."""
    async with a_lab_screen(a_study(FormDesk())) as pilot:
        form = await the_form(pilot)
        editor = pilot.app.screen.query_one(PlanEditor)
        found = row(form, "Threshold")
        await fill(pilot, found, "")
        assert editor.text == START
        await press(pilot, "down")
        assert found.entry.value == "5"

        await fill(pilot, row(form, "WaitIntervalInSeconds"), "600")
        assert editor.text == START.replace("Seconds: 300", "Seconds: 600")

        await fill(pilot, row(form, "DatapointsToAlarm"), "1")
        assert "    DatapointsToAlarm: 1\n" in editor.text
        assert row(form, "DatapointsToAlarm").field.value == 1


async def test_a_choice_goes_round_its_values():
    """What can be counted is not typed; both the keys and the mouse take the next. A linear update needs a step; its
    fields appear, and the focus stays where it was."""
    async with a_lab_screen(a_study(FormDesk())) as pilot:
        form = await the_form(pilot)
        turn = row(form, "TreatMissingData").entry
        turn.focus()
        await press(pilot, "right")
        editor = pilot.app.screen.query_one(PlanEditor)
        assert editor.text == START.replace("notBreaching", "missing")
        turn.scroll_visible(animate=False)
        await settle(pilot)
        await pilot.click(turn)
        await settle(pilot)
        assert editor.text == START.replace("notBreaching", "ignore")

        row(form, "Strategy (policy, Type)").entry.focus()
        await press(pilot, "right")
        await until(pilot, lambda: any("LinearStepSize" in each.field.name for each in form.query(FormRow)))
        await settle(pilot)
        assert row(form, "Strategy (policy, Type)").entry.has_focus
        assert "Type: LINEAR" in editor.text


async def test_form_and_yaml_are_one_draft():
    """What is written in the YAML is shown in the form, without opening it again. f2 goes back to the YAML with the
    change of the form in it, and undo takes the change back. For a text that cannot be read there is a sentence
    instead of a form, and the way back."""
    async with a_lab_screen(a_study(FormDesk())) as pilot:
        form = await the_form(pilot)
        await fill(pilot, row(form, "Threshold"), "50")
        await press(pilot, "f2")
        editor = pilot.app.screen.query_one(PlanEditor)
        assert editor.has_focus
        assert "Threshold: 50" in read(pilot)
        editor.undo()
        await settle(pilot)
        assert editor.text == START

        await press(pilot, "f2")
        await until(pilot, lambda: bool(form.query(FormRow)))
        await write(pilot, START.replace("Threshold: 5", "Threshold: 7").replace("v2-errors", "renamed"))
        assert row(form, "Threshold").entry.value == "7"
        assert "Alarm renamed" in read(pilot)

        await write(pilot, "UpdateEndpoint: {")
        assert not form.query(FormRow)
        assert "cannot be read as it stands" in read(pilot)


async def test_f2_goes_back_before_the_form_has_come():
    """While the plan is being read, the keys are not lost."""
    gate = threading.Event()

    class Slow(FormDesk):
        def form(self, text):
            gate.wait(10)
            return super().form(text)

    async with a_lab_screen(a_study(Slow())) as pilot:
        await press(pilot, "e")
        await pilot.press("f2")
        await until(pilot, lambda: "Reading the plan" in read(pilot))
        await until(pilot, lambda: pilot.app.focused is pilot.app.screen.query_one(PlanPane))
        await pilot.press("f2")
        gate.set()
        await settle(pilot)

        assert pilot.app.screen.query_one(PlanEditor).has_focus


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        pytest.param("whole number", "300", 300, id="a whole number"),
        pytest.param("whole number", " 300 ", 300, id="with spaces"),
        pytest.param("whole number", "3.5", "3.5", id="no whole number"),
        pytest.param("whole number", "²", "²", id="a digit that is no number"),
        pytest.param("number", "0.05", 0.05, id="a number"),
        pytest.param("number", "5", 5, id="a number without a point"),
        pytest.param("number", "5e-2", 0.05, id="with an exponent"),
        pytest.param("number", "5e999", "5e999", id="too large"),
        pytest.param("number", "nan", "nan", id="not a number"),
        pytest.param("text", "300", "300", id="text that looks like a number"),
        pytest.param("true or false", "true", True, id="a truth"),
    ],
)
def test_what_is_typed_has_a_meaning(kind, text, value):
    """Numbers where numbers belong; what is none stays text, for the findings to say."""
    found = meant(a_field(kind), text)

    assert (found, type(found)) == (value, type(value))


@given(st.one_of(st.booleans(), st.integers(-(10**14), 10**14), st.floats(-1e14, 1e14)))
def test_what_is_shown_means_itself(value):
    """A value that is typed as it is shown stays what it is."""
    kind = "true or false" if isinstance(value, bool) else "whole number" if isinstance(value, int) else "number"

    assert meant(a_field(kind), words(value)) == value or "e" in words(value)


def test_bounds_are_short():
    """The kind goes without saying where there are bounds."""
    assert bounds(a_field(allowed="a whole number, 0 to 3600")) == "0 to 3600"
    assert bounds(a_field(allowed="a text, 1 to 255 characters")) == "1 to 255 long"
    assert bounds(a_field(allowed="a number")) == "a number"


class Text:
    """As much of an editor as `amend` needs."""

    def __init__(self, text: str) -> None:
        self.text = text

    def replace(self, insert: str, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Replace what lies between two places."""
        lines = self.text.split("\n")
        before = "\n".join([*lines[: start[0]], lines[start[0]][: start[1]]])
        after = "\n".join([lines[end[0]][end[1] :], *lines[end[0] + 1 :]])
        self.text = before + insert + after


@given(st.text(alphabet="ab\n", max_size=12), st.text(alphabet="ab\n", max_size=12))
def test_amending_gives_the_new_text(old, new):
    """Whatever the two have in common."""
    text = Text(old)
    amend(text, new)

    assert text.text == new


@pytest.mark.parametrize(
    "keys", [["escape", "f2"], ["f2", "escape", "f2", "f2"], ["f2", "f2", "escape", "f2"]], ids=" ".join
)
async def test_the_form_has_the_keys_however_one_comes_to_it(keys):
    """From the editor, after Esc, and again: the first field is ready for typing."""
    async with a_lab_screen(a_study(FormDesk())) as pilot:
        await press(pilot, "e", *keys)
        form = pilot.app.screen.query_one(FormPane)
        await until(pilot, lambda: bool(form.query(FormRow)))
        await settle(pilot)

        assert pilot.app.focused is next(iter(form.query(FormRow))).entry


async def test_the_update_comes_first_and_what_is_missing_stands_where_it_belongs():
    """A size that the plan does not name yet stands between the strategy and the alarms, not behind them."""
    text = START.replace("        CanarySize: {Type: INSTANCE_COUNT, Value: 1}\n", "")
    names = [field.name for field in in_order(LabDesk.form(FormDesk(), text))]

    assert (
        names.index("Strategy (policy, Type)")
        < names.index("CanarySize Value")
        < names.index("TerminationWaitInSeconds")
    )
    assert names.index("TerminationWaitInSeconds") < names.index("Alarms 1 AlarmName") < names.index("MetricName")


TRAILS = st.tuples(
    st.sampled_from(["UpdateEndpoint", "PutMetricAlarm"]), st.sampled_from("abc"), st.sampled_from("xyz")
)


@given(st.lists(st.tuples(TRAILS, st.sampled_from([None, 1])), unique_by=lambda pair: pair[0]))
def test_no_field_is_lost_by_ordering(pairs):
    """Each stands there once, the update's first, and what stands in the plan keeps its order."""
    fields = [replace(a_field(value=value), trail=trail) for trail, value in pairs]
    ordered = in_order(fields)
    updates = [field.trail[0] == "UpdateEndpoint" for field in ordered]

    assert sorted(field.trail for field in ordered) == sorted(field.trail for field in fields)
    assert updates == sorted(updates, reverse=True)
    for operation in ("UpdateEndpoint", "PutMetricAlarm"):
        there = [field for field in fields if field.value and field.trail[0] == operation]
        assert [field for field in ordered if field.value and field.trail[0] == operation] == there
