"""What came of a run, in the parts that can be foretold."""

from __future__ import annotations

from engine.plan import Plan
from engine.run import Run
from engine.simulate import simulate
from engine.traffic.arrivals import Arrivals
from labs.baseline import without_update
from labs.exercise.exercise import Release
from labs.lab import Lab
from labs.measures.serving import job_time_s, missed
from labs.measures.trial import Trial
from labs.prediction import Ending, Value, Values


def foretold(lab: Lab, release: Release, plan: Plan, seed: int) -> tuple[Run, Values]:
    """Return the run of a plan, and what came of it."""
    run = simulate(lab.world_with(release), plan, seed)
    return run, happened(lab, release, run)


def happened(lab: Lab, release: Release, run: Run) -> Values:
    """Return what came of a run, beside the run of the same seed without any update."""
    world = lab.world_with(release)
    arrivals = Arrivals(world.workload, run.seed, keep=True)
    trial = Trial.of(world, run, without_update(lab, release, arrivals))
    return {"ending": _ending(run), "minute": _minute(trial), "harmed": trial.harmed, "missed": missed(trial)}


def _ending(run: Run) -> Ending:
    return run.outcome if run.outcome in ("promoted", "rolled-back") else "neither"


def _minute(trial: Trial) -> Value:
    """Return when it was decided, in minutes after the plan was sent, to a tenth; None for never.

    Where nothing is updated, the end of the last transform job decides.
    """
    if trial.run.update_started_s is None:
        after = job_time_s(trial)
    else:
        after = None if trial.verdict_s is None else trial.verdict_s - trial.world.update_at_s
    return None if after is None else round(after / 60, 1)
