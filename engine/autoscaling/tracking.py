"""The capacity that a target-tracking policy asks for (spec inference 1.5).

AWS publishes that capacity follows the metric in proportion, rounded up; how far it scales in at once is not known.
"""

from __future__ import annotations

import math
from typing import Literal

ScaleIn = Literal["proportional", "one-at-a-time"]
ROUNDING = 1e-9
"""Sums of thirds are not whole: what is this little above a whole number is that number."""
UNBOUNDED = 10**9
"""More than any maximum: what a target of zero or less asks for."""


def wanted_out(current: int, metric: float, target: float) -> int:
    """Return the capacity at which the metric would be on target, never less than `current`.

    At zero capacity a metric per instance has no value, and nothing can be computed.
    """
    if current == 0 or metric <= target:
        return current
    return max(current, _proportional(current, metric, target)) if target > 0 else UNBOUNDED


def wanted_in(current: int, metric: float, target: float, how: ScaleIn = "proportional") -> int:
    """Return the capacity that is left when scaling in: the rest is never pushed over the target."""
    if target <= 0 or metric >= target:
        return current
    fewest = min(current, _proportional(current, metric, target))
    return fewest if how == "proportional" else max(fewest, current - 1)


def _proportional(current: int, metric: float, target: float) -> int:
    exact = current * metric / target
    return math.ceil(min(exact, UNBOUNDED) - ROUNDING)
