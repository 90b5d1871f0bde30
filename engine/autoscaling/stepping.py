"""The capacity that a step policy asks for (spec inference 1.7)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.requests.autoscaling import Aggregation, StepAdjustment, StepScaling


def adjusted(policy: StepScaling, breach: float, current: int) -> int:
    """Return the new capacity, whatever its bounds, where the metric lies `breach` above the alarm's threshold.

    A breach that no step covers changes nothing.
    """
    step = step_at(policy.step_adjustments, breach)
    if step is None:
        return current
    match policy.adjustment_type:
        case "ExactCapacity":
            return step.scaling_adjustment
        case "PercentChangeInCapacity":
            return max(0, current + _percent(step.scaling_adjustment, current, policy.min_adjustment_magnitude or 0))
        case _:
            return max(0, current + step.scaling_adjustment)


def step_at(steps: Sequence[StepAdjustment], breach: float) -> StepAdjustment | None:
    """Return the step in which the breach lies.

    From the threshold on a lower bound belongs to its step and an upper one does not; below it is the other way round.
    """
    return next((step for step in steps if _holds(step, breach)), None)


def _holds(step: StepAdjustment, breach: float) -> bool:
    low, high = step.metric_interval_lower_bound, step.metric_interval_upper_bound
    lower, upper = -math.inf if low is None else low, math.inf if high is None else high
    return lower <= breach < upper if breach >= 0 else lower < breach <= upper


def rounded(change: float) -> int:
    """Return a change of capacity as whole instances: towards zero, but at least one where it is anything at all."""
    if 0 < abs(change) < 1:
        return 1 if change > 0 else -1
    return math.trunc(change)


def _percent(percent: int, current: int, magnitude: int) -> int:
    """Return the change; a smaller one than MinAdjustmentMagnitude is raised to it, and none stays none."""
    change = rounded(current * percent / 100)
    least = max(abs(change), magnitude)
    return least if change > 0 else -least if change < 0 else 0


def aggregated(values: Sequence[float], how: Aggregation | None) -> float:
    """Return MetricAggregationType over some datapoints; Average where nothing is said."""
    match how:
        case "Minimum":
            return min(values)
        case "Maximum":
            return max(values)
        case _:
            return math.fsum(values) / len(values)
