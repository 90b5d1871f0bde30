"""Runs a plan against every hidden release and every seed, beside the reference and the unguarded update."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context

from engine.plan import Plan
from engine.run import RequestLog
from engine.simulate import simulate
from engine.traffic.arrivals import Arrivals
from engine.world import World
from labs.goals import judge
from labs.grade import Grade
from labs.lab import Lab
from labs.measures import Measured, measure, unguarded
from labs.moments import moments
from labs.results import score, summary

Results = Mapping[str, tuple[Measured, ...]]
"""By release, in the order of the seeds."""
OnProgress = Callable[[int, int], None]
"""Called with the number of seeds done and to do; may raise to cancel."""


@dataclass(frozen=True, slots=True)
class Seed:
    """All runs of one seed: plan name -> release -> measures."""

    seed: int
    plans: Mapping[str, Mapping[str, Measured]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The counterfactuals of a lab, which do not depend on the learner's plan."""

    reference: Results
    unguarded: Results


def compare(lab: Lab, seeds: Sequence[int], *, workers: int = 1, on_progress: OnProgress | None = None) -> Comparison:
    """Run the reference and the unguarded update; worth keeping, since only the lab and the seeds matter."""
    plans = {"reference": lab.reference.plan, "unguarded": unguarded(lab.reference.plan)}
    done = run_all(lab, plans, seeds, workers=workers, on_progress=on_progress)
    return Comparison(done["reference"], done["unguarded"])


def grade(
    lab: Lab,
    plan: Plan,
    seeds: Sequence[int],
    *,
    comparison: Comparison | None = None,
    workers: int = 1,
    on_progress: OnProgress | None = None,
) -> Grade:
    """Return the verdict; the same whatever the number of worker processes."""
    plans = {"yours": plan}
    if comparison is None:
        plans |= {"reference": lab.reference.plan, "unguarded": unguarded(lab.reference.plan)}
    done = run_all(lab, plans, seeds, workers=workers, on_progress=on_progress)
    beside = comparison or Comparison(done["reference"], done["unguarded"])
    yours = done["yours"]
    goals = tuple(judge(goal, yours, beside.unguarded, lab) for goal in lab.goals)
    compared = {"reference": beside.reference, "unguarded": beside.unguarded}
    return Grade(
        lab=lab.id,
        passed=all(goal.passed for goal in goals),
        score=score(goals, yours, beside.reference),
        goals=goals,
        releases=summary(yours),
        compared={name: summary(results) for name, results in compared.items()},
        moments=moments(lab, plan, goals, yours),
        seeds=tuple(seeds),
    )


def run_all(
    lab: Lab,
    plans: Mapping[str, Plan],
    seeds: Sequence[int],
    *,
    workers: int = 1,
    on_progress: OnProgress | None = None,
) -> Mapping[str, Results]:
    """Run all plans against all releases with all seeds: plan name -> release -> measures by seed."""
    rows: dict[int, Seed] = {}
    for row in _rows(lab, plans, seeds, workers):
        rows[row.seed] = row
        if on_progress is not None:
            on_progress(len(rows), len(seeds))
    return {
        name: {release.id: tuple(rows[seed].plans[name][release.id] for seed in seeds) for release in lab.releases}
        for name in plans
    }


def _rows(lab: Lab, plans: Mapping[str, Plan], seeds: Sequence[int], workers: int) -> Iterator[Seed]:
    if workers <= 1:
        for seed in seeds:
            yield run_seed(lab, plans, seed)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(run_seed, lab, plans, seed) for seed in seeds]
        try:
            for future in as_completed(waiting):
                yield future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def run_seed(lab: Lab, plans: Mapping[str, Plan], seed: int) -> Seed:
    """Run all plans against all releases with one seed, and once without any update."""
    arrivals = Arrivals(lab.world.workload, seed, keep=True)
    without = simulate(lab.world, Plan(), seed, arrivals=arrivals, series=False).requests
    measured: dict[str, dict[str, Measured]] = {name: {} for name in plans}
    for release in lab.releases:
        world = lab.world_with(release)
        for name, plan in plans.items():
            measured[name][release.id] = _measured(world, plan, arrivals, without)
    return Seed(seed, measured)


def _measured(world: World, plan: Plan, arrivals: Arrivals, without: RequestLog) -> Measured:
    return measure(world, simulate(world, plan, arrivals.seed, arrivals=arrivals, series=False), without)
