"""What the service refuses in the steps of a step policy, in its own words (spec inference 1.2)."""

from __future__ import annotations

import math
from itertools import pairwise

from engine.requests.autoscaling import StepAdjustment, StepScaling
from engine.requests.refusal import Refusal, Refusals

BLOCK = "StepScalingPolicyConfiguration"
STEPS = (BLOCK, "StepAdjustments")
LOWER, UPPER = "MetricIntervalLowerBound", "MetricIntervalUpperBound"
MOST_STEPS = 20


def refused_steps(policy: StepScaling) -> Refusals:
    """Yield what is refused in the block."""
    yield from _block(policy)
    yield from _each(policy)
    yield from _together(policy)


def _block(policy: StepScaling) -> Refusals:
    kind, magnitude = policy.adjustment_type, policy.min_adjustment_magnitude
    if kind is None:
        remedy = "Write ChangeInCapacity, PercentChangeInCapacity or ExactCapacity."
        yield Refusal(message="Adjustment type must be specified", field=(BLOCK,), remedy=remedy)
    elif magnitude is not None and kind != "PercentChangeInCapacity":
        message = "Minimum adjustment magnitude is only allowed for adjustment type PercentChangeInCapacity"
        yield Refusal(message=message, field=(BLOCK, "MinAdjustmentMagnitude"), remedy="Leave it out.")
    if not policy.step_adjustments:
        remedy = "Write one such as {MetricIntervalLowerBound: 0, ScalingAdjustment: 1}."
        message = "There must be at least one step adjustment"
        yield Refusal(message=message, field=(BLOCK,), remedy=remedy)
    elif len(policy.step_adjustments) > MOST_STEPS:
        message = f"A policy has at most {MOST_STEPS} step adjustments, got {len(policy.step_adjustments)}."
        yield Refusal(message=message, field=STEPS, code="LimitExceededException", remedy="Join some of them.")


def _each(policy: StepScaling) -> Refusals:
    for index, step in enumerate(policy.step_adjustments):
        low, high = _interval(step)
        if low == -math.inf and high == math.inf:
            message = "Both lower and upper bounds of a step adjustment cannot be left unspecified"
            remedy = f"Write {LOWER}: 0 to act from the threshold up."
            yield Refusal(message=message, field=(*STEPS, index), remedy=remedy)
        elif low >= high:
            message = "Lower bound must be less than upper bound for a step adjustment"
            remedy = f"Leave {UPPER} out for no upper end." if low == high else "Exchange the two."
            yield Refusal(message=message, field=(*STEPS, index, LOWER), remedy=remedy)
        if policy.adjustment_type == "ExactCapacity" and step.scaling_adjustment < 0:
            message = "Scaling adjustment cannot be less than 0 when adjustment type is ExactCapacity"
            place = (*STEPS, index, "ScalingAdjustment")
            yield Refusal(message=message, field=place, remedy="Write the capacity that you want.")


def _together(policy: StepScaling) -> Refusals:
    """What holds between steps; asked where each of them is an interval."""
    intervals = sorted(_interval(step) for step in policy.step_adjustments)
    if not intervals or any(low >= high for low, high in intervals):
        return
    for bound, edge, place in (("lower", -math.inf, 0), ("upper", math.inf, 1)):
        if sum(each[place] == edge for each in intervals) > 1:
            message = f"At most one step adjustment may have an unspecified {bound} bound"
            yield Refusal(message=message, field=STEPS, remedy=f"Only one of them goes without {bound} bound.")
            return
    for (_, high), (low, _) in pairwise(intervals):
        if high != low:
            fault = "overlap" if low < high else "have gaps between them"
            remedy = f"Let each begin where the one before ends: at {high:g}."
            yield Refusal(message=f"Step adjustment intervals cannot {fault}", field=STEPS, remedy=remedy)
            return
    yield from _ends(intervals[0][0], intervals[-1][1])


def _ends(lowest: float, highest: float) -> Refusals:
    """Breaches beyond the steps have to be covered."""
    if -math.inf < lowest < 0:
        yield _open_end("lower", "negative", LOWER, "lowest")
    if 0 < highest < math.inf:
        yield _open_end("upper", "positive", UPPER, "highest")


def _open_end(bound: str, sign: str, field: str, which: str) -> Refusal:
    return Refusal(
        message=f"There must be a step adjustment with an unspecified {bound} bound when one step adjustment has a "
        f"{sign} {bound} bound",
        field=STEPS,
        remedy=f"Leave {field} out of the {which} step.",
    )


def _interval(step: StepAdjustment) -> tuple[float, float]:
    low, high = step.metric_interval_lower_bound, step.metric_interval_upper_bound
    return -math.inf if low is None else low, math.inf if high is None else high
