"""What goes on at other endpoints, be it what it may, is nothing to the first: they share an account, and no chance."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.live import Live
from engine.plan import Plan
from engine.requests.sagemaker import (
    AsyncInferenceConfig,
    CreateEndpoint,
    DeleteEndpoint,
    DesiredWeightAndCapacity,
    EndpointConfig,
    ProductionVariant,
    ServerlessConfig,
    UpdateEndpoint,
    UpdateEndpointWeightsAndCapacities,
)
from engine.simulate import simulate
from engine.traffic.arrivals import Arrivals
from engine.traffic.workload import Workload
from engine.world import Endpoint, OtherEndpoint
from tests.engine.autoscaling.policies import register, tracking
from tests.engine.rollouts import canary, config, errors_alarm, failing, in_batches, later, update, world
from tests.engine.sagemaker.shadow_tests.experiments import created as shadow_test

SERVERLESS = EndpointConfig(
    endpoint_config_name="s1",
    production_variants=(
        ProductionVariant(
            variant_name="main",
            model_name="v1",
            serverless_config=ServerlessConfig(memory_size_in_mb=2048, max_concurrency=20),
        ),
    ),
)
ASYNCHRONOUS = replace(config("a1", 2, model_name="v1"), async_inference_config=AsyncInferenceConfig())
ALONE = world(new=failing(), configs=(*world().configs, SERVERLESS, ASYNCHRONOUS))
MINE = (
    later(0, errors_alarm()),
    later(0.5, update(canary(alarms=("errors",)))),
    later(900, register(3, 8)),
    later(900, tracking(60)),
)
ENDPOINTS = st.sampled_from(["other", "third", "fourth"])
CONFIGS = st.sampled_from(["v1", "v2", "s1", "a1"])
POLICIES = st.sampled_from([None, canary(), canary(alarms=("errors",)), in_batches()])


def capacity(name, count):
    """Return a request for so many instances."""
    changes = (DesiredWeightAndCapacity(variant_name="main", desired_instance_count=count),)
    return UpdateEndpointWeightsAndCapacities(endpoint_name=name, desired_weights_and_capacities=changes)


REQUESTS = st.one_of(
    st.builds(lambda name, to: CreateEndpoint(endpoint_name=name, endpoint_config_name=to), ENDPOINTS, CONFIGS),
    st.builds(lambda name: DeleteEndpoint(endpoint_name=name), ENDPOINTS),
    st.builds(
        lambda name, to, how: UpdateEndpoint(endpoint_name=name, endpoint_config_name=to, deployment_config=how),
        ENDPOINTS,
        CONFIGS,
        POLICIES,
    ),
    st.builds(lambda name: replace(register(2, 6), resource_id=f"endpoint/{name}/variant/main"), ENDPOINTS),
    st.builds(lambda name: replace(shadow_test(), endpoint_name=name, name=f"test-{name}"), ENDPOINTS),
    st.builds(capacity, ENDPOINTS, st.integers(1, 6)),
)
OTHERS = st.builds(
    lambda name, to, rate: OtherEndpoint(
        endpoint=Endpoint(endpoint_name=name, endpoint_config_name=to), workload=Workload(rate=rate)
    ),
    ENDPOINTS,
    st.sampled_from(["v1", "s1", "a1", ""]),
    st.sampled_from([0.0, 1.0, 9.0]),
)


def carried_out(run):
    """Return what happened to the first endpoint and was not refused: about a name that nobody knows it is told too."""
    return [each for each in run.events if "endpoint" not in each.detail and not each.is_refusal]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(OTHERS, max_size=2, unique_by=lambda each: each.endpoint.endpoint_name),
    st.lists(st.builds(later, st.sampled_from([0, 0.5, 7.25, 60, 240, 600]), REQUESTS), max_size=9),
    st.integers(1, 5),
    st.booleans(),
)
def test_the_first_is_what_it_is_alone(others, theirs, seed, before):
    """Also where something comes to both at one moment, whoever is first; and lived through it is what is simulated."""
    where = replace(ALONE, other_endpoints=tuple(others))
    steps = (*theirs, *MINE) if before else (*MINE, *theirs)
    alone, run = simulate(ALONE, Plan(MINE), seed), simulate(where, Plan(steps), seed)

    assert carried_out(run) == carried_out(alone)
    assert (run.outcome, run.requests, run.traffic, run.instances) == (
        alone.outcome,
        alone.requests,
        alone.traffic,
        alone.instances,
    )
    assert run.endpoint_history == alone.endpoint_history
    minutes = int(ALONE.duration_s // 60) - 5  # what is visible by then, however long one of the runs goes on
    assert _points(run, minutes) == _points(alone, minutes)

    live = Live(where, Arrivals(where.workload, seed))
    for step in sorted(steps, key=lambda step: step.after_s):
        live.advance(where.update_at_s + step.after_s)
        live.submit(step.request)
        live.catch_up()
    live.advance(where.duration_s)
    assert list(live.result().events) == [each for each in run.events if each.t < where.duration_s]


def _points(run, minutes):
    return [(each.name, each.dimensions, each.stat, each.points[:minutes]) for each in run.metrics]
