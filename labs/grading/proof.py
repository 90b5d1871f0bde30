"""The proof that a lab works: the start plan fails, the reference passes, each near-miss fails the goal that it names,
and no goal is for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.plan import Plan
from labs.exercise.proof import Claim, Doubt, Tried, weaknesses
from labs.grading.grade_plan import run_all
from labs.grading.strawmen import always_roll_back
from labs.lab import Lab
from labs.measures.one_run import unguarded
from labs.measures.over_seeds import judge

FRESH_SEEDS = range(1000, 1010)
"""Seeds that no learner is graded on, and that nobody tuned a lab to."""
NEVER, ALWAYS, REFERENCE, START = "never rolling back", "always rolling back", "the reference", "the start plan"
"""The plans of a proof, beside the near-misses, which go by the names of their files."""


def prove(lab: Lab, *, workers: int = 1) -> Iterator[Doubt]:
    """Yield everything that does not hold, with what to do about it."""
    plans = {
        NEVER: unguarded(lab.reference.plan),
        ALWAYS: always_roll_back(lab),
        REFERENCE: lab.reference.plan,
        START: lab.start.plan,
        **{near.file.name: near.file.plan for near in lab.near_misses},
    }
    tried = _tried(lab, plans, range(lab.seeds), workers)
    if tried[START].passed:
        yield Doubt(f"{lab.start.name} passes as it is; a start plan must leave something to do", ("start",))
    reference = Claim(lab.reference.name, None, ("reference",))
    yield from reference.doubts(tried[REFERENCE])
    for name in (ALWAYS, NEVER):
        if tried[name].passed:
            yield Doubt(f"{name} passes; a lab needs a good release and a bad one, and a goal for each", ("goals",))
    claims = [Claim(near.file.name, near.fails, ("near_misses", index)) for index, near in enumerate(lab.near_misses)]
    for claim in claims:
        yield from claim.doubts(tried[claim.name])
    failing = [tried[START], *(each for name, each in tried.items() if name not in (START, REFERENCE))]
    yield from weaknesses(lab.goals, "near_misses", claims, failing)
    fresh = _tried(lab, {NEVER: plans[NEVER], REFERENCE: plans[REFERENCE]}, FRESH_SEEDS, workers)
    yield from reference.doubts(fresh[REFERENCE], "; these are fresh seeds: give its goals more margin")


def _tried(lab: Lab, plans: Mapping[str, Plan], seeds: Sequence[int], workers: int) -> Mapping[str, Tried]:
    """Return what became of each plan; all meet the same requests."""
    done = run_all(lab, plans, seeds, workers=workers)
    return {
        name: Tried(name, tuple(judge(goal, results, done[NEVER], lab) for goal in lab.goals))
        for name, results in done.items()
    }
