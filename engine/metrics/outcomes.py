"""The outcome of answers as a metric that the caller publishes, minute by minute."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from engine.metrics.minute import Column, MinuteTotals
from engine.serving.fleet import Fleet
from engine.serving.outcomes import Outcomes


def put_outcomes(
    outcomes: Outcomes, fleet: Fleet, of: dict[int, MinuteTotals], closed: range, kept: Collection[str]
) -> None:
    """Add to the totals of a fleet, in minutes that are closed, a sample for each answer: 1 or 0.

    What the caller counts was answered in that minute, so it has totals; without any answer nothing is published.
    """
    name = outcomes.of.name
    for minute in closed:
        n, won = outcomes.in_minute(fleet, minute)
        if n:
            ordered = np.repeat([0.0, 1.0], [n - won, won]) if name in kept else None
            column = Column(n, float(won), float(won == n), float(won > 0), ordered)
            of[minute].columns = {**of[minute].columns, name: column}
