"""What is believed after some answers, and whether its intervals keep their word."""

from __future__ import annotations

from functools import cache
from math import sqrt
from random import Random
from statistics import mean

import pytest

from quiz.mastery.posterior import SURE, Evidence

interval_of = cache(lambda right, of: Evidence(right, of).interval)


def test_before_any_answer():
    """Every share is as likely as every other."""
    nothing = Evidence()

    assert nothing.mean == 0.5
    assert nothing.variance == pytest.approx(1 / 12)
    assert nothing.interval == pytest.approx((0.05, 0.95))


@pytest.mark.parametrize(
    ("right", "of", "estimate", "interval"),
    [
        pytest.param(1, 1, 2 / 3, (0.05 ** (1 / 2), 0.95 ** (1 / 2)), id="one, right"),
        pytest.param(0, 1, 1 / 3, (1 - 0.95 ** (1 / 2), 1 - 0.05 ** (1 / 2)), id="one, wrong"),
        pytest.param(9, 9, 10 / 11, (0.05 ** (1 / 10), 0.95 ** (1 / 10)), id="nine, all right"),
        pytest.param(0, 9, 1 / 11, (1 - 0.95 ** (1 / 10), 1 - 0.05 ** (1 / 10)), id="nine, all wrong"),
        pytest.param(1, 2, 1 / 2, (0.1353503, 0.8646497), id="roots of 3x^2 - 2x^3"),
    ],
)
def test_closed_forms(right, of, estimate, interval):
    """Laplace's rule of succession, and quantiles of powers."""
    found = Evidence(right, of)

    assert found.mean == pytest.approx(estimate)
    assert found.interval == pytest.approx(interval, abs=1e-6)


def test_what_is_kept_scales_everything():
    """Known then, known now as far as it is remembered."""
    then, now = Evidence(7, 10), Evidence(7, 10, 0.8)

    assert now.mean == pytest.approx(0.8 * then.mean)
    assert now.variance == pytest.approx(0.64 * then.variance)
    assert now.interval == pytest.approx([0.8 * end for end in then.interval])


def covered(skills, answers, random):
    """Return how often the interval holds the skill that decided over the answers."""
    hits = []
    for skill in skills:
        low, high = interval_of(sum(random.random() < skill for _ in range(answers)), answers)
        hits.append(low <= skill <= high)
    return mean(hits)


@pytest.mark.parametrize("answers", [1, 5, 20, 60])
def test_intervals_cover_what_they_say(answers):
    """Of learners whose skill may be any, nine in ten intervals hold it; five standard errors are allowed."""
    random, learners = Random(answers), 3000
    found = covered([random.random() for _ in range(learners)], answers, random)

    assert found == pytest.approx(SURE, abs=5 * sqrt(SURE * (1 - SURE) / learners))


@pytest.mark.parametrize("skill", [0.3, 0.5, 0.7, 0.85])
def test_intervals_cover_each_skill(skill):
    """Of a skill that is fixed, which no interval from whole numbers can cover exactly as often as it says."""
    assert covered([skill] * 1500, 40, Random(3)) == pytest.approx(SURE, abs=0.04)


@pytest.mark.parametrize(("right", "of", "kept"), [(2, 1, 1.0), (-1, 1, 1.0), (0, 0, 0.0), (0, 0, 1.1)])
def test_no_evidence(right, of, kept):
    """More right than asked, or more kept than known."""
    with pytest.raises(ValueError, match="cannot be right"):
        Evidence(right, of, kept)
