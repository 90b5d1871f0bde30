"""What still counts of a history."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from course.folds.advancing import progress
from course.learning.resets import effective
from tests.course.learning.histories import HISTORIES, answered, did

STEP = did("lesson-step", "canary", step=2, of=9)
HISTORY = [
    STEP,
    answered("q"),
    answered("r", lesson="linear"),
    did("practice-begun", "s", lesson="canary", items=["question:q"]),
    did("practice-step", "s", step=1),
    did("plan-saved", "lab", text="mine"),
    did("lab-graded", "lab", goals={"g": True}, passed=True, score=100.0),
    did("incident-graded", "night", passed=True),
    did("noted", "lesson:canary#2", text="ask"),
    did("preferred", "theme", value="light"),
    did("predicted", "night-run", lesson="canary", said={}, held={"ending": True}),
    did("prediction-saved", "other-run", lesson="linear", said={"ending": "promoted"}),
    did("lab-predicted", "lab", held={"harmed": False}),
]


@pytest.mark.parametrize(
    ("what", "gone"),
    [
        ("question:q", [1]),
        ("lesson:canary", [0, 1, 3, 4, 10]),
        ("prediction:other-run", [11]),
        ("lab:lab", [5, 6, 12]),
        ("incident:night", [7]),
        ("all", [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12]),
        ("lesson:", []),
        ("lesson:gone", []),
        ("everything", []),
        ("", []),
    ],
)
def test_what_a_reset_takes_away(what, gone):
    """Only what it names, and only what came before it."""
    reset = did("reset", what)
    left = [event for place, event in enumerate(HISTORY) if place not in gone]

    assert list(effective([*HISTORY, reset, *HISTORY])) == [*left, reset, *HISTORY]


def test_without_resets_everything_counts():
    """In its order."""
    assert list(effective(HISTORY)) == HISTORY


@settings(max_examples=40)
@given(HISTORIES)
def test_progress_forgets_the_same(events):
    """Home says of what still counts what it says of the whole history."""
    everything, counting = progress(events), progress(effective(events))

    assert repr((everything.questions, everything.labs, everything.incidents, everything.lessons)) == repr(
        (counting.questions, counting.labs, counting.incidents, counting.lessons)
    )
