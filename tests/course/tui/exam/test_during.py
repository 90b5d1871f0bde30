"""An exam that goes on: everything is kept, nothing is told, and the clock is right."""

from __future__ import annotations

from datetime import timedelta

import pytest

from course.learning.exams import writing
from course.tui.exam.before import BeforeExamScreen
from course.tui.exam.result import ExamResultScreen
from course.tui.exam.screen import ExamScreen
from course.tui.home.screen import HomeScreen
from course.tui.lab.screen import LabScreen
from course.tui.widgets.confirm import Confirm
from tests.course.tui import fakes
from tests.course.tui.driving import LARGE, SMALL, dash, learner, press, read, resize, shown, type_text, until
from tests.course.tui.exam import room

BEGIN = ("x", "enter", "enter")


async def go_to(pilot, question: str) -> None:
    """Open a question of the exam."""
    pilot.app.screen.at = pilot.app.screen.sitting.questions.index(question)
    await pilot.pause()


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "140x45"])
async def test_before_it_begins_it_is_said_what_will_hold(size):
    """The clock, and that nothing is marked; only then it begins."""
    study = room.study()
    async with learner(study, "x", "enter", size=size) as pilot:
        assert isinstance(pilot.app.screen, BeforeExamScreen)
        assert "goes on while the program is closed" in read(pilot)
        assert "Nothing is marked before the end" in read(pilot)
        assert not study.journal.kinds("exam-begun")

        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ExamScreen)
        assert len(study.journal.kinds("exam-begun")) == 1


async def test_an_empty_bank_begins_nothing():
    """It is said why."""
    study = room.study(kinds=("single",), tags="")
    async with learner(study, *BEGIN) as pilot:
        assert "no question for it yet" in read(pilot)
        assert not study.journal.kinds("exam-begun")


async def test_answers_are_kept_at_once_and_in_any_order():
    """Coming and going; a later answer takes the place of the first; nothing is checked, and no hint is given."""
    study = room.study()
    async with learner(study, *BEGIN) as pilot:
        await go_to(pilot, "wait-field")
        await press(pilot, "down")
        first = room.sitting(study).answers["wait-field"]
        await go_to(pilot, "harmed")
        await press(pilot, *"240")
        await go_to(pilot, "wait-field")
        assert "◉" in shown(pilot)
        await press(pilot, "down", "enter", "p", "h", "escape")

        answers = room.sitting(study).answers
        assert answers["harmed"] == "240"
        assert answers["wait-field"] != first
        assert not study.journal.kinds("answered")
        for word in ("Right.", "Hint", "Why", "Check"):
            assert word not in shown(pilot)


async def test_flag_note_and_ruled_out():
    """Each has a sign or a word, is written down, and is there again afterwards; what is ruled out is not chosen."""
    study = room.study()
    async with learner(study, *BEGIN) as pilot:
        await go_to(pilot, "what-bakes-find")
        await press(pilot, "1", "x", "f", "n")
        await type_text(pilot, "load [/]")
        await press(pilot, "enter")
        await go_to(pilot, "harmed")
        await go_to(pilot, "what-bakes-find")

        sitting = room.sitting(study)
        assert "× " in shown(pilot)
        assert "ruled out" in shown(pilot)
        assert "! flagged Note: load [/]" in read(pilot)
        assert sitting.flags == {"what-bakes-find"}
        assert sitting.notes["what-bakes-find"] == "load [/]"
        assert len(sitting.struck["what-bakes-find"]) == 1
        assert "what-bakes-find" not in sitting.answers


async def test_of_one_answer_what_is_ruled_out_is_none():
    """Ruling out the chosen option takes the answer back; taken in again, it is chosen."""
    study = room.study()
    async with learner(study, *BEGIN) as pilot:
        await go_to(pilot, "wait-field")
        await press(pilot, "2", "x")
        assert "wait-field" not in room.sitting(study).answers

        await press(pilot, "x")
        assert "wait-field" in room.sitting(study).answers
        assert room.sitting(study).struck["wait-field"] == ()


async def test_the_list_and_a_number_lead_anywhere():
    """All questions with how they stand; a number that is none is said to be none."""
    async with learner(room.study(), *BEGIN) as pilot:
        await press(pilot, "f2", "f6")
        assert "6 of 6 not answered, 1 flagged." in read(pilot)
        assert "open · ! flagged" in read(pilot)
        await press(pilot, "end", "enter")
        assert pilot.app.screen.at == 5

        await press(pilot, "f8", "9", "enter")
        assert "from 1 to 6" in read(pilot)
        await press(pilot, "backspace", "2", "enter")
        assert pilot.app.screen.at == 1


async def test_handing_in_asks_once_and_says_how_many_are_open():
    """No goes on; yes ends it."""
    study = room.study()
    async with learner(study, *BEGIN, "f8", "1", "enter", "ctrl+s") as pilot:
        assert isinstance(pilot.app.screen, Confirm)
        assert "6 of 6 not answered" in read(pilot)
        await press(pilot, "n")
        assert isinstance(pilot.app.screen, ExamScreen)

        await press(pilot, "ctrl+s", "y")
        assert isinstance(pilot.app.screen, ExamResultScreen)
        assert room.sitting(study).ended.why == "handed-in"


