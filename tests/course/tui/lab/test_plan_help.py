"""Help while a plan is written: a line about the field, and a list of what may be written."""

from __future__ import annotations

import pytest

from course.tui.lab.plan.completion_list import CompletionList
from course.tui.lab.plan.editor import PlanEditor
from course.tui.lab.plan.form import FormPane
from course.tui.lab.plan.form_row import FormRow
from course.tui.lab.plan.pane import PlanPane
from course.tui.palette import keys_of
from tests.course.tui.driving import LARGE, SMALL, read, resize, rows, until
from tests.course.tui.lab.driving import a_lab_screen, press, settle
from tests.course.tui.lab.fakes import START, FakeDesk, a_study
from tests.course.tui.lab.test_form import FormDesk

SHIFTS = "In how many shifts traffic moves · ALL_AT_ONCE, CANARY, LINEAR · required"


async def cursor(pilot, text: str, behind: str = "") -> PlanEditor:
    """Put the cursor before a piece of the plan, or behind one in it."""
    editor = pilot.app.screen.query_one(PlanEditor)
    offset = editor.text.index(text) + len(behind)
    editor.jump(editor.text.count("\n", 0, offset) + 1, offset - editor.text.rfind("\n", 0, offset))
    await settle(pilot)
    return editor


async def test_the_field_under_the_cursor_is_explained():
    """Wherever it stands in the request, and wherever in its line the cursor stands; in the form the same line is told
    of the field that has the keys."""
    async with a_lab_screen(a_study(FormDesk())) as pilot:
        await press(pilot, "e")
        for size in (SMALL, LARGE):
            await resize(pilot, *size)
            await cursor(pilot, "Type: CANARY", "Type: CA")
            assert SHIFTS in read(pilot)
            await cursor(pilot, "Name: VariantName")
            assert "What kind of thing is meant · 1 to 255 characters · required" in read(pilot)

        await press(pilot, "f2")
        form = pilot.app.screen.query_one(FormPane)
        await until(pilot, lambda: bool(form.query(FormRow)))
        await settle(pilot)
        [kind] = [row for row in form.query(FormRow) if row.field.name == "CanarySize Type"]
        [size_of] = [row for row in form.query(FormRow) if row.field.name == "CanarySize Value"]
        kind.entry.focus()
        await press(pilot, "right")
        size_of.entry.focus()
        await settle(pilot)
        assert "How much of the new fleet goes first · 1 to 50 % · required" in read(pilot)
        assert any("CanarySize Value" in line and "1 to 50 %" in line for line in rows(pilot))


@pytest.mark.parametrize("key", ["ctrl+n", "ctrl+space", "ctrl+at"])
async def test_a_list_opens_when_it_is_asked_for(key):
    """Never by itself. Arrows move in it, Enter takes, and the text is what it would be by hand; undo takes it back."""
    async with a_lab_screen(a_study()) as pilot:
        await press(pilot, "e")
        editor = await cursor(pilot, "CANARY", "CAN")
        found = pilot.app.screen.query_one(CompletionList)
        await press(pilot, "x", "backspace")
        assert not found.display
        await press(pilot, key)
        assert [option.word for option in found.found.options] == ["ALL_AT_ONCE", "CANARY", "LINEAR"]
        assert found.found.options[found.highlighted].word == "CANARY"
        assert "⏎ Take esc Close" in read(pilot)
        await press(pilot, "down", "enter")

        assert editor.text == START.replace("CANARY", "LINEAR")
        assert not found.display
        assert editor.has_focus
        editor.undo()
        assert editor.text == START


async def test_what_is_typed_narrows_the_list():
    """Fields that are there already are not offered; Tab takes too, and Enter is a line break again afterwards."""
    async with a_lab_screen(a_study()) as pilot:
        await press(pilot, "e")
        editor = await cursor(pilot, "    Period: 60", "    Period: 60")
        await press(pilot, "enter", "ctrl+n")
        found = pilot.app.screen.query_one(CompletionList)
        words = [option.word for option in found.found.options]
        assert "DatapointsToAlarm" in words
        assert "EvaluationPeriods" not in words
        for size in (SMALL, LARGE):
            await resize(pilot, *size)
            assert "DatapointsToAlarm How many of the N must breach (M)" in read(pilot)
            cursor_line = editor.cursor_screen_offset.y
            assert editor.region.y <= cursor_line < editor.region.bottom <= found.region.y
            assert found.region.bottom < size[1] - 1

        await press(pilot, *"Dat", "tab", *"1", "enter")
        assert editor.text == START.replace("    Period: 60\n", "    Period: 60\n    DatapointsToAlarm: 1\n    \n")


async def test_esc_closes_the_list_and_nothing_is_lost():
    """A first Esc closes it, a second one leaves the editor; a word that nothing fits closes it too."""
    async with a_lab_screen(a_study()) as pilot:
        await press(pilot, "e")
        editor = await cursor(pilot, "CANARY", "CANARY")
        found = pilot.app.screen.query_one(CompletionList)
        await press(pilot, "ctrl+n", "escape")
        assert not found.display
        assert editor.has_focus
        assert editor.text == START

        await press(pilot, "ctrl+n", "x")
        assert not found.display
        await press(pilot, "backspace", "escape")
        assert pilot.app.focused is pilot.app.screen.query_one(PlanPane)


async def test_names_of_the_lab_are_known():
    """Configurations of its world, for the update and for the dimension of that name; the help names both keys."""
    async with a_lab_screen(a_study(FakeDesk())) as pilot:
        await press(pilot, "e")
        await cursor(pilot, "EndpointConfigName: churn-v2", "EndpointConfigName: ")
        await press(pilot, "ctrl+n")
        found = pilot.app.screen.query_one(CompletionList)
        words = [option.word for option in found.found.options]
        assert {"churn-v1", "churn-v2"} <= set(words)
        await press(pilot, "escape")
        await cursor(pilot, "Value: churn-v2", "Value: ")
        await press(pilot, "ctrl+n")
        assert [option.word for option in found.found.options] == words
        assert any("^n" in keys and "^space" in keys for keys, _ in keys_of(pilot.app.screen))
