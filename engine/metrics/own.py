"""What a team counts itself, published as a metric of its own, minute by minute."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

import numpy as np

from engine.experiments.of_run import MinuteCount
from engine.metrics.minute import Column, MinuteTotals
from engine.serving.fleet import Fleet
from engine.traffic.workload import OwnMetric


class OwnCount(Protocol):
    """Counts answers, and those among them that were what one hopes for."""

    @property
    def of(self) -> OwnMetric:
        """What it is published as."""

    def in_minute(self, fleet: Fleet, minute: int) -> MinuteCount:
        """Return what was counted of a fleet in one minute, up to whose end all requests have been answered."""


def put_own(counted: OwnCount, fleet: Fleet, of: dict[int, MinuteTotals], closed: range, kept: Collection[str]) -> None:
    """Add to the totals of a fleet, in minutes that are closed, a sample for each answer: 1 or 0.

    What is counted was answered in that minute, so it has totals; without any answer nothing is published.
    """
    name = counted.of.name
    for minute in closed:
        n, won = counted.in_minute(fleet, minute)
        if n:
            ordered = np.repeat([0.0, 1.0], [n - won, won]) if name in kept else None
            column = Column(n, float(won), float(won == n), float(won > 0), ordered)
            of[minute].columns = {**of[minute].columns, name: column}
