"""Running sums in whole numbers are those of exact arithmetic."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from engine.running_sum import running_sum

numbers = arrays.arrays(np.float64, st.integers(0, 200), elements=st.floats(-1e6, 1e6, allow_subnormal=False))


def most_of(values):
    """Return a bound on every sum on the way."""
    return float(np.abs(values).sum()) + 1e-3


@given(numbers)
def test_every_sum_is_that_of_exact_arithmetic(values):
    """To the last bits of the largest sum, however many come before; the values themselves stay as they are."""
    before, most = values.copy(), most_of(values)
    exact = [math.fsum(values[: k + 1]) for k in range(len(values))]

    np.testing.assert_allclose(running_sum(values, most), exact, rtol=0, atol=2 * math.ulp(most))
    assert (values == before).all()


def test_nothing_is_lost_over_many():
    """A million tenths are a hundred thousand, closer than adding them up one by one comes."""
    tenths = np.full(1_000_000, 0.1)
    exact = math.fsum(tenths)

    assert abs(running_sum(tenths, 1e5 + 1)[-1] - exact) < abs(tenths.cumsum()[-1] - exact) / 10


@given(numbers.map(np.abs))
def test_sums_of_what_is_not_negative_never_fall(values):
    """Arrivals come in order."""
    assert (np.diff(running_sum(values, most_of(values))) >= 0).all()
