"""The life of an endpoint: created, in service or failed, deleted, created again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.plan import Plan
from engine.requests.autoscaling import RegisterScalableTarget
from engine.requests.experiments import CreateInferenceExperiment, ModelVariant, ShadowMode
from engine.requests.sagemaker import (
    AsyncInferenceConfig,
    CreateEndpoint,
    DeleteEndpoint,
    DeleteEndpointConfig,
    DesiredWeightAndCapacity,
    ServerlessConfig,
    UpdateEndpointWeightsAndCapacities,
)
from engine.simulate import simulate
from engine.traffic.workload import Workload
from engine.world import Endpoint
from tests.engine.rollouts import (
    OF_BOTH,
    STEADY,
    all_at_once,
    config,
    errors_alarm,
    later,
    model,
    update,
    world,
)
from tests.engine.serving.tape import arrived

CREATE = CreateEndpoint(endpoint_name="churn", endpoint_config_name="v1")
DELETE = DeleteEndpoint(endpoint_name="churn")
ARN = "arn:aws:sagemaker:us-east-1:111122223333:endpoint/churn"
GONE = {"Error": {"Code": "ValidationException", "Message": f'Could not find endpoint "{ARN}".'}}
NO_CAPACITY = "Unable to provision requested ML compute capacity due to InsufficientInstanceCapacity error."
PING = (
    "The primary container for production variant main did not pass the ping health check. "
    "Please check CloudWatch logs for this endpoint."
)
AT = 306.0
"""When a world sends its plan."""
WEIGHTS = UpdateEndpointWeightsAndCapacities(
    endpoint_name="churn",
    desired_weights_and_capacities=(DesiredWeightAndCapacity(variant_name="main", desired_instance_count=6),),
)
REGISTER = RegisterScalableTarget(
    service_namespace="sagemaker",
    resource_id="endpoint/churn/variant/main",
    scalable_dimension="sagemaker:variant:DesiredInstanceCount",
    min_capacity=2,
    max_capacity=6,
)
TEST = CreateInferenceExperiment(
    name="try",
    role_arn="arn:aws:iam::111122223333:role/sagemaker",
    endpoint_name="churn",
    model_variants=(
        ModelVariant(variant_name="main", model_name="v1", instance_type="ml.m5.large", instance_count=4),
        ModelVariant(variant_name="shadow", model_name="v2", instance_type="ml.m5.large", instance_count=1),
    ),
    shadow_mode=ShadowMode(source_variant="main", shadow_variant="shadow", sampling_percentage=50),
)


def empty(**changes):
    """Return a world whose endpoint is still to be created."""
    return replace(world(**{"timing": STEADY, **changes}), endpoint=Endpoint(endpoint_name="churn"))


def plan(*requests):
    """Return a plan of requests, each with its seconds."""
    return Plan(tuple(later(after_s, request) for after_s, request in requests))


def statuses(run):
    """Return EndpointStatus over time; None where there is no endpoint."""
    seen = [(t, answer.get("EndpointStatus")) for t, answer in run.endpoint_history]
    return [each for k, each in enumerate(seen) if k == 0 or seen[k - 1][1] != each[1]]


def refusals(run):
    """Return when which code and message came."""
    return [(e.t - AT, e.what, e.detail["message"]) for e in run.events if e.is_refusal]


def invocations(run):
    """Return Invocations by minute, of the variant."""
    series = [m for m in run.metrics if (m.name, dict(m.dimensions).keys()) == ("Invocations", dict(OF_BOTH).keys())]
    return series[0].points if series else ()


def test_creating_then_in_service():
    """Creation takes as long as instances take (spec sagemaker 3.2, 4.5); until then DescribeEndpoint shows none."""
    run = simulate(empty(), Plan.of(CREATE), 1)

    assert statuses(run) == [(0.0, None), (AT, "Creating"), (AT + 157, "InService")]
    assert run.describe_endpoint(0) == GONE
    [creating] = run.describe_endpoint(AT)["ProductionVariants"]
    [serving] = run.endpoint["ProductionVariants"]
    assert (creating["CurrentInstanceCount"], creating["DesiredInstanceCount"]) == (0, 4)
    assert creating["VariantStatus"][0]["Status"] == "Creating"
    assert (serving["CurrentInstanceCount"], "VariantStatus" in serving) == (4, False)
    assert run.endpoint["CreationTime"] == "2026-03-02T09:05:06+00:00"
    assert run.outcome == "no-update"


@pytest.mark.parametrize("seed", range(5))
def test_it_takes_two_to_three_and_a_half_minutes(seed):
    """As small containers took on AWS (spec sagemaker 4.5)."""
    run = simulate(empty(timing=replace(STEADY, provision_s=180.0, provision_jitter=1.0)), Plan.of(CREATE), seed)

    assert 120 <= {status: t for t, status in statuses(run)}["InService"] - AT <= 210


def test_requests_fail_until_it_is_in_service():
    """Whoever calls an endpoint that is not there, or not yet, gets a ValidationError, 400 (spec inference 8): a 4xx
    that is in no metric, since no variant has seen it."""
    where = empty()
    run = simulate(where, Plan.of(CREATE), 1)
    times = arrived(where.workload, 1, where.duration_s)
    early = sum(t < AT + 157 for t in times)

    assert (run.totals.requests, run.totals.errors_4xx) == (len(times), early)
    assert run.totals.by_config == {"v1": len(times) - early}
    assert set(invocations(run)[:7]) == {None}
    assert sum(filter(None, invocations(run))) == pytest.approx(len(times) - early, abs=3)


def test_without_a_plan_there_is_nothing():
    """Nobody creates it, so every request fails, and nothing is paid."""
    run = simulate(empty(), Plan(), 1)

    assert run.endpoint == GONE
    assert run.totals.errors_4xx == run.totals.requests > 0
    assert (run.totals.cost_usd, run.totals.instance_minutes, run.metrics) == (0, 0, ())


@pytest.mark.parametrize(
    ("changes", "after_s", "reason"),
    [
        pytest.param({"old": model(start="failed-ping")}, 1440, PING, id="ping (spec sagemaker 8, 4.5)"),
        pytest.param({"unavailable_types": ("ml.m5.large",)}, 2040, NO_CAPACITY, id="capacity (spec sagemaker 10)"),
        pytest.param(
            {"old": model(start="bad-image")},
            1440,
            "The image of the primary container for production variant main could not be used.",
            id="image",
        ),
    ],
)
def test_a_creation_fails(changes, after_s, reason):
    """Failed keeps its FailureReason; its instances are gone, and requests go on failing."""
    run = simulate(empty(duration_s=3600.0, **changes), Plan.of(CREATE), 1)

    assert statuses(run)[1:] == [(AT, "Creating"), (AT + after_s, "Failed")]
    assert run.endpoint["FailureReason"] == reason
    assert (run.endpoint["EndpointConfigName"], "ProductionVariants" in run.endpoint) == ("v1", False)
    assert run.totals.errors_4xx == run.totals.requests
    assert run.instances[-1].counts == {}


def test_a_failed_endpoint_can_only_be_deleted():
    """And then be created again (spec sagemaker 3.2)."""
    where = empty(new=model(start="failed-ping"), duration_s=2700.0)
    broken = replace(CREATE, endpoint_config_name="v2")
    run = simulate(
        where,
        plan((0, broken), (1500, update(to="v1")), (1500, WEIGHTS), (1500, CREATE), (1500, DELETE), (1600, CREATE)),
        1,
    )

    assert [status for _, status in statuses(run)] == [
        None,
        "Creating",
        "Failed",
        "Deleting",
        None,
        "Creating",
        "InService",
    ]
    assert [message for _, _, message in refusals(run)] == [
        f'Cannot update endpoint "{ARN}", which is Failed.',
        f'Cannot update endpoint "{ARN}", which is Failed.',
        f'Cannot create already existing endpoint "{ARN}".',
    ]
    assert "FailureReason" not in run.endpoint


def test_deleting_then_gone():
    """No request is answered from DeleteEndpoint on, and the bill ends when the instances are gone."""
    where = world(timing=STEADY)
    run = simulate(where, plan((600, DELETE)), 1)
    times = arrived(where.workload, 1, where.duration_s)

    assert statuses(run) == [(0.0, "InService"), (AT + 600, "Deleting"), (AT + 630, None)]
    assert run.totals.errors_4xx == sum(t >= AT + 600 for t in times)
    assert run.totals.instance_minutes == pytest.approx(4 * (AT + 630) / 60)
    assert run.totals.cost_usd == pytest.approx(run.totals.instance_minutes / 60 * where.price("ml.m5.large"))
    assert run.endpoint == GONE
    assert set(invocations(run)[17:]) == {None}
    details = [event["detail"]["EndpointStatus"] for event in run.event_bridge]
    assert details == ["DELETING"]


def test_alarms_stay_and_lose_their_data():
    """An alarm is no part of the endpoint: without data it goes to INSUFFICIENT_DATA (spec cloudwatch 3)."""
    alarm = errors_alarm(dimensions=OF_BOTH, treat_missing_data="missing")
    run = simulate(world(timing=STEADY, alarms=(alarm,)), plan((600, DELETE)), 1)

    assert [change.to_state for change in run.alarms] == ["OK", "INSUFFICIENT_DATA"]
    assert run.alarms[-1].t > AT + 600


def test_a_missing_endpoint_has_no_data_either():
    """Zeros are published by an endpoint without requests, and not by none."""
    alarm = errors_alarm(dimensions=OF_BOTH, treat_missing_data="missing")
    run = simulate(replace(empty(alarms=(alarm,)), workload=Workload(rate=0)), Plan.of(CREATE), 1)

    assert invocations(run)[:7] == (None,) * 7
    assert set(invocations(run)[8:]) == {0.0}


def test_scalable_targets_go_with_it():
    """The service deregisters them, their alarms go too (spec sagemaker 7)."""
    run = simulate(world(timing=STEADY), plan((0, REGISTER), (600, DELETE), (900, CREATE)), 1)

    [gone] = [event for event in run.events if event.what == "DeregisterScalableTarget"]
    assert gone.t == AT + 600
    assert not refusals(run)


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(update(), id="update"),
        pytest.param(WEIGHTS, id="weights"),
        pytest.param(DELETE, id="deletion"),
        pytest.param(TEST, id="shadow test"),
    ],
)
@pytest.mark.parametrize(
    ("where", "begin"),
    [
        pytest.param(empty(), CREATE, id="creating"),
        pytest.param(world(timing=STEADY), update(all_at_once(term=300)), id="updating"),
    ],
)
def test_a_busy_endpoint_takes_nothing(where, begin, request_):
    """While Creating and Updating: no update, no weights, no deletion, no shadow test (spec sagemaker 3.2)."""
    run = simulate(where, plan((0, begin), (60, request_)), 1)

    assert refusals(run) == [(60, "ValidationException", f'Cannot update in-progress endpoint "{ARN}".')]


def test_nothing_to_scale_while_it_is_created():
    """Nor while it is deleted; how the service words it was not found."""
    run = simulate(empty(), plan((0, CREATE), (60, REGISTER), (300, DELETE), (310, REGISTER)), 1)

    assert [message for _, _, message in refusals(run)] == [
        f'The endpoint "{ARN}" is Creating.',
        f'The endpoint "{ARN}" is Deleting.',
    ]


@pytest.mark.parametrize("request_", [update(), WEIGHTS, DELETE, TEST], ids=["update", "weights", "deletion", "test"])
def test_an_endpoint_that_is_not_there(request_):
    """AWS's text for a missing endpoint (spec sagemaker 5)."""
    run = simulate(empty(), Plan.of(request_), 1)

    assert refusals(run) == [(0, "ValidationException", f'Could not find endpoint "{ARN}".')]


