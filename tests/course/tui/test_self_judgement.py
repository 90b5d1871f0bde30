"""A sentence on the screen that the program cannot judge: the learner does, beside the model answer."""

from __future__ import annotations

from course.learning.exams import writing
from course.learning.sittings import after, sittings
from course.tui.places import ExamPlace, PlaceChosen
from quiz.exams.draw import draw
from tests.course.tui import fakes
from tests.course.tui.driving import learner, press, read, shown
from tests.course.tui.exam import room
from tests.course.tui.test_questions import asked, lesson_of, panel

MODEL = "Live traffic brings out faults that no test has."
UNSURE = (
    "L",
    "i",
    "v",
    "e",
    "space",
    *"traffic",
    "space",
    *"brings",
    "space",
    *"weird",
    "space",
    *"odd",
    "space",
    *"bugs",
)


async def test_a_right_sentence_is_right():
    """Nobody is asked, and the model answer is shown all the same."""
    async with asked(fakes.SENTENCE, *"faults", "space", *"need", "space", *"real", "space", *"traffic", "enter") as (
        pilot,
        study,
    ):
        [answer] = study.journal.kinds("answered")

        assert "✓ Right." in shown(pilot)
        assert MODEL in shown(pilot)
        assert answer.data["correct"] is True
        assert "judged" not in answer.data


async def test_a_wrong_sentence_has_a_second_try_without_the_model_answer():
    """What is wrongly claimed is said."""
    async with asked(fakes.SENTENCE, *"it", "space", *"warms", "space", *"up", "enter") as (pilot, _):
        assert "Not yet. Instances are warm by then." in shown(pilot)
        assert MODEL not in shown(pilot)


async def test_an_unsure_answer_is_judged_by_the_learner():
    """Nothing is written down before; then it counts as they say, and the history says that it was they."""
    for key, right, sign in (("y", True, "✓"), ("n", False, "✗")):
        async with asked(fakes.SENTENCE, *UNSURE, "enter") as (pilot, study):
            page = shown(pilot)
            assert "This cannot be judged for certain." in page
            assert MODEL in page
            assert "Does yours say the same?" in page
            assert study.journal.kinds("answered") == []

            await press(pilot, key)
            [answer] = study.journal.kinds("answered")
            assert f"{sign} It counts as {'right' if right else 'wrong'}: you judged it." in shown(pilot)
            assert (answer.data["correct"], answer.data["judged"], answer.data["tries"]) == (right, "learner", 1)
            assert not panel(pilot).pending  # there is no second try: the model answer was seen
            written = study.journal.kinds("answered")
        async with asked(fakes.SENTENCE, history=written) as (pilot, _):
            assert f"{sign} It counts as" in shown(pilot)


async def test_who_changes_the_answer_meanwhile_is_not_asked_any_more():
    """The question goes away with the answer that it was about."""
    async with asked(fakes.SENTENCE, *UNSURE, "enter") as (pilot, study):
        line = panel(pilot).body.line
        line.focus()
        await press(pilot, "x")

        assert "Does yours say the same?" not in shown(pilot)
        assert study.journal.kinds("answered") == []


async def test_an_exam_leaves_the_answer_to_the_learner_afterwards():
    """The result marks it, takes their word, and counts again."""
    catalog = fakes.FakeCatalog(lessons={"canary": lesson_of(fakes.SENTENCE)}, exams={"mla": room.profile()})
    begun = writing.begun(
        "s1", room.profile(), draw(room.profile(), catalog.question_cards(), 0), catalog.question_cards(), fakes.MONDAY
    )
    [sitting] = sittings([begun])
    given = writing.answered(sitting, "why-real", "Live traffic brings weird odd bugs", begun.at)
    ends = writing.closing(after(sitting, given), catalog.question, {}, {}, "handed-in", begun.at, ())
    study = fakes.study(begun, given, *ends, catalog=catalog)
    async with learner(study) as pilot:
        pilot.app.post_message(PlaceChosen(ExamPlace(sitting="s1")))
        await pilot.pause()
        assert "0 of 1 right" in read(pilot)
        assert "1 answer left for you to judge, wrong until then" in read(pilot)

        await press(pilot, "ctrl+n")
        assert MODEL in shown(pilot)
        assert "Does yours say the same?" in shown(pilot)
        await press(pilot, "y")
        assert "It counts as right: you judged it." in shown(pilot)
        [answer] = study.journal.kinds("answered")
        assert (answer.data["correct"], answer.data["judged"], answer.data["where"]) == (True, "learner", "exam")

        await press(pilot, "l")
        assert "right, judged by you" in shown(pilot)
        await press(pilot, "escape", "p")
        assert "1 of 1 right" in read(pilot)
        assert "1 answer judged by yourself; 1 right." in read(pilot)
