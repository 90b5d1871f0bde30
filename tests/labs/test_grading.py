"""A grade: the same every time, whoever computes it, and true to what was measured."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.plan import Plan
from engine.simulate import simulate
from engine.timing import Timing
from labs.baseline import logs_without_update, requests_met, world_before
from labs.grading.grade_plan import grade, grade_and_compare, run_all, run_seed
from labs.measures.one_run import measure, unguarded
from labs.measures.over_seeds import judge
from labs.measures.registry import COST, DURATION, EXPOSED, HARMED, TIME_TO_DETECT, TIME_TO_RECOVER
from labs.measures.summary import score, summary
from tests.engine.rollouts import update
from tests.labs.tiny import BARE, BROKEN, GUARDED, HEALTHY, LAB, SEEDS, goal, row

MINE = grade(LAB, GUARDED, SEEDS)


def test_a_grade_is_deterministic():
    """The same lab, plan and seeds give the same grade."""
    assert grade(LAB, GUARDED, SEEDS) == MINE


def test_the_number_of_workers_does_not_matter():
    """Two processes give the grade that one gives."""
    assert grade(LAB, GUARDED, SEEDS, workers=2) == MINE


def test_the_order_of_the_seeds_does_not_matter():
    """What was measured on a seed belongs to the seed."""
    forward, backward = (run_all(LAB, {"yours": GUARDED}, order)["yours"] for order in (SEEDS, [2, 1, 0]))

    assert {name: list(reversed(rows)) for name, rows in backward.items()} == {
        name: list(rows) for name, rows in forward.items()
    }


def test_a_kept_comparison_changes_nothing():
    """Counterfactuals depend on lab and seeds alone, so they may be kept from one grade to the next."""
    found, comparison = grade_and_compare(LAB, BARE, SEEDS)

    assert grade(LAB, GUARDED, SEEDS, comparison=comparison) == MINE
    assert grade(LAB, BARE, SEEDS, comparison=comparison) == found


def test_what_is_graded_is_what_a_run_shows():
    """Each row is the measure of the very run that a learner sees with that seed."""
    row = run_seed(LAB, {"yours": GUARDED}, 1).plans["yours"]
    without = simulate(LAB.world, Plan(), 1).requests
    for release in LAB.releases:
        where = LAB.world_with(release)
        assert row[release.id] == measure(where, simulate(where, GUARDED, 1), without)


@pytest.mark.parametrize(
    "plan, words",
    [
        pytest.param(Plan(), "The plan updated nothing", id="no update"),
        pytest.param(Plan.of(update(to="v9")), "The update was refused", id="refused"),
    ],
)
def test_without_an_update_no_goal_speaks_of_one(plan, words):
    """A goal's own sentence and hints are about what an update did; without any they would be wrong."""
    missed = [each for each in grade(LAB, plan, SEEDS).goals if not each.passed]

    assert missed
    assert {(each.say.startswith(words), len(each.hints)) for each in missed} == {(True, 1)}


def test_the_verdict():
    """The reference passes, the unguarded update fails exactly the goals about the broken release."""
    bare = grade(LAB, BARE, SEEDS)

    assert MINE.passed
    assert MINE.score == 100
    assert [result.id for result in bare.goals if not result.passed] == ["rolled-back-broken", "blast-radius-broken"]
    assert bare.releases["broken"].harmed == bare.compared["unguarded"]["broken"].harmed
    assert MINE.releases == MINE.compared["reference"]
    assert MINE.releases["broken"].harmed.mean < bare.releases["broken"].harmed.mean


def test_progress_counts_seeds_and_may_cancel():
    """The callback hears of every seed; an exception in it ends the grading."""
    heard = []
    grade(LAB, GUARDED, SEEDS, on_progress=lambda done, of: heard.append((done, of)))

    assert heard == [(1, 3), (2, 3), (3, 3)]

    with pytest.raises(KeyboardInterrupt):
        grade(LAB, GUARDED, SEEDS, on_progress=stop)


def stop(done, of):
    """Cancel."""
    raise KeyboardInterrupt


def test_a_release_that_is_in_service_already():
    """Where old and new configuration share the model, a release is slow or broken before the update as well, and that
    is not the update's harm."""
    both = replace(LAB.world, configs=tuple(with_model(config, "v1") for config in LAB.world.configs))
    shared = replace(BROKEN, replaces="v1")
    lab = replace(LAB, world=both, releases=(shared, HEALTHY))
    arrivals = requests_met(lab, 0)
    calm = replace(lab, world=replace(both, timing=Timing(warmup_s=0)))

    assert world_before(lab, shared).models["v1"] == BROKEN.model
    assert world_before(lab, HEALTHY) is both
    assert logs_without_update(lab, arrivals)["broken"] != logs_without_update(lab, arrivals)["healthy"]
    assert run_seed(calm, {"yours": BARE}, 0).plans["yours"]["broken"][HARMED] == 0


