"""The plan: checked and kept as it is typed, marked where something is wrong."""

from __future__ import annotations

import pytest

from course.history import Event
from course.tui.home.screen import HomeScreen
from course.tui.lab.plan.editor import PlanEditor
from course.tui.lab.plan.findings import FindingsList
from course.tui.lab.plan.pane import PlanPane
from course.tui.lab.screen import LabScreen
from course.tui.palette import keys_of
from course.tui.widgets.confirm import Confirm
from tests.course.tui.driving import LARGE, SMALL, read, resize, rows, shown
from tests.course.tui.lab.driving import a_lab_screen, ask, press, settle, write
from tests.course.tui.lab.fakes import LAB_ID, NOW, START, FakeDesk, FakeJournal, a_study

BOGUS = START.replace("Period: 60", "bogus: 60")


def an_event(kind, **data) -> Event:
    """Return something that happened in this lab."""
    return Event(NOW, kind, LAB_ID, data)


def graded(score: float, text: str) -> Event:
    """Return an attempt."""
    return an_event("lab-graded", passed=False, score=score, goals={}, text=text)


async def test_findings_appear_while_typing():
    """Place, severity in words and what is wrong stand under the editor without a key being pressed for it. On a large
    screen the brief stands beside them."""
    async with a_lab_screen(a_study()) as pilot:
        await press(pilot, "e", *"bogus")
        for size in (SMALL, LARGE):
            await resize(pilot, *size)
            page = read(pilot)
            assert "1:1" in page
            assert "refused by AWS's client:" in page
            assert "AWS would refuse this plan: 1 to mend" in page
            assert ("The endpoint churn answers" in page) is (size == LARGE)


async def test_a_finding_has_a_sign_a_word_and_a_mark_in_the_gutter():
    """Nobody needs colours to tell what is refused from what is only advised against. Square brackets of a finding are
    square brackets."""
    async with a_lab_screen(a_study(), LARGE) as pilot:
        for text, sign, words in (
            (BOGUS, "✗", "refused by AWS's client:"),
            (START.replace("CANARY", "CANNARY"), "✗", "refused by the service:"),
            (START.replace("Threshold: 5", "Threshold: 0"), "!", "accepted, but:"),
        ):
            await write(pilot, text)
            [line] = [number for number, line in enumerate(text.splitlines(), 1) if line not in START.splitlines()]

            assert words in read(pilot)
            assert any(f"{line}{sign}" in row for row in rows(pilot))
            assert ("[b]Not markup[/b]" in shown(pilot)) is (text == BOGUS)


async def test_a_good_plan_needs_no_list():
    """Without findings their list takes no room. Keys, numbers and comments of the YAML are told apart by tree-sitter.
    Looking at a plan leaves no draft behind, and what is impossible is not offered: there is no best plan yet."""
    journal = FakeJournal()
    async with a_lab_screen(a_study(journal=journal)) as pilot:
        await press(pilot, "e")
        assert not pilot.app.screen.query_one(FindingsList).display
        assert "✓ AWS would accept this plan" in read(pilot)
        assert pilot.app.screen.query_one(PlanPane).check_action("plan_best", ()) is False

        editor = pilot.app.screen.query_one(PlanEditor)
        kinds = {name for line in editor._highlights.values() for _, _, name in line}
        colours = {name: editor._theme.syntax_styles[name].color for name in ("yaml.field", "number", "comment")}
        assert {"yaml.field", "string", "number", "comment"} <= kinds
        assert len(set(colours.values())) == 3

        await press(pilot, "escape", "escape")

    assert journal.data("plan-saved") == []


async def test_a_plan_is_written():
    """A new line is indented as YAML wants it: after a colon two more, else as the line before. The journal has the
    draft before the learner does anything about it. Enter on a finding goes to its place; Esc leaves the findings for
    the text."""
    journal = FakeJournal()
    async with a_lab_screen(a_study(journal=journal)) as pilot:
        await press(pilot, "e", "x")
        assert journal.data("plan-saved")[-1] == {"text": "x" + START}
        assert "draft saved" in read(pilot)

        editor = await write(pilot, "")
        await press(pilot, *"a:", "enter", *"b", "enter", *"c")
        assert editor.text == "a:\n  b\n  c"

        await write(pilot, BOGUS)
        await press(pilot, "ctrl+f", "enter")
        assert editor.has_focus
        assert editor.cursor_location == (BOGUS.splitlines().index("    bogus: 60"), 4)

        await press(pilot, "ctrl+f")
        assert not editor.has_focus
        await press(pilot, "escape")
        assert editor.has_focus


