"""The screen of progress: what it shows at both sizes, and what its keys do."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from course.attempts import Attempt
from course.ports import CopyError
from course.tui.home.choose_one import ChooseOne
from course.tui.progress.changes import FIRST, UNCHANGED, Changes, changed
from course.tui.progress.drawn import interval
from course.tui.progress.screen import ProgressScreen
from course.tui.progress.typed_yes import TypedYes
from tests.course.tui import fakes
from tests.course.tui.driving import LARGE, SMALL, learner, press, read, resize, rows, type_text, until
from tests.course.tui.fakes import LAB, MONDAY, event

GRADED = [
    event("lab-graded", LAB, passed=False, score=50.0, goals={"a": True, "b": False}, text="one\ntwo\n"),
    event("lab-graded", LAB, passed=True, score=100.0, goals={"a": True, "b": True}, text="one\nthree\n"),
]
EVENTS = (
    event("answered", "wait-field", answer="wait", correct=True, lesson="canary"),
    event("answered", "harmed", answer="[/]", correct=False, lesson="canary"),
    event("lesson-step", "canary", step=1, of=9),
    *GRADED,
)


@dataclass
class Journal(fakes.FakeJournal):
    """Counts copies; `broken` if none can be made."""

    copies: list[str] = field(default_factory=list)
    broken: bool = False

    def keep_copy(self, now):
        if self.broken:
            raise CopyError("The disk is full.")
        self.copies.append(f"history.backup-{now:%Y}.db")
        return self.copies[-1]


class Desk(fakes.FakeDesk):
    """Keeps one text."""

    text = ""

    def keep(self, name, text):
        self.text = text
        return f"/reports/{name}"


def a_study(*events, **journal):
    return replace(fakes.study(), journal=Journal(list(events), **journal), desk=Desk())


async def ready(pilot):
    await until(pilot, lambda: isinstance(pilot.app.screen, ProgressScreen) and pilot.app.screen.standing is not None)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_all_is_there_at_both_sizes():
    """One below the other in a small window, side by side in a large one; nothing done is said as such."""
    async with learner(a_study(*EVENTS), "o", size=LARGE) as pilot:
        await ready(pilot)
        page = read(pilot)
        for words in ("Reviews due", "What you know", "Canary traffic", "best 100 of 100, 2 of 2 goals", "Brier score"):
            assert words in page
        regions = {section.id: section.region for section in pilot.app.screen.query(".section")}
        assert regions["due"].x > regions["objectives"].right
        assert regions["due"].y == regions["readiness"].y

        await resize(pilot, *SMALL)
        regions = {section.id: section.region for section in pilot.app.screen.query(".section")}
        assert regions["due"].x == regions["exercises"].x
        before = rows(pilot)[2]
        await press(pilot, "n")
        assert rows(pilot)[2] != before


async def test_an_empty_history_is_no_trouble():
    """Nothing is known, due or passed."""
    async with learner(a_study(), "o", size=LARGE) as pilot:
        await ready(pilot)

        assert "Nothing is due now." in read(pilot)
        assert "not begun" in read(pilot)
        await press(pilot, "a")
        assert isinstance(pilot.app.screen, ProgressScreen)


async def test_a_reset_wants_yes_typed_and_keeps_a_copy():
    """Enter alone does nothing; after yes the copy is made before the reset is written down."""
    study = a_study(*EVENTS)
    async with learner(study, "o", size=LARGE) as pilot:
        await ready(pilot)
        await press(pilot, "x", "enter")
        assert isinstance(pilot.app.screen, TypedYes)
        await press(pilot, "y", "enter")
        assert isinstance(pilot.app.screen, TypedYes)
        assert study.journal.copies == []

        await type_text(pilot, "es")
        await press(pilot, "enter")
        await ready(pilot)

        assert study.journal.copies == ["history.backup-2026.db"]
        assert [each.subject for each in study.journal.kinds("reset")] == ["lesson:canary"]
        assert pilot.app.screen.standing.progress.questions == {}


async def test_without_a_copy_nothing_is_reset():
    """Esc changes nothing either."""
    study = a_study(*EVENTS, broken=True)
    async with learner(study, "o", size=LARGE) as pilot:
        await ready(pilot)
        await press(pilot, "x", "enter", *"yes", "enter")
        await pilot.app.workers.wait_for_complete()
        assert [notice.message for notice in pilot.app._notifications] == ["The disk is full."]

        await press(pilot, "x", "enter", "escape")
        assert study.journal.kinds("reset") == []
        assert isinstance(pilot.app.screen, ProgressScreen)


async def test_the_attempts_of_a_lab_tell_what_changed():
    """The newest first, beside the one before it."""
    async with learner(a_study(*EVENTS), "o") as pilot:
        await ready(pilot)
        await press(pilot, "a")
        assert isinstance(pilot.app.screen, ChooseOne)
        await press(pilot, "enter")

        assert isinstance(pilot.app.screen, Changes)
        assert "- two" in read(pilot)
        assert "+ three" in read(pilot)
        await press(pilot, "down")
        assert FIRST in read(pilot)


def test_the_same_plan_again_is_said():
    """A change of nothing is no empty page."""
    once = Attempt(number=1, at=MONDAY, score=1.0, passed=False, text="same")

    assert changed((once, replace(once, number=2)), 1).plain == UNCHANGED


async def test_a_report_is_written_into_its_folder():
    """And it is said where."""
    study = a_study(*EVENTS)
    async with learner(study, "o") as pilot:
        await ready(pilot)
        await press(pilot, "w")
        await pilot.app.workers.wait_for_complete()

        assert [notice.message for notice in pilot.app._notifications] == [
            "Your progress is in /reports/progress.html."
        ]
        assert study.desk.text.startswith("<!DOCTYPE html>")


async def test_a_report_that_breaks_off_is_said():
    """The screen goes on."""

    class Breaking(fakes.FakeDesk):
        def keep(self, name, text):
            raise KeyError("churn")

    async with learner(replace(a_study(*EVENTS), desk=Breaking()), "o") as pilot:
        await ready(pilot)
        await press(pilot, "w")
        await until(pilot, lambda: bool(pilot.app._notifications))

        [notice] = pilot.app._notifications
        assert notice.message.startswith("The report broke off (KeyError")
        assert isinstance(pilot.app.screen, ProgressScreen)


@pytest.mark.parametrize(
    ("values", "drawn"),
    [
        ((0.0, 0.5, 1.0), "━━━━━◆━━━━"),
        ((0.2, 0.35, 0.5), "··━◆━━····"),
        ((0.9, 1.0, 1.0), "·········◆"),
        ((0.0, 0.0, 0.01), "◆·········"),
    ],
)
def test_an_interval_can_be_read_without_colours(values, drawn):
    """Thick inside, dots outside, a diamond in the middle."""
    assert interval(*values, width=10) == drawn
