"""The plan: checked and kept as it is typed, marked where something is wrong."""

from __future__ import annotations

import pytest

from course.history import Event
from course.tui.lab.confirm import Confirm
from course.tui.lab.findings_list import FindingsList
from course.tui.lab.plan_editor import PlanEditor
from course.tui.lab.plan_pane import PlanPane
from course.tui.lab.screen import LabScreen
from course.tui.screens.home import HomeScreen
from tests.course.tui.driving import LARGE, SMALL, read, rows, shown
from tests.course.tui.lab.driving import a_lab_screen, ask, press, settle, write
from tests.course.tui.lab.fakes import LAB_ID, NOW, START, FakeDesk, FakeJournal, a_study

BOGUS = START.replace("Period: 60", "bogus: 60")
SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])


def an_event(kind, **data) -> Event:
    """Return something that happened in this lab."""
    return Event(NOW, kind, LAB_ID, data)


def graded(score: float, text: str) -> Event:
    """Return an attempt."""
    return an_event("lab-graded", passed=False, score=score, goals={}, text=text)


@SIZES
async def test_findings_appear_while_typing(size):
    """Place, severity in words and what is wrong stand under the editor without a key being pressed for it."""
    async with a_lab_screen(a_study(), size) as pilot:
        await press(pilot, "e", *"bogus")

        assert "1:1" in read(pilot)
        assert "refused by AWS's client:" in read(pilot)
        assert "AWS would refuse this plan: 1 to mend" in read(pilot)


async def test_a_finding_has_a_sign_a_word_and_a_mark_in_the_gutter():
    """Nobody needs colours to tell what is refused from what is only advised against."""
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


async def test_enter_on_a_finding_goes_to_its_place():
    """The cursor stands where the finding is about, and the editor has the keys."""
    async with a_lab_screen(a_study()) as pilot:
        editor = await write(pilot, BOGUS)
        await press(pilot, "e", "ctrl+f", "enter")

        assert editor.has_focus
        assert editor.cursor_location == (BOGUS.splitlines().index("    bogus: 60"), 4)


async def test_escape_leaves_the_findings_for_the_text():
    """The way back from the list is the editor, not home."""
    async with a_lab_screen(a_study()) as pilot:
        editor = await write(pilot, BOGUS)
        await press(pilot, "e", "ctrl+f", "escape")

        assert editor.has_focus


async def test_a_good_plan_needs_no_list():
    """Without findings their list takes no room."""
    async with a_lab_screen(a_study()) as pilot:
        await press(pilot, "e")

        assert not pilot.app.screen.query_one(FindingsList).display
        assert "✓ AWS would accept this plan" in read(pilot)


async def test_yaml_is_highlighted():
    """Keys, numbers and comments are told apart by tree-sitter."""
    async with a_lab_screen(a_study()) as pilot:
        editor = pilot.app.screen.query_one(PlanEditor)
        kinds = {name for line in editor._highlights.values() for _, _, name in line}
        colours = {name: editor._theme.syntax_styles[name].color for name in ("yaml.field", "number", "comment")}

        assert {"yaml.field", "string", "number", "comment"} <= kinds
        assert len(set(colours.values())) == 3


async def test_a_new_line_is_indented_as_yaml_wants_it():
    """After a colon two more, else as the line before."""
    async with a_lab_screen(a_study()) as pilot:
        editor = await write(pilot, "")
        await press(pilot, "e", *"a:", "enter", *"b", "enter", *"c")

        assert editor.text == "a:\n  b\n  c"


async def test_the_draft_is_kept_as_it_is_typed():
    """The journal has it before the learner does anything about it."""
    journal = FakeJournal()
    async with a_lab_screen(a_study(journal=journal)) as pilot:
        await press(pilot, "e", "x")

        assert journal.data("plan-saved")[-1] == {"text": "x" + START}
        assert "draft saved" in read(pilot)


async def test_an_untouched_plan_is_no_draft():
    """Looking at a lab leaves nothing behind."""
    journal = FakeJournal()
    async with a_lab_screen(a_study(journal=journal)) as pilot:
        await press(pilot, "e", "escape", "escape")

    assert journal.data("plan-saved") == []


