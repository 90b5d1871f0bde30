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
    last_harmed_s: float | None = None
    """And the last."""

    @classmethod
    def of(cls, world: World, run: Run, without: RequestLog) -> Trial:
        """Return the run beside the log of the one without an update."""
        found = harm(run.requests, without)
        first, last = _times(found, Arrivals(world.workload, run.seed))
        return cls(world=world, run=run, harmed=found.count, first_harmed_s=first, last_harmed_s=last)

    @property
    def verdict_s(self) -> float | None:
        """When it was decided: by an alarm, else at the end of the update; None without an update."""
        start, alarm = self.run.update_started_s, self.run.deciding_alarm
        if start is None or self.run.update_ended_s is None:
            return None
        return alarm.t if alarm and alarm.t > start else self.run.update_ended_s


@dataclass(frozen=True, slots=True)
class Harm:
    """How many requests were harmed, and slot and place of the first and of the last."""

    count: int
    first: tuple[int, int] | None
    last: tuple[int, int] | None


def harm(log: RequestLog, without: RequestLog) -> Harm:
    """Return what went wrong in one run and not in the other."""
    count, first, last = 0, None, None
    for slot, (bad, bad_anyway) in enumerate(zip(log.bad, without.bad, strict=True)):
        harmed = np.frombuffer(bad, np.uint8) & ~np.frombuffer(bad_anyway, np.uint8)
        found = int(np.bitwise_count(harmed).sum())
        count += found
        if found:
            places = np.flatnonzero(np.unpackbits(harmed))
            first, last = first or (slot, int(places[0])), (slot, int(places[-1]))
    return Harm(count, first, last)


def _times(harm: Harm, arrivals: Arrivals) -> tuple[float | None, float | None]:
    """Return when the first and the last of them arrived."""
    if harm.first is None or harm.last is None:
        return None, None
    first, last = (float(arrivals.slot(slot).arrival[place]) for slot, place in (harm.first, harm.last))
    return first, last