async def test_escape_leaves_the_editor_then_the_lab_and_keeps_the_draft(monkeypatch):
    """Even what was typed an instant ago is kept."""
    journal = FakeJournal()
    async with a_lab_screen(a_study(journal=journal)) as pilot:
        monkeypatch.setattr("course.tui.lab.plan.editor.PlanEditor.SAVE_PAUSE_S", 3600)
        await press(pilot, "e")
        await pilot.press("x", "y")
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, LabScreen)
        await pilot.press("escape")
        await pilot.pause()

        assert isinstance(pilot.app.screen, HomeScreen)
    assert journal.data("plan-saved")[-1] == {"text": "xy" + START}


async def test_quitting_in_the_middle_of_a_word_keeps_it(monkeypatch):
    """Leaving the program is leaving the lab."""
    journal = FakeJournal()
    monkeypatch.setattr("course.tui.lab.plan.editor.PlanEditor.SAVE_PAUSE_S", 3600)
    async with a_lab_screen(a_study(journal=journal)) as pilot:
        await press(pilot, "e")
        await pilot.press("x")
        await pilot.press("ctrl+q")

    assert journal.data("plan-saved") == [{"text": "x" + START}]


async def test_the_best_earlier_plan_can_be_loaded():
    """The best, not the last."""
    journal = FakeJournal([graded(80.0, "# best"), graded(20.0, "# last")])
    async with a_lab_screen(a_study(journal=journal)) as pilot:
        await press(pilot, "e")
        await ask(pilot, "ctrl+b")
        await press(pilot, "y")

        assert pilot.app.screen.query_one(PlanEditor).text == "# best"


async def test_starting_over_asks_first():
    """One goes on where one was. Only a yes puts the first plan back; the focused answer is no. A yes by mistake costs
    nothing either: it can be undone."""
    journal = FakeJournal([an_event("plan-saved", text="# mine")])
    async with a_lab_screen(a_study(journal=journal)) as pilot:
        editor = pilot.app.screen.query_one(PlanEditor)
        assert editor.text == "# mine"

        await press(pilot, "e")
        for key, text in (("n", "# mine"), ("escape", "# mine"), ("enter", "# mine"), ("y", START)):
            await ask(pilot, "ctrl+o")
            assert isinstance(pilot.app.screen, Confirm)
            await press(pilot, key)
            assert editor.text == text

        await press(pilot, "ctrl+z")
        assert editor.text == "# mine"


async def test_the_brief_joins_the_plan_where_there_is_room():
    """On a small screen the plan has all the room; when it grows the brief stands beside it, and leaves it again,
    without the plan losing anything."""
    async with a_lab_screen(a_study()) as pilot:
        await press(pilot, "e", "x")
        for size, beside in ((SMALL, False), (LARGE, True), (SMALL, False)):
            await resize(pilot, *size)
            await settle(pilot)

            assert ("The endpoint churn answers" in read(pilot)) is beside
            assert "x# One alarm, one update." in read(pilot)
            assert "PutMetricAlarm:" in read(pilot)


async def test_a_bug_in_the_desk_is_loud(monkeypatch):
    """Only what the engine is known to refuse is caught; the rest ends the program."""

    def broken(self, lab, text):
        raise ZeroDivisionError

    with pytest.raises(Exception, match="ZeroDivisionError"):
        async with a_lab_screen(a_study(FakeDesk())) as pilot:
            await press(pilot, "e")
            monkeypatch.setattr(FakeDesk, "check", broken)
            await pilot.press("x")
            await settle(pilot)


async def test_the_keys_of_the_editor_are_in_the_help():
    """What works while one types is told where one asks for it."""
    async with a_lab_screen(a_study()) as pilot:
        await press(pilot, "e")
        told = {sentence: keys for keys, sentence in keys_of(pilot.app.screen)}

        assert told["Take the last change back"] == "^z"
        assert told["Paste what was copied or cut here"] == "^v"
