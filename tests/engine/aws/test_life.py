"""Plans that create and delete the endpoint: what is said of them beforehand is what the simulator does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.aws.checking import check
from engine.aws.translation.reading import read_plan
from engine.simulate import simulate
from engine.world import Endpoint, World
from tests.engine.aws.examples import CANARY, VARIANT, alarm, changed, config, update
from tests.engine.aws.scaling_examples import REGISTER
from tests.engine.aws.test_shadow_tests import create as shadow_test
from tests.engine.aws.worlds import fleet, world

ARN = "arn:aws:sagemaker:us-east-1:111122223333:endpoint/churn"
EMPTY = world(endpoint=Endpoint(endpoint_name="churn"))
SERVERLESS = {
    "VariantName": "main",
    "ModelName": "churn-v3",
    "ServerlessConfig": {"MemorySizeInMB": 2048, "MaxConcurrency": 20},
}
WEIGHTS: dict[str, Any] = {
    "UpdateEndpointWeightsAndCapacities": {
        "EndpointName": "churn",
        "DesiredWeightsAndCapacities": [{"VariantName": "main", "DesiredWeight": 1}],
    }
}
MISSING = f'Could not find endpoint "{ARN}". Send CreateEndpoint first, and this one once the endpoint is InService.'
BUSY = f'Cannot update in-progress endpoint "{ARN}". CreateEndpoint is sent first and takes minutes: send this one'


def create(to: str = "churn-v1", **fields: Any) -> dict[str, Any]:
    return {"CreateEndpoint": {"EndpointName": "churn", "EndpointConfigName": to, **fields}}


def delete(name: str = "churn") -> dict[str, Any]:
    return {"DeleteEndpoint": {"EndpointName": name}}


def later(*requests: tuple[float, dict[str, Any]]) -> dict[str, Any]:
    return {"Later": [{"AfterSeconds": after_s, **request} for after_s, request in requests]}


def said(plan: dict[str, Any], where: World) -> list[tuple[str, str]]:
    """What stops a plan: severity and sentence."""
    return [(each.severity, each.say) for each in check(plan, where) if each.stops]


def in_a_run(plan: dict[str, Any], where: World) -> list[str]:
    """What a run answers to the requests that it refuses."""
    run = simulate(replace(where, duration_s=60.0, update_at_s=0.0), read_plan(plan), 1)
    return [event.detail["message"] for event in run.events if event.is_refusal]


REFUSED: list[Any] = [
    pytest.param(
        create(),
        world(),
        f'Cannot create already existing endpoint "{ARN}". Write UpdateEndpoint to move it to another configuration.',
        id="it exists (spec sagemaker 5)",
    ),
    pytest.param(
        {"CreateEndpoint": {**create()["CreateEndpoint"], "EndpointName": "CHURN"}},
        world(),
        f'Cannot create already existing endpoint "{ARN}". churn is there, and names differ by more than their case.'
        " Choose another name.",
        id="it exists in small letters",
    ),
    pytest.param(
        create("churn-v9"),
        EMPTY,
        'Could not find endpoint configuration "arn:aws:sagemaker:us-east-1:111122223333:endpoint-config/churn-v9".'
        " Did you mean churn-v2?",
        id="unknown configuration (spec sagemaker 5)",
    ),
    pytest.param(update(CANARY), EMPTY, MISSING, id="update before it exists"),
    pytest.param(WEIGHTS, EMPTY, MISSING, id="weights before it exists"),
    pytest.param(delete(), EMPTY, MISSING, id="deletion before it exists"),
    pytest.param(
        delete("chrun"),
        world(),
        'Could not find endpoint "arn:aws:sagemaker:us-east-1:111122223333:endpoint/chrun". It is called churn.',
        id="deletion of another",
    ),
    pytest.param(shadow_test(), EMPTY, MISSING, id="shadow test before it exists"),
    pytest.param(
        {**create(), **delete()}, EMPTY, f"{BUSY} later, when that is over.", id="created and deleted at once"
    ),
    pytest.param(
        {**create(), **shadow_test()}, EMPTY, f"{BUSY} later, when that is over.", id="shadow test while Creating"
    ),
    pytest.param(
        {**create(), "RegisterScalableTarget": REGISTER},
        EMPTY,
        f'The endpoint "{ARN}" is Creating. Send this once it is InService.',
        id="scaling while Creating",
    ),
    pytest.param(
        {**update(CANARY), **delete()},
        world(),
        f'Cannot update in-progress endpoint "{ARN}". UpdateEndpoint is sent first and takes minutes: send this one'
        " later, when that is over.",
        id="deletion while Updating (spec sagemaker 3.2)",
    ),
    pytest.param(
        {**delete(), **later((0, create()))},
        world(),
        f'Cannot create already existing endpoint "{ARN}". DeleteEndpoint is sent first and takes a while: send this'
        " one later, when that is over.",
        id="created again at once",
    ),
    pytest.param(
        create(),
        replace(EMPTY, instance_quota=3),
        "The account-level service limit 'ml.m5.large for endpoint usage' is 3 Instances, with current utilization of "
        "0 Instances and a request delta of 4 Instances. Please contact AWS support to request an increase for this "
        "limit. Use fewer instances.",
        id="quota (spec sagemaker 8.1)",
    ),
    pytest.param(
        {**config(SERVERLESS, name="small"), **create("small")},
        replace(EMPTY, serverless_quota=10),
        "The account-level service limit 'Maximum total concurrency that can be allocated across all serverless "
        "endpoints' is 10, with current utilization of 0 and a request delta of 20. Please contact AWS support to "
        "request an increase for this limit. Lower MaxConcurrency to 10 or less.",
        id="concurrency (spec sagemaker 8.1)",
    ),
]


@pytest.mark.parametrize(("plan", "where", "say"), REFUSED)
def test_it_is_refused(plan: dict[str, Any], where: World, say: str) -> None:
    """One finding, with what would be right; a run refuses it with the same text."""
    [(severity, found)] = said(plan, where)
    [message] = in_a_run(plan, where)

    assert (severity, found) == ("service", say)
    assert found.startswith(message)


@pytest.mark.parametrize(
    ("plan", "where"),
    [
        pytest.param(create(), EMPTY, id="created"),
        pytest.param({**config(VARIANT, name="churn-v3"), **create("churn-v3")}, EMPTY, id="on a new configuration"),
        pytest.param({**create(), **later((600, update(CANARY)))}, EMPTY, id="and updated"),
        pytest.param({**create(), **later((600, {"RegisterScalableTarget": REGISTER}))}, EMPTY, id="and scaled"),
        pytest.param(delete(), world(), id="deleted"),
        pytest.param({**delete(), **later((600, create()))}, world(), id="and created again"),
        pytest.param(
            {**config(SERVERLESS, name="small"), **delete(), **later((600, create("small")))},
            world(),
            id="as a serverless one, which an update could not make of it",
        ),
        pytest.param(create(), replace(EMPTY, instance_quota=4), id="quota that is just enough"),
        pytest.param(
            {
                "Later": [
                    {
                        "AfterSeconds": 60,
                        "If": {"AlarmName": "errors", "StateValue": "ALARM"},
                        **delete(),
                    },
                    {"AfterSeconds": 900, **WEIGHTS},
                ],
                **alarm(AlarmName="errors"),
            },
            world(),
            id="weights after a deletion that may not have been sent",
        ),
    ],
)
def test_it_is_taken(plan: dict[str, Any], where: World) -> None:
    """Nothing stops it."""
    assert not said(plan, where)


def test_what_comes_after_the_end() -> None:
    """Without an endpoint there is nothing to update."""
    assert said({**delete(), **later((600, update(CANARY)))}, world()) == [("service", MISSING)]


def test_a_second_endpoint_is_taken_and_nobody_calls_it() -> None:
    """As AWS takes it; who expects requests there is told."""
    plan = {"CreateEndpoint": {"EndpointName": "other", "EndpointConfigName": "churn-v1"}}

    assert said(plan, world()) == []
    [advice] = [each for each in check(plan, world()) if each.severity == "advice"]
    assert advice.path == ("CreateEndpoint", "EndpointName")
    assert advice.say.startswith("Nobody calls an endpoint other: requests go to churn. Its instances would cost")


def test_a_misspelt_creation_is_judged_as_far_as_it_can_be_read() -> None:
    """The name of its configuration is looked up all the same."""
    plan = {"CreateEndpoint": {"EndpointName": "churn", "EndpointConfigName": "churn-v9", "Tag": []}}

    assert [severity for severity, _ in said(plan, EMPTY)] == ["client", "service"]


def test_its_deployment_config_has_the_rules_of_an_update() -> None:
    """Although it is only kept for later (spec sagemaker 1.1)."""
    size = {"Type": "CAPACITY_PERCENT", "Value": 60}
    wide = changed(CANARY, "BlueGreenUpdatePolicy.TrafficRoutingConfiguration.CanarySize", size)

    [(_, say)] = said(create(DeploymentConfig=wide), EMPTY)
    assert "CanarySize is 60 % of the fleet" in say


def test_what_is_sent_too_soon_is_advised_against() -> None:
    """An endpoint is Creating for minutes, and takes nothing meanwhile (spec sagemaker 3.2, 4.5)."""
    soon = {**create(), **later((60, {"RegisterScalableTarget": REGISTER}), (90, delete()))}
    found = [each for each in check(soon, EMPTY) if each.severity == "advice"]

    say = "The creation before takes about 180 s, and while it runs this one is refused. Send it later."
    assert [each.say for each in found if each.say == say] == [say] * 2
    assert in_a_run_of(soon, EMPTY, 400.0)


def test_deletions_and_other_weights_take_their_time_too() -> None:
    """A deleted endpoint is Deleting for half a minute, other weights take one (spec sagemaker 3.2, inference 8)."""
    weights = {"EndpointName": "churn", "DesiredWeightsAndCapacities": [{"VariantName": "main", "DesiredWeight": 2}]}
    change = {"UpdateEndpointWeightsAndCapacities": weights}
    anew = create(EndpointConfigName="churn-v1")
    for plan, what in (
        ({**delete(), **later((10, anew))}, "deletion before takes about 30 s"),
        ({**change, **later((30, update()), (90, update()))}, "change before takes about 58 s"),
    ):
        found = [each for each in check(plan, world()) if "and while it runs this one is refused" in each.say]
        assert [(each.path[:2], what in each.say) for each in found] == [(("Later", 0), True)]


def in_a_run_of(plan: dict[str, Any], where: World, seconds: float) -> bool:
    """Are both of them refused in a run?"""
    run = simulate(replace(where, duration_s=seconds), read_plan(plan), 1)
    return [event.t - where.update_at_s for event in run.events if event.is_refusal] == [60, 90]


def test_a_plan_that_creates_is_not_told_that_it_does_nothing() -> None:
    """It need not hold an UpdateEndpoint."""
    for plan, where in ((create(), EMPTY), (delete(), world())):
        assert not [each for each in check(plan, where) if "no UpdateEndpoint" in each.say]


def test_an_alarm_on_a_metric_that_the_created_endpoint_has_not() -> None:
    """The configuration of CreateEndpoint is one that serves (spec sagemaker 6.1)."""
    watched = alarm(AlarmName="warm", MetricName="ServerlessConcurrentExecutionsUtilization", Dimensions=OF_MAIN)
    [found] = [each for each in check({**watched, **create()}, EMPTY) if "never has data" in each.say]

    assert found.severity == "advice"


OF_MAIN = [{"Name": "EndpointName", "Value": "churn"}, {"Name": "VariantName", "Value": "main"}]


def test_retained_settings_are_those_of_the_creation() -> None:
    """RetainDeploymentConfig is no mistake after a creation with a DeploymentConfig (spec sagemaker 1.6)."""
    where = replace(EMPTY, configs=(fleet("churn-v1"), fleet("churn-v2")))
    plan = {
        **create(DeploymentConfig=CANARY),
        **later((900, update(None, RetainDeploymentConfig=True, DeploymentConfig=None))),
    }
    plan["Later"][0]["UpdateEndpoint"].pop("DeploymentConfig")

    assert not [each for each in check(plan, where) if "no earlier DeploymentConfig" in each.say]
