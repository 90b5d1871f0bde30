"""How many callers met the new fleet before it was judged: counted request by request, not by the time that passed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from engine.traffic.arrivals import Arrivals
from labs.measures.trial import Trial


def exposed(trial: Trial) -> float:
    """Return the share of the requests that the new fleet answered, of those between the update's start and verdict."""
    start, verdict = trial.run.update_started_s, trial.verdict_s
    if start is None or verdict is None:
        return 0.0
    counted = min(verdict, trial.run.duration_s)
    answered = np.concatenate([np.zeros(0, np.uint8), *_answered(trial, start, counted)])
    return float(answered.mean()) if len(answered) else 0.0


def _answered(trial: Trial, start: float, end: float) -> Iterator[npt.NDArray[np.uint8]]:
    """Yield, slot by slot, for each request that arrived in [start, end) whether the new fleet answered it."""
    log, arrivals = trial.run.requests, Arrivals(trial.world.workload, trial.run.seed)
    for slot, (page, count) in enumerate(zip(log.new, log.counts, strict=True)):
        since, until = slot * log.slot_s, (slot + 1) * log.slot_s
        if until <= start or since >= end:
            continue
        answered = np.unpackbits(np.frombuffer(page, np.uint8), count=count)
        if since < start or until > end:
            arrival = arrivals.slot(slot).arrival
            answered = answered[(arrival >= start) & (arrival < end)]
        yield answered
