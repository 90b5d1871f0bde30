"""A wrong answer on the screen: it may be given once more, before what is right is shown."""

from __future__ import annotations

from course.tui.widgets.question.panel import QuestionPanel
from tests.course.tui import fakes
from tests.course.tui.driving import press, shown
from tests.course.tui.test_questions import asked, panel, places


async def test_a_wrong_answer_may_be_given_once_more():
    """First it says what is wrong with the answer, and nothing of what is right; then a right one counts as the second
    try."""
    wrong, right = (str(places(fakes.SINGLE)[id]) for id in ("end", "wait"))
    async with asked(fakes.SINGLE, wrong, "enter") as (pilot, study):
        page = shown(pilot)
        assert "Not yet" in page
        assert "It keeps the old fleet" in page
        assert "It is the time between two shifts." not in page
        assert fakes.SINGLE.explain[:20] not in page
        assert panel(pilot).pending

        await press(pilot, right, "enter")
        assert "✓ WaitIntervalInSeconds  your answer" in shown(pilot)
        assert "Not yet" not in shown(pilot)
        assert [(each.data["correct"], each.data["tries"]) for each in study.journal.kinds("answered")] == [
            (False, 1),
            (True, 2),
        ]


async def test_the_same_wrong_answer_is_no_second_try():
    """Enter in haste costs nothing."""
    wrong = str(places(fakes.SINGLE)["end"])
    async with asked(fakes.SINGLE, wrong, "enter", "enter") as (pilot, study):
        assert "That is the answer you gave" in shown(pilot)
        assert len(study.journal.kinds("answered")) == 1


async def test_what_is_shown_is_the_first_answer():
    """Whoever changed it before giving up sees the reasons for what was given, and has no second try left: not after
    coming back either."""
    wrong, other = (str(places(fakes.SINGLE)[id]) for id in ("end", "wait"))
    async with asked(fakes.SINGLE, wrong, "enter", other, "s") as (pilot, study):
        assert "✗ TerminationWaitInSeconds  your answer" in shown(pilot)
        assert "✓ WaitIntervalInSeconds  right answer" in shown(pilot)
        written = study.journal.kinds("answered")
        assert [(each.data["correct"], each.data["tries"]) for each in written] == [(False, 1), (False, 2)]
    async with asked(fakes.SINGLE, history=written) as (pilot, _):
        assert not panel(pilot).pending


async def test_one_can_go_on_right_after_trying_again():
    """Two keys in one breath: the field that was to be given the cursor is gone by then, and nobody minds."""
    async with asked(fakes.NUMERIC, "2", "4", "0", "enter") as (pilot, _):
        pilot.app.simulate_key("r")
        pilot.app.simulate_key("ctrl+n")
        await pilot.pause()
        await pilot.pause()

        assert not pilot.app.screen.query(QuestionPanel)
