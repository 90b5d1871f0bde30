"""Every row of the table in spec sagemaker 1.8: what the client refuses, and what only the service does."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from engine.aws.checking import Finding, check, check_request
from engine.aws.shapes.constraints import RECORDED
from engine.aws.shapes.models import input_shape
from tests.engine.aws.examples import AT_ONCE, CANARY, ROLLING, VARIANT, alarm, changed, config, update

ROUTING = "BlueGreenUpdatePolicy.TrafficRoutingConfiguration"


def canary(field: str, value: object) -> dict[str, Any]:
    return update(changed(CANARY, field, value))


def policy(field: str, value: object) -> dict[str, Any]:
    return canary(f"BlueGreenUpdatePolicy.{field}", value)


def shift(field: str, value: object) -> dict[str, Any]:
    return canary(f"{ROUTING}.{field}", value)


def rolling(field: str, value: object) -> dict[str, Any]:
    return update(changed(ROLLING, f"RollingUpdatePolicy.{field}", value))


def variant(**fields: Any) -> dict[str, Any]:
    return config({**VARIANT, **fields})


def serverless(**fields: int) -> dict[str, Any]:
    wanted = {"MemorySizeInMB": 2048, "MaxConcurrency": 10, **fields}
    return config({"VariantName": "AllTraffic", "ModelName": "churn-v2", "ServerlessConfig": wanted})


def captured(percent: int) -> dict[str, Any]:
    plan = config()
    plan["CreateEndpointConfig"]["DataCaptureConfig"] = {
        "InitialSamplingPercentage": percent,
        "DestinationS3Uri": "s3://bucket/captured",
        "CaptureOptions": [{"CaptureMode": "Input"}],
    }
    return plan


def named_alarms(*alarms: object) -> dict[str, Any]:
    """Return a canary with these alarms: 1 to 10, with a name (spec sagemaker 1.5)."""
    return canary("AutoRollbackConfiguration.Alarms", list(alarms))


def many(count: int) -> dict[str, Any]:
    return config(*({**VARIANT, "VariantName": f"v{i}"} for i in range(count)))


NO_WAIT = update(changed(AT_ONCE, f"{ROUTING}.WaitIntervalInSeconds", None))
PERCENT_60 = {"Type": "CAPACITY_PERCENT", "Value": 60}
ELEVEN = [{"AlarmName": f"a{i}"} for i in range(11)]
TABLE = [
    ("all-at-once-without-wait", NO_WAIT, "client", "Missing required"),
    ("wait-minus-1", shift("WaitIntervalInSeconds", -1), "client", "valid min value: 0"),
    ("wait-text", shift("WaitIntervalInSeconds", "300"), "client", "Invalid type"),
    ("wait-float", shift("WaitIntervalInSeconds", 300.0), "client", "Invalid type"),
    ("wait-3601", shift("WaitIntervalInSeconds", 3601), "service", "less than or equal to 3600"),
    ("type-blue", shift("Type", "BLUE"), "service", "[ALL_AT_ONCE, CANARY, LINEAR]"),
    ("type-small-letters", shift("Type", "canary"), "service", "Write CANARY."),
    ("capacity-percentage", shift("CanarySize.Type", "CAPACITY_PERCENTAGE"), "service", "Write CAPACITY_PERCENT."),
    ("canary-60-percent", shift("CanarySize", PERCENT_60), "service", "Write 1 to 50"),
    ("canary-0", shift("CanarySize.Value", 0), "client", "valid min value: 1"),
    ("canary-without-type", shift("CanarySize.Type", None), "client", 'CanarySize: "Type"'),
    ("policy-without-routing", canary(ROUTING, None), "client", '"TrafficRoutingConfiguration"'),
    ("timeout-599", policy("MaximumExecutionTimeoutInSeconds", 599), "client", "valid min value: 600"),
    ("timeout-28801", policy("MaximumExecutionTimeoutInSeconds", 28_801), "service", "equal to 28800"),
    ("termination-3601", policy("TerminationWaitInSeconds", 3601), "service", "equal to 3600"),
    ("both-policies", update({**CANARY, **ROLLING}), "service", "Only one update policy"),
    ("rolling-without-size", rolling("MaximumBatchSize", None), "client", 'Policy: "MaximumBatchSize"'),
    ("rolling-without-wait", rolling("WaitIntervalInSeconds", None), "client", 'Policy: "WaitIntervalInSeconds"'),
    ("batch-4-percent", rolling("MaximumBatchSize.Value", 4), "service", "Write 5 to 50"),
    ("no-alarms-in-list", named_alarms(), "client", "valid min length: 1"),
    ("11-alarms", named_alarms(*ELEVEN), "service", "than or equal to 10"),
    ("empty-alarm-name", named_alarms({"AlarmName": ""}), "client", "valid min length: 1"),
    ("unknown-key", shift("CanaryPercent", 10), "client", "must be one of: Type, Wait"),
    ("underscore", update(CANARY, EndpointName="my_endpoint"), "service", "regular expression pattern"),
    ("type-without-ml", variant(InstanceType="m5.large"), "service", "Write ml.m5.large."),
    ("no-instances", variant(InitialInstanceCount=0), "client", "valid min value: 1"),
    ("negative-weight", variant(InitialVariantWeight=-1), "client", "valid min value: 0"),
    ("11-variants", many(11), "service", "than or equal to 10"),
    ("memory-1000", serverless(MemorySizeInMB=1000), "client", "valid min value: 1024"),
    ("memory-1500", serverless(MemorySizeInMB=1500), "service", "1024, 2048, 3072"),
    ("concurrency-0", serverless(MaxConcurrency=0), "client", "valid min value: 1"),
    ("concurrency-201", serverless(MaxConcurrency=201), "service", "less than or equal to 200"),
    ("sampling-101", captured(101), "service", "less than or equal to 100"),
]


@pytest.mark.parametrize(("plan", "severity", "words"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_each_mistake_fails_where_aws_fails_it(plan: dict[str, Any], severity: str, words: str) -> None:
    """One mistake gives exactly one finding, at the place and in the words of the table."""
    [finding] = check(plan, None)

    assert (finding.severity, words in finding.say) == (severity, True), finding


@pytest.mark.parametrize(
    "plan",
    [variant(InitialVariantWeight=0), many(10), serverless(), captured(100)],
    ids=["weight-0", "10-variants", "serverless", "sampling-100"],
)
def test_the_limits_themselves_are_allowed(plan: dict[str, Any]) -> None:
    """A value on the limit is as good as any."""
    assert [f for f in check(plan, None) if f.severity in ("client", "service")] == []


INVOCATION = {"EndpointName": "churn", "InputLocation": "s3://bucket/input"}


@pytest.mark.parametrize(
    ("fields", "severity"),
    [
        ({"RequestTTLSeconds": 59}, "client"),
        ({"InvocationTimeoutSeconds": 3601}, "service"),
        ({"InferenceId": "x" * 65}, "service"),
    ],
    ids=["ttl-59", "invocation-timeout-3601", "inference-id-65"],
)
def test_invocations_fail_where_aws_fails_them(fields: dict[str, Any], severity: str) -> None:
    """The rows about InvokeEndpointAsync, which no plan holds, are checked one request at a time."""
    assert check_request("InvokeEndpointAsync", INVOCATION) == ()
    [finding] = check_request("InvokeEndpointAsync", {**INVOCATION, **fields})

    assert (finding.severity, finding.path[1]) == (severity, *fields)


def test_one_request_is_judged_like_a_plan() -> None:
    """A single request gets the same findings as a plan that holds it alone."""
    plan = shift("Type", "BLUE")

    assert check_request("UpdateEndpoint", plan["UpdateEndpoint"]) == check(plan, None)


def test_a_finding_points_at_the_key() -> None:
    """The path leads to the wrong value, and for a missing one to the mapping that lacks it."""
    plan = deepcopy(update(CANARY))
    routing = plan["UpdateEndpoint"]["DeploymentConfig"]["BlueGreenUpdatePolicy"]["TrafficRoutingConfiguration"]
    routing["CanarySize"] = {"Type": "CAPACITY_PERCENTAGE"}
    inside = ("UpdateEndpoint", "DeploymentConfig", *ROUTING.split("."), "CanarySize")

    assert {f.path: f.severity for f in check(plan, None)} == {inside: "client", (*inside, "Type"): "service"}


def test_the_words_of_the_service_have_its_form() -> None:
    """A constraint of the model is worded as AWS words it, with the name as it goes over the wire."""
    plan = config(VARIANT, {**VARIANT, "VariantName": "second", "InstanceType": "m5.large"})

    [finding] = check(plan, None)

    assert finding.path == ("CreateEndpointConfig", "ProductionVariants", 1, "InstanceType")
    assert finding.say.startswith(
        "1 validation error detected: Value 'm5.large' at 'productionVariants.2.member.instanceType'"
        " failed to satisfy constraint: Member must satisfy enum value set: ["
    )


def test_the_states_of_an_alarm_come_in_the_order_of_aws() -> None:
    """The model has them in another one; this is what AWS answered to StateValue INVALID."""
    drill = {"AlarmName": "err", "StateValue": "INVALID", "StateReason": "a drill"}
    said = [finding.say for finding in check({"SetAlarmState": drill}, None) if finding.severity == "service"]

    assert [say.partition(". ")[0] for say in said] == [
        "1 validation error detected: Value 'INVALID' at 'stateValue' failed to satisfy constraint: Member must"
        " satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]"
    ]


def test_every_recorded_order_is_of_the_values_of_the_model() -> None:
    """An order that was seen holds each value of its enum once, whatever the model of a newer botocore adds."""
    states = input_shape("SetAlarmState").members["StateValue"]

    assert states.name in RECORDED
    assert sorted(RECORDED[states.name]) == sorted(states.metadata["enum"])


def test_an_unknown_operation_gets_the_nearest_one() -> None:
    """A misspelt operation is answered with the one that was meant."""
    [finding] = check({"UpdateEndpont": {}}, None)

    assert finding == Finding(
        ("UpdateEndpont",),
        "client",
        "UpdateEndpont is not an operation of a plan. Did you mean UpdateEndpoint?",
    )


@pytest.mark.parametrize(
    ("later", "path"),
    [
        ({"AfterSeconds": -1, **update()}, ("Later", 0, "AfterSeconds")),
        (update(), ("Later", 0)),
        ({"AfterSeconds": 60}, ("Later", 0)),
        ("soon", ("Later", 0)),
        ({"AfterSeconds": 60, "Update": {}}, ("Later", 0, "Update")),
        ({"AfterSeconds": 60, "UpdateEndpoint": {"EndpointName": "churn"}}, ("Later", 0, "UpdateEndpoint")),
    ],
    ids=["negative", "no-time", "nothing-to-send", "no-mapping", "unknown-operation", "incomplete-request"],
)
def test_what_is_wrong_later_is_found_now(later: object, path: tuple[str | int, ...]) -> None:
    """Requests under Later are checked like the others."""
    [finding] = check({"Later": [later]}, None)

    assert (finding.path, finding.severity) == (path, "client")


def test_a_number_that_is_no_number() -> None:
    """Python counts true as 1 and so does the client; the service does not. NaN is no threshold either."""
    plan = shift("WaitIntervalInSeconds", True)

    [finding] = check(plan, None)

    assert finding.severity == "service"
    assert finding.say.startswith("true is not a number")


REMEDIES = [
    ("nothing-near", shift("Type", "BLUE"), "Write ALL_AT_ONCE or CANARY or LINEAR."),
    ("statistic", alarm(Statistic="Mean"), "Write SampleCount or Average or Sum or Minimum or Maximum."),
    ("without-anomaly-detection", alarm(ComparisonOperator=">"), "Write GreaterThanOrEqualToThreshold or"),
    ("too-many-to-list", variant(InstanceType="big"), "Write a value such as ml."),
    ("rolling-has-no-last-bake", rolling("TerminationWaitInSeconds", 300), "A rolling update has none"),
]


@pytest.mark.parametrize(("plan", "words"), [row[1:] for row in REMEDIES], ids=[row[0] for row in REMEDIES])
def test_no_remedy_is_a_guess(plan: dict[str, Any], words: str) -> None:
    """Where nothing is near, all that is possible is offered; rolling has no TerminationWait (spec sagemaker 1.4)."""
    [finding] = check(plan, None)

    assert words in finding.say
