"""The Beta distribution against its closed forms."""

from __future__ import annotations

from math import asin, comb, pi, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.mastery.beta import below, quantile

XS = st.floats(0.001, 0.999)
SIZES = st.floats(0.5, 500.0)


@settings(max_examples=50)
@given(XS, st.floats(0.2, 200.0))
def test_powers(x, a):
    """Beta(1, 1) is uniform; Beta(a, 1) has x^a, and Beta(1, b) mirrors it."""
    assert below(x, 1, 1) == pytest.approx(x)
    assert below(x, a, 1) == pytest.approx(x**a, abs=1e-12)
    assert below(x, 1, a) == pytest.approx(1 - (1 - x) ** a, abs=1e-12)


@given(XS)
def test_the_arcsine(x):
    """Beta(1/2, 1/2), by which Jeffreys believed."""
    assert below(x, 0.5, 0.5) == pytest.approx(2 / pi * asin(sqrt(x)))


@settings(max_examples=50)
@given(XS, st.integers(1, 40), st.integers(1, 40))
def test_whole_numbers_are_binomial(x, a, b):
    """At least a successes in a + b - 1 trials (DLMF 8.17.5)."""
    n = a + b - 1
    expected = sum(comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1))

    assert below(x, a, b) == pytest.approx(expected, abs=1e-11)


@settings(max_examples=50)
@given(XS, SIZES, SIZES)
def test_the_mirror(x, a, b):
    """I_x(a, b) = 1 - I_{1-x}(b, a), and it grows with x."""
    assert below(x, a, b) == pytest.approx(1 - below(1 - x, b, a), abs=1e-9)
    assert below(x / 2, a, b) <= below(x, a, b)


@settings(max_examples=50)
@given(XS, SIZES, SIZES)
def test_a_quantile_leads_back(p, a, b):
    """The distribution at a quantile is its probability."""
    assert below(quantile(p, a, b), a, b) == pytest.approx(p, abs=1e-8)


def test_ends():
    """Nothing lies beyond 0 and 1."""
    assert [below(x, 2, 3) for x in (-1, 0, 1, 2)] == [0.0, 0.0, 1.0, 1.0]


@pytest.mark.parametrize(("a", "b"), [(0, 1), (1, -1)])
def test_no_distribution(a, b):
    """Both numbers must be positive."""
    with pytest.raises(ValueError, match="two positive numbers"):
        below(0.5, a, b)


@pytest.mark.parametrize("p", [0.0, 1.0, -0.1, float("nan")])
def test_no_probability(p):
    """The ends have no quantile of their own."""
    with pytest.raises(ValueError, match="between 0 and 1"):
        quantile(p, 2, 3)
