"""Serverless variants in plans: what the client, the service and the advice say of them (spec inference 3.5)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.aws.checking import check
from engine.aws.translation.reading import read_plan
from engine.requests.sagemaker import EndpointConfig, ProductionVariant, ServerlessConfig
from engine.simulate import simulate
from engine.world import World
from tests.engine.aws.examples import CANARY, VARIANT, alarm, config, update
from tests.engine.aws.worlds import fleet, world

PLAIN = {"VariantName": "main", "ModelName": "churn-v3"}


def wanted(**fields: int) -> dict[str, Any]:
    """Return a variant with this ServerlessConfig."""
    return {**PLAIN, "ServerlessConfig": {"MemorySizeInMB": 2048, "MaxConcurrency": 5, **fields}}


def created(variant: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Return a plan that creates a configuration with this variant."""
    plan = config(variant, name="churn-v3")
    plan["CreateEndpointConfig"] |= fields
    return plan


def serverless(most: int = 5, slots: int | None = None, rate: float = 20) -> World:
    """Return a world whose endpoint is serverless, with requests of 40 ms."""
    config_ = ServerlessConfig(memory_size_in_mb=2048, max_concurrency=most, provisioned_concurrency=slots)
    variant = ProductionVariant(variant_name="main", model_name="churn-v1", serverless_config=config_)
    today = EndpointConfig(endpoint_config_name="churn-v1", production_variants=(variant,))
    return world(configs=(today, fleet("churn-v2")), rate=rate)


def concurrency(**fields: int) -> dict[str, Any]:
    """Return a plan that changes the concurrency of the variant."""
    desired = [{"VariantName": "main", "ServerlessUpdateConfig": fields}]
    return {"UpdateEndpointWeightsAndCapacities": {"EndpointName": "churn", "DesiredWeightsAndCapacities": desired}}


def watching(metric: str, **fields: Any) -> dict[str, Any]:
    """Return an alarm on a metric of the variant."""
    names = {"EndpointName": "churn", "VariantName": "main"}
    dimensions = [{"Name": name, "Value": value} for name, value in names.items()]
    return alarm(MetricName=metric, Dimensions=dimensions, **fields)


REFUSED = [
    ("memory-1023", created(wanted(MemorySizeInMB=1023)), world(), "client", "valid min value: 1024"),
    ("memory-1536", created(wanted(MemorySizeInMB=1536)), world(), "service", "Write one of 1024, 2048, 3072"),
    ("memory-6145", created(wanted(MemorySizeInMB=6145)), world(), "service", "6144"),
    ("most-0", created(wanted(MaxConcurrency=0)), world(), "client", "valid min value: 1"),
    ("most-201", created(wanted(MaxConcurrency=201)), world(), "service", "less than or equal to 200"),
    ("slots-0", created(wanted(ProvisionedConcurrency=0)), world(), "client", "valid min value: 1"),
    ("slots-6-of-5", created(wanted(ProvisionedConcurrency=6)), world(), "service", "must not be above MaxConcurrency"),
    ("with-a-type", created({**wanted(), "InstanceType": "ml.m5.large"}), world(), "service", "has no instances"),
    ("no-memory", created({**PLAIN, "ServerlessConfig": {"MaxConcurrency": 5}}), world(), "client", "MemorySizeInMB"),
    ("beside-another", config(wanted(), {**VARIANT, "VariantName": "b"}, name="n"), world(), "service", "one variant"),
    (
        "network",
        created(wanted(), VpcConfig={"SecurityGroupIds": ["sg-1"], "Subnets": ["subnet-1"]}),
        world(),
        "service",
        "A serverless endpoint has no VpcConfig",
    ),
    ("real-time-first", created(wanted()) | update(EndpointConfigName="churn-v3"), world(), "service", "cannot become"),
    ("guardrails", update(CANARY), serverless(), "service", "not for serverless ones"),
    ("change-of-instances", concurrency(MaxConcurrency=5), world(), "service", "is not serverless"),
    ("change-201", concurrency(MaxConcurrency=201), serverless(), "service", "less than or equal to 200"),
    ("change-above", concurrency(ProvisionedConcurrency=6), serverless(), "service", "is above MaxConcurrency 5"),
]


