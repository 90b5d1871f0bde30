"""Each family about updates against an independent closed form."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quiz.computed import moments, sizes

MINUTES = st.integers(1, 60)
BOUNDS = {"CanarySize": (1, 50), "LinearStepSize": (10, 50), "MaximumBatchSize": (5, 50)}


def worked_out(figures):
    """The figures; whoever made none is passed over."""
    assume(figures is not None)
    return figures


@given(st.integers(1, 10), st.integers(4, 10), st.integers(2, 30), st.integers(3, 300))
def test_a_linear_update_climbs_stairs(step, shifts, wait, minute):
    """One step at once, another after each wait; the straight line ends where the stairs do."""
    found = worked_out(moments.at_minute(step * shifts, step, wait, minute))
    done = 1 + minute // wait

    assert found["done"] == done
    assert found["share"] == pytest.approx(100 * done / shifts, abs=0.051)
    assert found["after"] - found["before"] == pytest.approx(200 / shifts, abs=0.11)
    assert found["ramp"] == pytest.approx(100 * minute / (wait * (shifts - 1)), abs=0.051)


@given(st.integers(4, 20), MINUTES, MINUTES, MINUTES)
def test_only_a_canary_waits_between_shifts(instances, launch, wait, bake):
    """All at once there is nothing to wait between."""
    canary, at_once = (moments.lasts(type, instances, launch, wait, bake) for type in ("CANARY", "ALL_AT_ONCE"))

    assert worked_out(canary)["minutes"] == launch + wait + bake
    assert worked_out(at_once)["minutes"] == launch + bake


@given(st.integers(1, 40), MINUTES, MINUTES)
def test_a_bake_bills_the_second_fleet_from_its_start(instances, launch, bake):
    """For the whole update, not for the bake alone."""
    found = moments.second_fleet_billed(instances, launch, bake)

    assert found["extra"] == instances * (launch + bake)


@given(st.integers(2, 20), st.integers(1, 10), MINUTES, MINUTES, MINUTES, st.integers(1, 200))
def test_a_canary_has_three_phases(instances, size, launch, wait, bake, minute):
    """It starts, bakes with a part and bakes with everything; no moment at which one becomes the next is asked."""
    found = moments.phase(instances, size, launch, wait, bake, minute)
    ends = (launch, launch + wait, launch + wait + bake)
    assume(2 * size <= instances)
    right = next((word for end, word in zip(ends, ("starting", " %", "stands by"), strict=True) if minute < end), None)

    assert (found is None) == (minute in ends or right is None)
    if found and right:
        assert right in found["right"]
        assert len({found["right"], *(found[f"wrong_{k}"] for k in (1, 2, 3))}) == 4


@given(st.integers(0, 10**6), st.sampled_from([20, 40, 60]))
def test_first_shares_rise(first, instances):
    """Percentages are themselves in these fleets, numbers of instances are divided by all."""
    found = worked_out(sizes.first_shares(first, instances))
    shares = []
    for place in range(1, 5):
        *_, type, value = (
            "CAPACITY_PERCENT 100" if found[f"update_{place}"] == "All at once" else found[f"update_{place}"]
        ).split()
        shares.append(float(value) if type == "CAPACITY_PERCENT" else 100 * int(value) / instances)
        assert found[f"share_{place}"] == pytest.approx(shares[-1], abs=0.051)

    assert shares == sorted(set(shares))


@given(st.sampled_from(sorted(BOUNDS)), st.integers(10, 60), st.integers(0, 10**6))
def test_sizes_are_within_their_bounds_or_not(field, instances, first):
    """A number of instances is judged by its share; both types are among what is accepted and refused."""
    found = worked_out(sizes.sizes(field, instances, first))
    low, high = BOUNDS[field]
    for name in ("ok", "no"):
        for place in (1, 2, 3):
            type, value = found[f"{name}_{place}"].split()
            share = int(value) if type == "CAPACITY_PERCENT" else 100 * int(value) / instances
            assert (low <= share <= high) == (name == "ok")
    assert (found["low"], found["high"]) == (low, high)
    assert len({found[f"{name}_{place}"] for name in ("ok", "no") for place in (1, 2, 3)}) == 6


@given(st.integers(3, 25), st.sampled_from([100, 200, 500, 1000]))
def test_a_fleet_is_large_enough_for_its_canary(most, rate):
    """One instance of so many is at most that share, and one of one fewer is not."""
    found = worked_out(sizes.smallest_fleet(most * rate // 100, rate))

    assert found["fewest"] == math.ceil(100 / most)
    assert 100 / (found["fewest"] - 1) > most
