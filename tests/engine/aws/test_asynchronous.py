"""Asynchronous endpoints in plans: what the client, the service and the advice say of them (spec inference 4)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.aws.checking import check
from engine.aws.translation.reading import read_endpoint_config, read_plan
from engine.aws.translation.writing import write_request
from engine.requests.sagemaker import AsyncInferenceConfig
from engine.simulate import simulate
from engine.world import World
from tests.engine.aws.examples import VARIANT, alarm, config, update
from tests.engine.aws.scaling_examples import TRACK, scaling
from tests.engine.aws.worlds import fleet, world

TOPIC = "arn:aws:sns:us-east-1:111122223333:done"
WHOLE = {
    "ClientConfig": {"MaxConcurrentInvocationsPerInstance": 4},
    "OutputConfig": {
        "S3OutputPath": "s3://a/b",
        "S3FailurePath": "s3://a/c",
        "KmsKeyId": "key",
        "NotificationConfig": {
            "SuccessTopic": TOPIC,
            "ErrorTopic": TOPIC,
            "IncludeInferenceResponseIn": ["SUCCESS_NOTIFICATION_TOPIC"],
        },
    },
}
WEIGHTS_0 = {
    "UpdateEndpointWeightsAndCapacities": {
        "EndpointName": "churn",
        "DesiredWeightsAndCapacities": [{"VariantName": "main", "DesiredInstanceCount": 0}],
    }
}


def created(wanted: dict[str, Any]) -> dict[str, Any]:
    """Return a plan that creates an asynchronous configuration."""
    variant = {**VARIANT, "VariantName": "main", "ModelName": "churn-v3"}
    plan = config(variant, name="churn-v3")
    plan["CreateEndpointConfig"]["AsyncInferenceConfig"] = wanted
    return plan


def at_most(most: int) -> dict[str, Any]:
    """Return a plan with so many invocations at once."""
    return created({"ClientConfig": {"MaxConcurrentInvocationsPerInstance": most}, "OutputConfig": {}})


def asynchronous() -> World:
    """Return a world whose endpoint is asynchronous."""
    today = replace(fleet("churn-v1"), async_inference_config=AsyncInferenceConfig())
    return world(configs=(today, fleet("churn-v2")), rate=1)


def watching(metric: str, *names: str) -> dict[str, Any]:
    """Return an alarm on a metric of the endpoint."""
    values = {"EndpointName": "churn", "VariantName": "main"}
    dimensions = [{"Name": name, "Value": values[name]} for name in names or values]
    return alarm(MetricName=metric, Dimensions=dimensions, Threshold=1)


REFUSED = [
    ("most-0", at_most(0), world(), "client", "valid min value: 1"),
    ("most-1001", at_most(1001), world(), "service", "less than or equal to 1000"),
    ("no-output", created({}), world(), "client", "OutputConfig"),
    ("none-of-real-time", WEIGHTS_0, world(), "service", "needs at least 1 instance"),
    ("zero-of-real-time", scaling(MinCapacity=0), world(), "service", "cannot be less than 1"),
]


@pytest.mark.parametrize(
    ("plan", "where", "severity", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_it_is_refused(plan: dict[str, Any], where: World, severity: str, words: str) -> None:
    """By the client or by the service, once (spec inference 4, sagemaker 7)."""
    [found] = [each for each in check(plan, where) if each.stops]

    assert found.severity == severity
    assert words in found.say


ACCEPTED = [
    ("created", created(WHOLE), world()),
    ("updated", created(WHOLE) | update(EndpointConfigName="churn-v3"), asynchronous()),
    ("none", WEIGHTS_0, asynchronous()),
    ("zero", scaling(MinCapacity=0), asynchronous()),
]


@pytest.mark.parametrize(("plan", "where"), [row[1:] for row in ACCEPTED], ids=[row[0] for row in ACCEPTED])
def test_it_is_taken(plan: dict[str, Any], where: World) -> None:
    """Storage and notices move nothing, so nothing is said of them; zero instances may be asked for."""
    assert not [each.say for each in check(plan, where) if each.severity != "advice"]
    assert not [event for event in simulate(where, read_plan(plan), 1).events if event.is_refusal]


def test_what_was_read_is_written_again() -> None:
    """Every field of it, and none where none was given."""
    for wanted in (WHOLE, {"OutputConfig": {}}):
        request = created(wanted)["CreateEndpointConfig"]
        operation, written = write_request(read_endpoint_config(request))
        assert operation == "CreateEndpointConfig" and written["AsyncInferenceConfig"] == wanted


def said(plan: dict[str, Any], where: World) -> str:
    """Return all advice on metrics."""
    return " ".join(each.say for each in check(plan, where) if each.severity == "advice")


@pytest.mark.parametrize("metric", ["Invocations", "InvocationsPerInstance", "OverheadLatency"])
def test_calls_have_no_metrics(metric: str) -> None:
    """They are not published for asynchronous endpoints (spec sagemaker 6.1)."""
    words = f"{metric} is not published by asynchronous variants such as main"
    assert words in said(watching(metric), asynchronous())
    assert words not in said(watching(metric), world())


@pytest.mark.parametrize(
    ("metric", "names"),
    [("ApproximateBacklogSize", ()), ("HasBacklogWithoutCapacity", ("EndpointName",))],
)
def test_only_asynchronous_endpoints_have_a_backlog(metric: str, names: tuple[str, ...]) -> None:
    """An alarm on it has no data elsewhere (spec sagemaker 6.1)."""
    words = f"{metric} is a metric of asynchronous endpoints, and main answers at once"
    assert words in said(watching(metric, *names), world())
    assert words not in said(watching(metric, *names), asynchronous())


def test_one_metric_is_the_endpoints() -> None:
    """HasBacklogWithoutCapacity has the dimension EndpointName only (spec sagemaker 6.1)."""
    words = "publishes HasBacklogWithoutCapacity by EndpointName alone"
    assert words in said(watching("HasBacklogWithoutCapacity"), asynchronous())
    assert words not in said(watching("HasBacklogWithoutCapacity", "EndpointName"), asynchronous())


def test_a_policy_on_invocations_never_acts() -> None:
    """A guide advises it all the same (spec inference 0.1)."""
    assert "does not publish InvocationsPerInstance" in said(scaling(TRACK), asynchronous())
    assert "does not publish InvocationsPerInstance" not in said(scaling(TRACK), world())
