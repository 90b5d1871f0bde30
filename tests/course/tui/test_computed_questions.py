"""Questions with figures that are computed, on the screen: which ones, and by which an answer is judged."""

from __future__ import annotations

from dataclasses import replace

from course.progress import QuestionProgress
from course.tui.widgets.question.state import QuestionState, recalled
from quiz.computed.computed import Computed
from quiz.grading import solution
from quiz.presentation import posed
from quiz.questions import Numeric
from tests.course.tui.driving import press, shown, type_text
from tests.course.tui.test_questions import asked, panel

SHARE = Numeric(
    id="share",
    stem="{size} of {instances}?",
    explain="It is {share} %.",
    hints=("Divide {size} by {instances}.",),
    figure="share",
    tolerance=0.1,
    computed=Computed(from_="canary", over={"instances": (8, 9, 10, 12, 20, 40), "size": (1, 2, 3, 4)}),
)


async def test_a_computed_question_has_other_numbers_each_time():
    """The seed is the number of earlier answers, is written down, and decides what is right, also of a further try."""
    async with asked(SHARE) as (pilot, study):
        first = posed(SHARE, 0)
        assert first.stem in shown(pilot)
        await type_text(pilot, solution(first))
        await press(pilot, "enter")
        assert panel(pilot).verdict.correct
        assert first.explain in shown(pilot)
        assert study.journal.kinds("answered")[0].data["seed"] == 0

        await press(pilot, "r")
        assert posed(SHARE, 1).stem in shown(pilot)
        assert first.stem not in shown(pilot)
        await type_text(pilot, solution(posed(SHARE, 1)))
        await press(pilot, "enter")
        assert study.journal.kinds("answered")[1].data["seed"] == 1
        assert posed(SHARE, 1).explain in shown(pilot)


def test_an_earlier_answer_is_judged_by_its_own_figures():
    """Whatever they would be now; without its seed nobody knows them, and the question is asked afresh."""
    answer = solution(posed(SHARE, 3))
    so_far = QuestionProgress(attempts=5, last_answer=answer, last_seed=3)
    state = recalled(SHARE, so_far, None)

    assert state.verdict.correct
    assert (state.seed, state.tries) == (3, 2)
    assert recalled(SHARE, replace(so_far, last_seed=None), None) == QuestionState(seed=5)
