"""What a grade has to say is in sight where the terminal is small."""

from __future__ import annotations

from dataclasses import replace

import pytest

from course.tui.lab.grade.goal_card import GoalCard
from course.tui.lab.run.story import LOUD, log
from labs.film.film import film_of
from tests.course.tui.driving import LARGE, SMALL, rows, shown
from tests.course.tui.lab.driving import a_lab_screen, press
from tests.course.tui.lab.fakes import HINTS, FakeDesk, a_grade, a_study
from tests.labs.film.runs import PLAN, WORLD, broken_run

SIZES = pytest.mark.parametrize("size", [SMALL, (89, 30), LARGE], ids=["80x24", "89x30", "140x45"])


@pytest.mark.parametrize("width", [80, 89, 140])
async def test_no_row_of_the_comparison_is_cut_or_wrapped(width):
    """From the name to the cost, each plan has one line."""
    async with a_lab_screen(a_study(FakeDesk(grades=lambda: a_grade(True))), (width, 70)) as pilot:
        await press(pilot, "g")
        pilot.app.screen.query_one("#right").scroll_visible(animate=False, top=True)
        await pilot.pause()
        page = rows(pilot)
        [head, *_] = [row for row in page if "harmed" in row and "p95" in row]
        [unguarded] = [row for row in page if "no guard" in row and "9,804" in row]

        assert "cost" in head
        assert "0.57" in unguarded


@SIZES
async def test_every_hint_comes_into_sight(size):
    """Also the last one of the last goal, below a long sentence of the teacher's."""
    wordy = tuple(replace(goal, say=goal.say * 3) for goal in a_grade().goals)
    async with a_lab_screen(a_study(FakeDesk(grades=lambda: replace(a_grade(), goals=wordy))), size) as pilot:
        await press(pilot, "g")
        pilot.app.screen.query(".-missed").last(GoalCard).focus()
        for number in range(1, len(HINTS) + 1):
            await press(pilot, "h")

            assert f"hint {number} of {len(HINTS)}: " in shown(pilot)


def test_what_stands_out_in_the_log_has_a_sign():
    """An alarm and a rollback can be told from the rest without colours."""
    run = broken_run(0)
    lines = [entry.lead.plain[-2] for entry in log(film_of(run, WORLD, PLAN), run.ended_s)]
    loud = [event.what in LOUD for event in film_of(run, WORLD, PLAN).events(run.ended_s)]

    assert any(loud)
    assert [sign != " " for sign in lines] == loud
