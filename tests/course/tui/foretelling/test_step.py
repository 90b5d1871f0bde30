"""A run that is predicted in a lesson: what is asked, what is shown, what is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from course.ports import Study
from course.syllabus import Foretelling, Prediction, Prose, Reading
from course.tui.foretelling.run_screen import PredictedRunScreen
from course.tui.foretelling.view import PredictionView
from course.tui.lab.run.player import Player
from course.tui.lesson.lesson import LessonScreen
from labs.lab import Lab
from tests.course.tui import fakes
from tests.course.tui.driving import LARGE, SMALL, learner, press, read, shown, type_text, until
from tests.course.tui.lab.fakes import START, FakeDesk, a_lab

PREDICTION = Prediction(
    id="night",
    revision=2,
    title="What happens tonight?",
    lab="first-guarded-update",
    release="hidden-broken",
    plan="start.yaml",
    plan_text=START,
    seed=3,
    stem="It is night, and [nobody] looks.",
    asks=("ending", "minute", "harmed"),
    explain="The alarm looks at green alone.",
)
LESSON = replace(
    fakes.CANARY,
    steps=(
        Reading(title="First", blocks=(Prose(markdown="A page."),)),
        Foretelling(prediction=PREDICTION),
        Reading(title="Last", blocks=(Prose(markdown="The last page."),)),
    ),
)
SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])


class Catalog(fakes.FakeCatalog):
    """A catalog with the lab of the prediction."""

    def lab(self, id: str) -> Lab:
        return {PREDICTION.lab: a_lab()}[id]


def study(*events, prediction=PREDICTION, desk=None) -> Study:
    """A study whose lesson has the prediction as its second step."""
    first, _, last = LESSON.steps
    lesson = replace(LESSON, steps=(first, Foretelling(prediction=prediction), last))
    found = fakes.study(*events, catalog=Catalog(lessons=dict(fakes.LESSONS) | {"canary": lesson}))
    return replace(found, desk=desk or FakeDesk())


async def say(pilot, minute="12", harmed="100"):
    """Say rolled back, a minute and a harm, and ask for the run."""
    await press(pilot, "right", "right", "tab")
    await type_text(pilot, minute)
    await press(pilot, "tab")
    await type_text(pilot, harmed)
    await press(pilot, "enter")


async def see(pilot) -> PredictedRunScreen:
    """Wait for the run."""
    await until(pilot, lambda: isinstance(pilot.app.screen, PredictedRunScreen))
    await pilot.pause()
    assert isinstance(pilot.app.screen, PredictedRunScreen)
    return pilot.app.screen


@SIZES
async def test_what_is_asked_and_what_counts(size):
    """The situation as it stands, the plan folded, each part with its bounds; nothing of what will happen."""
    async with learner(study(), "enter", start="canary", size=size) as pilot:
        page = read(pilot)
        assert "It is night, and [nobody] looks." in page
        assert "within 2 minutes" in page
        assert "UpdateEndpoint:" not in page
        assert "green alone" not in page

        await press(pilot, "y")
        assert "PutMetricAlarm:" in read(pilot)
        await press(pilot, "y")
        assert "PutMetricAlarm:" not in read(pilot)


@SIZES
async def test_a_run_is_played_and_then_judged(size):
    """What was said stands over the run; Enter leads back to what held, and the journal has it."""
    found = study()
    async with learner(found, "enter", start="canary", size=size) as pilot:
        await say(pilot)
        screen = await see(pilot)
        assert screen.query_one(Player).film is not None
        assert "You said: rolled back · minute 12" in shown(pilot)
        assert "the harm" not in read(pilot).casefold()

        await press(pilot, "enter")
        page = read(pilot)
        assert isinstance(pilot.app.screen, LessonScreen)
        assert "✓ The ending: rolled back" in page
        assert "✗ The minute: minute 9 you said minute 12" in page
        assert "✓ The harm: 120 requests you said 100 requests" in page
        assert "The alarm looks at green alone." in page

    [event] = found.journal.kinds("predicted")
    assert (event.subject, event.data["lesson"], event.data["revision"]) == ("night", "canary", 2)
    assert event.data["said"] == {"ending": "rolled-back", "minute": 12.0, "harmed": 100}
    assert event.data["held"] == {"ending": True, "minute": False, "harmed": True}
    assert event.data["happened"]["harmed"] == 120


async def test_something_must_be_said_of_each_part():
    """Enter goes to the first part that says nothing, and says what would do; nothing is simulated."""
    desk = FakeDesk()
    async with learner(study(desk=desk), "enter", start="canary") as pilot:
        await press(pilot, "right", "enter")
        assert "Give minutes, such as 12 or 7.5, or never." in read(pilot)
        await type_text(pilot, "7")
        await press(pilot, "enter")
        assert "Give a whole number, such as 250, or 0." in read(pilot)

        assert not desk.ran
        assert pilot.app.screen.query_one(PredictionView).pending


async def test_it_can_be_skipped_and_what_was_said_is_kept():
    """Who goes on, or quits half-way, finds what they typed, today and in another session; the run is still to come."""
    found = study()
    async with learner(found, "enter", start="canary") as pilot:
        await press(pilot, "right", "right", "tab")
        await type_text(pilot, "15")
        await press(pilot, "n")
        assert "The last page." in read(pilot)
        await press(pilot, "p")
        assert "◉ rolled back" in read(pilot)
        assert "15" in read(pilot)

    async with learner(study(*found.journal.events()), "enter", start="canary") as pilot:
        await press(pilot, "escape")
    async with learner(study(*found.journal.events()), "enter", start="canary") as pilot:
        assert "◉ rolled back" in read(pilot)
    assert not found.journal.kinds("predicted")


async def test_what_came_of_it_is_there_in_another_session_and_it_can_be_done_again():
    """Told from the history; predicted again with nothing said; watched again without a second event."""
    found = study()
    async with learner(found, "enter", start="canary") as pilot:
        await say(pilot)
        await see(pilot)

    again = study(*found.journal.events())
    async with learner(again, "enter", start="canary") as pilot:
        assert "✓ The ending: rolled back" in read(pilot)
        await press(pilot, "v")
        await see(pilot)
        await press(pilot, "escape")
        assert len(again.journal.kinds("predicted")) == 1

        await press(pilot, "r")
        assert "◉" not in shown(pilot)
        await say(pilot, minute="9")
        await see(pilot)
        await press(pilot, "enter")
        assert "✓ The minute: minute 9" in read(pilot)
        assert len(again.journal.kinds("predicted")) == 2


async def test_it_counts_for_the_lesson_once_it_was_seen():
    """Rightly or not; the end of the lesson says how much held."""
    found = study()
    async with learner(found, "enter", start="canary") as pilot:
        await say(pilot, harmed="9")
        await see(pilot)
        await press(pilot, "enter", "enter", "enter")

        assert "✓ What happens tonight?: 1 of 3 parts held" in read(pilot)


async def test_a_run_that_cannot_be_is_said():
    """The author's mistake is no crash: the learner reads on."""
    async with learner(study(prediction=replace(PREDICTION, lab="gone")), "enter", start="canary") as pilot:
        await say(pilot)
        await until(pilot, lambda: "mlcourse check says where" in read(pilot))

        await press(pilot, "n")
        assert "The last page." in read(pilot)


async def test_the_contents_list_it():
    """With its title."""
    async with learner(study(), "c", start="canary") as pilot:
        assert "○ Prediction: What happens tonight?" in read(pilot)