@pytest.mark.parametrize(
    ("where", "request_", "code", "message"),
    [
        pytest.param(
            world(),
            CREATE,
            "ValidationException",
            f'Cannot create already existing endpoint "{ARN}".',
            id="existing name (spec sagemaker 5)",
        ),
        pytest.param(
            empty(),
            replace(CREATE, endpoint_config_name="v9"),
            "ValidationException",
            'Could not find endpoint configuration "arn:aws:sagemaker:us-east-1:111122223333:endpoint-config/v9".',
            id="unknown configuration (spec sagemaker 5)",
        ),
        pytest.param(
            empty(instance_quota=3),
            CREATE,
            "ResourceLimitExceeded",
            "The account-level service limit 'ml.m5.large for endpoint usage' is 3 Instances, with current utilization "
            "of 0 Instances and a request delta of 4 Instances. Please contact AWS support to request an increase for "
            "this limit.",
            id="quota (spec sagemaker 8.1)",
        ),
        pytest.param(
            world(),
            DeleteEndpoint(endpoint_name="other"),
            "ValidationException",
            'Could not find endpoint "arn:aws:sagemaker:us-east-1:111122223333:endpoint/other".',
            id="deletion of another (spec sagemaker 5)",
        ),
    ],
)
def test_what_is_refused(where, request_, code, message):
    """What AWS refuses comes to nothing, and there is no endpoint in Failed to be deleted."""
    run = simulate(where, Plan.of(request_), 1)

    assert refusals(run) == [(0, code, message)]
    assert statuses(run) == statuses(simulate(where, Plan(), 1))


