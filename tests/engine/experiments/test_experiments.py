"""The numbers of spec inference 8.1, and what the functions promise for any others."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.experiments.always_valid import likelihood_ratio, wald_limits
from engine.experiments.fixed_sample import Arm, compare, rule_of_thumb, sample_size
from engine.experiments.repeated_looks import (
    false_alarm_rate,
    false_alarm_rate_of_peeking,
    obrien_fleming_bounds,
    pocock_bounds,
)
from engine.experiments.sample_ratio import sample_ratio_p_value


@pytest.mark.parametrize(
    ("how", "per_arm"),
    [
        ({}, 31_234),
        ({"method": "unpooled"}, 31_231),
        ({"method": "arcsine"}, 31_218),
        ({"method": "continuity"}, 31_633),
        ({"two_sided": False}, 24_603),
        ({"power": 0.9}, 41_813),
    ],
)
def test_from_five_to_five_and_a_half_per_cent(how, per_arm):
    """Observations per arm, by each formula (spec inference 8.1)."""
    assert sample_size(0.05, 0.055, **how) == per_arm


def test_the_rule_of_thumb():
    """16 p (1 - p) / d^2 (spec inference 8.1)."""
    assert rule_of_thumb(0.05, 0.055) == 31_836


def test_half_the_lift_needs_about_four_times_as_many():
    """Spec inference 8.1."""
    assert sample_size(0.05, 0.0525) / sample_size(0.05, 0.055) == pytest.approx(4, rel=0.05)


def test_the_size_has_the_power_it_promises():
    """Of experiments of that size the promised share finds the change, within four standard errors."""
    n, dice, runs = sample_size(0.2, 0.25), np.random.default_rng(1), 4000
    first, second = dice.binomial(n, 0.2, runs), dice.binomial(n, 0.25, runs)
    found = sum(compare(Arm(n, int(a)), Arm(n, int(b))).p_value < 0.05 for a, b in zip(first, second, strict=True))

    assert found / runs == pytest.approx(0.8, abs=4 * math.sqrt(0.16 / runs))


def test_the_interval_covers_the_true_difference():
    """In 95 of 100 experiments, within four standard errors."""
    dice, runs = np.random.default_rng(2), 4000
    first, second = dice.binomial(2000, 0.2, runs), dice.binomial(2000, 0.25, runs)
    results = [compare(Arm(2000, int(a)), Arm(2000, int(b))) for a, b in zip(first, second, strict=True)]

    covered = sum(each.low <= 0.05 <= each.high for each in results) / runs
    assert covered == pytest.approx(0.95, abs=4 * math.sqrt(0.95 * 0.05 / runs))


@pytest.mark.parametrize("rates", [(0.0, 0.1), (0.1, 1.0), (0.1, 0.1), (-1, 0.5)])
def test_no_number_finds_nothing(rates):
    """Nor is there a rate outside (0, 1)."""
    with pytest.raises(ValueError, match="two different rates"):
        sample_size(*rates)


@pytest.mark.parametrize(
    ("looks", "rate"), [(1, 0.050), (2, 0.083), (3, 0.107), (5, 0.142), (7, 0.166), (14, 0.220), (28, 0.275)]
)
def test_peeking(looks, rate):
    """False alarms of a nominal .05 at each look (spec inference 8.1)."""
    assert false_alarm_rate_of_peeking(looks) == pytest.approx(rate, abs=0.0006)


@pytest.mark.parametrize(("looks", "bound", "p"), [(7, 2.485, 0.0129), (14, 2.615, 0.0089), (28, 2.721, 0.0065)])
def test_constant_bounds(looks, bound, p):
    """Pocock's keep .05 (spec inference 8.1)."""
    bounds = pocock_bounds(looks)

    assert bounds == pytest.approx([bound] * looks, abs=0.0006)
    assert math.erfc(bounds[0] / math.sqrt(2)) == pytest.approx(p, abs=0.00006)


@pytest.mark.parametrize(("looks", "last", "first"), [(7, 2.063, 5.46), (14, 2.107, 7.88), (28, 2.142, 11.3)])
def test_falling_bounds(looks, last, first):
    """O'Brien's and Fleming's, from the first look to the last (spec inference 8.1)."""
    bounds = obrien_fleming_bounds(looks)

    assert bounds[-1] == pytest.approx(last, abs=0.0006)
    assert bounds[0] == pytest.approx(first, abs=0.06)
    assert list(bounds) == sorted(bounds, reverse=True)


