"""What came out: sums with intervals, every question explained, the wrong ones to practise."""

from __future__ import annotations

from datetime import timedelta

import pytest

from course.learning.exams import writing
from course.learning.sittings import after
from course.tui.exam.screen import ExamScreen
from course.tui.exam.sums import WIDTH, bar
from course.tui.places import ExamPlace, PlaceChosen
from course.tui.practice.screen import PracticeScreen
from quiz.exams.score import Share
from tests.course.tui import fakes
from tests.course.tui.driving import LARGE, SMALL, learner, press, read, shown
from tests.course.tui.exam import room

ANSWERS = {"harmed": "240", "wait-field": "max", "canary-order": ("start", "canary", "bake", "rest")}


def ended(ago: timedelta, id: str, answers: dict):
    """The events of a sitting that was handed in."""
    begun = room.begun(ago, id)
    sitting = room.sitting(room.study(begun))
    given = [writing.answered(sitting, each, answer, begun.at) for each, answer in answers.items()]
    for each in given:
        sitting = after(sitting, each)
    ends = writing.closing(sitting, fakes.FakeCatalog().question, {}, {}, "handed-in", begun.at, ())
    return (begun, *given, *ends)


def results():
    """A study with two exams."""
    return room.study(*ended(timedelta(days=9), "s0", {}), *ended(timedelta(days=1), "s1", ANSWERS))


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "140x45"])
async def test_the_sums(size):
    """Share and estimate with intervals, marked as an estimate; domain, objective and the earlier exam beside it."""
    async with learner(results(), size=size) as pilot:
        pilot.app.post_message(PlaceChosen(ExamPlace(sitting="s1")))
        await pilot.pause()
        seen = read(pilot)
        await press(pilot, "end")
        seen += read(pilot)
        for words in (
            "2 of 6, 33 % (10 to 70 %)",
            "Scaled score, an estimate: about 400, 187 to 730 of 100 to 1000; 720 is enough.",
            "2026-11-14 0 of 6, 0 % (0 to 39 %), now 33 points more",
            "3 Deployment",
            "canary A part of the traffic first",
        ):
            assert words in seen


@pytest.mark.parametrize(
    ("share", "signs"),
    [(Share(0, 6), "●┤"), (Share(3, 6), "├●┤"), (Share(6, 6), "├●"), (Share(0, 0), "●┤")],
    ids=["none", "half", "all", "nothing asked"],
)
def test_a_bar_needs_no_colour(share, signs):
    """Estimate and both ends of the interval have signs."""
    drawn = bar(share).plain
    assert len(drawn) == WIDTH
    assert [each for each in drawn if each in "├●┤"] == list(signs)


async def test_every_question_is_explained():
    """Right, wrong and not answered, with the reasons of all parts; nothing can be answered again."""
    study = results()
    async with learner(study) as pilot:
        pilot.app.post_message(PlaceChosen(ExamPlace(sitting="s1")))
        await pilot.pause()
        before = len(study.journal.events())
        pages = {}
        for drawn in pilot.app.screen.done.sitting.drawn:
            await press(pilot, "n")
            page = read(pilot)
            await press(pilot, "r", "end")
            pages[drawn.id] = page + read(pilot)
        assert "✓ Right." in pages["harmed"]
        assert "your answer" in pages["wait-field"]
        assert "It is the time between two shifts." in pages["wait-field"]
        for id in ("what-bakes-find", "who-does-what", "latency-unit"):
            assert "Not answered, and so it is wrong." in pages[id]
        assert "It needs thousands of requests to show." in pages["what-bakes-find"]
        assert "Runs the version that users know" in pages["who-does-what"]
        assert "Right would be: microseconds" in pages["latency-unit"]
        assert len(study.journal.events()) == before

        await press(pilot, "l")
        assert "not answered" in shown(pilot)


async def test_the_wrong_ones_are_practised():
    """Wrong or not answered, and no others."""
    async with learner(results()) as pilot:
        pilot.app.post_message(PlaceChosen(ExamPlace(sitting="s1")))
        await pilot.pause()
        await press(pilot, "a")
        assert isinstance(pilot.app.screen, PracticeScreen)
        items = {item.id for item in pilot.app.screen.session.items}
        assert items == {each.id for each in fakes.QUESTIONS} - {"harmed", "canary-order"}


async def test_each_answer_is_an_answer_as_everywhere():
    """One event for each question that was answered; none is marked before the end."""
    study = room.study()
    async with learner(study, "x", "enter", "enter") as pilot:
        assert isinstance(pilot.app.screen, ExamScreen)
        pilot.app.screen.at = pilot.app.screen.sitting.questions.index("harmed")
        await pilot.pause()
        await press(pilot, *"240", "h", "y")
        [answered] = study.journal.kinds("answered")
        assert answered.subject == "harmed"
        assert (answered.data["where"], answered.data["correct"]) == ("exam", True)
        assert answered.data["session"] == room.sitting(study).id