def with_model(config, name):
    """Return a configuration whose variants run another model."""
    variants = tuple(replace(variant, model_name=name) for variant in config.production_variants)
    return replace(config, production_variants=variants)


def test_the_unguarded_run_is_the_measure_of_the_blast_radius():
    """An update without a guard has a blast radius of 1."""
    plan = unguarded(GUARDED, "churn")
    (result,) = [r for r in grade(LAB, plan, SEEDS).goals if r.id == "blast-radius-broken"]

    assert result.measured == 1.0


def test_a_summary_tells_of_the_middle_or_of_the_whole():
    """Lengths and times are medians, of the seeds in which somebody was harmed; money, minutes and shares are means."""
    figures = [
        (0, 0.0, 0.0, 100.0, 0.0),
        (5, 10.0, 40.0, 200.0, 0.0),
        (9, 30.0, 60.0, 900.0, 3.0),
        (1, None, None, 250.0, 9.0),
    ]
    rows = [
        row(
            {HARMED: harmed, TIME_TO_DETECT: detect, TIME_TO_RECOVER: back, DURATION: length, COST: cost, EXPOSED: cost}
        )
        for harmed, detect, back, length, cost in figures
    ]
    found = summary({"broken": rows}, LAB)["broken"]

    assert (found.time_to_detect_s, found.time_to_recover_s, found.duration_s) == (20.0, 50.0, 225.0)
    assert (found.cost_usd, found.exposed, found.extra_instance_minutes) == (3.0, 3.0, 10.0)
    assert (found.harmed_by_seed, found.harmed.mean, found.harmed.p95) == ((0, 5, 9, 1), 3.75, 9)


def test_summary_and_score():
    """Means, medians and the 95th percentile over seeds; a score is the share of goals, a fifth of it by par."""
    mine = {"broken": [row({HARMED: n, TIME_TO_DETECT: float(n)}, outcome="rolled-back") for n in range(1, 21)]}
    found = summary(mine, LAB)["broken"]

    assert found.outcomes == {"rolled-back": 20}
    assert (found.harmed.mean, found.harmed.p95) == (10.5, 20)
    assert (found.time_to_detect_s, found.detected_in) == (10.5, 20)
    some = [row({HARMED: 5, TIME_TO_DETECT: value}) for value in (None, 100.0, None)]
    assert summary({"broken": some}, LAB)["broken"].detected_in == 1

    goals = [judge(goal("harmed", "broken", at_most=bound), mine, mine, LAB) for bound in (100, 1)]
    worse = {"broken": [row({HARMED: 2 * n}, outcome="rolled-back") for n in range(1, 21)]}
    assert score(goals, mine, mine, LAB) == 50
    assert score(goals, worse, mine, LAB) == pytest.approx(50 * (0.8 + 0.2 * (0.5 + 1 + 1) / 3), abs=0.1)
    assert score(goals, mine, worse, LAB) == 50


@given(met=st.lists(st.booleans(), min_size=1, max_size=6), harms=st.lists(st.integers(0, 10_000), min_size=2))
def test_letting_every_broken_release_through_scores_at_most_20(met, harms):
    """Whatever else it does well; the reference itself keeps 100 where it meets all goals."""
    goals = [SimpleNamespace(passed=passed) for passed in met]
    through = {"broken": [row({HARMED: harm}, outcome="promoted") for harm in harms]}
    stopped = {"broken": [row({HARMED: harm}, outcome="rolled-back") for harm in harms]}

    assert score(goals, through, stopped, LAB) <= 20
    assert score([SimpleNamespace(passed=True)], stopped, stopped, LAB) == 100


@given(harm=st.integers(0, 10_000), more=st.integers(0, 10_000), stopped=st.integers(0, 10))
def test_more_harm_never_scores_more(harm, more, stopped):
    """Nor does letting one more run through."""
    goals = [SimpleNamespace(passed=True)]
    reference = {"broken": [row({HARMED: 100}, outcome="rolled-back")] * 11}

    def scored(harm: int, stopped: int) -> float:
        outcomes = ["rolled-back"] * stopped + ["promoted"] * (11 - stopped)
        return score(goals, {"broken": [row({HARMED: harm}, outcome=outcome) for outcome in outcomes]}, reference, LAB)

    assert scored(harm + more, stopped) <= scored(harm, stopped)
    assert scored(harm, stopped) <= scored(harm, stopped + 1)
