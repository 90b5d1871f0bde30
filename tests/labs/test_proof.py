"""A proof says what does not hold, with the figures; and it doubts itself where it would say little."""

from __future__ import annotations

from dataclasses import replace

import pytest

from labs.exercise.goal import GoalResult
from labs.exercise.proof import Claim, Doubt, Tried, cut_off, weaknesses
from labs.grading.proof import prove
from tests.built_in import PACK
from tests.labs.tiny import LAB as TINY
from tests.labs.tiny import goal

GOALS = (goal("promoted", "good"), goal("rolled-back", "bad"), goal("duration", "good", at_most=600))
STOPS, QUICK = "rolled-back-bad", "duration-good"
LAB = PACK.lab("missing-is-not-ok")


def tried(name, *failed):
    """Return what came of an answer that fails these goals."""
    return Tried(name, tuple(GoalResult.of(each, passed=each.id not in failed, **FIGURES) for each in GOALS))


FIGURES = {"measured": 3.0, "measured_say": "3 of 20", "needed": "at most 2 of 20"}
ENOUGH = [tried("the start plan", "promoted-good", STOPS), tried("slow.yaml", QUICK)]
"""Together they fail every goal."""


def doubts(near, failing=ENOUGH):
    """Return what is doubted of a proof with near-misses that fail these goals, by name."""
    claims = [Claim(name, fails, ("near_misses", k)) for k, (name, fails) in enumerate(near.items())]
    return list(weaknesses(GOALS, "near_misses", [Claim("reference.yaml", None, ()), *claims], failing))


def test_two_near_misses_of_two_kinds_are_enough():
    """With every goal failed by somebody, there is nothing to doubt."""
    assert doubts({"a.yaml": STOPS, "b.yaml": QUICK}) == []


@pytest.mark.parametrize(
    ("near", "say"),
    [
        pytest.param({}, "there is no near-miss; write at least 2 that look right and fail one goal each", id="none"),
        pytest.param(
            {"a.yaml": STOPS},
            "there is one near-miss; write at least 2 that look right and fail one goal each",
            id="one",
        ),
        pytest.param(
            {"a.yaml": STOPS, "b.yaml": STOPS, "c.yaml": STOPS},
            f"all near-misses fail {STOPS}; write one that fails another goal, such as promoted-good, {QUICK}",
            id="all the same",
        ),
    ],
)
def test_weak_near_misses(near, say):
    """Too few, or all of one kind; said where they are listed."""
    assert doubts(near) == [Doubt(say, ("near_misses",))]


def test_near_misses_of_one_goal_can_only_fail_that():
    """Nobody can write one that fails another."""
    claims = [Claim("a.yaml", "promoted-good", ()), Claim("b.yaml", "promoted-good", ())]

    assert list(weaknesses(GOALS[:1], "near_misses", claims, ENOUGH)) == []


def test_a_near_miss_that_is_listed_twice_is_one():
    """The same plan and the same goal show the same."""
    claims = [Claim("a.yaml", STOPS, ("near_misses", k)) for k in range(2)]
    [doubt] = weaknesses(GOALS, "near_misses", claims, ENOUGH)

    assert doubt.say.startswith("there is one near-miss")


def test_a_goal_that_nobody_fails():
    """It is said at the goal, with what the plainest answer came to."""
    assert doubts({"a.yaml": STOPS, "b.yaml": "promoted-good"}, ENOUGH[:1]) == [
        Doubt(
            f"nobody fails {QUICK}, not even the start plan: measured 3 of 20, needed at most 2 of 20; write a "
            "near-miss that fails it, or leave it out",
            ("goals", 2),
        )
    ]


