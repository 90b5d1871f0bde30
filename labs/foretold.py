"""What came of a run, in the parts that can be foretold."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engine.plan import Plan
from engine.run import Run
from engine.simulate import simulate
from engine.traffic.arrivals import Arrivals
from engine.world import World
from labs.baseline import without_update
from labs.exercise.exercise import Release
from labs.lab import Lab
from labs.measures.trial import Trial
from labs.prediction import Ending, Value, Values

OVER = ("Completed", "Failed", "Stopped")
"""Statuses that a transform job ends in."""


def foretold(lab: Lab, release: Release, plan: Plan, seed: int) -> tuple[Run, Values]:
    """Return the run of a plan, and what came of it."""
    run = simulate(lab.world_with(release), plan, seed)
    return run, happened(lab, release, run)


def happened(lab: Lab, release: Release, run: Run) -> Values:
    """Return what came of a run, beside the run of the same seed without any update."""
    world = lab.world_with(release)
    arrivals = Arrivals(world.workload, run.seed, keep=True)
    trial = Trial.of(world, run, without_update(lab, release, arrivals))
    return {
        "ending": _ending(run),
        "minute": _minute(trial),
        "harmed": trial.harmed,
        "missed": sum(_missed(world, run, arrivals)),
    }


def _ending(run: Run) -> Ending:
    return run.outcome if run.outcome in ("promoted", "rolled-back") else "neither"


def _minute(trial: Trial) -> Value:
    """Return when it was decided, in minutes after the plan was sent, to a tenth; None for never.

    Where nothing is updated, the end of the last transform job decides.
    """
    decided = trial.verdict_s if trial.run.update_started_s is not None else _jobs_ended(trial.run)
    return None if decided is None else round((decided - trial.world.update_at_s) / 60, 1)


def _jobs_ended(run: Run) -> float | None:
    ends = [event.t for event in run.events if event.what == "TransformJob" and event.detail["job_status"] in OVER]
    return max(ends) if ends and len(ends) == len(run.jobs) else None


def _missed(world: World, run: Run, arrivals: Arrivals) -> Iterator[int]:
    """Yield, slot by slot, how many requests went wrong that came after the plan was sent."""
    log, sent = run.requests, world.update_at_s
    for slot, (page, count) in enumerate(zip(log.bad, log.counts, strict=True)):
        if (slot + 1) * log.slot_s > sent:
            bad = np.unpackbits(np.frombuffer(page, np.uint8), count=count)
            yield int(bad[arrivals.slot(slot).arrival >= sent].sum())
