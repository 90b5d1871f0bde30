"""Any plan with numbers to turn, in any world, for Hypothesis; most of them AWS would accept."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from engine.plan import Plan
from engine.requests.sagemaker import (
    CapacitySize,
    DesiredWeightAndCapacity,
    EndpointConfig,
    ProductionVariant,
    UpdateEndpointWeightsAndCapacities,
)
from engine.timing import Timing
from tests.engine.rollouts import all_at_once, canary, errors_alarm, in_batches, later, linear, update, world

counts = st.sampled_from([4, 9, 12, 20, 37, 100])


@st.composite
def worlds(draw):
    """Draw a world whose endpoint has one variant or two, scaled or not, in an account with a quota or without one."""
    names = draw(st.sampled_from([("main",), ("main",), ("main", "other")]))
    return world(
        configs=tuple(
            EndpointConfig(
                endpoint_config_name=version,
                production_variants=tuple(
                    ProductionVariant(variant_name=name, model_name=version, initial_instance_count=draw(counts))
                    for name in names
                ),
            )
            for version in ("v1", "v2")
        ),
        endpoint={"instance_counts": draw(st.none() | st.fixed_dictionaries(dict.fromkeys(names, counts)))},
        timing=Timing(percent_rounding=draw(st.sampled_from(["half-up", "ceil", "floor"]))),
        instance_quota=draw(st.sampled_from([None, None, 40, 300])),
    )


sizes = st.one_of(
    st.builds(CapacitySize, type=st.just("CAPACITY_PERCENT"), value=st.integers(1, 50)),
    st.builds(CapacitySize, type=st.just("INSTANCE_COUNT"), value=st.sampled_from([1, 1, 2, 3, 4, 10])),
)
waits = st.sampled_from([0, 45, 300, 3600])
policies = st.one_of(
    st.builds(all_at_once, waits),
    st.builds(canary, sizes, waits, waits),
    st.builds(linear, sizes, waits, waits),
    st.builds(in_batches, sizes, waits),
)
updates = st.builds(update, st.none() | policies, retain_all_variant_properties=st.booleans())


@st.composite
def alarms(draw):
    """Draw an alarm on errors with any window and threshold."""
    n = draw(st.sampled_from([1, 2, 3, 4, 5, 12, 24, 70]))
    return errors_alarm(
        period=draw(st.sampled_from([60, 300, 3600, 21_600])),
        evaluation_periods=n,
        datapoints_to_alarm=draw(st.none() | st.integers(1, n)),
        threshold=draw(st.sampled_from([0.0, -3.0, 0.2, 5, 1e308, 5e-324]) | st.floats(-1e6, 1e6)),
    )


@st.composite
def plans(draw):
    """Draw an update, perhaps with alarms, perhaps after the endpoint was scaled, perhaps with another update after
    it that does the same."""
    guards = draw(st.lists(alarms(), max_size=2))
    first = draw(updates)
    if draw(st.booleans()):
        return Plan.of(*guards, first)
    steps = [later(0, guard) for guard in guards]
    if draw(st.booleans()):
        desired = DesiredWeightAndCapacity(variant_name="main", desired_instance_count=draw(counts))
        scaling = UpdateEndpointWeightsAndCapacities(endpoint_name="churn", desired_weights_and_capacities=(desired,))
        steps.append(later(0, scaling))
    steps.append(later(600, first))
    if draw(st.booleans()):
        again = replace(first, deployment_config=None, retain_deployment_config=True)
        steps.append(later(20_000, again))
    return Plan(tuple(steps))
