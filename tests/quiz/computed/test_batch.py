"""Batch transform, against sums done by hand."""

from __future__ import annotations

from math import ceil

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.catalogue.instances import instance_types
from quiz.computed import batch

COUNTS = st.integers(1, 12)


@given(st.integers(2, 25), COUNTS, st.integers(1, 30), st.integers(1, 10))
def test_a_job_lasts_as_long_as_its_busiest_instance(files, instances, millions, work):
    """Files are not cut, and each instance gets one more in turn."""
    found = batch.transform_hours(files, instances, millions, work)
    assume(found is not None)
    alone = millions * 1e6 * work / 1000 / 3600

    assert found["hours"] == pytest.approx(ceil(files / instances) * alone / files, abs=0.0051)
    assert found["most"] == ceil(files / instances)
    assert found["shared"] < found["hours"] <= found["alone"] + 0.01


def test_what_comes_out_even_makes_no_question():
    """Nor does one file alone: then sharing the work out by hand gives the same, or nothing is shared."""
    assert batch.transform_hours(8, 4, 8, 5) is None
    assert batch.transform_hours(1, 4, 10, 5) is None


@given(st.integers(1, 6), st.integers(2, 10), st.sampled_from(["ml.m5.xlarge", "ml.g6.xlarge"]), st.integers(20, 108))
def test_all_instances_are_billed_from_start_to_end(files, instances, type, minutes):
    """Also those without a file, also while the model loads, and not while they are waited for."""
    found = batch.transform_bill(files, instances, type, minutes)
    assume(found is not None)
    each = instance_types()[type].usd_per_hour / 60

    assert found["idle"] == instances - files
    assert found["usd"] == pytest.approx(instances * each * (minutes + 2), abs=0.0051)
    assert found["working"] == pytest.approx(files * each * (minutes + 2), abs=0.0051)
    assert found["no_load"] < found["usd"] < found["waited"]


def test_a_job_without_an_idle_instance_or_a_price_makes_no_question():
    """What everybody would get right, and what nobody can know."""
    assert batch.transform_bill(4, 4, "ml.m5.xlarge", 30) is None
    assert batch.transform_bill(2, 4, "ml.x9.huge", 30) is None


@given(st.integers(0, 50), st.integers(0, 50), st.integers(1, 10))
def test_one_of_four_is_above_a_hundred_megabytes(above, first, apart):
    """And a payload that is left out is 6."""
    found = batch.product_limit(above, first, apart)
    settings = [found["refused"], *(found[f"fine_{k}"] for k in (1, 2, 3))]

    def together(text):
        many, size = text.removeprefix("MaxConcurrentTransforms ").split(", MaxPayloadInMB ")
        return int(many) * (6 if size == "left out" else int(size))

    assert len(set(settings)) == 4
    assert [together(each) > 100 for each in settings] == [True, False, False, False]
    assert [together(each) for each in settings] == [found["product"], *(found[f"product_{k}"] for k in (1, 2, 3))]
