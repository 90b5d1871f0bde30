"""Lab fast-and-wrong and the page before it: what two models answer to the same request, and how many answers a figure
is made of (spec inference 7.3)."""

from __future__ import annotations

import math
from functools import cache

import pytest

from engine.serving.model import Judgement
from engine.simulate import simulate
from quiz.computed.shadows import BAND
from tests.built_in import PACK

A_MINUTE, TENTH = 120, 0.1
SEEDS = range(8)


@pytest.fixture(scope="module")
def lab():
    """The lab as it is shipped."""
    return PACK.lab("fast-and-wrong")


@pytest.fixture(scope="module")
def run_of(lab):
    """Runs of its plans on one of its releases."""
    plans = {file.name: file.plan for file in (lab.start, lab.reference, *(near.file for near in lab.near_misses))}

    @cache
    def run(name, release, seed=1):
        return simulate(lab.world_with(lab.release(release)), plans[f"{name}.yaml"], seed, series=False)

    return run


@pytest.mark.parametrize(("release", "percent"), [("micrograms", 85), ("retrained", 96.5), ("thorough", 99.4)])
def test_how_often_they_agree(lab, run_of, release, percent):
    """By the two models' judgement, and as counted in a run."""
    model, counted = lab.release(release).model, run_of("reference", release).agreement["dosage-v1/shadow"]

    assert 100 * model.answers.agreement(Judgement(right=0.92)) == pytest.approx(percent, abs=0.1)
    assert 100 * counted.agreed / counted.compared == pytest.approx(percent, abs=1.6)


def test_the_dangerous_one_is_the_quickest_and_never_fails(lab):
    """The table of the debrief: 60, 80 and 140 milliseconds, and 2 errors in 1,000 of the best."""
    models = {name: lab.release(name).model for name in ("micrograms", "retrained", "thorough")}

    assert {name: model.mean_ms for name, model in models.items()} == {
        "micrograms": 60,
        "retrained": 80,
        "thorough": 140,
    }
    assert {name: model.error_rate_5xx for name, model in models.items()} == {
        "micrograms": 0,
        "retrained": 0,
        "thorough": 0.002,
    }


def test_who_is_right_no_metric_says(run_of):
    """The retrained model is right more often than the old one, and disagrees; the other one is wrong more often."""
    better, worse = (run_of("reference", name).agreement["dosage-v1/shadow"] for name in ("retrained", "micrograms"))

    assert better.right_shadow > better.right_production > better.agreed - better.right_shadow
    assert worse.right_production - worse.right_shadow == pytest.approx(0.15 * worse.compared, rel=0.15)


def test_a_dozen_copies(lab):
    """120 a minute at 10 %: 12, give or take 6, and one odd answer is 8 points. All of five minutes are 600."""
    assert lab.world.workload.rate * 60 == A_MINUTE
    assert A_MINUTE * TENTH == 12
    assert BAND * math.sqrt(A_MINUTE * TENTH * (1 - TENTH)) == pytest.approx(6.4, abs=0.05)
    assert round(100 / 12) == 8
    assert 5 * A_MINUTE == 600


def test_a_dozen_copies_decide_by_chance(run_of):
    """The wrong model is let through in half of the runs of the lab; by 600 answers never."""
    through = {
        plan: sum(run_of(plan, "micrograms", seed).outcome == "promoted" for seed in SEEDS)
        for plan in ("a-dozen-copies", "reference")
    }

    assert through == {"a-dozen-copies": len(SEEDS) // 2, "reference": 0}


def test_all_copies_cost_what_a_tenth_costs(run_of):
    """The instance is paid for anyway."""
    tenth, all_of_them = (
        run_of(plan, "micrograms").costs["dosage-v1/shadow"] for plan in ("a-dozen-copies", "reference")
    )

    assert tenth == pytest.approx(all_of_them)


@pytest.mark.parametrize(("plan", "outcome"), [("must-be-equal", "no-update"), ("reference", "promoted")])
def test_a_better_model_differs(run_of, plan, outcome):
    """Right 95 times instead of 92, it differs in 3 of 100 at least; who asks for 98 % keeps the old one."""
    assert 1 - Judgement(right=0.95).agreement(Judgement(right=0.92)) == pytest.approx(0.03)
    assert run_of(plan, "retrained").outcome == outcome


def test_errors_see_nothing(run_of):
    """All copies, and a rule on errors: the wrong one is promoted."""
    assert run_of("no-errors-at-all", "micrograms").outcome == "promoted"
