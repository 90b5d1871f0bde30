"""The proof that a lab works: the start plan fails, the reference passes, each near-miss fails the goal it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.plan import Plan
from labs.grading.grade_plan import Results, run_all
from labs.grading.strawmen import always_roll_back
from labs.lab import Lab
from labs.measures.one_run import unguarded
from labs.measures.over_seeds import judge

FRESH_SEEDS = range(1000, 1010)
"""Seeds that no learner is graded on, and that nobody tuned a lab to."""
NEVER, ALWAYS, REFERENCE, START = "never rolling back", "always rolling back", "the reference", "the start plan"
"""The plans of a proof, beside the near-misses, which go by the names of their files."""


def prove(lab: Lab, *, workers: int = 1) -> Iterator[str]:
    """Yield a sentence for everything that does not hold, with what to do about it."""
    plans = {
        NEVER: unguarded(lab.reference.plan),
        ALWAYS: always_roll_back(lab),
        REFERENCE: lab.reference.plan,
        START: lab.start.plan,
        **{near.file.name: near.file.plan for near in lab.near_misses},
    }
    failed = _failed(lab, plans, range(lab.seeds), workers)
    if not failed[START]:
        yield f"{lab.start.name} passes as it is; a start plan must leave something to do"
    if failed[REFERENCE]:
        yield f"{lab.reference.name} fails {failed[REFERENCE]}; the reference must pass"
    for name in (ALWAYS, NEVER):
        if not failed[name]:
            yield f"{name} passes; a lab needs a good release and a bad one, and a goal for each"
    for near in lab.near_misses:
        if failed[near.file.name] != [near.fails]:
            yield f"{near.file.name} must fail exactly {near.fails}, it fails {failed[near.file.name] or 'nothing'}"
    fresh = _failed(lab, {NEVER: plans[NEVER], REFERENCE: plans[REFERENCE]}, FRESH_SEEDS, workers)
    if fresh[REFERENCE]:
        yield f"{lab.reference.name} fails {fresh[REFERENCE]} on fresh seeds; give its goals more margin"


def _failed(lab: Lab, plans: Mapping[str, Plan], seeds: Sequence[int], workers: int) -> Mapping[str, list[str]]:
    """Return the goals that each plan misses; all plans meet the same requests."""
    done = run_all(lab, plans, seeds, workers=workers)
    return {name: _missed(lab, results, done[NEVER]) for name, results in done.items()}


def _missed(lab: Lab, results: Results, bare: Results) -> list[str]:
    return [goal.id for goal in lab.goals if not judge(goal, results, bare, lab).passed]
