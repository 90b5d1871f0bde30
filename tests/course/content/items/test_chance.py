"""Whether something is chance is worked out exactly."""

from __future__ import annotations

from itertools import product
from math import comb, prod

import pytest

from course.content.lint.items.chance import distribution, too_few, too_many


def test_equal_chances_are_the_binomial_distribution():
    """The closed form."""
    assert distribution([0.25] * 10) == pytest.approx(
        [comb(10, k) * 0.25**k * 0.75 ** (10 - k) for k in range(11)], rel=1e-12
    )


def test_unequal_chances_are_all_ways_added_up():
    """Every outcome, one by one."""
    chances = (0.5, 0.25, 1 / 3, 0.2)
    ways = [0.0] * 5
    for outcome in product((False, True), repeat=4):
        ways[sum(outcome)] += prod(p if hit else 1 - p for p, hit in zip(chances, outcome, strict=True))

    assert distribution(chances) == pytest.approx(ways)
    assert too_many(3, chances) == pytest.approx(ways[3] + ways[4])
    assert too_few(1, chances) == pytest.approx(ways[0] + ways[1])
    assert too_many(0, chances) == too_few(4, chances) == pytest.approx(1)
