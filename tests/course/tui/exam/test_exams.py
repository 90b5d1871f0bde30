"""Which exams there are, what they are, and when the real one is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from course.learning.exams import writing
from course.tui.exam.exams import ExamsScreen
from course.tui.exam.result import ExamResultScreen
from course.tui.exam.screen import ExamScreen
from course.tui.places import ExamPlace, PlaceChosen
from course.tui.screens.problem import ProblemScreen
from tests.course.tui import fakes
from tests.course.tui.driving import LARGE, SMALL, dash, learner, press, read, type_text
from tests.course.tui.exam import room


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "140x45"])
async def test_what_an_exam_is_and_what_the_bank_covers(size):
    """Questions, minutes, weights, until when, and what is missing."""
    async with learner(room.study(), "x", size=size) as pilot:
        for words in (
            "A small exam [/]",
            "10 questions · 20 min",
            "720 of 1000 is enough",
            "until 2026-12-31",
            "cover 6 of 10 by its weights",
            "60 % Deployment: 6 of 6",
            "40 % Monitoring: 0 of 4; nothing for alarms",
        ):
            assert words in " ".join(read(pilot).replace("│", " ").split())


async def test_the_day_of_the_exam():
    """Typed as a date; Home counts the days; what is no date, or over, is said to be none; nothing takes it away."""
    study = room.study()
    async with learner(study, "x", "d") as pilot:
        for typed, said in (("soon", "That is no date."), ("2026-11-22", "That day is over.")):
            await dash(pilot, list(typed))
            await press(pilot, "enter")
            assert said in read(pilot)
            await press(pilot, *["backspace"] * len(typed))
        await dash(pilot, list("2026-12-17"))
        await press(pilot, "enter", "escape")
        assert "exam in 24 days" in read(pilot)
        [day] = study.journal.kinds("preferred")
        assert (day.subject, day.data["value"]) == ("exam-date", "2026-12-17")

        await press(pilot, "x", "d", *["backspace"] * 10, "enter", "escape")
        assert "exam in" not in read(pilot)


async def test_a_running_exam_comes_first_and_earlier_ones_last():
    """Each leads to where it is."""
    old, new = room.begun(timedelta(days=2), "s1"), room.begun(timedelta(minutes=1), "s2")
    ended = room.sitting(room.study(old))
    ends = writing.closing(ended, fakes.FakeCatalog().question, {}, {}, "handed-in", old.at + timedelta(minutes=3), ())
    async with learner(room.study(old, *ends, new), "x") as pilot:
        assert "▶ Go on A small exam [/] 11 min left" in read(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ExamScreen)
        await press(pilot, "escape", "end")
        assert "2026-11-21 MLA A small exam [/] 0 of 6, 0 %" in read(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ExamResultScreen)


@pytest.mark.parametrize("place", [ExamPlace("nowhere"), ExamPlace(sitting="nowhere")])
async def test_an_exam_that_is_not_there(place):
    """It is said, and Esc goes back."""
    async with learner(room.study()) as pilot:
        pilot.app.post_message(PlaceChosen(place))
        await pilot.pause()
        assert isinstance(pilot.app.screen, ProblemScreen)


async def test_the_palette_leads_to_exams():
    """By the name of one, too."""
    async with learner(room.study(), "ctrl+p") as pilot:
        await type_text(pilot, "exams")
        await pilot.app.workers.wait_for_complete()
        await press(pilot, "enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(pilot.app.screen, ExamsScreen)
