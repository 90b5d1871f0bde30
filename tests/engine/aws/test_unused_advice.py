"""Fields that AWS takes and that do nothing as they stand."""

from __future__ import annotations

from typing import Any

import pytest

from engine.aws.checking import check
from engine.aws.translation.reading import read_plan
from engine.simulate import simulate
from engine.timing import Timing
from engine.world import Endpoint, World
from tests.engine.aws.examples import AT_ONCE, CANARY, LINEAR, VARIANT, alarm, changed, config, update
from tests.engine.aws.worlds import world
from tests.engine.rollouts import STEADY

OF_V2 = {"EndpointName": "churn", "VariantName": "main", "EndpointConfigName": "churn-v2"}
GUARD = alarm(Dimensions=[{"Name": name, "Value": value} for name, value in OF_V2.items()])
NAMED = {"AutoRollbackConfiguration": {"Alarms": [{"AlarmName": "err"}]}}
WAIT = "BlueGreenUpdatePolicy.TrafficRoutingConfiguration.WaitIntervalInSeconds"
LAST = "BlueGreenUpdatePolicy.TerminationWaitInSeconds"
BOTH = ["DesiredInstanceCount", "DesiredWeight"]


def said(requests: dict[str, Any], where: World | None = None) -> list[tuple[str, str]]:
    """Return the last key of each place with its sentence; anything that is no advice fails the test."""
    findings = check(requests, where or world())
    assert {finding.severity for finding in findings} <= {"advice"}, findings
    return [(str(finding.path[-1]), finding.say) for finding in findings]


def at_once(wait: int, last: int = 600) -> dict[str, Any]:
    return {**GUARD, **update({**changed(changed(AT_ONCE, WAIT, wait), LAST, last), **NAMED})}


def canary(**fields: Any) -> dict[str, Any]:
    return {**GUARD, **update(CANARY, **fields)}


@pytest.mark.parametrize("seconds", [1, 300, 900])
def test_a_wait_of_all_at_once_does_nothing(seconds: int) -> None:
    """Its only bake is TerminationWaitInSeconds (spec sagemaker 2.5): the run is the same, and the advice says so."""
    steady = world(timing=STEADY, duration_s=1800)
    runs = [simulate(steady, read_plan(at_once(wait)), 1).update_ended_s for wait in (0, seconds)]

    assert said(at_once(seconds)) == [
        (
            "WaitIntervalInSeconds",
            "WaitIntervalInSeconds does nothing with ALL_AT_ONCE: one step takes all the traffic, and the only bake is"
            " TerminationWaitInSeconds, which is 600 here. Write 0 for what does nothing.",
        )
    ]
    assert runs[0] == runs[1]


def test_a_wait_in_the_wrong_field_is_told_where_it_belongs() -> None:
    """Whoever wrote 900 seconds wanted a bake, and has none."""
    [wait] = [say for key, say in said(at_once(900, 0)) if key == "WaitIntervalInSeconds"]

    assert wait.endswith("TerminationWaitInSeconds, which is 0 here. Write the 900 there, and 0 here.")


@pytest.mark.parametrize("requests", [at_once(0), canary(), {**GUARD, **update({**LINEAR, **NAMED})}])
def test_a_wait_between_steps_is_left_alone(requests: dict[str, Any]) -> None:
    """0 is what belongs there with ALL_AT_ONCE; a canary and a linear update do wait."""
    assert said(requests) == []


@pytest.mark.parametrize(("timing", "named"), [(Timing(), True), (Timing(linear_waits_after_last_step=True), False)])
def test_one_instance_is_one_step(timing: Timing, named: bool) -> None:
    """A linear update of a single instance has nothing to wait between, unless it waits after its last step too."""
    requests = {**GUARD, **update({**LINEAR, **NAMED})}
    found = [say for key, say in said(requests, world(count=1, timing=timing)) if key == "WaitIntervalInSeconds"]

    assert ["does nothing on 1 instance(s)" in say for say in found] == [True] * named


def test_a_retained_policy_is_not_the_one_written() -> None:
    """What stands here is not used at all, and only that is said."""
    last = read_plan(update(CANARY)).updates[0].deployment_config
    where = world(
        endpoint=Endpoint(endpoint_name="churn", endpoint_config_name="churn-v1", last_deployment_config=last)
    )
    requests = {**GUARD, **update({**changed(AT_ONCE, WAIT, 300), **NAMED}, RetainDeploymentConfig=True)}

    assert [key for key, _ in said(requests, where)] == ["RetainDeploymentConfig"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"ExcludeRetainedVariantProperties": BOTH[:1]}, "does nothing unless RetainAllVariantProperties is true"),
        (
            {"ExcludeRetainedVariantProperties": BOTH[1:], "RetainAllVariantProperties": False},
            "does nothing unless RetainAllVariantProperties is true",
        ),
        ({"ExcludeRetainedVariantProperties": BOTH, "RetainAllVariantProperties": True}, "so nothing is kept"),
        ({"ExcludeRetainedVariantProperties": BOTH[:1], "RetainAllVariantProperties": True}, None),
        ({"ExcludeRetainedVariantProperties": [], "RetainAllVariantProperties": False}, None),
        ({"RetainAllVariantProperties": True}, None),
    ],
)
def test_an_exclusion_needs_something_to_exclude_from(fields: dict[str, Any], words: str | None) -> None:
    """AWS's model documents the list for RetainAllVariantProperties true only; nothing refuses it without."""
    given = {
        name: [{"VariantPropertyType": each} for each in value] if isinstance(value, list) else value
        for name, value in fields.items()
    }
    found = said(canary(**given))

    assert [(key, True) for key, _ in found] == ([("ExcludeRetainedVariantProperties", True)] if words else [])
    assert not words or words in found[0][1]


def test_a_variant_of_another_name_keeps_nothing() -> None:
    """Properties are kept by name; without a policy a rename is accepted (spec sagemaker 1.6, 2.9)."""
    renamed = {**config({**VARIANT, "VariantName": "green"}, name="churn-v3")}
    requests = {**renamed, **update(EndpointConfigName="churn-v3", RetainAllVariantProperties=True)}
    kept = {**config({**VARIANT, "VariantName": "main"}, name="churn-v3"), **update(EndpointConfigName="churn-v3")}
    kept["UpdateEndpoint"]["RetainAllVariantProperties"] = True
    found = [say for key, say in said(requests) if key == "RetainAllVariantProperties"]

    assert [say.split(":")[0] for say in found] == ["This keeps nothing"]
    assert "the variants are called main now and green then" in found[0]
    assert [say for key, say in said(kept) if key == "RetainAllVariantProperties"] == []
