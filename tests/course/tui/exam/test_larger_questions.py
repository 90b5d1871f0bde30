"""An exam in which a case and a request to mend are asked: judged at its end, in the background."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.content.packs import open_packs
from course.desk import LabDesk
from course.learning.sittings import sittings
from course.ports import Study
from course.tui.exam.entry import ExamQuestion
from course.tui.exam.result import ExamResultScreen
from course.tui.exam.screen import ExamScreen
from course.tui.places import ExamPlace, PlaceChosen
from course.tui.widgets.question.fix import FixBody
from course.tui.widgets.question.panel import QuestionPanel
from tests.course.content.kinds import GUARD, pack_of_kinds
from tests.course.tui import fakes
from tests.course.tui.driving import learner, press, read, until


@pytest.fixture
def study(tmp_path: Path) -> Study:
    packs = open_packs([pack_of_kinds(tmp_path / "pack")])[0]
    return Study(catalog=packs, journal=fakes.FakeJournal(), desk=LabDesk(tmp_path), now=fakes.Clock())


def sitting(study: Study):
    return sittings(study.journal.events())[-1]


async def go_to(pilot, study: Study, question: str) -> None:
    """Go to a question of the exam."""
    screen = pilot.app.screen
    assert isinstance(screen, ExamScreen)
    screen.at = screen.sitting.entries.index(question)
    await until(pilot, lambda: any(each.question.id == question for each in screen.query(ExamQuestion)))


async def test_an_exam_with_a_case_and_a_request(study):
    """The parts come together, each with the scenario; the request is judged at the end, and explained."""
    async with learner(study) as pilot:
        await press(pilot, "x", "enter", "enter")
        entries = sitting(study).entries
        first = entries.index("night-alarm")
        assert len(entries) == 5
        assert entries[first + 1] == "night-rate"

        await go_to(pilot, study, "night-rate")
        assert "A case, question 2 of 2" in read(pilot)
        await go_to(pilot, study, "mend")
        assert "it is judged at the end" in read(pilot)
        body = pilot.app.screen.query_one(FixBody)
        assert body.writer is not None
        body.writer.editor.swap(GUARD)
        await until(pilot, lambda: sitting(study).answers.get("mend") == GUARD)
        await press(pilot, "ctrl+s", "y")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen))
        await pilot.pause()

        ended = sitting(study).ended
        assert ended is not None
        assert ended.right == {"mend": True}
        result = pilot.app.screen
        assert isinstance(result, ExamResultScreen)
        result.pager.step = entries.index("mend") + 1
        await until(pilot, lambda: any(each.state.verdict.details for each in result.query(QuestionPanel)))
        judged = result.query_one(QuestionPanel).state.verdict
        assert judged is not None
        assert "Rolled back in all 2 runs." in [each.why for each in judged.details]
        result.pager.step = entries.index("steps") + 1
        await until(pilot, lambda: any(each.question.id == "steps" for each in result.query(QuestionPanel)))
        assert "Not answered, and so it is wrong." in read(pilot)


async def test_one_whose_time_ran_out_is_judged_when_it_is_opened(study):
    """Home does not wait for runs: whoever opens the exam has it ended."""
    async with learner(study) as pilot:
        await press(pilot, "x", "enter", "enter")
        await go_to(pilot, study, "mend")
        body = pilot.app.screen.query_one(FixBody)
        assert body.writer is not None
        body.writer.editor.swap(GUARD)
        await until(pilot, lambda: "mend" in sitting(study).answers)
    assert isinstance(study.now, fakes.Clock)
    study.now.now = sitting(study).deadline
    async with learner(study) as pilot:
        await pilot.pause()
        assert sitting(study).ended is None
        pilot.app.post_message(PlaceChosen(ExamPlace(profile="kinds")))
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen))
        await pilot.pause()
        assert sitting(study).ended.right == {"mend": True}
