"""The proof that a lab works: the start plan fails, the reference passes, each near-miss fails the goal that it names,
who never looks does not pass, and no goal is for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.plan import Plan
from labs.exercise.proof import Claim, Doubt, Tried, cut_off, weaknesses
from labs.grading.grade_plan import Results, run_all
from labs.grading.strawmen import strawmen
from labs.lab import Lab
from labs.measures.over_seeds import judge
from labs.measures.registry import DURATION

FRESH_SEEDS = range(1000, 1010)
"""Seeds that no learner is graded on, and that nobody tuned a lab to."""
REFERENCE, START = "the reference", "the start plan"
"""Plans of a proof, beside the straw men and the near-misses, which go by the names of their files."""


def prove(lab: Lab, *, workers: int = 1) -> Iterator[Doubt]:
    """Yield everything that does not hold, with what to do about it."""
    straw = strawmen(lab)
    bare = next(iter(straw))
    reference, start = {REFERENCE: lab.reference.plan}, {START: lab.start.plan}
    near = {each.file.name: each.file.plan for each in lab.near_misses}
    tried = _tried(lab, {**straw, **reference, **start, **near}, bare, range(lab.seeds), workers)
    if tried[START].passed:
        say = f"{lab.start.name} passes as it is ({tried[START].told}); a start plan must leave something to do"
        yield Doubt(say, ("start",))
    is_right = Claim(lab.reference.name, None, ("reference",))
    yield from is_right.doubts(tried[REFERENCE])
    for name in straw:
        if tried[name].passed:
            yield Doubt(f"{name} passes ({tried[name].told}); {_remedy(lab)}", ("goals",))
    claims = [Claim(each.file.name, each.fails, ("near_misses", index)) for index, each in enumerate(lab.near_misses)]
    for claim in claims:
        yield from claim.doubts(tried[claim.name])
    failing = [tried[START], *(each for name, each in tried.items() if name not in (START, REFERENCE))]
    yield from weaknesses(lab.goals, "near_misses", claims, failing)
    fresh = _tried(lab, {bare: straw[bare]} | reference, bare, FRESH_SEEDS, workers)
    yield from is_right.doubts(fresh[REFERENCE], "; these are fresh seeds: give its goals more margin")


def _remedy(lab: Lab) -> str:
    if lab.serves:
        return "a lab must ask for something that takes a look at the load"
    return "a lab needs a good release and a bad one, and a goal for each"


def _tried(lab: Lab, plans: Mapping[str, Plan], bare: str, seeds: Sequence[int], workers: int) -> Mapping[str, Tried]:
    """Return what became of each plan; all meet the same requests, `bare` among them, which harm is compared with."""
    done = run_all(lab, plans, seeds, workers=workers)
    return {
        name: Tried(
            name,
            tuple(judge(goal, results, done[bare], lab) for goal in lab.goals),
            cut_off(lab.world, _ends(lab, results)),
        )
        for name, results in done.items()
    }


def _ends(lab: Lab, results: Results) -> Mapping[str, Sequence[float]]:
    """Return when the updates were over, by release."""
    start = lab.world.update_at_s
    return {release: [start + run[DURATION] for run in runs if run[DURATION]] for release, runs in results.items()}