@pytest.mark.parametrize(
    ("plan", "where", "severity", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_it_is_refused(plan: dict[str, Any], where: World, severity: str, words: str) -> None:
    """By the client or by the service, once, with what would be right (spec inference 3.3, 3.5; sagemaker 1.8, 8)."""
    [found] = [each for each in check(plan, where) if each.stops]

    assert found.severity == severity
    assert words in found.say


ACCEPTED = [
    ("created", created(wanted(ProvisionedConcurrency=5)), world()),
    ("serverless-to-real-time", update(), serverless()),
    ("serverless-to-serverless", created(wanted()) | update(EndpointConfigName="churn-v3"), serverless()),
    ("change", concurrency(MaxConcurrency=9, ProvisionedConcurrency=2), serverless(rate=2)),
]


@pytest.mark.parametrize(("plan", "where"), [row[1:] for row in ACCEPTED], ids=[row[0] for row in ACCEPTED])
def test_it_is_taken(plan: dict[str, Any], where: World) -> None:
    """Nothing of it is left out of a run, and no guardrail is asked for that does not exist (spec sagemaker 8)."""
    found = check(plan, where)

    assert not [each.say for each in found if each.severity != "advice"]
    assert not [each.say for each in found if "DeploymentConfig" in each.say]
    assert not [event for event in simulate(where, read_plan(plan), 1).events if event.is_refusal]


def advised(plan: dict[str, Any], where: World) -> list[str]:
    """Return the advice on fields of serverless variants."""
    return [each.say for each in check(plan, where) if "Serverless" in str(each.path) or "MetricName" in each.path]


def test_throttling_is_foretold():
    """Eight in progress and ten environments throttle 12 %, and so does a run (spec inference 3.2)."""
    where = serverless(10, rate=200)
    [say] = advised(concurrency(MaxConcurrency=10, ProvisionedConcurrency=10), where)
    totals = simulate(where, read_plan(concurrency(MaxConcurrency=10, ProvisionedConcurrency=10)), 1).totals

    assert "keep 8 in progress" in say
    assert "throttles about 12%" in say
    assert "Write 18" in say
    assert totals.errors_4xx / totals.requests == pytest.approx(0.1217, abs=0.01)
    assert advised(concurrency(MaxConcurrency=18), where) == []


def test_that_there_are_no_guardrails_is_said():
    """And the concurrency of a configuration that exists is judged where the update names it."""
    where = serverless(10, rate=200)
    tight = replace(where.configs[0], endpoint_config_name="churn-v2")
    found = check(update(), replace(where, configs=(where.configs[0], tight)))

    assert [each.path[-1] for each in found if "Erlang B" in each.say] == ["EndpointConfigName"]
    assert [each.severity for each in found if "no deployment guardrails" in each.say] == ["advice"]
    assert any("no alarm brings it back. Look at its metrics" in each.say for each in found)


def test_no_concurrency_may_be_enough():
    """Above 200 there is nothing to raise (spec sagemaker 8)."""
    [say] = advised(created(wanted(MaxConcurrency=200)), world(rate=8000))

    assert "Even 200 are too few" in say


@pytest.mark.parametrize(("slots", "told"), [(50, True), (6, False)])
def test_idle_provisioned_environments_are_told(slots: int, told: bool) -> None:
    """They pay above 60 % busy (spec inference 3.4): 0.8 in progress need five, and not fifty."""
    say = advised(created(wanted(MaxConcurrency=100, ProvisionedConcurrency=slots)), world())

    assert [("of these 50 environments" in each) for each in say] == [True] * told


@pytest.mark.parametrize(
    ("metric", "where", "words"),
    [
        ("CPUUtilization", serverless(), "not published by serverless variants such as main"),
        ("InvocationsPerInstance", serverless(), "not published by serverless variants"),
        ("ModelSetupTime", world(), "a metric of serverless variants, and main has instances"),
        ("ServerlessProvisionedConcurrencyUtilization", serverless(), "where ProvisionedConcurrency is set"),
        ("ServerlessProvisionedConcurrencyUtilization", serverless(slots=2), None),
        ("ModelSetupTime", serverless(), None),
        ("CPUUtilization", world(), None),
        ("Invocation5XXErrors", serverless(), None),
    ],
)
def test_an_alarm_on_a_metric_of_another_kind_is_told(metric: str, where: World, words: str | None) -> None:
    """It never has data (spec sagemaker 6.1)."""
    namespace = "/aws/sagemaker/Endpoints" if metric == "CPUUtilization" else "AWS/SageMaker"
    said = [say for say in advised(watching(metric, Namespace=namespace), where) if "never has data" in say]

    assert len(said) == (words is not None)
    assert all(words in say for say in said if words)


def test_a_share_is_no_percentage():
    """Utilization is executions / MaxConcurrency: 90 is never reached (spec inference 3.2)."""
    plan = watching("ServerlessConcurrentExecutionsUtilization", Statistic="Maximum", Threshold=90)

    assert any("can never fire" in each.say and "between 0 and 1" in each.say for each in check(plan, serverless()))
