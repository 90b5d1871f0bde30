"""The probability of passing against exact sums and simulated sittings."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from random import Random
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.mastery.passing import Part, passing, shared_out
from quiz.mastery.posterior import Evidence

MARK = (720 - 100) / 900


def test_nothing_known():
    """Then any number of right answers is as likely as any other."""
    found = passing([Part(1.0, Evidence())], 50, MARK)

    assert found.p == pytest.approx(16 / 51), "35 to 50 of 0 to 50"
    assert (found.share_low, found.share_high) == pytest.approx((0.05, 0.95))


@settings(max_examples=30)
@given(st.integers(0, 30), st.integers(0, 30), st.integers(1, 40))
def test_one_part_is_exact(right, wrong, questions):
    """The rule of succession for several questions, in whole numbers (Beta-binomial)."""
    needed = -(-MARK * questions // 1)
    total = Fraction(0)
    for k in range(int(needed), questions + 1):
        ways = comb(right + k, k) * comb(wrong + questions - k, questions - k)
        total += Fraction(ways, comb(right + wrong + questions + 1, questions))

    assert passing([Part(3.0, Evidence(right, right + wrong))], questions, MARK).p == pytest.approx(float(total))


def test_parts_against_simulated_sittings():
    """Four domains, some of it forgotten: skills drawn from what is believed, and a sitting with each."""
    parts = [
        Part(28, Evidence(20, 25)),
        Part(24, Evidence(18, 25, 0.9)),
        Part(24, Evidence(30, 35)),
        Part(24, Evidence(8, 12, 0.95)),
    ]
    random, counts = Random(5), shared_out([part.weight for part in parts], 50)

    def passes():
        right = 0
        for part, count in zip(parts, counts, strict=True):
            skill = part.evidence.kept * random.betavariate(*part.evidence.then)
            right += sum(random.random() < skill for _ in range(count))
        return right >= 35

    found = passing(parts, 50, MARK)

    assert found.p == pytest.approx(mean(passes() for _ in range(4000)), abs=0.035)
    assert found.low < found.p < found.high


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(300, 300, 0.999, 1.0), (0, 300, 0.0, 0.001), (690, 1000, 0.4, 0.7), (1000, 1000, 0.9999, 1.0)],
)
def test_learners_of_whom_all_is_known(right, of, low, high):
    """Who knows all passes, who knows nothing fails, and who is at the mark tosses a coin."""
    assert low <= passing([Part(1, Evidence(right, of)), Part(1, Evidence(right, of))], 50, MARK).p <= high


def test_more_evidence_narrows():
    """With ten times the answers of the same share the interval is narrower."""
    few, many = (passing([Part(1, Evidence(7 * n, 10 * n))], 50, MARK) for n in (1, 10))

    assert many.high - many.low < few.high - few.low
    assert many.share_high - many.share_low < few.share_high - few.share_low


def test_a_mark_of_nothing_and_of_everything():
    """Whoever must do nothing passes; who must do all passes with the probability of that."""
    assert passing([Part(1, Evidence())], 10, 0.0).p == pytest.approx(1.0)
    assert passing([Part(1, Evidence())], 10, 1.0).p == pytest.approx(1 / 11)


@given(st.lists(st.integers(0, 100), min_size=1, max_size=6).filter(any), st.integers(0, 90))
def test_sharing_out(weights, count):
    """All is given away, and nobody is more than one away from the exact share."""
    found = shared_out(weights, count)

    assert sum(found) == count
    assert all(abs(each - count * weight / sum(weights)) < 1 for each, weight in zip(found, weights, strict=True))


def test_mla_c01():
    """50 scored questions by 28, 26, 22 and 24 %."""
    assert shared_out([28, 26, 22, 24], 50) == (14, 13, 11, 12)


@pytest.mark.parametrize(("weights", "questions"), [([1.0], 0), ([], 50), ([0.0, 0.0], 50), ([-1.0, 2.0], 50)])
def test_no_exam(weights, questions):
    """Without questions or weights there is nothing to pass."""
    with pytest.raises(ValueError, match="an exam has questions"):
        passing([Part(weight, Evidence()) for weight in weights], questions, MARK)
