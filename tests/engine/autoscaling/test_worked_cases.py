"""The worked cases A1 to A28 that need no run (spec inference 1.10); the others are in tests/engine/sagemaker."""

from __future__ import annotations

import pytest

from engine.autoscaling.combination import Ask, Bounds, combined, not_scaled
from engine.autoscaling.cooldowns import DEFAULT_S, Cooldowns
from engine.autoscaling.refusals import refused_bounds, refused_policy
from engine.autoscaling.stepping import adjusted, rounded
from engine.autoscaling.tracking import wanted_in, wanted_out
from engine.autoscaling.tracking_alarms import alarm_pair
from engine.requests.autoscaling import StepScaling
from tests.engine.autoscaling.policies import CONCURRENCY, register, step, stepping, tracking

OUT = StepScaling(
    adjustment_type="PercentChangeInCapacity",
    step_adjustments=(step(0, 0, 10), step(10, 10, 20), step(30, 20)),
)
IN = StepScaling(
    adjustment_type="PercentChangeInCapacity",
    step_adjustments=(step(0, -10, 0), step(-10, -20, -10), step(-30, None, -20)),
)
THRESHOLD = 50
PERCENT = [
    pytest.param(OUT, 60, 10, 11, id="A1"),
    pytest.param(OUT, 70, 11, 14, id="A2"),
    pytest.param(IN, 40, 14, 13, id="A3"),
    pytest.param(IN, 30, 13, 10, id="A4"),
]


@pytest.mark.parametrize(("policy", "metric", "before", "after"), PERCENT)
def test_steps_in_percent(policy, metric, before, after):
    """A1 to A4: scaling out and in by 10 and 30 per cent, each step from what the one before left."""
    assert adjusted(policy, metric - THRESHOLD, before) == after


@pytest.mark.parametrize(("exact", "whole"), [(12.7, 12), (0.67, 1), (-0.58, -1), (-6.67, -6)])
def test_a5_rounding(exact, whole):
    """A5: above one down, up to one a whole one, and the same below zero."""
    assert rounded(exact) == whole


def of(kind, adjustment, **more):
    """Return the block of a policy with one step from the threshold on."""
    return StepScaling(adjustment_type=kind, step_adjustments=(step(adjustment, 0),), **more)


KINDS = [
    pytest.param(of("PercentChangeInCapacity", 25, min_adjustment_magnitude=2), 4, 6, id="A6"),
    pytest.param(of("ChangeInCapacity", 5), 3, 8, id="A7"),
    pytest.param(of("ExactCapacity", 5), 3, 5, id="A8-from-3"),
    pytest.param(of("ExactCapacity", 5), 9, 5, id="A8-from-9"),
]


@pytest.mark.parametrize(("policy", "before", "after"), KINDS)
def test_adjustment_types(policy, before, after):
    """A6 to A8: a magnitude at least, a change, and an exact capacity."""
    assert adjusted(policy, 0, before) == after


def ask(capacity, *, policy="one", tracks=False, side="out"):
    """Return what a policy asks for."""
    return Ask(policy=policy, alarm="high", capacity=capacity, tracks=tracks, side=side, cooldown_s=300)


def test_a9_the_largest_wins():
    """A9: at 10, plus 3 and plus 200 per cent come to 30."""
    asks = [
        ask(adjusted(of("ChangeInCapacity", 3), 0, 10)),
        ask(adjusted(of("PercentChangeInCapacity", 200), 0, 10), policy="two"),
    ]

    assert combined(asks, 10, ()) == asks[1]
    assert asks[1].capacity == 30


def test_a10_a_larger_scale_out_in_the_cooldown():
    """A10: two were added to four, now three are asked for: seven, one more."""
    cooling, three = Cooldowns().after(4, 6, began=0, now=0, cooldown_s=300), of("ChangeInCapacity", 3)

    assert adjusted(three, 0, cooling.base(6, 100)) == 7
    assert adjusted(three, 0, cooling.base(6, 300)) == 9
    assert cooling.after(6, 7, began=100, now=200, cooldown_s=300).base(7, 400) == 4


def test_a11_a_scale_out_ends_the_scale_in_cooldown():
    """A11: it acts at once, and then scaling in waits for nothing."""
    cooling = Cooldowns().after(6, 4, began=0, now=0, cooldown_s=300)

    assert (cooling.lets_in(299), cooling.lets_in(300)) == (False, True)
    assert cooling.base(4, 100) == 4
    assert cooling.after(4, 7, began=100, now=100, cooldown_s=300).lets_in(101)