@pytest.mark.parametrize("bounds", [pocock_bounds, obrien_fleming_bounds])
def test_the_bounds_keep_what_they_promise(bounds):
    """Simulated walks without a difference pass them as often as alpha says, within four standard errors."""
    dice, runs, looks = np.random.default_rng(3), 20_000, 7
    walks = dice.standard_normal((runs, looks)).cumsum(axis=1) / np.sqrt(np.arange(1, looks + 1))
    passed = (np.abs(walks) > np.array(bounds(looks, 0.1))).any(axis=1).mean()

    assert passed == pytest.approx(0.1, abs=4 * math.sqrt(0.09 / runs))


@settings(max_examples=40)
@given(st.lists(st.floats(0.5, 5), min_size=1, max_size=6), st.floats(0.5, 5))
def test_one_more_look_is_never_safer(bounds, another):
    """Whatever the bounds are."""
    assert 0 <= false_alarm_rate(bounds) <= false_alarm_rate([*bounds, another]) + 1e-9 <= 1 + 2e-9


def test_a_test_that_may_stop_at_any_time():
    """28 daily looks at 1000 a day and arm give false alarms in .011 of experiments with scale .005 (spec inference
    8.1)."""
    dice, runs, days, daily = np.random.default_rng(4), 3000, 28, 1000
    first, second = (dice.binomial(daily, 0.05, (runs, days)).cumsum(axis=1) for _ in range(2))
    alarms = sum(
        any(
            likelihood_ratio(Arm(daily * (day + 1), int(a[day])), Arm(daily * (day + 1), int(b[day])), 0.005) >= 20
            for day in range(days)
        )
        for a, b in zip(first, second, strict=True)
    )

    assert alarms / runs == pytest.approx(0.011, abs=4 * math.sqrt(0.011 / runs))


def test_the_price_of_stopping_at_any_time():
    """Its power at the size of the fixed test is .49 (spec inference 8.1)."""
    dice, runs, looks = np.random.default_rng(5), 1500, 31
    daily = 31_234 // looks
    first, second = (dice.binomial(daily, rate, (runs, looks)).cumsum(axis=1) for rate in (0.05, 0.055))
    found = sum(
        any(
            likelihood_ratio(Arm(daily * (k + 1), int(a[k])), Arm(daily * (k + 1), int(b[k])), 0.005) >= 20
            for k in range(looks)
        )
        for a, b in zip(first, second, strict=True)
    )

    assert found / runs == pytest.approx(0.49, abs=4 * math.sqrt(0.25 / runs))


@given(st.integers(1, 10**7), st.floats(0, 1), st.floats(0, 1), st.floats(1e-6, 1))
def test_a_ratio_is_never_negative_and_never_overflows(n, one, other, scale):
    """Whatever was counted."""
    ratio = likelihood_ratio(Arm(n, round(n * one)), Arm(n, round(n * other)), scale)

    assert 0 < ratio < math.inf


@given(st.integers(1, 10**5), st.integers(1, 10**5), st.floats(0, 1), st.floats(0, 1))
def test_arms_of_different_length(n, m, one, other):
    """Say less than the longer one twice and more than the shorter one twice, and it does not matter which is first."""
    first, second = Arm(n, round(n * one)), Arm(m, round(m * other))
    effective = 2 * n * m / (n + m)

    assert min(n, m) <= effective * (1 + 1e-12) <= max(n, m) * (1 + 1e-9)
    assert likelihood_ratio(first, second, 0.01) == pytest.approx(likelihood_ratio(second, first, 0.01))


def test_walds_limits():
    """Alpha .05 and beta .2 (spec inference 8.1)."""
    above, below = wald_limits(0.05, 0.2)

    assert (above, round(below, 4)) == (pytest.approx(16), 0.2105)


def test_the_split_is_looked_at_first():
    """10,000 against 10,400 under 50/50 has p .005 (spec inference 8.1)."""
    assert sample_ratio_p_value(10_000, 10_400) == pytest.approx(0.005, abs=0.0005)
    assert sample_ratio_p_value(10_000, 10_000) == 1
    with pytest.raises(ValueError, match="observations"):
        sample_ratio_p_value(0, 0)
