"""Earlier attempts: listed, compared with the plan that stands there, and loaded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from course.attempts import attempts
from course.history import Event
from course.tui.lab.attempts.dialog import ChooseAttempt
from course.tui.lab.attempts.difference import MOST_LINES, TOO_LONG, difference, lines
from course.tui.lab.commands import WORKSPACE
from course.tui.lab.plan.commands import FORM, PANE, WRITER
from course.tui.lab.plan.editor import PlanEditor
from course.tui.lab.workspace import Workspace
from course.tui.whatif.commands import WHAT_IF
from course.tui.widgets.confirm import Confirm
from tests.course.tui.driving import LARGE, SMALL, read, resize, rows, until
from tests.course.tui.lab.driving import a_lab_screen, ask, press, write
from tests.course.tui.lab.fakes import LAB_ID, START, FakeJournal, a_study

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
FIRST, SECOND = START.replace("Threshold: 5", "Threshold: 9"), START.replace("Value: 1}", "Value: 2}")


def graded(number: int, text: str, score: float, *, passed: bool = False, lab: str = LAB_ID) -> Event:
    """A grade of some hours later."""
    data = {"text": text, "score": score, "passed": passed}
    return Event(AT + timedelta(hours=number), "lab-graded", lab, data)


def a_history() -> FakeJournal:
    """Two attempts, of which the second passed; and the start as it was."""
    return FakeJournal([graded(1, FIRST, 25.0), graded(2, SECOND, 75.0, passed=True)])


def test_attempts_are_numbered_as_they_were_made():
    """Those at other labs and other events are none; a history without a score is forgiven."""
    bare = Event(AT, "lab-graded", LAB_ID, {})
    found = attempts([bare, graded(1, FIRST, 25.0, lab="another"), graded(2, SECOND, 75.0, passed=True)], LAB_ID)

    assert [(each.number, each.score, each.passed, each.text) for each in found] == [
        (1, 0.0, False, ""),
        (2, 75.0, True, SECOND),
    ]


async def test_any_attempt_can_be_compared_and_loaded():
    """The list says when, how many points and whether it passed, newest first; below it are the lines that differ, each
    with a sign. Nothing is lost by loading one over the first plan of the lab, so that is not asked. Esc loads
    nothing."""
    async with a_lab_screen(a_study(journal=a_history())) as pilot:
        editor = pilot.app.screen.query_one(PlanEditor)
        for size in (SMALL, LARGE):
            await resize(pilot, *size)
            await ask(pilot, "a")
            await until(pilot, lambda: "+ CanarySize: {Type: INSTANCE_COUNT, Value: 2}" in read(pilot))
            page = read(pilot)
            local = (AT + timedelta(hours=2)).astimezone()
            assert f"attempt 2 {local:%Y-%m-%d %H:%M} score 75 of 100 ✓ passed" in page
            assert page.index("attempt 2 ") < page.index("attempt 1 ")
            assert "- CanarySize: {Type: INSTANCE_COUNT, Value: 1}" in page
            assert "Load" in rows(pilot)[-1] and "Back" in rows(pilot)[-1]

            await press(pilot, "down")
            await until(pilot, lambda: "CanarySize" not in read(pilot))
            page = read(pilot)
            assert "score 25 of 100 ✗ not yet" in page
            assert "- Threshold: 5" in page and "+ Threshold: 9" in page
            await press(pilot, "escape")
            assert editor.text == START

        await ask(pilot, "a")
        await press(pilot, "down", "enter")
        await until(pilot, lambda: editor.text == FIRST)
        assert pilot.app.screen.query_one(Workspace).place == "plan"
        assert not isinstance(pilot.app.screen, Confirm)


async def test_a_plan_that_is_nowhere_else_is_not_replaced_unasked():
    """No keeps it, yes loads the attempt, and undo brings it back."""
    async with a_lab_screen(a_study(journal=a_history())) as pilot:
        mine = START + "# mine\n"
        editor = await write(pilot, mine)
        for answer, text in (("n", mine), ("y", SECOND)):
            await ask(pilot, "a")
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
            await until(pilot, lambda: "Load attempt 2?" in read(pilot))
            await press(pilot, answer)
            assert editor.text == text
        editor.undo()
        assert editor.text == mine


async def test_without_an_attempt_there_is_nothing_to_load():
    """The key does nothing."""
    async with a_lab_screen(a_study()) as pilot:
        await press(pilot, "a")

        assert not pilot.app.screen.is_modal
        assert "Attempts" not in rows(pilot)[-1]


PLAN_LINES = st.lists(st.sampled_from(["a:", "  b: 1", "  b: 2", "", "- c"]), max_size=30)


@given(PLAN_LINES, PLAN_LINES)
def test_a_difference_tells_all_that_differs(before, after):
    """Without the lines of one side, what is left in order are lines of the other; nothing that differs is left out."""
    told = list(lines(before, after))
    for sign, side, other in (("-", before, after), ("+", after, before)):
        own = [line for mark, line in told if mark in (sign, " ")]
        there = iter(side)
        assert all(line in there for line in own)
        assert (before == after) == (not told)
        assert len([mark for mark, _ in told if mark == sign]) >= len(side) - len(other)


def test_a_plan_without_end_is_not_compared():
    """That would hold up the screen; it says so instead."""
    assert difference("a\n" * (MOST_LINES + 1), "b").plain == TOO_LONG


async def test_no_key_of_the_workspace_means_two_things():
    """In the editor, where letters are typed, each of its commands has a key of its own; f6 asks what if."""
    async with a_lab_screen(a_study(journal=a_history())) as pilot:
        await press(pilot, "e")
        keys = [key for command in (*WORKSPACE, *WRITER, *PANE, *FORM, WHAT_IF) for key in command.keys]
        assert sorted(keys) == sorted(set(keys))
        await ask(pilot, "ctrl+l")
        assert isinstance(pilot.app.screen, ChooseAttempt)