def test_a_configuration_in_use_may_be_deleted():
    """AWS forbids it in words alone: the creation goes on, the next change finds none (spec sagemaker 1.6, 10)."""
    gone = DeleteEndpointConfig(endpoint_config_name="v1")
    run = simulate(empty(), plan((0, CREATE), (60, gone), (600, update())), 1)

    [(_, _, message)] = refusals(run)
    assert message.startswith("Could not find endpoint configuration")
    assert statuses(run)[-1][1] == "InService"


def test_a_deployment_config_is_kept_for_later():
    """It does not guard the creation; RetainDeploymentConfig reuses it (spec sagemaker 1.1)."""
    settings_ = all_at_once(term=300, alarms=("errors",))
    run = simulate(
        empty(duration_s=2400.0),
        plan((0, replace(CREATE, deployment_config=settings_)), (600, update(retain_deployment_config=True))),
        1,
    )

    assert run.describe_endpoint(AT + 300)["LastDeploymentConfig"]["AutoRollbackConfiguration"]
    assert [phase.end - phase.start for phase in run.phases if phase.status == "Baking"] == [300]


SMALL = ServerlessConfig(memory_size_in_mb=2048, max_concurrency=10)


def serverless(name, most, model_name="v1"):
    """Return a serverless configuration."""
    return config(
        name, 1, model_name=model_name, serverless_config=ServerlessConfig(memory_size_in_mb=2048, max_concurrency=most)
    )


