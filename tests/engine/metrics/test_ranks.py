"""Percentiles by bins are those of numpy, whatever the values look like."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from engine.metrics.ranks import percentiles

SHARES = (0.0, 0.5, 0.9, 0.99, 1.0)
latencies = arrays.arrays(np.float64, st.integers(1, 400), elements=st.floats(0, 70, width=32))


@given(latencies)
def test_percentiles_are_numpys(values):
    """Linear between ranks, for ties, single values and outliers too; the values themselves stay as they are."""
    before = values.copy()

    assert percentiles(values, SHARES) == pytest.approx(np.quantile(values, SHARES).tolist(), rel=1e-12, abs=1e-12)
    assert (values == before).all()


@pytest.mark.parametrize("outlier", [1.0, 60.0, 1e6])
def test_a_far_outlier_changes_nothing_but_the_top(outlier):
    """One request that times out squeezes no bin: half, nine tenths and 99 of 100 stay exact."""
    values = np.append(np.random.default_rng(3).lognormal(-3.0, 0.5, 20_000), outlier)

    assert percentiles(values, SHARES) == pytest.approx(np.quantile(values, SHARES).tolist(), rel=1e-12)
