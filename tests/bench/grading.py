"""What a learner waits for: three releases and twenty seeds of an hour at fifty requests a second."""

from __future__ import annotations

from dataclasses import replace

from engine.plan import Plan
from labs.exercise.exercise import PlanFile, Release
from labs.grading.grade_plan import run_seed
from labs.lab import Lab
from tests.engine.rollouts import ONE, canary, errors_alarm, failing, guarded, model, world

SEEDS = range(20)
MINE: Plan = guarded(canary, ONE, 600, 900, alarm=errors_alarm(threshold=0.05))
_FILE = PlanFile(name="plan.yaml", text="", plan=MINE)
LAB = Lab(
    id="bench",
    revision=1,
    title="Bench",
    minutes=1,
    lesson="none",
    brief="",
    debrief="",
    world=replace(world(count=4, rate=50.0, old=model(error_rate_5xx=0.001)), duration_s=3600.0),
    releases=(
        Release(id="broken", replaces="v2", model=failing(0.2), expect="rolled-back", say=""),
        Release(id="noisy", replaces="v2", model=failing(0.001), expect="promoted", say=""),
        Release(id="healthy", replaces="v2", model=model(), expect="promoted", say=""),
    ),
    start=_FILE,
    reference=_FILE,
    near_misses=(),
    goals=(),
)


def run_all_seeds() -> None:
    """Run and measure the learner's plan; the reference's runs are kept from an earlier grade."""
    for seed in SEEDS:
        run_seed(LAB, {"yours": MINE}, seed)