def test_a_serverless_endpoint_becomes_real_time_and_no_way_back():
    """The one is taken, the other refused (spec sagemaker 8)."""
    run = simulate(
        empty(duration_s=2400.0),
        plan(
            (0, serverless("small", 10)),
            (0, replace(CREATE, endpoint_config_name="small")),
            (600, update()),
            (1500, update(to="small")),
        ),
        1,
    )

    assert run.endpoint["EndpointConfigName"] == "v2"
    assert [message for *_, message in refusals(run)] == ["A real-time endpoint cannot become a serverless one."]


def test_provisioned_environments_cost_only_while_it_serves():
    """By the second, from InService to DeleteEndpoint (spec inference 3.4)."""
    warm = replace(SMALL, provisioned_concurrency=5)
    of_warm = config("warm", 1, model_name="v1", serverless_config=warm)
    where = replace(empty(), workload=Workload(rate=0))
    run = simulate(where, plan((0, of_warm), (0, replace(CREATE, endpoint_config_name="warm")), (757, DELETE)), 1)

    assert run.totals.cost_usd == pytest.approx(5 * 600 * 0.00001)


def test_what_waits_in_a_queue_expires():
    """An asynchronous endpoint that is deleted leaves nothing waiting: what AWS does with it is not published."""
    slow = model(service=replace(model().service, mean_ms=20_000), workers=1)
    queue = replace(config("queue", 1, model_name="v1"), async_inference_config=AsyncInferenceConfig())
    where = empty(old=slow)
    create = replace(CREATE, endpoint_config_name="queue")
    run = simulate(where, plan((0, queue), (0, create), (600, DELETE)), 1)
    came = sum(AT + 157 <= t < AT + 600 for t in arrived(where.workload, 1, where.duration_s))

    assert run.totals.requests - run.totals.errors_4xx == came
    assert 0.9 * came < run.totals.errors_5xx < came


def test_it_can_be_created_again():
    """Under the same name, once it is gone; metrics go on where they stopped."""
    run = simulate(empty(duration_s=2400.0), plan((0, CREATE), (600, DELETE), (610, CREATE), (660, CREATE)), 1)

    assert [(t, message) for t, _, message in refusals(run)] == [
        (610, f'Cannot create already existing endpoint "{ARN}".')
    ]
    assert [status for _, status in statuses(run)] == [
        None,
        "Creating",
        "InService",
        "Deleting",
        None,
        "Creating",
        "InService",
    ]
    assert sum(point is None for point in invocations(run)) == 7 + 2


times = st.sampled_from([0.0, 30.0, 100.0, 250.0, 600.0, 900.0, 1500.0])
requests = st.sampled_from([CREATE, DELETE, update(all_at_once(term=60)), WEIGHTS, REGISTER])


@settings(max_examples=40)
@given(
    where=st.builds(
        lambda make, **fields: make(**fields),
        st.sampled_from([empty, world]),
        old=st.sampled_from([model(), model(start="failed-ping")]),
        unavailable_types=st.sampled_from([(), ("ml.m5.large",)]),
        timing=st.just(replace(STEADY, provision_failure_s=300.0, capacity_failure_s=400.0)),
        rate=st.just(1.0),
    ),
    steps=st.lists(st.tuples(times, requests), max_size=6),
)
def test_no_request_is_lost_whatever_comes_and_goes(where, steps):
    """Each is answered once, or finds no endpoint; it costs only what instances run; it ends in a lasting status."""
    run = simulate(where, plan(*steps), 3)
    due = len(arrived(where.workload, 3, where.duration_s))

    assert run.totals.requests == due
    assert sum(run.totals.by_config.values()) + run.totals.errors_4xx == due
    assert run.endpoint.get("EndpointStatus") in (None, "InService", "Failed")
    for change in run.instances:
        assert bool(change.counts) == (run.describe_endpoint(change.t).get("EndpointStatus") not in (None, "Failed"))
    for change in run.traffic:
        assert sum(change.shares.values()) in (0.0, pytest.approx(1.0))
