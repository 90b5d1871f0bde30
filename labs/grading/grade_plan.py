"""Runs a plan against every hidden release and every seed, beside the reference and the unguarded update."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engine.plan import Plan
from engine.simulate import OnProgress as Watch
from engine.simulate import simulate
from labs.baseline import logs_without_update, requests_met
from labs.grade import Grade
from labs.grading.moments import moments
from labs.grading.per_run import Given, sent_in
from labs.lab import Lab
from labs.measures.one_run import Measured, measure, unguarded
from labs.measures.over_seeds import judge
from labs.measures.registry import P99_LATENCY
from labs.measures.summary import score, summary
from labs.processes import OnLoss, spread

Results = Mapping[str, tuple[Measured, ...]]
"""By release, in the order of the seeds."""
OnProgress = Callable[[int, int], None]
"""Called with the number of seeds done and to do; may raise to cancel."""


YOURS, BEST, REFERENCE, UNGUARDED = "yours", "best", "reference", "unguarded"
"""The plans that meet the same requests."""


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


def grade(
    lab: Lab,
    plan: Given,
    seeds: Sequence[int],
    *,
    best: Plan | None = None,
    comparison: Comparison | None = None,
    workers: int = 1,
    on_progress: OnProgress | None = None,
    on_loss: OnLoss | None = None,
    watch: Watch | None = None,
) -> Grade:
    """Return the verdict over one plan, or over what was sent in each run; the same whatever the number of worker
    processes, and however many of them die.

    `best` is the learner's best earlier plan, to stand beside this one; `comparison` saves running again what depends
    on the lab and the seeds alone. `watch` is told of every minute of every run and may raise to stop; it changes
    nothing otherwise, and worker processes are handed a copy.
    """
    return grade_and_compare(
        lab,
        plan,
        seeds,
        best=best,
        comparison=comparison,
        workers=workers,
        on_progress=on_progress,
        on_loss=on_loss,
        watch=watch,
    )[0]


def compare(lab: Lab, seeds: Sequence[int]) -> Comparison:
    """Return the counterfactuals alone, for many plans on the same seeds."""
    done = run_all(lab, _compared(lab), seeds)
    return Comparison(done[REFERENCE], done[UNGUARDED])


def grade_and_compare(
    lab: Lab,
    plan: Given,
    seeds: Sequence[int],
    *,
    best: Plan | None = None,
    comparison: Comparison | None = None,
    workers: int = 1,
    on_progress: OnProgress | None = None,
    on_loss: OnLoss | None = None,
    watch: Watch | None = None,
) -> tuple[Grade, Comparison]:
    """Return the verdict and the counterfactuals, which are worth keeping for the next one."""
    plans: dict[str, Given] = {YOURS: plan}
    if best is not None:
        plans[BEST] = best
    if comparison is None:
        plans |= _compared(lab)
    done = run_all(lab, plans, seeds, workers=workers, on_progress=on_progress, on_loss=on_loss, watch=watch)
    beside = comparison or Comparison(done[REFERENCE], done[UNGUARDED])
    compared = {REFERENCE: beside.reference, UNGUARDED: beside.unguarded}
    if best is not None:
        compared[BEST] = done[BEST]
    return _verdict(lab, plan, done[YOURS], compared, seeds), beside


def _compared(lab: Lab) -> dict[str, Plan]:
    return {REFERENCE: lab.reference.plan, UNGUARDED: unguarded(lab.reference.plan, lab.world.endpoint.endpoint_name)}


def _verdict(lab: Lab, plan: Given, yours: Results, compared: Mapping[str, Results], seeds: Sequence[int]) -> Grade:
    goals = tuple(judge(goal, yours, compared[UNGUARDED], lab) for goal in lab.goals)
    return Grade(
        lab=lab.id,
        passed=all(goal.passed for goal in goals),
        score=score(goals, yours, compared[REFERENCE], lab),
        goals=goals,
        releases=summary(yours, lab),
        compared={name: summary(results, lab) for name, results in compared.items()},
        moments=moments(lab, plan, goals, yours),
        seeds=tuple(seeds),
    )


def run_all(
    lab: Lab,
    plans: Mapping[str, Given],
    seeds: Sequence[int],
    *,
    workers: int = 1,
    on_progress: OnProgress | None = None,
    on_loss: OnLoss | None = None,
    watch: Watch | None = None,
) -> Mapping[str, Results]:
    """Run all plans against all releases with all seeds: plan name -> release -> measures by seed."""
    rows: dict[int, Seed] = {}
    for row in spread(run_seed, [(lab, plans, seed, watch) for seed in seeds], workers, on_loss):
        rows[row.seed] = row
        if on_progress is not None:
            on_progress(len(rows), len(seeds))
    return {
        name: {release.id: tuple(rows[seed].plans[name][release.id] for seed in seeds) for release in lab.releases}
        for name in plans
    }


def run_seed(lab: Lab, plans: Mapping[str, Given], seed: int, watch: Watch | None = None) -> Seed:
    """Run all plans against all releases with one seed, and once without any update."""
    arrivals = requests_met(lab, seed)
    without = logs_without_update(lab, arrivals)
    measured: dict[str, dict[str, Measured]] = {name: {} for name in plans}
    latencies = P99_LATENCY.name in lab.measured
    for release in lab.releases:
        world, met = lab.world_with(release), arrivals[release.id]
        for name, plan in plans.items():
            sent = sent_in(plan, release.id, seed)
            run = simulate(world, sent, seed, on_progress=watch, arrivals=met, series=False, keep_latencies=latencies)
            measured[name][release.id] = measure(world, run, without[release.id])
    return Seed(seed, measured)
