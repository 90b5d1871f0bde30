"""Shifts in the history: how many there were, and whether one was passed; foreign data does no harm."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from course.folds.advancing import progress
from course.history import Event
from course.progress import IncidentProgress, Place, as_json, resume

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def graded(**data: object) -> Event:
    """A shift that was graded at noon."""
    return Event(NOON, "incident-graded", "silent-rollback", data)


def begun() -> Event:
    """A shift whose clock was started at noon."""
    return Event(NOON, "incident-begun", "silent-rollback", {"release": "sound", "seed": 0})


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([graded(passed=False)], IncidentProgress(attempts=1), id="missed"),
        pytest.param([graded(passed=True)], IncidentProgress(attempts=1, passed=True), id="passed"),
        pytest.param(
            [graded(passed=True), graded(passed=False)], IncidentProgress(attempts=2, passed=True), id="passed once"
        ),
        pytest.param([graded()], IncidentProgress(attempts=1), id="nothing said"),
        pytest.param([graded(passed="yes", goals=7)], IncidentProgress(attempts=1), id="of another kind"),
        pytest.param([begun()], IncidentProgress(attempts=1, abandoned=1), id="left early"),
        pytest.param([begun(), graded(begun=True)], IncidentProgress(attempts=1), id="begun and graded"),
        pytest.param(
            [begun(), begun(), graded(begun=True)], IncidentProgress(attempts=2, abandoned=1), id="one of two left"
        ),
        pytest.param(
            [begun(), graded()], IncidentProgress(attempts=2, abandoned=1), id="left, then one at the command line"
        ),
        pytest.param([graded(begun=True)], IncidentProgress(attempts=1), id="the beginning is lost"),
    ],
)
def test_shifts_are_counted(events, expected):
    """Passed once is passed; whatever the data is, a shift was a shift."""
    assert progress(events).incidents == {"silent-rollback": expected}


def test_a_shift_is_no_place_to_return_to():
    """It cannot be gone on with, so one returns to where one was before."""
    step = Event(NOON, "lesson-step", "automated-rollback", {"step": 2, "of": 9})

    assert resume(progress([step, graded(passed=True)])) == Place("lesson", "automated-rollback", 2)


def test_the_json_view_has_incidents():
    """With plain values."""
    assert as_json(progress([graded(passed=True)]))["incidents"] == {
        "silent-rollback": {"attempts": 1, "abandoned": 0, "passed": True, "revision": 0}
    }
