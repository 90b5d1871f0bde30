"""A round of questions without the reading."""

from __future__ import annotations

import pytest

from course.tui.home.screen import HomeScreen
from course.tui.practice.screen import PracticeScreen
from course.tui.widgets.question.panel import QuestionPanel
from quiz.presentation import shuffled
from tests.course.tui import fakes
from tests.course.tui.driving import learner, press, rows, shown

OF = len(fakes.QUESTIONS)
SKIP_ALL = ["ctrl+n"] * OF


def number(option: str) -> str:
    """The number of an option of the first question."""
    ids = [each.id for each in shuffled(fakes.SINGLE, 0).options]
    return str(ids.index(option) + 1)


async def test_questions_come_one_after_the_other():
    """The title counts them; Enter checks, Enter goes on. In the summary, right at once, wrong, and left out are three
    different signs. The next round has only the questions that were not right, all of them fresh."""
    study = fakes.study()
    async with learner(study, "t") as pilot:
        assert rows(pilot)[0].rstrip().endswith(f"1 of {OF}")

        await press(pilot, number("wait"), "enter", "3", "enter")
        assert rows(pilot)[0].rstrip().endswith(f"2 of {OF}")
        [answered] = study.journal.kinds("answered")
        assert answered.data["lesson"] == "canary"
        assert study.journal.kinds("lesson-step") == []

        await press(pilot, "1", "enter", "1", "s", "enter", *SKIP_ALL[2:])
        page = shown(pilot)
        assert "1 of 6 questions right at the first try" in page
        assert "✓ A canary sends" in page
        assert "✗ Which of these can a bake find" in page
        assert "○ Bring the steps" in page

        await press(pilot, "a")
        assert isinstance(pilot.app.screen, PracticeScreen)
        assert [each.id for each in pilot.app.screen.session.items] == [each.id for each in fakes.QUESTIONS[1:]]
        assert pilot.app.screen.query_one(QuestionPanel).verdict is None
        assert rows(pilot)[0].rstrip().endswith(f"1 of {OF - 1}")


async def test_a_second_try_does_not_count_as_a_first():
    """Correcting oneself is written down, and the summary still tells what was known. Esc leads from it back home."""
    keys = [number("end"), "enter", "2", number("wait"), "enter", "enter"]
    study = fakes.study()
    async with learner(study, "t", *keys, *SKIP_ALL[1:]) as pilot:
        answered = [event.data for event in study.journal.kinds("answered")]
        assert [(each["correct"], each["tries"], each["confidence"]) for each in answered] == [
            (False, 1, "unsure"),
            (True, 2, "unsure"),
        ]
        assert "✗ A canary sends" in shown(pilot)

        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_a_question_of_the_summary_can_be_looked_at_again():
    """Enter on a question shows it as it was left, with its reasons."""
    async with learner(fakes.study(), "t", number("end"), "enter", "2", "s", "enter", *SKIP_ALL[1:], "enter") as pilot:
        assert "✗ TerminationWaitInSeconds" in shown(pilot)


async def test_the_order_of_options_changes_from_round_to_round():
    """The seed is the number of earlier attempts."""
    study = fakes.study(fakes.event("answered", "wait-field", answer="end", correct=False))
    async with learner(study, "t") as pilot:
        panel = pilot.app.screen.query_one(QuestionPanel)
        assert panel.body.options == shuffled(fakes.SINGLE, 1).options


async def test_enter_in_haste_claims_nothing():
    """After the answer it does not say that one is sure, and skips no question."""
    study = fakes.study()
    async with learner(study, "t", number("wait"), "enter", "enter", "enter") as pilot:
        assert rows(pilot)[0].rstrip().endswith(f"1 of {OF}")
        assert study.journal.kinds("answered") == []
        await press(pilot, "3")
        assert study.journal.kinds("answered")[0].data["confidence"] == "sure"


async def test_escape_leaves_the_round():
    """What was answered is written down already."""
    study = fakes.study()
    async with learner(study, "t", "1", "enter", "1", "escape") as pilot:
        assert isinstance(pilot.app.screen, HomeScreen)
        assert len(study.journal.kinds("answered")) == 1


async def test_an_interrupted_round_goes_on_at_the_same_question():
    """After Esc, and after the program was closed; what was answered is as it was, and the summary counts it."""
    study = fakes.study()
    async with learner(study, "t", number("wait"), "enter", "3", "enter", "1", "enter", "3", "s", "enter") as pilot:
        assert rows(pilot)[0].rstrip().endswith(f"3 of {OF}")
        await press(pilot, "escape", "t")
        assert rows(pilot)[0].rstrip().endswith(f"3 of {OF}")

    async with learner(study, "t", "p", "p") as pilot:
        assert pilot.app.screen.query_one(QuestionPanel).verdict.correct
        await press(pilot, "n", "n", *SKIP_ALL[2:])
        assert "1 of 6 questions right at the first try" in shown(pilot)
        await press(pilot, "escape", "t")
        assert rows(pilot)[0].rstrip().endswith(f"1 of {OF}")
        assert pilot.app.screen.query_one(QuestionPanel).verdict is None


@pytest.mark.parametrize("asked", [None, 7, ["gone"], []], ids=str)
async def test_a_round_that_no_longer_fits_is_begun_anew(asked):
    """The lesson may have other questions by now, and the history may stem from another program."""
    begun = [fakes.event("quiz-begun", "canary", questions=asked), fakes.event("quiz-step", "canary", step=0)]
    async with learner(fakes.study(*begun), "t") as pilot:
        assert rows(pilot)[0].rstrip().endswith(f"1 of {OF}")


async def test_leaving_after_a_wrong_first_answer_loses_no_second_try():
    """Esc, or closing the program, is no giving up: the right answer is not shown, and nothing is mixed anew."""
    study = fakes.study()
    async with learner(study, "t", number("end"), "enter", "2", "escape", "t") as pilot:
        assert "Not yet" in shown(pilot)
        assert fakes.SINGLE.explain[:20] not in shown(pilot)

    async with learner(study, "t", number("wait"), "enter") as pilot:
        assert pilot.app.screen.query_one(QuestionPanel).verdict.correct
        assert [(each.data["correct"], each.data["tries"]) for each in study.journal.kinds("answered")] == [
            (False, 1),
            (True, 2),
        ]


async def test_an_answer_with_a_hint_is_no_first_try_of_ones_own():
    """The summary says so at once, and the same after an interruption."""
    study = fakes.study()
    async with learner(study, "t", "h", number("wait"), "enter", "3", "enter", *SKIP_ALL[1:]) as pilot:
        assert "0 of 6 questions right at the first try, without a hint" in shown(pilot)
        assert not pilot.app.screen.first_tries[pilot.app.screen.session.items[0]]


async def test_some_pairs_are_there_after_skipping():
    """A part of an answer is kept like a whole one."""
    async with learner(fakes.study(), "t") as pilot:
        items = pilot.app.screen.session.items
        pilot.app.screen.pager.step = [each.id for each in items].index(fakes.MATCHING.id)
        await pilot.pause()
        await press(pilot, "1", "p", "ctrl+n")
        assert "→ 1" in shown(pilot)
