"""From CapacitySize to instances (spec sagemaker 1.3, 2.3)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.requests.sagemaker import EndpointConfig, ProductionVariant
from engine.sagemaker.capacity import Desired, Newcomer, counterpart, instances_of, new_fleets, steps
from engine.sagemaker.updates.terms import (
    CANARY_SIZE,
    LINEAR_STEP_SIZE,
    MAXIMUM_BATCH_SIZE,
    ROLLBACK_MAXIMUM_BATCH_SIZE,
    SIZES,
)
from engine.timing import Timing
from tests.engine.rollouts import percent, update

fleets = st.integers(1, 200)
roundings = st.sampled_from(["half-up", "ceil", "floor"])


@pytest.mark.parametrize(
    "rounding, expected", [("half-up", 1), ("ceil", 1), ("floor", 1)], ids=["half-up", "ceil", "floor: at least 1"]
)
def test_a_third_of_three(rounding, expected):
    """33 % of 3 is 1 instance (spec sagemaker 1.3)."""
    assert instances_of(percent(33), 3, Timing(percent_rounding=rounding), CANARY_SIZE) == expected


@pytest.mark.parametrize("rounding, expected", [("half-up", 3), ("ceil", 3), ("floor", 2)])
def test_rounding_is_a_parameter(rounding, expected):
    """25 % of 10 is 2.5 instances, and nobody published what becomes of the half."""
    assert instances_of(percent(25), 10, Timing(percent_rounding=rounding), CANARY_SIZE) == expected


@pytest.mark.parametrize("value, fleet, expected", [(5, 4, 1), (50, 4, 2), (1, 1, 1)])
def test_a_count_is_not_a_percentage(value, fleet, expected):
    """5 % of 4 instances is 1 instance, that is 25 % of them (spec labs 12)."""
    assert instances_of(percent(value), fleet, Timing(), CANARY_SIZE) == expected


@pytest.mark.parametrize(
    "terms, value, fleet, expected",
    [
        *((CANARY_SIZE, 50, fleet, fleet // 2) for fleet in (3, 5, 7, 9)),
        (MAXIMUM_BATCH_SIZE, 50, 7, 3),
        (LINEAR_STEP_SIZE, 10, 14, 2),  # one would be 7.1 %, and a step has at least 10 %
        (MAXIMUM_BATCH_SIZE, 5, 30, 2),
        (CANARY_SIZE, 33, 3, 1),
        (CANARY_SIZE, 50, 1, 1),  # no whole number of one instance is half of it
        (ROLLBACK_MAXIMUM_BATCH_SIZE, 100, 7, 7),
    ],
)
def test_rounding_keeps_the_bounds(terms, value, fleet, expected):
    """What AWS refuses as a number of instances does not come out of a percentage."""
    assert instances_of(percent(value), fleet, Timing(), terms) == expected


@given(st.sampled_from(SIZES), fleets, roundings, st.data())
def test_a_percentage_stays_within_the_bounds_of_its_size(terms, fleet, rounding, data):
    """At least one, at most all, and as near to the exact share as whole instances and AWS's bounds allow."""
    value = data.draw(st.integers(terms.low, terms.high))
    count = instances_of(percent(value), fleet, Timing(percent_rounding=rounding), terms)

    assert 1 <= count <= fleet
    assert abs(count - fleet * value / 100) <= 1
    if any(terms.low * fleet <= 100 * each <= terms.high * fleet for each in range(1, fleet + 1)):
        assert terms.low * fleet <= 100 * count <= terms.high * fleet


@given(fleets, fleets)
def test_steps_add_up_to_the_fleet(size, fleet):
    """Each step is as large as asked, the last one what is left."""
    rows = steps(min(size, fleet), fleet)
    sizes = [after - before for before, after in zip((0, *rows), rows, strict=False)]

    assert rows[-1] == fleet
    assert set(sizes[:-1]) <= {min(size, fleet)}
    assert 0 < sizes[-1] <= size


@given(fleets, fleets, st.data())
def test_old_instances_go_as_new_ones_come(old, new, data):
    """The old fleet loses the share that the new one gains, and keeps an instance as long as it has a share."""
    enabled = data.draw(st.integers(0, new).map(lambda missing: new - missing))
    kept = counterpart(old, new, enabled)

    assert (kept == 0) == (enabled == new)
    assert kept <= old
    if 0 < enabled < new:
        assert abs(kept - old * (1 - enabled / new)) <= 1


@pytest.mark.parametrize("enabled, kept", [(0, 2), (2, 2), (5, 1), (8, 1), (9, 1), (10, 0)])
def test_a_small_old_fleet_beside_a_large_new_one(enabled, kept):
    """Two old instances beside ten new ones: a fifth of the traffic, or a tenth, still needs one of them."""
    assert counterpart(2, 10, enabled) == kept


MAIN, OTHER = (ProductionVariant(variant_name=name, model_name="v2", initial_instance_count=2) for name in "ab")
RUNNING = {"a": Desired(12, 3.0)}


@pytest.mark.parametrize(
    "settings, count, weight",
    [
        pytest.param({}, 2, 1.0, id="the configuration says"),
        pytest.param({"retain_all_variant_properties": True}, 12, 3.0, id="retained"),
        pytest.param(
            {
                "retain_all_variant_properties": True,
                "exclude_retained_variant_properties": ("DesiredInstanceCount",),
            },
            2,
            3.0,
            id="retained, but not the count",
        ),
        pytest.param(
            {"retain_all_variant_properties": True, "exclude_retained_variant_properties": ("DesiredWeight",)},
            12,
            1.0,
            id="retained, but not the weight",
        ),
        pytest.param(
            {"exclude_retained_variant_properties": ("DesiredWeight",)}, 2, 1.0, id="nothing is retained anyway"
        ),
    ],
)
def test_what_a_new_fleet_begins_with(settings, count, weight):
    """RetainAllVariantProperties keeps count and weight of the variant of the same name (spec sagemaker 1.6); a new
    variant has what its configuration says."""
    config = EndpointConfig(endpoint_config_name="v2", production_variants=(MAIN, OTHER))
    found = new_fleets(config, update(None, **settings), RUNNING)

    assert found == (Newcomer(MAIN, count, weight), Newcomer(OTHER, 2, 1.0))
