"""Advice on fleets: alarms that watch none of this update's, and a new fleet that is smaller than what runs now."""

from __future__ import annotations

from typing import Any

import pytest

from engine.aws.checking import check
from engine.aws.translation.reading import read_plan
from engine.simulate import simulate
from engine.world import Endpoint, World
from tests.engine.aws.examples import CANARY, VARIANT, alarm, changed, config, update
from tests.engine.aws.worlds import fleet, world

THREE = world(configs=(fleet("churn-v0"), fleet("churn-v1"), fleet("churn-v2")), duration_s=900)
SCALED = Endpoint(endpoint_name="churn", endpoint_config_name="churn-v1", instance_counts={"main": 8})
EIGHT = world(2, endpoint=SCALED)
"""Scaled from 2 to 8 since."""
HALF = changed(
    CANARY, "BlueGreenUpdatePolicy.TrafficRoutingConfiguration.CanarySize", {"Type": "CAPACITY_PERCENT", "Value": 50}
)


def said(requests: dict[str, Any], where: World) -> list[tuple[str, str]]:
    """Return the last key of each place with its sentence; anything that is no advice fails the test."""
    findings = check(requests, where)
    assert {finding.severity for finding in findings} <= {"advice"}, findings
    return [(str(finding.path[-1]), finding.say) for finding in findings]


def watching(name: str | None, variant: str = "main", **fields: Any) -> dict[str, Any]:
    """Return an alarm on that configuration."""
    given = {"EndpointName": "churn", "VariantName": variant, "EndpointConfigName": name}
    return alarm(Dimensions=[{"Name": k, "Value": v} for k, v in given.items() if v], **fields)


def test_a_third_configuration_has_no_part_in_the_update() -> None:
    """The alarm of an earlier update was copied: it never gets any data, as a run agrees."""
    requests = {**watching("churn-v0"), **update(CANARY)}
    run = simulate(THREE, read_plan(requests), 1)

    assert said(requests, THREE) == [
        (
            "AlarmName",
            "err watches churn-v0, and this update goes from churn-v1 to churn-v2: it never gets any data. Set its"
            " dimension EndpointConfigName to churn-v2.",
        )
    ]
    assert {change.to_state for change in run.alarms} == {"OK"}
    assert all("no datapoints were received" in change.reason for change in run.alarms)


def test_the_new_one_is_right_and_the_old_one_has_advice_of_its_own() -> None:
    """What is said of one mistake is not said of another."""
    assert said({**watching("churn-v2"), **update(CANARY)}, THREE) == []
    assert [
        "the fleet that is going away" in say for _, say in said({**watching("churn-v1"), **update(CANARY)}, THREE)
    ] == [True]


def test_a_later_update_may_be_what_it_is_for() -> None:
    """Two updates with the same two alarms: each watches the one that is its own."""
    puts = [watching(f"churn-v{k}", AlarmName=f"v{k}")["PutMetricAlarm"] for k in (0, 2)]
    both = changed(CANARY, "AutoRollbackConfiguration.Alarms", [{"AlarmName": "v0"}, {"AlarmName": "v2"}])
    later = {"AfterSeconds": 3000, **update(both, EndpointConfigName="churn-v0")}

    found = said({"PutMetricAlarm": puts, **update(both), "Later": [later]}, THREE)

    assert [say for _, say in found if "never gets any data" in say] == []


@pytest.mark.parametrize("name", [None, "churn-v2", "churn-v1"])
def test_a_variant_of_neither_fleet_has_no_part_in_it(name: str | None) -> None:
    """The variant exists, but in a configuration that this update does not touch."""
    where = world(configs=(fleet("churn-v0", "spare"), fleet("churn-v1"), fleet("churn-v2")))
    found = [say for _, say in said({**watching(name, "spare"), **update(CANARY)}, where) if "never gets" in say]

    assert [say.split(":")[0] for say in found] == [
        "err watches the variant spare, which neither churn-v1 nor churn-v2 has"
    ]
    assert found[0].endswith("Set its dimension VariantName to main.")


def test_a_fleet_that_was_scaled_is_left_with_what_the_configuration_says() -> None:
    """From eight to two, unless the counts are retained (spec sagemaker 1.6)."""
    requests = {**watching("churn-v2"), **update(HALF)}

    assert said(requests, EIGHT) == [
        (
            "EndpointConfigName",
            "main runs on 8 instances now, and this update leaves it 2. To keep them write"
            " RetainAllVariantProperties: true.",
        )
    ]
    assert simulate(EIGHT, read_plan(requests), 1).instances[-1].counts == {"churn-v2": 2}


@pytest.mark.parametrize(
    ("fields", "where", "key"),
    [
        ({"RetainAllVariantProperties": True}, EIGHT, None),
        ({"RetainAllVariantProperties": False}, EIGHT, "RetainAllVariantProperties"),
        (
            {
                "RetainAllVariantProperties": True,
                "ExcludeRetainedVariantProperties": [{"VariantPropertyType": "DesiredInstanceCount"}],
            },
            EIGHT,
            "ExcludeRetainedVariantProperties",
        ),
        ({}, world(8, endpoint=SCALED), None),
        ({}, world(9, endpoint=SCALED), None),
        ({}, world(2), None),
    ],
    ids=["kept", "not-kept", "excluded", "as-many", "more", "never-scaled"],
)
def test_what_keeps_the_instances_is_said_where_it_stands(
    fields: dict[str, Any], where: World, key: str | None
) -> None:
    """Whoever keeps them, or gets as many anyway, is told nothing."""
    found = said({**watching("churn-v2"), **update(HALF, **fields)}, where)

    assert [place for place, say in found if "this update leaves it 2" in say] == ([key] if key else [])
    assert len(found) == bool(key)


def test_what_the_plan_scales_itself_counts() -> None:
    """UpdateEndpointWeightsAndCapacities is sent before, and the update takes it back."""
    scaled = {
        "EndpointName": "churn",
        "DesiredWeightsAndCapacities": [{"VariantName": "main", "DesiredInstanceCount": 6}],
    }
    requests = {
        "UpdateEndpointWeightsAndCapacities": scaled,
        "Later": [{"AfterSeconds": 900, **watching("churn-v2"), **update(HALF)}],
    }

    assert ["runs on 6 instances now" in say for _, say in said(requests, world(2))] == [True]


def test_instances_of_another_type_are_not_compared() -> None:
    """Two of twice the size can do the work of four: nobody knows better than who wrote it."""
    larger = {**VARIANT, "VariantName": "main", "InstanceType": "ml.m5.xlarge", "InitialInstanceCount": 2}
    requests = {
        **config(larger, name="churn-v3"),
        **watching("churn-v3"),
        **update(HALF, EndpointConfigName="churn-v3"),
    }
    same = {**requests, **config({**larger, "InstanceType": "ml.m5.large"}, name="churn-v3")}

    assert said(requests, EIGHT) == []
    assert ["this update leaves it 2" in say for _, say in said(same, EIGHT)] == [True]
