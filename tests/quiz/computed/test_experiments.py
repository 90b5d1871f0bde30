"""How long A/B tests take, how often looking fools, which split is broken: against closed forms and simulated walks."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quiz.computed import experiments

BASES, LIFTS = st.sampled_from([2, 4, 5, 8, 10, 20, 30]), st.sampled_from([0.5, 1, 1.5, 2, 3])
Z_OF_BOTH = 1.959964 + 0.841621
"""What 5 % two-sided and a power of 80 % ask for, in standard deviations."""


@pytest.mark.parametrize("looks", [2, 3, 5, 7, 14])
def test_as_many_are_fooled_as_walks_that_cross_the_line(looks):
    """Of 40,000 walks without a drift, within four standard errors."""
    found = experiments.fooled(1000, looks) or experiments.fooled(200, looks)
    walks = np.cumsum(np.random.default_rng(3).normal(size=(40_000, looks)), axis=1) / np.sqrt(np.arange(1, looks + 1))
    crossed = float((np.abs(walks) > 1.96).any(axis=1).mean())

    if found is not None:
        assert found["rate"] / 100 == pytest.approx(
            crossed, abs=4 * math.sqrt(crossed * (1 - crossed) / 40_000) + 0.0005
        )
        assert f"| {looks} | {found['rate']} % |" in found["rates"]


@given(st.sampled_from([20, 40, 60, 100, 200]), st.sampled_from([2, 3, 5, 7, 14]))
def test_more_are_fooled_than_five_per_cent_and_fewer_than_by_looks_apart(tests, looks):
    """Later looks know what earlier ones saw."""
    found = experiments.fooled(tests, looks)
    assume(found is not None)

    assert found["nominal"] < found["fooled"] < found["apart"] < found["added"]
    assert found["fooled"] == round(tests * found["rate"] / 100)


@given(BASES, LIFTS)
def test_callers_per_arm(base, lift):
    """Sixteen variances over the square of the lift; the full formula says nearly the same."""
    found = experiments.per_arm(base, lift)
    assume(found is not None)
    mean, gap = (base + lift / 2) / 100, lift / 100

    assert found["count"] == pytest.approx(16 * mean * (1 - mean) / gap**2, abs=0.5001)
    assert found["exact"] == pytest.approx(2 * Z_OF_BOTH**2 * mean * (1 - mean) / gap**2, rel=0.01)
    assert found["half"] > 3.5 * found["thousands"]


@given(BASES, LIFTS, st.sampled_from([1000, 4000, 10_000]), st.sampled_from([2, 3, 4, 9]), st.just(1))
def test_days_until_the_smaller_arm_is_full(base, lift, daily, first, second):
    """One day fewer would not do."""
    found = experiments.days(base, lift, daily, first, second)
    assume(found is not None)
    share = second / (first + second)

    assert found["days"] * daily * share >= found["count"] > (found["days"] - 1) * daily * share
    assert found["alone"] < found["larger"] < found["equal"] < found["days"]


@given(st.integers(0, 500))
def test_one_split_is_broken(draw):
    """(a - b)^2 / (a + b) is chi-square with one degree of freedom: 10.83 is p .001, and 2.71 is p .1."""
    found = experiments.splits(draw)
    names = ("broken", "fine_1", "fine_2", "fine_3")
    arms = {name: [int(n.replace(",", "")) for n in re.findall(r"[\d,]+", found[name])] for name in names}
    square = {name: (a - b) ** 2 / (a + b) for name, (a, b) in arms.items()}

    assert square["broken"] > 10.82 and all(square[name] < 2.71 for name in names[1:])
    assert len({found[name] for name in names}) == 4
