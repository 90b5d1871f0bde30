"""Plans as text and as values: each way leads back."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.aws.checking import check
from engine.aws.translation.reading import (
    read_composite_alarm,
    read_deployment_config,
    read_endpoint_config,
    read_metric_alarm,
    read_plan,
)
from engine.aws.translation.writing import write_deployment_config, write_plan, write_request
from engine.plan import Plan, Step
from engine.requests.sagemaker import DeploymentConfig, UpdateEndpoint
from tests.engine.aws.examples import ALARM, AT_ONCE, CANARY, LINEAR, MATH, ROLLING, config, update
from tests.engine.aws.plans import DEPLOYMENTS, plans

FEW = settings(max_examples=40, deadline=None)
"""Drawing a whole plan takes milliseconds, and the first check loads the service models."""


@given(plans())
@FEW
def test_a_written_plan_reads_as_it_was(plan: Plan) -> None:
    """Nothing is lost on the way to a file and back."""
    assert read_plan(write_plan(plan)) == plan


@given(plans())
@FEW
def test_a_written_plan_is_what_the_client_accepts(plan: Plan) -> None:
    """What is written has the right shape, and passes every constraint of the service model."""
    refused = [finding for finding in check(write_plan(plan), None) if finding.severity == "client"]
    constrained = [finding for finding in check(write_plan(plan), None) if "Member must" in finding.say]

    assert (refused, constrained) == ([], [])


@given(DEPLOYMENTS)
@FEW
def test_a_deployment_config_reads_as_it_was(value: DeploymentConfig) -> None:
    """DescribeEndpoint shows a DeploymentConfig as UpdateEndpoint would take it."""
    assert read_deployment_config(write_deployment_config(value)) == value


@given(st.permutations([config(), {"PutMetricAlarm": [ALARM, MATH]}, update(CANARY)]))
@FEW
def test_the_order_of_the_file_is_no_matter(parts: list[dict[str, object]]) -> None:
    """Configurations come first, then alarms, then the update that needs them."""
    merged = {key: value for part in parts for key, value in part.items()}
    operations = [write_request(step.request)[0] for step in read_plan(merged).steps]

    assert operations == ["CreateEndpointConfig", "PutMetricAlarm", "PutMetricAlarm", "UpdateEndpoint"]


def test_later_means_later() -> None:
    """Requests under Later keep their time, and are sent by it."""
    first, second = ({"AfterSeconds": t, **update(policy)} for t, policy in ((600, CANARY), (60.5, LINEAR)))
    plan = read_plan({"Later": [first, second], **update(AT_ONCE)})

    assert [step.after_s for step in plan.steps] == [0, 60.5, 600]
    assert write_plan(plan)["Later"] == [
        {"AfterSeconds": 60.5, **update(LINEAR)},
        {"AfterSeconds": 600, **update(CANARY)},
    ]


def test_out_of_order_is_written_as_later() -> None:
    """An update that is sent before its alarm keeps its place."""
    alarm = read_metric_alarm(ALARM)
    plan = Plan((Step(request=UpdateEndpoint(endpoint_name="a", endpoint_config_name="b")), Step(request=alarm)))

    assert [type(step.request) for step in read_plan(write_plan(plan)).steps] == [UpdateEndpoint, type(alarm)]


def test_defaults_are_aws_own() -> None:
    """What is not written has AWS's default: weight 1, missing data missing, no wait before the old fleet goes."""
    written = {"VariantName": "a", "ModelName": "m", "InstanceType": "ml.m5.large", "InitialInstanceCount": 2}
    [variant] = read_endpoint_config(config(written)["CreateEndpointConfig"]).production_variants
    alarm = read_metric_alarm({k: v for k, v in ALARM.items() if k != "TreatMissingData"})
    short = {
        "BlueGreenUpdatePolicy": {"TrafficRoutingConfiguration": {"Type": "ALL_AT_ONCE", "WaitIntervalInSeconds": 0}}
    }
    policy = read_deployment_config(short).blue_green_update_policy
    composite = read_composite_alarm({"AlarmName": "c", "AlarmRule": "FALSE"})

    assert (variant.initial_variant_weight, variant.routing_strategy) == (1.0, "RANDOM")
    assert (alarm.treat_missing_data, alarm.m) == ("missing", 1)
    assert policy is not None
    assert (policy.termination_wait_in_seconds, policy.maximum_execution_timeout_in_seconds) == (0, None)
    assert composite.actions_suppressor is None


def test_a_rolling_policy_is_read_whole() -> None:
    """All four fields of a RollingUpdatePolicy arrive."""
    policy = read_deployment_config(ROLLING).rolling_update_policy

    assert policy is not None
    assert policy.rollback_maximum_batch_size is not None
    assert (policy.maximum_batch_size.value, policy.wait_interval_in_seconds) == (33, 180)
    assert (policy.maximum_execution_timeout_in_seconds, policy.rollback_maximum_batch_size.value) == (1800, 100)
