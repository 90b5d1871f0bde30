"""A goal is held against the figures of all seeds: shares at their edges, and numbers in a share of the seeds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import WrongValues
from engine.plan import Plan
from engine.run import Outcome
from labs.grading.grade_plan import run_seed
from labs.measures.over_seeds import judge
from labs.measures.registry import BLAST_RADIUS, HARMED, MEASURES, TIME_TO_DETECT
from tests.engine.rollouts import canary, update
from tests.labs.tiny import LAB, goal, row


@pytest.mark.parametrize(
    "goal_, rows, passed, measured",
    [
        pytest.param(goal("harmed", "broken", at_most=10), [5, 9, 10, 40], False, 40, id="95 % of four is four"),
        pytest.param(goal("harmed", "broken", at_most=10, in_=0.75), [5, 40, 10, 9], True, 10, id="three of four"),
        pytest.param(goal("harmed", "broken", at_least=10, in_=0.5), [5, 40, 10, 9], True, 10, id="at least"),
        pytest.param(goal("harmed", "broken", at_most=0), [0, 0, 0, 0], True, 0, id="nobody"),
    ],
)
def test_a_bound_must_hold_in_a_share_of_the_seeds(goal_, rows, passed, measured):
    """The figure shown is the one that had to lie within the bound: the n-th best of the seeds."""
    mine = {"broken": [row({HARMED: value}) for value in rows]}
    found = judge(goal_, mine, mine, LAB)

    assert (found.passed, found.measured) == (passed, measured)
    assert found.say == ("" if passed else "Try again.")


SHARES = [
    pytest.param({"at_most": 0.25}, 10, 2, "at most 2 of 10", id="a quarter of ten is two and not three"),
    pytest.param({"at_most": 0.19}, 20, 3, "at most 3 of 20", id="nearly four is three"),
    pytest.param({"at_most": 0.29}, 100, 29, "at most 29 of 100", id="0.29 of a hundred, which floats call 28.99…"),
    pytest.param({"at_most": 0}, 20, 0, "at most 0 of 20", id="none"),
    pytest.param({"at_most": 0.04}, 20, 0, "at most 0 of 20", id="less than one is none"),
    pytest.param({"at_most": 1}, 3, 3, "at most 3 of 3", id="any"),
]


@pytest.mark.parametrize(("bounds", "of", "most", "needed"), SHARES)
def test_a_share_of_at_most(bounds, of, most, needed):
    """So many may be, and one more may not: a part of a seed is none."""
    for hits, passed in ((most, True), (most + 1, False)):
        if hits <= of:
            found = judge(goal("missed", "broken", **bounds), *promoted(hits, of), LAB)

            assert (found.passed, found.needed, found.measured) == (passed, needed, hits / of)
            assert found.measured_say == f"{hits} of {of} let through"


LEAST = [
    pytest.param({"at_least": 0.85}, 16, 14, "at least 14 of 16", id="13.6 are fourteen"),
    pytest.param({"at_least": 0.07}, 100, 7, "at least 7 of 100", id="0.07 of a hundred, which floats call 7.00…1"),
    pytest.param({"at_least": 1}, 20, 20, "at least 20 of 20", id="all"),
    pytest.param({"at_least": 0.01}, 20, 1, "at least 1 of 20", id="more than none is one"),
    pytest.param({}, 20, 19, "at least 19 of 20", id="95 % unless it says otherwise"),
    pytest.param({"in_": 0.5}, 5, 3, "at least 3 of 5", id="`in`, where there is no bound"),
    pytest.param({"at_least": 0.2, "in_": 1}, 5, 1, "at least 1 of 5", id="a bound goes before `in`"),
]


@pytest.mark.parametrize(("bounds", "of", "least", "needed"), LEAST)
def test_a_share_of_at_least(bounds, of, least, needed):
    """So many must be, and one less is too few."""
    for hits, passed in ((least, True), (least - 1, False)):
        found = judge(goal("promoted", "broken", **bounds), *promoted(hits, of), LAB)

        assert (found.passed, found.needed, found.measured) == (passed, needed, hits / of)
        assert found.say == ("" if passed else "Try again.")


@given(st.integers(0, 100), st.integers(1, 60), st.data())
def test_shares_are_exact(percent, of, data):
    """Whatever the share and the number of seeds: as fractions say, which know no rounding."""
    hits = data.draw(st.integers(0, of))
    runs, exactly = promoted(hits, of), Fraction(percent, 100)

    assert judge(goal("missed", "broken", at_most=percent / 100), *runs, LAB).passed == (Fraction(hits, of) <= exactly)
    assert judge(goal("promoted", "broken", at_least=percent / 100), *runs, LAB).passed == (
        Fraction(hits, of) >= exactly
    )


@given(st.integers(1, 100), st.lists(st.integers(0, 20) | st.none(), min_size=1, max_size=40))
def test_a_number_is_held_in_an_exact_share_of_the_seeds(percent, times):
    """The seeds within the bound are counted; never is not within. The figure lies within as the goal is met."""
    mine = {"broken": [row({TIME_TO_DETECT: time}) for time in times]}
    within = sum(time is not None and time <= 10 for time in times)
    found = judge(goal("time-to-detect", "broken", at_most=10, in_=percent / 100), mine, mine, LAB)

    assert found.passed == (Fraction(within, len(times)) >= Fraction(percent, 100))
    assert found.passed == (found.measured is not None and found.measured <= 10)


def promoted(hits, of):
    """Return the runs of a broken release that was promoted in so many of the seeds, twice: as yours and unguarded."""
    runs = {"broken": [row(outcome="promoted" if k < hits else "rolled-back", seed=k) for k in range(of)]}
    return runs, runs


OUTCOMES = get_args(Outcome)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_good_release_that_does_not_arrive_is_a_false_rollback(outcome):
    """However it ended: also timed out, failed, or never begun. And what is not good is never falsely sent home."""
    for release, hits in (("healthy", int(outcome != "promoted")), ("broken", 0)):
        mine = {release: [row(outcome=outcome), row(seed=1)]}
        found = judge(goal("false-rollback", release, at_most=0), mine, mine, LAB)

        assert (found.measured, found.passed) == (hits / 2, hits == 0)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_bad_release_is_missed_where_it_arrives(outcome):
    """And only there; a good one is never missed."""
    for release, hits in (("broken", int(outcome == "promoted")), ("healthy", 0)):
        mine = {release: [row(outcome=outcome), row(outcome="rolled-back", seed=1)]}
        found = judge(goal("missed", release, at_most=0), mine, mine, LAB)

        assert (found.measured, found.passed) == (hits / 2, hits == 0)


def test_an_update_that_runs_out_of_time_is_a_false_rollback():
    """In the simulator: MaximumExecutionTimeoutInSeconds sends a good release home, and no alarm is needed for it."""
    hurried = Plan.of(update(canary(wait=600, term=60, timeout=600)))
    rows = [run_seed(LAB, {"yours": hurried}, seed).plans["yours"]["healthy"] for seed in range(2)]
    found = judge(goal("false-rollback", "healthy", at_most=0.4), *[{"healthy": rows}] * 2, LAB)

    assert {run.outcome for run in rows} == {"timed-out"}
    assert (found.passed, found.measured) == (False, 1.0)
    assert found.measured_say == "2 of 2 rolled back for nothing"


@pytest.mark.parametrize(("mine", "bare", "share"), [(5, 20, 0.25), (0, 20, 0.0), (30, 20, 1.5), (7, 0, 0.0)], ids=str)
def test_the_blast_radius_is_a_share_of_the_same_seed(mine, bare, share):
    """Harmed over harmed without a guard; 0 where that harmed nobody."""
    yours, unguarded = ({"broken": [row({HARMED: count})]} for count in (mine, bare))
    found = judge(goal("blast-radius", "broken", at_most=2), yours, unguarded, LAB)

    assert found.measured == share
    assert found.measured_say == f"{BLAST_RADIUS.words(share)} (1 of 1 runs within)"


@pytest.mark.parametrize("outcome", ["refused", "no-update"])
@pytest.mark.parametrize(
    "name", [name for name, measure in MEASURES.items() if not measure.unit.startswith("share of")]
)
def test_who_updates_nothing_is_not_quick_or_harmless(name, outcome):
    """No figure of such a run holds any bound, and what is said is not about an update."""
    mine = {"broken": [row(outcome=outcome)]}
    found = judge(goal(name, "broken", at_most=1000), mine, mine, LAB)

    assert (found.passed, found.measured) == (False, None)
    assert "no release was put to the test" in found.say


def test_a_run_with_an_update_is_spoken_of_in_the_goals_own_words():
    """Where only some were refused, what the others did still counts."""
    mine = {"broken": [row(outcome="refused"), row({HARMED: 9})]}
    asked = replace(goal("harmed", "broken", at_most=1), hints=("Look.",))
    found = judge(asked, mine, mine, LAB)

    assert (found.say, found.hints) == ("Try again.", ("Look.",))


@pytest.mark.parametrize(
    "measure_name, release, outcomes, share, passed",
    [
        ("promoted", "healthy", ["promoted"] * 3 + ["rolled-back"], 0.75, False),
        ("rolled-back", "broken", ["rolled-back"] * 4, 1.0, True),
        ("rolled-back", "broken", ["rolled-back"] * 3 + ["failed"], 0.75, False),
    ],
)
def test_outcomes_are_counted(measure_name, release, outcomes, share, passed):
    """The share of the seeds with that outcome, 95 % by default."""
    mine = {release: [row(outcome=outcome) for outcome in outcomes]}
    found = judge(goal(measure_name, release), mine, mine, LAB)

    assert (found.measured, found.passed) == (share, passed)


@pytest.mark.parametrize("name", ["harmed", "false-rollback", "missed", "duration", "blast-radius"])
def test_a_goal_needs_a_bound(name):
    """Without one, a number would always pass, and a false rollback would be what is wanted."""
    with pytest.raises(WrongValues, match="needs a bound"):
        goal(name, "broken")


def test_never_detected_is_no_number():
    """A time that was None in too many seeds has no figure, and the goal is missed."""
    mine = {"broken": [row({TIME_TO_DETECT: value}) for value in (None, None, 100.0)]}
    found = judge(goal("time-to-detect", "broken", at_most=300), mine, mine, LAB)

    assert (found.passed, found.measured) == (False, None)