async def test_escape_leaves_the_editor_then_the_lab_and_keeps_the_draft(monkeypatch):
    """Even what was typed an instant ago is kept."""
    journal = FakeJournal()
    async with a_lab_screen(a_study(journal=journal)) as pilot:
        monkeypatch.setattr("course.tui.lab.draft.Draft.SAVE_PAUSE_S", 3600)
        await pilot.press("e")
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
    monkeypatch.setattr("course.tui.lab.draft.Draft.SAVE_PAUSE_S", 3600)
    async with a_lab_screen(a_study(journal=journal)) as pilot:
        await pilot.press("e")
        await pilot.press("x")
        await pilot.press("ctrl+q")

    assert journal.data("plan-saved") == [{"text": "x" + START}]


async def test_a_lab_opens_with_the_draft():
    """One goes on where one was."""
    journal = FakeJournal([an_event("plan-saved", text="# mine")])
    async with a_lab_screen(a_study(journal=journal)) as pilot:
        assert pilot.app.screen.query_one(PlanEditor).text == "# mine"


async def test_starting_over_asks_first():
    """Only a yes puts the first plan back; the focused answer is no."""
    journal = FakeJournal([an_event("plan-saved", text="# mine")])
    async with a_lab_screen(a_study(journal=journal)) as pilot:
        await press(pilot, "e")
        for key, text in (("n", "# mine"), ("escape", "# mine"), ("enter", "# mine"), ("y", START)):
            await ask(pilot, "ctrl+o")
            assert isinstance(pilot.app.screen, Confirm)
            await press(pilot, key)

            assert pilot.app.screen.query_one(PlanEditor).text == text


async def test_starting_over_can_be_undone():
    """A yes by mistake costs nothing either."""
    journal = FakeJournal([an_event("plan-saved", text="# mine")])
    async with a_lab_screen(a_study(journal=journal)) as pilot:
        await press(pilot, "e")
        await ask(pilot, "ctrl+o")
        await press(pilot, "y", "ctrl+z")

        assert pilot.app.screen.query_one(PlanEditor).text == "# mine"


async def test_the_best_earlier_plan_can_be_loaded():
    """The best, not the last."""
    journal = FakeJournal([graded(80.0, "# best"), graded(20.0, "# last")])
    async with a_lab_screen(a_study(journal=journal)) as pilot:
        await press(pilot, "e")
        await ask(pilot, "ctrl+b")
        await press(pilot, "y")

        assert pilot.app.screen.query_one(PlanEditor).text == "# best"


async def test_without_an_attempt_there_is_no_best_plan():
    """What is impossible is not offered."""
    async with a_lab_screen(a_study()) as pilot:
        assert pilot.app.screen.query_one(PlanPane).check_action("plan_best", ()) is False


async def test_content_is_never_markup():
    """Square brackets of a finding are square brackets."""
    async with a_lab_screen(a_study(), LARGE) as pilot:
        await write(pilot, BOGUS)

        assert "[b]Not markup[/b]" in shown(pilot)


async def test_on_a_large_screen_the_brief_stands_beside_the_plan():
    """On a small one the plan has all the room."""
    for size, beside in ((LARGE, True), (SMALL, False)):
        async with a_lab_screen(a_study(), size) as pilot:
            await press(pilot, "e")

            assert ("The endpoint churn answers" in read(pilot)) is beside
            assert "PutMetricAlarm:" in read(pilot)


async def test_the_brief_joins_the_plan_when_the_screen_grows():
    """And leaves it again, without the plan losing anything."""
    async with a_lab_screen(a_study()) as pilot:
        await press(pilot, "e", "x")
        for size, beside in ((LARGE, True), (SMALL, False)):
            await pilot.resize_terminal(*size)
            await settle(pilot)

            assert ("The endpoint churn answers" in read(pilot)) is beside
            assert "x# One alarm, one update." in read(pilot)


async def test_a_bug_in_the_desk_is_loud(monkeypatch):
    """Only what the engine is known to refuse is caught; the rest ends the program."""

    def broken(self, lab, text):
        raise ZeroDivisionError

    with pytest.raises(Exception, match="ZeroDivisionError"):
        async with a_lab_screen(a_study(FakeDesk())) as pilot:
            monkeypatch.setattr(FakeDesk, "check", broken)
            await pilot.press("e", "x")
            await settle(pilot)
