"""A row of points that is changed on the page, and the verdicts that change with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from course.cli.study.lesson import blocks
from course.syllabus import Prose, Reading
from course.tui.widgets.deciders import DecidersView
from engine.deciders.argo_rollouts import ArgoRollouts
from engine.deciders.cloudwatch import CloudWatch
from engine.deciders.flagger import Flagger
from quiz.deciders import Deciders
from tests.course.tui import fakes
from tests.course.tui.driving import LARGE, SMALL, learner, press, read, rows

TABLE = Deciders(
    title="One row, seven lines",
    row="0 X X - X 0",
    argo_rollouts=ArgoRollouts(failure_limit=3),
    flagger=Flagger(threshold=3),
    cloudwatch=CloudWatch(evaluation_periods=3, datapoints_to_alarm=3),
)


@pytest.fixture
def study(monkeypatch):
    """A lesson whose first page has the table."""
    page = Reading(title="One row", blocks=(Prose(markdown="Try it."), TABLE))
    lesson = replace(fakes.LINEAR, steps=(page, *fakes.LINEAR.steps))
    monkeypatch.setitem(fakes.LESSONS, "linear", lesson)
    return fakes.study()


def line(pilot, name):
    """The line of a decider, as it is painted, with single spaces."""
    return next(" ".join(row.split()) for row in rows(pilot) if row.strip().startswith(name))


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_each_decider_has_its_line(study, size):
    """The point that decides has a sign besides its colour, and the verdict stands there in words."""
    async with learner(study, start="linear", size=size) as pilot:
        assert isinstance(pilot.app.focused, DecidersView)
        assert "[0] X X - X 0" in read(pilot)
        assert line(pilot, "Argo") == "Argo Rollouts 0 1 2 2 3 3 goes on"
        assert line(pilot, "Flagger") == "Flagger 0 1 2 ▼3 · · back at 4"
        assert line(pilot, "CloudWatch notBreaching").endswith("ok ok ok ok ▼AL · back at 5")
        assert line(pilot, "Kayenta").endswith("1 2 3 3 4 5 5 of 50")


async def test_turning_a_point_turns_verdicts(study):
    """The last point becomes bad, and Argo Rollouts has its fourth failure; once more, and it did not come."""
    async with learner(study, start="linear") as pilot:
        await press(pilot, "left", "space")

        assert "0 X X - X [X]" in read(pilot)
        assert line(pilot, "Argo").endswith("▼4 back at 6")
        assert "With point 6 there are 4 failed measurements, and failureLimit allows 3." in read(pilot)

        await press(pilot, "space")

        assert line(pilot, "Argo").endswith("3 3 goes on")
        assert "Point 6: nobody sends it back here." in read(pilot)


async def test_the_chosen_point_tells_who_decides_there(study):
    """Three steps to the right."""
    async with learner(study, start="linear") as pilot:
        await press(pilot, "right", "right", "right")

        assert "Flagger. With point 4 there are 3 failed checks, and threshold is 3." in read(pilot)


async def test_the_mouse_chooses_and_turns(study):
    """A click on another point chooses it, a second one turns it."""
    async with learner(study, start="linear") as pilot:
        place = (23 + 4 * 2 + 2, 2)
        await pilot.click(DecidersView, offset=place)

        assert pilot.app.focused.at == 2

        await pilot.click(DecidersView, offset=place)

        assert pilot.app.focused.row[2] is None


async def test_the_page_goes_on_as_any_other(study):
    """The keys are in the footer, Enter leads on, and the next page has its keys again."""
    async with learner(study, start="linear") as pilot:
        assert "←→ Point" in rows(pilot)[-1]
        assert "space Turn" in rows(pilot)[-1]

        await press(pilot, "enter")

        assert "Traffic during a linear update" in read(pilot)
        assert "Turn" not in rows(pilot)[-1]


def test_to_be_read_out_it_is_told():
    """The row, and a sentence for each line."""
    told = list(blocks.lines([TABLE], plain=True))

    assert told[:2] == [
        "A table: One row, seven lines.",
        "The row, oldest first: 1 good, 2 bad, 3 bad, 4 none, 5 bad, 6 good.",
    ]
    assert told[2] == "- Argo Rollouts does not send it back. 3 failed, and failureLimit allows 3."
    assert told[3].startswith("- Flagger sends it back at point 4. With point 4 there are 3 failed checks")
    assert len(told) == 2 + 7 + 1
