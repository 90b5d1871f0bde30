"""The form puts alarms and dimensions in and takes them out, and goes from strategy to strategy."""

from __future__ import annotations

import pytest

from course.tui.lab.plan.adder import Adder
from course.tui.lab.plan.editor import PlanEditor
from course.tui.lab.plan.form_row import FormRow
from course.tui.widgets.line import Line
from tests.course.tui.driving import LARGE, SMALL, read, resize, rows
from tests.course.tui.lab.driving import a_lab_screen, press, settle
from tests.course.tui.lab.fakes import START, a_study
from tests.course.tui.lab.test_form import FormDesk, row, the_form


async def go_to(pilot, found: FormRow) -> None:
    """Give the keys to a row."""
    found.entry.focus()
    await settle(pilot)


async def test_an_alarm_is_added_filled_in_and_taken_out():
    """Its own fields ask for values at once; the keys go to the new entry. Undo gives back what was taken out."""
    async with a_lab_screen(a_study(FormDesk())) as pilot:
        form = await the_form(pilot)
        editor = pilot.app.screen.query_one(PlanEditor)
        await go_to(pilot, row(form, "Add an alarm"))
        assert "⏎ Add" in rows(pilot)[-1]
        await press(pilot, "ctrl+t")
        assert editor.text == START
        await press(pilot, "enter")
        assert "  - AlarmName: alarm-2\n    Namespace: AWS/SageMaker\n" in editor.text
        for size in (SMALL, LARGE):
            await resize(pilot, *size)
            assert "Alarm alarm-2" in read(pilot)
            assert "^t Take out" in rows(pilot)[-1]
        name = pilot.app.focused
        assert (name.parent.field.trail, name.value) == (("PutMetricAlarm", 1, "AlarmName"), "alarm-2")
        with_alarm = editor.text

        await press(pilot, "ctrl+t")
        assert editor.text == START
        await press(pilot, "ctrl+z")
        assert editor.text == with_alarm


async def test_a_dimension_is_added_and_taken_out():
    """Name and Value of the new one are rows; taking out takes the innermost, the dimension and not its alarm."""
    async with a_lab_screen(a_study(FormDesk())) as pilot:
        form = await the_form(pilot)
        editor = pilot.app.screen.query_one(PlanEditor)
        await go_to(pilot, row(form, "Dimensions 3 Name"))
        await press(pilot, "ctrl+t")
        assert editor.text == START.replace("      - {Name: EndpointConfigName, Value: churn-v2}\n", "")
        await go_to(pilot, row(form, "Add a dimension"))
        await press(pilot, "space")
        assert editor.text == START.replace(", Value: churn-v2", "")
        assert row(form, "Dimensions 3 Name").entry.has_focus
        await press(pilot, "down", *"churn-v2")
        assert editor.text == START


async def test_going_round_the_strategies_loses_nothing():
    """Each shows its own fields; back at the first, the plan is what it was, to the letter."""
    text = START.replace("        WaitInt", "        # so long\n        WaitInt")
    async with a_lab_screen(a_study(FormDesk())) as pilot:
        editor = pilot.app.screen.query_one(PlanEditor)
        editor.swap(text)
        form = await the_form(pilot)
        await go_to(pilot, row(form, "Strategy (policy, Type)"))
        sizes = []
        for _ in range(4):
            await press(pilot, "right")
            sizes.append({each.field.name for each in form.query(FormRow) if each.field.name.endswith("Size Value")})
            assert row(form, "Strategy (policy, Type)").entry.has_focus

        assert sizes == [{"LinearStepSize Value"}, {"MaximumBatchSize Value"}, set(), {"CanarySize Value"}]
        assert editor.text == text


@pytest.mark.parametrize(
    ("name", "keys", "value"),
    [
        pytest.param("WaitIntervalInSeconds", "6e0x0", "300600", id="whole numbers"),
        pytest.param("Threshold", ".5xye1", "5.5e1", id="numbers"),
        pytest.param("AlarmName", "-egr", "v2-errors-egr", id="texts take every letter"),
    ],
)
async def test_lines_for_numbers_leave_letters_to_commands(name, keys, value):
    """A letter that is part of no number is none in the line; `e` is part of some."""
    async with a_lab_screen(a_study(FormDesk())) as pilot:
        form = await the_form(pilot)
        found = row(form, name).entry
        assert isinstance(found, Line)
        await go_to(pilot, row(form, name))
        await press(pilot, "end")
        consumed = "".join(key for key in keys if found.check_consume_key(key, key))

        assert found.value + consumed == value


async def test_a_letter_in_a_line_for_a_number_is_a_command():
    """As it is beside the line: b opens the brief, and the number stays."""
    async with a_lab_screen(a_study(FormDesk())) as pilot:
        form = await the_form(pilot)
        found = row(form, "Period")
        await go_to(pilot, found)
        await press(pilot, "b")

        assert found.entry.value == "60"
        assert pilot.app.screen.query_one("Workspace").place == "brief"


async def test_the_mouse_adds_too():
    """A click is worth a key."""
    async with a_lab_screen(a_study(FormDesk()), LARGE) as pilot:
        form = await the_form(pilot)
        [*_, last] = form.query(Adder)
        await pilot.click(last)
        await settle(pilot)

        assert "alarm-2" in pilot.app.screen.query_one(PlanEditor).text
