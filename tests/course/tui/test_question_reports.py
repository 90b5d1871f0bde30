"""Saying what is wrong with a question: a line after the verdict, and a file for its author."""

from __future__ import annotations

import pytest

from course.question_reports import read
from course.tui.exam.ask_line import AskLine
from tests.course.tui import fakes
from tests.course.tui.driving import LARGE, SMALL, rows
from tests.course.tui.driving import read as text_of
from tests.course.tui.test_questions import asked, places

SINGLE = next(each for each in fakes.QUESTIONS if each.kind == "single")
WRONG = str(next(at for id, at in places(SINGLE).items() if id != "wait"))
ANSWERED = (WRONG, "enter", "s")


async def say(pilot, text: str) -> None:
    """Type a remark and leave it."""
    await pilot.press("w")
    await pilot.pause()
    await pilot.press(*("space" if sign == " " else sign for sign in text), "enter")
    await pilot.pause()


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_remark_is_kept_with_what_was_seen(size):
    """The answer, the figures and the verdict of then; the screen says where it is, and that it went nowhere."""
    async with asked(SINGLE, *ANSWERED, size=size) as (pilot, study):
        assert "w Report" in rows(pilot)[-1]
        await say(pilot, "It is not so")
        [(name, text)] = study.desk.kept.items()
        report = read(text.encode())

        assert name == f"question-{SINGLE.id}.json"
        assert (report.question, report.remark, report.correct, report.seed) == (SINGLE.id, "It is not so", False, 0)
        assert report.answer == pilot.app.screen.query_one("QuestionPanel").state.answer
        assert (report.pack, report.revision) == (study.catalog.outline.id, SINGLE.revision)
        assert [each.message for each in pilot.app._notifications] == [
            f"Kept in /reports/{name}. Nothing was sent: give the file to whoever teaches you, or to the pack's author."
        ]


async def test_there_is_nothing_to_report_before_the_verdict():
    """What is wrong with a question is no hint to it, and an answer says more."""
    async with asked(SINGLE) as (pilot, _):
        assert "Report" not in rows(pilot)[-1]
        await pilot.press("w")

        assert not isinstance(pilot.app.screen, AskLine)


async def test_esc_keeps_nothing():
    """The line is left, and so is the question as it was."""
    async with asked(SINGLE, *ANSWERED) as (pilot, study):
        before = text_of(pilot)
        await pilot.press("w")
        await pilot.pause()
        asks = text_of(pilot)
        await pilot.press("x", "escape")
        await pilot.pause()

        assert "What is wrong with this question?" in asks
        assert "Nothing is sent." in asks
        assert (study.desk.kept, text_of(pilot)) == ({}, before)


async def test_a_folder_that_cannot_be_written_is_told():
    """The remark is not lost in silence."""
    async with asked(SINGLE, *ANSWERED) as (pilot, study):
        study.desk.trouble = "/reports cannot be written: no space left"
        await say(pilot, "no")

        assert [each.message for each in pilot.app._notifications] == [study.desk.trouble]
