"""What clients do to several endpoints is a plan as well, and plays the same once more."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.content.files.plan import check_plan
from course.serving.apart import beyond_plans
from course.serving.plan import taken_down
from engine.aws.gateway.operations.registry import OPERATIONS
from engine.simulate import simulate
from engine.traffic.workload import Workload
from engine.world import Endpoint, OtherEndpoint
from tests.course.serving.talking import Client
from tests.engine.rollouts import failing, world

OTHER = OtherEndpoint(endpoint=Endpoint(endpoint_name="other", endpoint_config_name="v1"), workload=Workload(rate=3))
WORLD = world(new=failing(), other_endpoints=(OTHER,), duration_s=2400.0)
ENDPOINTS = ("churn", "other", "third", "fourth")


def target(endpoint):
    """Return a request that has a variant scaled."""
    return {
        "ServiceNamespace": "sagemaker",
        "ResourceId": f"endpoint/{endpoint}/variant/main",
        "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
        "MinCapacity": 1,
        "MaxCapacity": 6,
    }


def alarm(endpoint):
    """Return a request for an alarm on an endpoint."""
    return {
        "AlarmName": f"errors-{endpoint}",
        "Namespace": "AWS/SageMaker",
        "MetricName": "Invocation5XXErrors",
        "Dimensions": [{"Name": "EndpointName", "Value": endpoint}, {"Name": "VariantName", "Value": "main"}],
        "Statistic": "Average",
        "Period": 60,
        "EvaluationPeriods": 1,
        "Threshold": 0.1,
        "ComparisonOperator": "GreaterThanThreshold",
    }


def update(endpoint, config, alarms=()):
    """Return a request for a canary."""
    routing = {
        "Type": "CANARY",
        "CanarySize": {"Type": "INSTANCE_COUNT", "Value": 1},
        "WaitIntervalInSeconds": 600,
    }
    guard = {"AutoRollbackConfiguration": {"Alarms": [{"AlarmName": each} for each in alarms]}} if alarms else {}
    deployment = {"BlueGreenUpdatePolicy": {"TrafficRoutingConfiguration": routing}, **guard}
    return {"EndpointName": endpoint, "EndpointConfigName": config, "DeploymentConfig": deployment}


@st.composite
def requests(draw):
    """Anything that is about one of the endpoints, be it there or not."""
    name, config = draw(st.sampled_from(ENDPOINTS)), draw(st.sampled_from(["v1", "v2", "v9"]))
    watched = draw(st.lists(st.sampled_from([f"errors-{each}" for each in ENDPOINTS]), max_size=2, unique=True))
    return draw(
        st.sampled_from(
            [
                ("CreateEndpoint", {"EndpointName": name, "EndpointConfigName": config}),
                ("DeleteEndpoint", {"EndpointName": name}),
                ("UpdateEndpoint", {"EndpointName": name, "EndpointConfigName": config}),
                ("UpdateEndpoint", update(name, config, watched)),
                ("PutMetricAlarm", alarm(name)),
                ("RegisterScalableTarget", target(name)),
            ]
        )
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([0, 7.25, 60, 240, 600]), requests()), max_size=9))
def test_whatever_is_sent_plays_the_same_once_more(sent):
    """Simulated from the plan that was taken down, and from its text as far as that holds all of it."""
    client, t = Client(WORLD), WORLD.update_at_s
    for after_s, (operation, request) in sent:
        t += after_s
        client.at(t, operation, request)
    end = max(WORLD.duration_s, t)
    run, down = client.end(end), taken_down(client.account)

    assert until(simulate(WORLD, down.plan, 1, series=False), end) == until(run, end)
    assert {name: until_s(each.endpoint_history, end) for name, each in run.others.items()} == {
        name: until_s(each.endpoint_history, end)
        for name, each in simulate(WORLD, down.plan, 1, series=False).others.items()
    }
    if not down.warnings:
        assert check_plan(down.text, WORLD).plan == down.plan


def until(run, end):
    """Return the events before a moment."""
    return [each for each in run.events if each.t < end]


def until_s(history, end):
    """Return what was answered before a moment."""
    return [each for each in history if each[0] < end]


@pytest.mark.parametrize("endpoint, whose", [("churn", None), ("other", "other")])
def test_a_text_tells_whom_it_is_about(endpoint, whose):
    """One of them is rolled back by its own alarm, and the plan that was kept says so too."""
    client = Client(WORLD)
    client.at(WORLD.update_at_s, *("PutMetricAlarm", alarm(endpoint)))
    client.at(WORLD.update_at_s, *("UpdateEndpoint", update(endpoint, "v2", [f"errors-{endpoint}"])))
    end = WORLD.duration_s
    run, down = client.end(end), taken_down(client.account)
    again = simulate(WORLD, check_plan(down.text, WORLD).plan, 1)

    assert until(again, end) == until(run, end)
    assert {each.detail.get("endpoint") for each in again.events if each.what == "RollingBack"} == {whose}


def test_calls_that_nobody_else_makes_are_named():
    """A plan makes none, so what was kept says that they are not in it."""
    client = Client(WORLD)
    client.at(WORLD.update_at_s, "CreateEndpoint", {"EndpointName": "mine", "EndpointConfigName": "v1"})
    client.live.advance(1000)
    for name in ("mine", "other", "mine"):
        OPERATIONS["sagemaker-runtime", "InvokeEndpoint"](client.account, {"EndpointName": name, "Body": b""})

    [warning] = taken_down(client.account).warnings
    assert warning.startswith("Not here: 2 InvokeEndpoint of mine: a plan calls no endpoint")
    assert beyond_plans(client.account) == ("InvokeEndpoint",)
