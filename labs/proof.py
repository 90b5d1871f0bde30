"""The proof that a lab works: the start plan fails, the reference passes, each near-miss fails the goal it names."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grade import Grade
from labs.grading import compare, grade
from labs.lab import Lab
from labs.strawmen import always_roll_back, never_roll_back

FRESH_SEEDS = range(1000, 1010)
"""Seeds that no learner is graded on, and that nobody tuned a lab to."""


def prove(lab: Lab) -> Iterator[str]:
    """Yield a sentence for everything that does not hold, with what to do about it."""
    seeds = range(lab.seeds)
    beside = compare(lab, seeds)
    if grade(lab, lab.start.plan, seeds, comparison=beside).passed:
        yield f"{lab.start.name} passes as it is; a start plan must leave something to do"
    reference = grade(lab, lab.reference.plan, seeds, comparison=beside)
    if not reference.passed:
        yield f"{lab.reference.name} fails {_failed(reference)}; the reference must pass"
    fresh = grade(lab, lab.reference.plan, FRESH_SEEDS)
    if not fresh.passed:
        yield f"{lab.reference.name} fails {_failed(fresh)} on fresh seeds; give its goals more margin"
    strawmen = {"always rolling back": always_roll_back(lab), "never rolling back": never_roll_back(lab)}
    for name, plan in strawmen.items():
        if grade(lab, plan, seeds, comparison=beside).passed:
            yield f"{name} passes; a lab needs a good release and a bad one, and a goal for each"
    for near in lab.near_misses:
        failed = _failed(grade(lab, near.file.plan, seeds, comparison=beside))
        if failed != [near.fails]:
            yield f"{near.file.name} must fail exactly {near.fails}, it fails {failed or 'nothing'}"


def _failed(verdict: Grade) -> list[str]:
    return [goal.id for goal in verdict.goals if not goal.passed]
