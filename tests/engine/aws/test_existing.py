"""What the service refuses because of what exists."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.aws.checking import check
from engine.aws.rules import outlook
from engine.aws.translation.reading import read_plan
from engine.requests.sagemaker import DeploymentConfig
from engine.simulate import simulate
from engine.world import Endpoint, World
from tests.engine.aws.examples import AT_ONCE, CANARY, LINEAR, ROLLING, VARIANT, alarm, changed, config, update
from tests.engine.aws.worlds import fleet, world

ROUTING = "BlueGreenUpdatePolicy.TrafficRoutingConfiguration"


def refused(plan: dict[str, Any], where: World) -> list[str]:
    return [finding.say for finding in check(plan, where) if finding.severity == "service"]


def size(deployment: dict[str, Any], dotted: str, instances: int) -> dict[str, Any]:
    return update(changed(deployment, dotted, {"Type": "INSTANCE_COUNT", "Value": instances}))


def weights(variant: str = "main", **fields: Any) -> dict[str, Any]:
    desired = [{"VariantName": variant, "DesiredWeight": 1, **fields}]
    return {"UpdateEndpointWeightsAndCapacities": {"EndpointName": "churn", "DesiredWeightsAndCapacities": desired}}


def composite(rule: str, name: str = "any") -> dict[str, Any]:
    return {"AlarmName": name, "AlarmRule": rule}


RENAMED = (fleet("churn-v1"), fleet("churn-v2", "other"))
TWO = (fleet("churn-v1", "a", "b"), fleet("churn-v2", "a", "b"))
SERVERLESS = {
    "VariantName": "main",
    "ModelName": "churn-v3",
    "ServerlessConfig": {"MemorySizeInMB": 2048, "MaxConcurrency": 5},
}
LAST = Endpoint(
    endpoint_name="churn", endpoint_config_name="churn-v1", last_deployment_config=DeploymentConfig(alarms=("err",))
)
TABLE: list[tuple[str, dict[str, Any], World, str]] = [
    (
        "endpoint",
        update(CANARY, EndpointName="chrun"),
        world(),
        'Could not find endpoint "arn:aws:sagemaker:us-east-1:111122223333:endpoint/chrun". It is called churn.',
    ),
    (
        "endpoint-of-weights",
        {
            "UpdateEndpointWeightsAndCapacities": {
                **weights()["UpdateEndpointWeightsAndCapacities"],
                "EndpointName": "x",
            }
        },
        world(),
        'Could not find endpoint "arn:aws:sagemaker:us-east-1:111122223333:endpoint/x"',
    ),
    (
        "config",
        update(CANARY, EndpointConfigName="churn-v9"),
        world(),
        'Could not find endpoint configuration "arn:aws:sagemaker:us-east-1:111122223333:endpoint-config/churn-v9"',
    ),
    (
        "config-comes-later",
        {
            **update(CANARY, EndpointConfigName="churn-v3"),
            "Later": [{"AfterSeconds": 9, **config({**VARIANT, "ModelName": "churn-v3"}, name="churn-v3")}],
        },
        world(),
        "Could not find endpoint configuration",
    ),
    ("name-taken", config({**VARIANT, "ModelName": "churn-v2"}), world(), "already existing endpoint configuration"),
    (
        "model",
        config({**VARIANT, "ModelName": "churn-v4"}, name="new"),
        world(),
        'Could not find model "arn:aws:sagemaker:us-east-1:111122223333:model/churn-v4". Did you mean',
    ),
    (
        "variant",
        weights("mian"),
        world(),
        'The variant name(s) "mian" is/are not present within endpoint configuration "churn-v1". Did you mean main?',
    ),
    ("no-instance-left", weights(DesiredInstanceCount=0), world(), "needs at least 1 instance"),
    (
        "quota-of-weights",
        weights(DesiredInstanceCount=9),
        world(4, instance_quota=8),
        "is 8 Instances, with current utilization of 4 Instances and a request delta of 5",
    ),
    (
        "busy",
        {**weights(), **update(AT_ONCE)},
        world(),
        'Cannot update in-progress endpoint "arn:aws:sagemaker:us-east-1:111122223333:endpoint/churn"',
    ),
    (
        "twice-at-once",
        {"UpdateEndpoint": [update(AT_ONCE)["UpdateEndpoint"]] * 2},
        world(),
        "Cannot update in-progress",
    ),
    (
        "no-alarm-to-set",
        {"SetAlarmState": {"AlarmName": "err", "StateValue": "ALARM", "StateReason": "stop"}},
        world(),
        "No alarm is called err. There is none.",
    ),
    (
        "nothing-to-delete",
        {"DeleteEndpointConfig": {"EndpointConfigName": "churn-v9"}},
        world(),
        'Could not find endpoint configuration "arn:aws:sagemaker:us-east-1:111122223333:endpoint-config/churn-v9"',
    ),
    (
        "deleted-before",
        {"DeleteEndpointConfig": {"EndpointConfigName": "churn-v2"}, "Later": [{"AfterSeconds": 9, **update(AT_ONCE)}]},
        world(),
        'Could not find endpoint configuration "arn:aws:sagemaker:us-east-1:111122223333:endpoint-config/churn-v2"',
    ),
    ("no-child", {"PutCompositeAlarm": composite("ALARM(nobody)")}, world(), "'nobody' does not exist"),
    (
        "child-comes-later",
        {"PutCompositeAlarm": composite("ALARM(err)"), "Later": [{"AfterSeconds": 9, **alarm()}]},
        world(),
        "does not exist",
    ),
    ("renamed", update(AT_ONCE), world(configs=RENAMED), "With an update policy the names must be the same"),
    ("rolling-two", update(ROLLING), world(configs=TWO), "not possible with several variants"),
    (
        "canary-3-of-4",
        size(CANARY, f"{ROUTING}.CanarySize", 3),
        world(4),
        "3 of the 4 instances of main, 75 %. 1 to 50 % are possible. Write 1 to 2.",
    ),
    ("canary-1-of-1", size(CANARY, f"{ROUTING}.CanarySize", 1), world(1), "use ALL_AT_ONCE or more instances"),
    ("step-1-of-20", size(LINEAR, f"{ROUTING}.LinearStepSize", 1), world(20), "Write 2 to 10"),
    ("batch-3-of-4", size(ROLLING, "RollingUpdatePolicy.MaximumBatchSize", 3), world(4), "Write 1 to 2"),
    (
        "quota",
        update(CANARY),
        world(4, instance_quota=7),
        "is 7 Instances, with current utilization of 4 Instances and a request delta of 4",
    ),
    ("quota-rolling", update(ROLLING), world(4, instance_quota=4), "a request delta of 1 Instances"),
    (
        "serverless",
        {**config(SERVERLESS, name="churn-v3"), **update(EndpointConfigName="churn-v3")},
        world(),
        "cannot become a serverless one",
    ),
]


@pytest.mark.parametrize(("plan", "where", "words"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_the_service_refuses_it_here(plan: dict[str, Any], where: World, words: str) -> None:
    """Each is a fine request by itself and refused in this world, once."""
    [said] = refused(plan, where)

    assert words in said


ALARMS = {"PutMetricAlarm", "PutCompositeAlarm", "SetAlarmState"}
OF_SAGEMAKER = [row for row in TABLE if not row[1].keys() & ALARMS]


@pytest.mark.parametrize(("plan", "where"), [row[1:3] for row in OF_SAGEMAKER], ids=[row[0] for row in OF_SAGEMAKER])
def test_the_control_plane_answers_the_same(plan: dict[str, Any], where: World) -> None:
    """Whoever sends it all the same gets the sentence that the check began with."""
    [said] = refused(plan, where)
    events = simulate(replace(where, duration_s=60.0, update_at_s=0.0), read_plan(plan), 1).events
    answers = [event.say for event in events if event.detail.get("status") == 400]

    assert len(answers) == 1
    assert said.startswith(answers[0])


ACCEPTED: list[tuple[str, dict[str, Any], World]] = [
    (
        "config-of-the-plan",
        {
            **config({**VARIANT, "VariantName": "main", "ModelName": "churn-v3"}, name="churn-v3"),
            **update(CANARY, EndpointConfigName="churn-v3"),
        },
        world(),
    ),
    ("rename-by-default", update(), world(configs=RENAMED)),
    (
        "rename-with-alarms-only",
        update({"AutoRollbackConfiguration": CANARY["AutoRollbackConfiguration"]}),
        world(configs=RENAMED),
    ),
    ("canary-2-of-4", size(CANARY, f"{ROUTING}.CanarySize", 2), world(4)),
    ("quota-of-weights", weights(DesiredInstanceCount=8), world(4, instance_quota=8)),
    ("quota-just-enough", update(CANARY), world(4, instance_quota=8)),
    ("quota-rolling", update(ROLLING), world(4, instance_quota=5)),
    ("child-of-the-plan", {**alarm(), "PutCompositeAlarm": composite("ALARM(err)")}, world()),
    ("weights-before-the-update", {**weights(), "Later": [{"AfterSeconds": 600, **update(AT_ONCE)}]}, world()),
    ("retained", update(RetainDeploymentConfig=True), world(endpoint=LAST)),
]


@pytest.mark.parametrize(("plan", "where"), [row[1:] for row in ACCEPTED], ids=[row[0] for row in ACCEPTED])
def test_the_service_accepts_it_here(plan: dict[str, Any], where: World) -> None:
    """What exists, fits, or is put first is fine."""
    assert refused(plan, where) == []


def test_the_fleet_is_the_retained_one() -> None:
    """With RetainAllVariantProperties the scaled-out count is the whole that a canary is a part of."""
    scaled = world(
        4,
        endpoint=Endpoint(endpoint_name="churn", endpoint_config_name="churn-v1", instance_counts={"main": 12}),
    )
    canary = changed(CANARY, f"{ROUTING}.CanarySize.Value", 6)

    assert refused(update(canary, RetainAllVariantProperties=True), scaled) == []
    assert "6 of the 4 instances" in refused(update(canary), scaled)[0]


def test_a_retained_policy_keeps_the_names() -> None:
    """RetainDeploymentConfig brings back a policy, and with it the rule that variants keep their names."""
    first = {**update(CANARY, EndpointConfigName="churn-v2")}
    again = {"AfterSeconds": 3600, **update(EndpointConfigName="other", RetainDeploymentConfig=True)}
    where = world(configs=(fleet("churn-v1"), fleet("churn-v2"), fleet("other", "renamed")))

    assert "names must be the same" in refused({**first, "Later": [again]}, where)[0]


def test_circles_are_not_simulated() -> None:
    """AWS takes composite alarms that ask about each other, and never evaluates them (spec cloudwatch 9)."""
    rules = [composite("FALSE", "a"), composite("ALARM(a)", "b"), composite("ALARM(b)", "a")]

    [finding] = check({"PutCompositeAlarm": rules}, world())

    assert (finding.severity, finding.stops, "in a circle" in finding.say) == ("not-simulated", True, True)


def test_a_plan_of_many_updates_is_looked_through_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice as many requests are four times as much to look at, and not eight times: a check runs while one types."""
    looks: list[int] = []
    original = outlook._keep

    def counted(*arguments: Any) -> None:
        looks.append(1)
        original(*arguments)

    monkeypatch.setattr(outlook, "_keep", counted)
    found = []
    for many in (20, 40):
        looks.clear()
        check({"Later": [{"AfterSeconds": 4000 * k, **update(AT_ONCE)} for k in range(many)]}, world())
        found.append(len(looks))

    assert 0 < found[1] < 6 * found[0]