async def test_esc_leaves_and_home_offers_to_go_on_where_one_was():
    """That the clock goes on is said; Home's first line counts down, also after the program was closed."""
    study = room.study()
    async with learner(study, *BEGIN, "ctrl+n", "f2", "escape", "escape") as pilot:
        assert isinstance(pilot.app.screen, HomeScreen)
        assert any("goes on without you" in each.message for each in pilot.app._notifications)
        assert "▶ Exam goes on: 12 min left MLA" in read(pilot)
    study.now.now += timedelta(minutes=4)
    async with learner(study, "enter") as pilot:
        assert isinstance(pilot.app.screen, ExamScreen)
        assert pilot.app.screen.at == 1
        assert "2 of 6 · 7:" in read(pilot)


async def test_the_clock_warns_and_ends_the_exam():
    """Five minutes before the end with a sign; at the end by itself, as it stands, under whatever lies over it."""
    study = room.study()
    async with learner(study, *BEGIN) as pilot:
        screen = pilot.app.screen
        study.now.now += timedelta(minutes=8)
        screen.tick()
        await pilot.pause()
        assert "! 3:" in read(pilot)

        await press(pilot, "f4")
        study.now.now += timedelta(minutes=8)
        screen.tick()
        assert room.sitting(study).ended.why == "time"
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen))


async def test_a_clock_that_goes_back_gives_no_time():
    """It is said, and what is left is what was left."""
    start = room.begun()
    study = room.study(start, writing.answered(room.sitting(room.study(start)), "harmed", "2", later(9)))
    async with learner(study, "enter") as pilot:
        assert "· ! 3:00 left" in read(pilot)
        assert any("gives no time" in each.message for each in pilot.app._notifications)


def later(minutes: int):
    """A moment of Monday evening."""
    return fakes.MONDAY + timedelta(minutes=minutes)


async def test_its_time_runs_out_while_it_is_closed(monkeypatch):
    """The next start ends it with what was answered in time, and offers what came out."""
    monkeypatch.setattr("course.tui.home.screen.LATER_S", 0.01)
    start = room.begun(timedelta(hours=1))
    answer = writing.answered(room.sitting(room.study(start)), "harmed", "240", later(-55))
    study = room.study(start, answer)
    async with learner(study) as pilot:
        await pilot.pause(0.03)
        assert room.sitting(study).ended.why == "time"
        assert [event.data["where"] for event in study.journal.kinds("answered")] == ["exam"]
        await press(pilot, "home")
        assert "Exam ended by time: see what came out" in read(pilot)

        await press(pilot, "enter")
        assert "1 of 6 right" in read(pilot)
        await press(pilot, "escape")
        assert "▶ Exam" not in read(pilot)


async def test_a_plan_written_in_the_lab_is_handed_in(monkeypatch):
    """The task's page opens the lab; a grade there counts as the exam says, and what was left is said."""
    study = room.study(tasks=room.TASK)
    async with learner(study, *BEGIN) as pilot:
        pilot.app.screen.at = 6
        await pilot.pause()
        assert "It counts as much as 2 questions" in read(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, LabScreen)
        study.journal.record(graded(study, passed=True))
        await press(pilot, "escape")
        assert "A plan of 2 lines is handed in." in read(pilot)

        await press(pilot, "h", "y")
        assert room.sitting(study).ended.tasks == {fakes.LAB: True}
        assert "2 of 8 right" in read(pilot)


def graded(study, passed: bool):
    """A grade of a plan now."""
    event = fakes.event("lab-graded", fakes.LAB, passed=passed, score=100.0, goals={}, text="UpdateEndpoint:\n  A: 1")
    return type(event)(study.now(), event.kind, event.subject, event.data)


async def test_keys_in_haste_lose_nothing():
    """Faster than the app can work, in a small window: every answer is kept, and one exam is begun."""
    study = room.study()
    async with learner(study, "x", "enter") as pilot:
        await dash(pilot, ["enter", "enter", "enter"])
        await resize(pilot, 60, 16)
        assert len(study.journal.kinds("exam-begun")) == 1
        await go_to(pilot, "latency-unit")
        await dash(pilot, [*"seconds", "enter", "left", "left", "ctrl+n", "ctrl+b", "f2", "f2", "enter", "enter"])
        assert pilot.app._exception is None
        assert room.sitting(study).answers["latency-unit"] == "seconds"


async def test_some_pairs_are_there_after_going_on():
    """They are no answer yet, and nothing to give anew."""
    study = room.study()
    async with learner(study, *BEGIN) as pilot:
        await go_to(pilot, fakes.MATCHING.id)
        await press(pilot, "1")
        before = read(pilot)
        await press(pilot, "ctrl+b" if pilot.app.screen.at else "ctrl+n")
        await go_to(pilot, fakes.MATCHING.id)
        assert "→ 1" in before
        assert "→ 1" in read(pilot)
        assert fakes.MATCHING.id not in room.sitting(study).answers


async def test_a_note_is_kept_whatever_way_one_leaves():
    """Esc loses nothing; looking at a note writes nothing."""
    study = room.study()
    async with learner(study, *BEGIN) as pilot:
        await go_to(pilot, "what-bakes-find")
        await press(pilot, "n")
        await type_text(pilot, "again")
        await press(pilot, "escape")
        assert room.sitting(study).notes["what-bakes-find"] == "again"

        written = len(study.journal.kinds("exam-noted"))
        await press(pilot, "n", "escape")
        assert len(study.journal.kinds("exam-noted")) == written