@pytest.mark.parametrize(
    ("fails", "failed", "say"),
    [
        (STOPS, [STOPS], None),
        (None, [], None),
        (None, [QUICK], f"must pass, it fails {QUICK}: measured 3 of 20, needed at most 2 of 20"),
        (
            STOPS,
            [QUICK],
            f"must fail exactly {STOPS}, it fails {QUICK}: measured 3 of 20, needed at most 2 of 20; it meets {STOPS}: "
            "measured 3 of 20, needed at most 2 of 20",
        ),
        (
            STOPS,
            [STOPS, QUICK],
            f"must fail exactly {STOPS}, it fails {QUICK}: measured 3 of 20, needed at most 2 of 20",
        ),
        (STOPS, [], f"must fail exactly {STOPS}, it meets {STOPS}: measured 3 of 20, needed at most 2 of 20"),
    ],
    ids=["as it says", "passes", "should pass", "another goal", "one goal more", "none"],
)
def test_a_claim_that_does_not_hold_is_said_with_its_figures(fails, failed, say):
    """Each goal that is otherwise, what was measured and what was needed; what is as it was said is left out."""
    found = list(Claim("a.yaml", fails, ("near_misses", 0)).doubts(tried("a.yaml", *failed)))

    assert found == ([Doubt(f"a.yaml {say}", ("near_misses", 0))] if say else [])


def test_a_lab_that_was_weak():
    """Without its slow near-miss this lab would ask for an end in time that nobody misses, and for one thing only."""
    weak = replace(LAB, near_misses=LAB.near_misses[:3])
    [same, for_nothing] = prove(weak)

    assert (same.at, for_nothing.at) == (("near_misses",), ("goals", 3))
    assert same.say.startswith("all near-misses fail lets-good-ones-through; write one that fails another goal")
    assert for_nothing.say.startswith("nobody fails done-in-time, not even the start plan: measured 44.0 min long")


def test_a_lab_that_claims_what_is_not_so():
    """A near-miss that fails another goal, a reference that fails, a start that passes: each is said at its place."""
    slow = LAB.near_misses[3]
    wrong = replace(LAB, seeds=4, near_misses=(replace(slow, fails="stops-the-broken"),))
    said = {doubt.at: doubt.say for doubt in prove(replace(wrong, start=LAB.reference))}
    swapped = {doubt.at: doubt.say for doubt in prove(replace(wrong, reference=slow.file))}

    assert said["start",].startswith(
        "reference.yaml passes as it is (lets-good-ones-through: measured 4 of 4 promoted, "
    )
    assert said["start",].endswith("; a start plan must leave something to do")
    assert said["near_misses", 0].startswith(
        "the-whole-night.yaml must fail exactly stops-the-broken, it fails done-in-time: measured 93.8 min long"
    )
    assert "needed at most 70.0 min long in 4 of 4" in said["near_misses", 0]
    assert swapped["reference",].startswith("the-whole-night.yaml must pass, it fails done-in-time: measured")


def test_a_run_that_is_cut_off_is_said_with_what_would_be_enough():
    """What is harmed after the counted time is not counted: the author learns why nobody fails by it."""
    short = replace(TINY, seeds=2, world=replace(TINY.world, duration_s=TINY.world.update_at_s + 120))
    [harmless] = [doubt.say for doubt in prove(short) if doubt.at == ("goals", 2)]
    whole = [doubt.say for doubt in prove(replace(TINY, seeds=2))]

    assert (
        f"nothing is counted after `duration_s` ({short.world.duration_s:g}), and in 2 of 2 runs of broken" in harmless
    )
    assert "make `duration_s` at least" in harmless
    assert not any("duration_s" in say for say in whole)


def test_what_is_not_cut_off_is_not_said_to_be():
    """An update that ends in time."""
    world = replace(LAB.world, duration_s=600.0)

    assert cut_off(world, {"good": [600.0, 10.0], "bad": []}) == ""
    assert cut_off(world, {"good": [600.5, 10.0], "bad": [1201.0]}) == (
        "; nothing is counted after `duration_s` (600), and in 1 of 2 runs of good and 1 of 1 runs of bad the update "
        "goes on: make `duration_s` at least 1260, or let the plan bake for less"
    )