def test_a12_a_fraction_is_added_whole():
    """A12: 4 instances at 137.5 per cent of the target want 5.5: two are added."""
    assert wanted_out(4, 137.5, 100) == 6


def test_a13_a_fraction_is_not_removed():
    """A13: 4 instances at 87.5 per cent would do with 3.5: none goes, as three would be over the target."""
    assert wanted_in(4, 87.5, 100) == 4


def test_a14_policies_scale_in_together():
    """A14: one tracking policy asks to scale in and the other does not: nothing happens."""
    one = ask(2, tracks=True, side="in")
    two = ask(3, policy="two", tracks=True, side="in")

    assert combined([one], 4, {"one", "two"}) is None
    assert combined([one, two], 4, {"one", "two"}) == two


def test_a_step_scales_in_whatever_is_tracked():
    """A tracking policy does not hold back the steps of another (spec inference 1.5)."""
    assert combined([ask(2)], 4, {"two"}) == ask(2)


def test_a19_the_alarms_of_invocations():
    """A19: above 1500 in 3 of 3 minutes, below 1350 in 15 of 15."""
    high, low = alarm_pair(tracking(1500))

    assert (high.threshold, high.comparison_operator, high.evaluation_periods, high.m, high.period) == (
        *(1500, "GreaterThanThreshold"),
        *(3, 3, 60),
    )
    assert (low.threshold, low.comparison_operator, low.evaluation_periods, low.m, low.period) == (
        *(1350, "LessThanThreshold"),
        *(15, 15, 60),
    )
    assert high.alarm_name.startswith("TargetTracking-endpoint/churn/variant/main-AlarmHigh-")
    assert low.alarm_name.startswith("TargetTracking-endpoint/churn/variant/main-AlarmLow-")


def test_a20_the_alarms_of_high_resolution():
    """A20: above 5 for 30 seconds, below 4.5 for 15 minutes."""
    high, low = alarm_pair(tracking(5, CONCURRENCY))

    assert (high.threshold, high.evaluation_periods, high.period) == (5, 3, 10)
    assert (low.threshold, low.evaluation_periods, low.period) == (4.5, 90, 10)


def test_a21_in_proportion():
    """A21: 4 instances with 4500 a minute each against 3600 become 5."""
    assert wanted_out(4, 4500, 3600) == 5


def test_a22_all_at_once():
    """A22: one instance with 130 a minute against 5 would be 26, and at most 4: four in one activity."""
    assert Bounds(1, 4).clamped(wanted_out(1, 130, 5)) == 4


def test_a23_the_default_cooldown():
    """A23: 300 seconds."""
    assert DEFAULT_S == 300


def test_a24_at_the_maximum():
    """A24: an alarm that is still high changes nothing at the maximum."""
    assert not_scaled(ask(9, tracks=True), 4, Bounds(1, 4)) == "AlreadyAtMaxCapacity"
    assert not_scaled(ask(0), 1, Bounds(1, 4)) == "AlreadyAtMinCapacity"
    assert not_scaled(ask(4), 4, Bounds(1, 4)) == "AlreadyAtDesiredCapacity"
    assert not_scaled(ask(4, tracks=True, side="in"), 4, Bounds(1, 9)) == "AutoScalingAnticipatedFlapping"
    assert not_scaled(ask(5), 4, Bounds(1, 9)) is None


def test_a26_out_of_zero():
    """A26: a tracking policy cannot compute at zero capacity; a step on HasBacklogWithoutCapacity adds one."""
    wake = stepping(step(1, 0)).step_scaling

    assert wanted_out(0, 3, 5) == wanted_out(0, 30, 5) == 0
    assert adjusted(wake, 1 - 1, 0) == 1


def test_a27_equal_bounds():
    """A27: a minimum that is the maximum is taken."""
    assert list(refused_bounds(register(3, 3))) == []
    assert [each.message for each in refused_bounds(register(4, 3))] == [
        "Maximum capacity cannot be less than minimum capacity"
    ]


def test_a28_an_empty_interval():
    """A28: a step from 0 to 0 is refused."""
    assert [each.message for each in refused_policy(stepping(step(1, 0, 0)))] == [
        "Lower bound must be less than upper bound for a step adjustment"
    ]
