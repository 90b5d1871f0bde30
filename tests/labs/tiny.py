"""A tiny lab: a release that fails half of its requests, and one that is as good as the old model; and runs of it that
nobody ran."""

from __future__ import annotations

from engine.plan import Plan
from labs.exercise.exercise import PlanFile, Release
from labs.lab import Lab, LabGoal, NearMiss
from labs.measures.one_run import Measured
from labs.measures.registry import (
    COST,
    DURATION,
    EXPOSED,
    EXTRA_INSTANCE_MINUTES,
    HARMED,
    MEASURES,
    OUTCOMES_LOST,
    TIME_TO_DETECT,
    TIME_TO_RECOVER,
    Number,
)
from tests.engine.rollouts import ONE, canary, errors_alarm, failing, guarded, model, update, world

BROKEN = Release(id="broken", replaces="v2", model=failing(0.5), expect="rolled-back", say="Half of it fails.")
HEALTHY = Release(id="healthy", replaces="v2", model=model(), expect="promoted", say="Nothing is wrong.")
GUARDED = guarded(canary, ONE, 300, 300, alarm=errors_alarm(threshold=0.2))
BARE = Plan.of(update())
SEEDS = range(3)


def file(name, plan):
    """Return a plan as if it had been read from a file."""
    return PlanFile(name=name, text="", plan=plan)


def goal(measure_name, release, **bounds):
    """Return a goal."""
    return LabGoal(
        id=f"{measure_name}-{release}", title="", measure=measure_name, release=release, say="Try again.", **bounds
    )


LAB = Lab(
    id="tiny",
    revision=1,
    title="Tiny",
    minutes=1,
    lesson="none",
    brief="",
    debrief="",
    world=world(old=model(error_rate_5xx=0.01), duration_s=1200.0, update_at_s=126.0),
    releases=(BROKEN, HEALTHY),
    start=file("start.yaml", BARE),
    reference=file("reference.yaml", GUARDED),
    near_misses=(NearMiss(file=file("bare.yaml", BARE), fails="rolled-back-broken"),),
    goals=(
        goal("rolled-back", "broken", at_least=1.0),
        goal("promoted", "healthy", at_least=1.0),
        goal("blast-radius", "broken", at_most=0.4),
    ),
    seeds=3,
)

FIGURES = {
    **{measure: 0.0 for measure in MEASURES.values() if isinstance(measure, Number)},
    HARMED: 0,
    EXPOSED: 0.0,
    TIME_TO_DETECT: 0.0,
    TIME_TO_RECOVER: 0.0,
    DURATION: 600.0,
    EXTRA_INSTANCE_MINUTES: 10.0,
    COST: 1.0,
    OUTCOMES_LOST: 0,
}


def row(changes=(), *, outcome="promoted", seed=0):
    """Return what was measured in a run."""
    figures = FIGURES | dict(changes)
    return Measured(seed=seed, outcome=outcome, figures={number.name: value for number, value in figures.items()})
