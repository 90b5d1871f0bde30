"""What the history keeps of a grade."""

from __future__ import annotations

import json
from dataclasses import replace

from labs.grading.grade_plan import grade
from labs.grading.record import kept, same, view
from tests.built_in import PACK

LAB = PACK.lab("first-guarded-update")


def test_a_kept_grade_comes_back_from_json_as_it_was():
    """The history is JSON; a verdict that went through it is still the same verdict."""
    verdict = grade(LAB, LAB.start.plan, range(2))
    stored = json.loads(json.dumps(kept(verdict, LAB.start.text, revision=LAB.revision, version="1")))

    assert same(stored["grade"], view(verdict))
    assert stored["seeds"] == [0, 1]
    assert not same(stored["grade"], view(replace(verdict, score=verdict.score + 1)))


def test_the_best_earlier_plan_beside_it_does_not_change_a_verdict():
    """A replay runs without the plan that was then the best, and comes to the same."""
    alone = grade(LAB, LAB.start.plan, range(2))
    beside = grade(LAB, LAB.start.plan, range(2), best=LAB.reference.plan)

    assert "best" in beside.compared
    assert same(view(beside), view(alone))


def test_hints_stay_with_the_learner():
    """Programs get the first hint of a missed goal and none of a goal that is met."""
    goals = view(grade(LAB, LAB.start.plan, range(2)))["goals"]

    assert {bool(goal["hint"]) for goal in goals if not goal["passed"]} == {True}
    assert {goal["hint"] for goal in goals if goal["passed"]} == {""}
