"""Terms and goals in a review."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from course.history import Event
from course.tui.practice.goal import GoalView
from course.tui.practice.screen import PracticeScreen
from tests.course.tui import fakes
from tests.course.tui.driving import learner, press, shown

TERM = fakes.TERMS[0]
LONG_AGO = timedelta(days=90)


def once(event: Event) -> Event:
    """The same, long before."""
    return replace(event, at=event.at - LONG_AGO)


@pytest.mark.parametrize(("key", "rating"), [("1", "again"), ("2", "hard"), ("3", "good")])
async def test_a_word_is_turned_over_and_rated(key, rating):
    """The word alone at first; then what it means, and how well it was known; then the next."""
    study = fakes.study(once(fakes.event("recalled", TERM.id, rating="good")), *map(once, fakes.MASTERED[:1]))
    async with learner(study, "r") as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, PracticeScreen)
        while screen.session.items[screen.pager.step].kind != "term":
            await press(pilot, "ctrl+n")
        at = screen.pager.step
        assert TERM.term in shown(pilot)
        assert TERM.definition[:30] not in shown(pilot)

        await press(pilot, "enter")
        assert TERM.definition[:30] in shown(pilot)
        await press(pilot, key)
        [_, recalled] = study.journal.kinds("recalled")
        assert (recalled.subject, recalled.data["rating"]) == (TERM.id, rating)
        assert screen.pager.step == at + 1


async def test_words_are_not_counted_as_questions():
    """The summary of a review of cards and questions speaks of items."""
    study = fakes.study(once(fakes.event("recalled", TERM.id, rating="good")), *map(once, fakes.MASTERED[:1]))
    async with learner(study, "r") as pilot:
        items = pilot.app.screen.session.items
        pilot.app.screen.pager.step = len(items)
        await pilot.pause()
        assert f"0 of {len(items)} items right" in shown(pilot)


async def test_a_missed_goal_leads_to_its_lab():
    """It is named, and Enter opens the lab."""
    missed = fakes.event("lab-graded", fakes.LAB, passed=False, score=10.0, goals={"protects": False}, text="")
    async with learner(fakes.study(once(missed)), "r") as pilot:
        assert isinstance(pilot.app.screen, PracticeScreen)
        names = [item.name for item in pilot.app.screen.session.items]
        assert f"goal:{fakes.LAB}/protects" in names
        pilot.app.screen.pager.step = names.index(f"goal:{fakes.LAB}/protects")
        await pilot.pause()
        assert pilot.app.screen.query_one(GoalView).lab == fakes.LAB
