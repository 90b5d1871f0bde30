"""A run beside the run of the same seed without any update: both met the very same requests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.run import RequestLog, Run
from engine.traffic.arrivals import Arrivals
from engine.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a run is measured by."""

    world: World
    run: Run
    harmed: int
    """Requests that went wrong in this run and not in the one without an update, within the time that both counted."""
    first_harmed_s: float | None
    """When the first of them arrived."""

    @classmethod
    def of(cls, world: World, run: Run, without: RequestLog) -> Trial:
        """Return the run beside the log of the one without an update."""
        count, first = harm(run.requests, without)
        began = None if first is None else float(Arrivals(world.workload, run.seed).slot(first[0]).arrival[first[1]])
        return cls(world=world, run=run, harmed=count, first_harmed_s=began)

    @property
    def verdict_s(self) -> float | None:
        """When it was decided: by an alarm, else at the end of the update; None without an update."""
        start, alarm = self.run.update_started_s, self.run.deciding_alarm
        if start is None or self.run.update_ended_s is None:
            return None
        return alarm.t if alarm and alarm.t > start else self.run.update_ended_s


def harm(log: RequestLog, without: RequestLog) -> tuple[int, tuple[int, int] | None]:
    """Return how many requests were harmed, and slot and place of the first."""
    count, first = 0, None
    for slot, (bad, bad_anyway) in enumerate(zip(log.bad, without.bad, strict=True)):
        harmed = np.frombuffer(bad, np.uint8) & ~np.frombuffer(bad_anyway, np.uint8)
        found = int(np.bitwise_count(harmed).sum())
        if found and first is None:
            first = (slot, int(np.flatnonzero(np.unpackbits(harmed))[0]))
        count += found
    return count, first
