"""What is measured of an experiment: outcomes that were lost, and which model was kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.plan import Plan
from engine.simulate import simulate
from labs.exercise.exercise import Release
from labs.lab import LabGoal
from labs.measures.experiments import kept
from labs.measures.one_run import measure
from labs.measures.over_seeds import judge
from labs.measures.registry import OUTCOMES_LOST
from tests.engine.rollouts import failing, model
from tests.engine.test_outcome_alarms import BETTER, all_to, rule
from tests.engine.two_variants import two_variants
from tests.labs.tiny import LAB

BETTER_B = Release(id="better", replaces="B", model=model(converts=0.08), expect="promoted", say="It sells more.")
WORSE_B = Release(id="worse", replaces="B", model=model(converts=0.03), expect="rolled-back", say="It sells less.")
SHOP = replace(LAB, world=two_variants(duration_s=2400.0), releases=(BETTER_B, WORSE_B))


def measured(release, plan, seeds=(1, 2)):
    """Return what is measured of runs of a plan."""
    where = SHOP.world_with(release)
    runs = [simulate(where, plan, seed, series=False) for seed in seeds]
    return [measure(where, run, simulate(where, Plan(), run.seed, series=False).requests) for run in runs]


def judged(name, release, plan, **bounds):
    """Return what a goal says of a plan."""
    goal = LabGoal(id="goal", title="", measure=name, release=release.id, say="No.", hints=("Wait.",), **bounds)
    found = {release.id: measured(release, plan)}
    return judge(goal, found, found, SHOP)


@pytest.mark.parametrize("release", [BETTER_B, WORSE_B], ids=lambda release: release.id)
def test_a_rule_decides_rightly(release):
    """Keeps the better model of each release."""
    found = judged("wrong-decision", release, rule(BETTER), at_most=0.0)

    assert (found.passed, found.measured) == (True, 0.0)


@pytest.mark.parametrize(
    ("release", "plan"),
    [
        pytest.param(BETTER_B, Plan.of(all_to("A")), id="kept the worse one"),
        pytest.param(WORSE_B, Plan.of(all_to("B")), id="took the worse one"),
        pytest.param(WORSE_B, Plan(), id="never decided"),
    ],
)
def test_wrong_decisions(release, plan):
    """In every seed; whoever leaves both models in traffic has not decided either."""
    found = judged("wrong-decision", release, plan, at_most=0.0)

    assert (found.passed, found.measured, found.measured_say) == (False, 1.0, "2 of 2 decided wrongly")


def test_weights_decide_an_experiment():
    """A plan without an update is not one that did nothing, where outcomes are counted and weights were changed; the
    goal's own words are said then."""
    lost = judged("outcomes-lost", WORSE_B, Plan.of(all_to("A")), at_most=10_000)
    idle = judged("outcomes-lost", WORSE_B, Plan(), at_most=10_000)
    wrong = judged("wrong-decision", WORSE_B, Plan.of(all_to("B")), at_most=0.0)

    assert (lost.passed, idle.passed, idle.measured) == (True, False, None)
    assert idle.say.startswith("The plan updated nothing")
    assert wrong.say == "No."


def test_outcomes_lost_are_exact():
    """All to the better model from the first second loses nothing, whatever the seed; the worse one loses those that
    only the better one leads to; what fails loses too."""
    only_b, only_a = (two_variants(b=model(converts=0.08), weights=weights) for weights in ((0.0, 1.0), (1.0, 0.0)))
    broken = two_variants(b=replace(failing(0.5), converts=0.08), weights=(0.0, 1.0))
    none, some, half = (
        measure(where, run := simulate(where, Plan(), 3, series=False), run.requests)[OUTCOMES_LOST]
        for where in (only_b, only_a, broken)
    )
    all_of_them = simulate(only_b, Plan(), 3, series=False).outcomes[0].outcomes

    assert none == 0
    assert some == all_of_them - simulate(only_a, Plan(), 3, series=False).outcomes[0].outcomes > 0
    assert half == all_of_them - simulate(broken, Plan(), 3, series=False).outcomes[0].outcomes
    assert half == pytest.approx(all_of_them / 2, rel=0.1)


def test_without_an_outcome_nothing_is_kept_or_lost():
    """There is nothing to decide by."""
    where = two_variants(outcome=None)
    run = simulate(where, Plan.of(all_to("A")), 1, series=False)
    found = measure(where, run, run.requests)

    assert (found.kept, found.by_weights, found[OUTCOMES_LOST], kept(run)) == (None, False, 0, None)
