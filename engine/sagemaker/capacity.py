"""From CapacitySize to instances (spec sagemaker 1.3, 2.7)."""

from __future__ import annotations

import math

from engine.requests.sagemaker import CapacitySize
from engine.timing import Timing


def instances_of(size: CapacitySize, fleet: int, timing: Timing) -> int:
    """Return the instances that `size` means in a fleet of `fleet`, at least 1 and at most all."""
    if size.type == "INSTANCE_COUNT":
        return min(size.value, fleet)
    exact = fleet * size.value / 100
    match timing.percent_rounding:
        case "half-up":
            count = math.floor(exact + 0.5)
        case "ceil":
            count = math.ceil(exact)
        case "floor":
            count = math.floor(exact)
    return min(max(1, count), fleet)


def steps(size: int, fleet: int) -> tuple[int, ...]:
    """Return the instances with traffic after each step; a last step that does not divide evenly is short."""
    return tuple(min(fleet, done) for done in range(size, fleet + size, size))


def counterpart(old: int, new: int, new_enabled: int) -> int:
    """Return how many old instances keep traffic while `new_enabled` of `new` new ones have it: the same share of
    the fleet is deactivated (spec sagemaker 2.3), but never the last one while it still has a share."""
    if new_enabled >= new:
        return 0
    return max(1, math.floor(old * (1 - new_enabled / new) + 0.5))
