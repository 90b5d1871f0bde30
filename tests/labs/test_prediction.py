"""A run foretold: what is read, what counts as near enough, and what came of runs of the simulator."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.plan import Plan
from engine.traffic.arrivals import Arrivals
from labs.baseline import without_update
from labs.foretold import foretold
from labs.measures.one_run import measure
from labs.measures.registry import HARMED
from labs.prediction import FACTOR, MINUTES, PARTS, Unreadable, asked_before_runs, in_words, is_dull, judge, read
from tests.labs.tiny import BARE, BROKEN, GUARDED, HEALTHY, LAB

READ = [
    ("ending", "promoted", "promoted"),
    ("ending", " Rolled back ", "rolled-back"),
    ("ending", "r", "rolled-back"),
    ("ending", "neither", "neither"),
    ("minute", "12", 12.0),
    ("minute", "7,5", 7.5),
    ("minute", "never", None),
    ("minute", "-", None),
    ("harmed", "1,200", 1200),
    ("harmed", "1 200", 1200),
    ("missed", "0", 0),
]


@pytest.mark.parametrize(("part", "typed", "value"), READ)
def test_what_can_be_typed(part, typed, value):
    """Numbers as people write them, an ending by its beginning, and never."""
    assert read(part, typed) == value


@pytest.mark.parametrize(
    ("part", "typed"),
    [
        ("ending", ""),
        ("ending", "back"),
        ("minute", ""),
        ("minute", "-3"),
        ("minute", "inf"),
        ("minute", "1" * 400),
        ("harmed", "2.5"),
        ("harmed", "never"),
        ("harmed", "nan"),
        ("harmed", "٣"),
    ],
)
def test_what_is_no_answer_says_what_would_be_one(part, typed):
    """A slip is a sentence, and no exception."""
    assert isinstance(found := read(part, typed), Unreadable)
    assert found.say.endswith(".")


@given(st.text(max_size=20), st.sampled_from(PARTS))
def test_anything_may_be_typed(typed, part):
    """Nobody can type what raises."""
    read(part, typed)


def held(part, said, happened):
    """Did this part hold?"""
    return judge([part], {part: said}, {part: happened})[part]


@pytest.mark.parametrize(
    ("part", "said", "happened", "holds"),
    [
        ("ending", "promoted", "promoted", True),
        ("ending", "promoted", "neither", False),
        ("minute", 10.0, 10.0 + MINUTES, True),
        ("minute", 10.0, 10.1 + MINUTES, False),
        ("minute", 0.0, 1.0, True),  # a bound in minutes, not a factor
        ("minute", None, None, True),
        ("minute", None, 5.0, False),
        ("minute", 5.0, None, False),
        ("harmed", 100, 200, True),
        ("harmed", 99, 200, False),
        ("harmed", 400, 200, True),
        ("harmed", 401, 200, False),
        ("harmed", 0, 0, True),
        ("harmed", 1, 0, False),
        ("harmed", 0, 1, False),
        ("missed", 50, 60, True),
    ],
)
def test_what_is_near_enough(part, said, happened, holds):
    """The ending exactly, the minute within two, a count within a factor of two, and 0 only by 0."""
    assert held(part, said, happened) is holds


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_who_is_near_is_near_from_either_side(said, happened):
    """A factor of two does not ask who is larger."""
    near = max(said, happened) <= FACTOR * min(said, happened)

    assert held("harmed", said, happened) == held("harmed", happened, said) == near


def test_only_what_is_asked_is_judged():
    """And whoever said nothing of a part did not foretell it."""
    happened = {"ending": "promoted", "minute": 3.0, "harmed": 0, "missed": 9}

    assert judge(["ending", "minute"], {"ending": "promoted"}, happened) == {"ending": True, "minute": False}


def test_a_broken_release_is_stopped_where_a_guard_is():
    """The harm is that of the lab's own measure, and the minute lies between the update and the end of the run."""
    run, happened = foretold(LAB, BROKEN, GUARDED, 1)
    world = LAB.world_with(BROKEN)
    measured = measure(world, run, without_update(LAB, BROKEN, Arrivals(world.workload, 1, keep=True)))

    assert happened["ending"] == "rolled-back"
    assert happened["harmed"] == measured[HARMED] > 0
    assert happened["minute"] == round((run.deciding_alarm.t - world.update_at_s) / 60, 1)
    assert happened["missed"] >= happened["harmed"]


def test_a_healthy_release_is_promoted_at_the_end_of_the_update():
    """Without an alarm the end decides."""
    run, happened = foretold(LAB, HEALTHY, GUARDED, 1)

    assert happened["ending"] == "promoted"
    assert happened["minute"] == round((run.update_ended_s - LAB.world.update_at_s) / 60, 1)
    assert not is_dull(["ending"], happened)


def test_where_nothing_is_sent_nothing_happens():
    """Neither, never, none: a prediction of that would be dull, but for what goes wrong anyway."""
    _, happened = foretold(LAB, HEALTHY, Plan(), 1)

    assert (happened["ending"], happened["minute"], happened["harmed"]) == ("neither", None, 0)
    assert is_dull(["ending", "minute", "harmed"], happened)
    assert not is_dull(["missed"], happened)


def test_the_same_seed_comes_to_the_same():
    """A prediction can be made again, and the run is the same one."""
    assert foretold(LAB, BROKEN, BARE, 2)[1] == foretold(LAB, BROKEN, BARE, 2)[1] != foretold(LAB, BROKEN, BARE, 1)[1]


def test_labs_without_an_update_ask_for_what_is_missed():
    """Nothing is promoted there."""
    assert asked_before_runs(["served", "served"]) == ("missed",)
    assert asked_before_runs(release.expect for release in LAB.releases) == ("ending", "harmed")


def test_words():
    """What stands on the screen."""
    assert in_words("ending", "rolled-back") == "rolled back"
    assert in_words("minute", 12.0) == "minute 12"
    assert in_words("minute", None) == "never"
    assert in_words("harmed", 1) == "1 request"
    assert in_words("harmed", 1200) == "1,200 requests"
