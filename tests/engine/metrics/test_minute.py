"""The totals of a minute are those of its answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from engine.metrics.minute import ascending, shown_percentiles, total
from engine.serving.model import Model, ServiceTime
from tests.engine.serving.tape import fleet_of

FLEET = fleet_of(Model(service=ServiceTime(mean_ms=10)), 2)
latencies = arrays.arrays(np.float64, st.integers(1, 400), elements=st.floats(0, 70, width=32))


@given(latencies)
def test_percentiles_are_numpys(values):
    """Linear between ranks, for ties, single values and outliers too; the values themselves stay as they are."""
    before = values.copy()
    expected = np.quantile(values, (0.5, 0.9, 0.99)).tolist()

    assert shown_percentiles(ascending(values)) == pytest.approx(expected, rel=1e-12, abs=1e-12)
    assert (values == before).all()


@given(latencies, st.sampled_from([(), ("ModelLatency",), ("OverheadLatency",)]), st.booleans())
def test_totals_do_not_depend_on_what_is_kept(values, kept, shown):
    """Sum, least and most are the same whether single values are kept and percentiles shown or not."""
    status = np.resize(np.array([0, 4, 5, 5, 0], np.uint8), len(values))
    found = total(status, np.stack([values, values / 2, values / 4]), FLEET, kept, shown)

    assert (found.count, found.errors_4xx, found.errors_5xx) == (len(values), (status == 4).sum(), (status == 5).sum())
    for spread, column in ((found.model, values), (found.overhead, values / 2)):
        assert (spread.least, spread.most) == (column.min(), column.max())
        assert spread.total == pytest.approx(column.sum(), rel=1e-12)
    assert (found.model.ordered is not None, found.overhead.ordered is not None) == (
        "ModelLatency" in kept,
        "OverheadLatency" in kept,
    )
    assert len(found.percentiles) == (3 if shown else 0)
