"""How well an experiment was decided: outcomes that the better model would have had, and which model is kept."""

from __future__ import annotations

import numpy as np

from engine.run import Run
from engine.serving.model import Model
from engine.traffic.arrivals import Arrivals
from engine.traffic.streams import Purpose
from engine.world import World
from labs.measures.trial import Trial


def outcomes_lost(trial: Trial) -> int:
    """Return how many outcomes more there had been if the best model of the world had answered every request of the
    counted time, at once and without error; the very same requests lead to them."""
    outcome, world, run = trial.world.workload.outcome, trial.world, trial.run
    if outcome is None:
        return 0

    def rate(model: Model) -> float:
        return outcome.base_rate if model.converts is None else model.converts

    best, arrivals, possible = max(map(rate, world.models.values())), Arrivals(world.workload, run.seed), 0
    for index in range(arrivals.index_at(world.duration_s) + 1):
        slot = arrivals.slot(index)
        won = slot.draw(Purpose.OUTCOME)[: slot.arrival.searchsorted(world.duration_s)] < best
        possible += int(np.count_nonzero(won))
    return possible - sum(each.outcomes for each in run.outcomes)


def kept(run: Run) -> str | None:
    """Return the model that gave all answers of the last minute of the counted time; None if several gave some.

    Answers tell where requests went also where the caller names a TargetVariant, which weights do not.
    """
    last = int(run.duration_s // 60) - 1
    models = {each.model for each in run.outcomes if any(count.answers for count in each.per_minute[last : last + 1])}
    return models.pop() if len(models) == 1 else None


def decided_by_weights(world: World, run: Run) -> bool:
    """Were weights changed in a world where outcomes are counted? That decides an experiment as an update does."""
    asked = any(event.what == "UpdateEndpointWeightsAndCapacities" and not event.is_refusal for event in run.own_events)
    return world.workload.outcome is not None and asked
