"""What others recorded of SageMaker, Application Auto Scaling and EventBridge, or hold for its behaviour, asked here.

Each fact is written down in our own words, with where it comes from. Not asked here, and why:

* ListTags of more than 50 tags on an endpoint (moto): AWS allows no more than 50; pages of 50 are asked for below.
* six minutes and a half for a first endpoint on ml.c5.4xlarge (amazon-sagemaker-examples, A/B testing, 2021): another
  type and Region than that of the sheet's calibration; `Timing.provision_s` says what is used, and can be changed.
* how the clients spell their calls (seen on the wire) belongs to the tests of the protocols, and the clients themselves
  are tried where they are installed.
* InvokeEndpoint on a container that fails (amazon-sagemaker-examples 407) belongs to the runtime's tests.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from botocore.exceptions import ClientError

from engine.requests.arns import ACCOUNT
from tests.engine.aws.gateway.in_process import client, gateway_of, talking_to
from tests.engine.rollouts import STEADY, failing, world

VARIANT = {"VariantName": "main", "ModelName": "v2", "InstanceType": "ml.m5.large", "InitialInstanceCount": 4}
TARGET = {
    "ServiceNamespace": "sagemaker",
    "ResourceId": "endpoint/churn/variant/main",
    "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
}
HIGH_RESOLUTION = {
    "TargetValue": 5.0,
    "PredefinedMetricSpecification": {
        "PredefinedMetricType": "SageMakerVariantConcurrentRequestsPerModelHighResolution"
    },
}
POLICY = {"PolicyName": "p", "PolicyType": "TargetTrackingScaling"}
ALARM = {
    "Namespace": "AWS/SageMaker",
    "MetricName": "Invocation5XXErrors",
    "Dimensions": [{"Name": "EndpointName", "Value": "churn"}, {"Name": "VariantName", "Value": "main"}],
    "Statistic": "Sum",
    "Period": 60,
    "EvaluationPeriods": 1,
    "Threshold": 1.0,
    "ComparisonOperator": "GreaterThanOrEqualToThreshold",
}


@pytest.fixture
def gateway():
    """A gateway that botocore's clients talk to."""
    with talking_to(gateway_of(world(timing=STEADY))) as found:
        yield found


def config(name="new", **variant):
    """Return a request for a configuration."""
    return {"EndpointConfigName": name, "ProductionVariants": [{**VARIANT, **variant}]}


def weights(endpoint="churn", variant="main"):
    """Return a request for another weight."""
    desired = [{"VariantName": variant, "DesiredWeight": 2.0}]
    return {"EndpointName": endpoint, "DesiredWeightsAndCapacities": desired}


TYPES = "[PredictiveScaling, StepScaling, TargetTrackingScaling]"
REFUSALS = [
    # moto, test_sagemaker_endpoint.py: an unknown variant, by the configuration that the endpoint runs
    (
        "sagemaker",
        "update_endpoint_weights_and_capacities",
        weights(variant="SillyNotCorrectName"),
        "ValidationException",
        'The variant name(s) "SillyNotCorrectName" is/are not present within endpoint configuration "v1".',
    ),
    # moto, the same file, with the case that AWS's ARNs have: an unknown endpoint
    (
        "sagemaker",
        "update_endpoint_weights_and_capacities",
        weights(endpoint="SillyEndpointName"),
        "ValidationException",
        f'Could not find endpoint "arn:aws:sagemaker:us-east-1:{ACCOUNT}:endpoint/sillyendpointname".',
    ),
    # moto, the same file: an unknown configuration
    *(
        (
            "sagemaker",
            operation,
            {"EndpointConfigName": "gone"},
            "ValidationException",
            f'Could not find endpoint configuration "arn:aws:sagemaker:us-east-1:{ACCOUNT}:endpoint-config/gone".',
        )
        for operation in ("describe_endpoint_config", "delete_endpoint_config")
    ),
    # printed by a user of AWS (spot-tagging-bot-for-digital-assets 2): a name that is taken
    (
        "sagemaker",
        "create_endpoint_config",
        config("v2"),
        "ValidationException",
        "Cannot create already existing endpoint configuration "
        f'"arn:aws:sagemaker:us-east-1:{ACCOUNT}:endpoint-config/v2".',
    ),
    # printed by a user of AWS (astronomer-providers 1055): a model that is there
    (
        "sagemaker",
        "create_model",
        {"ModelName": "v1"},
        "ValidationException",
        f'Cannot create already existing model "arn:aws:sagemaker:us-east-1:{ACCOUNT}:model/v1".',
    ),
    # moto, verified against AWS: the enum in another order than the model's
    (
        "application-autoscaling",
        "put_scaling_policy",
        {**TARGET, "PolicyName": "p", "PolicyType": "ABCDEFG"},
        "ValidationException",
        "1 validation error detected: Value 'ABCDEFG' at 'policyType' failed to satisfy constraint: "
        f"Member must satisfy enum value set: {TYPES}",
    ),
]


@pytest.mark.parametrize("service, operation, given, code, message", REFUSALS)
def test_what_is_refused_and_how(gateway, service, operation, given, code, message):
    """Code and sentence as others have them."""
    with pytest.raises(ClientError) as refused:
        getattr(client(service), operation)(**given)

    assert refused.value.response["Error"] == {"Code": code, "Message": message}
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


@pytest.mark.parametrize(
    "service, operation, given, part",
    [
        # moto, test_sagemaker_endpoint.py: an instance type that there is not
        (
            "sagemaker",
            "create_endpoint_config",
            config(InstanceType="InvalidInstanceType"),
            "failed to satisfy constraint: Member must satisfy enum value set: [",
        ),
        # moto, test_applicationautoscaling.py: nothing there to be taken away; of a target AWS's own word is
        # `registered`, as tools print it
        ("application-autoscaling", "deregister_scalable_target", TARGET, "No scalable target registered for"),
        (
            "application-autoscaling",
            "delete_scaling_policy",
            {**TARGET, "PolicyName": "p"},
            "No scaling policy found",
        ),
    ],
)
def test_sentences_of_which_a_part_is_known(gateway, service, operation, given, part):
    """The part stands in ours."""
    with pytest.raises(ClientError) as refused:
        getattr(client(service), operation)(**given)

    assert part in refused.value.response["Error"]["Message"]


def test_an_update_misses_the_configuration_that_was_deleted(gateway):
    """Printed by a user of AWS (terraform-provider-aws 40048): the old one's ARN."""
    sagemaker = client("sagemaker")
    sagemaker.delete_endpoint_config(EndpointConfigName="v1")

    with pytest.raises(ClientError, match=r'Could not find endpoint configuration "arn:aws:.*:endpoint-config/v1"\.'):
        sagemaker.update_endpoint(EndpointName="churn", EndpointConfigName="v2")


def test_arns_are_in_lower_case():
    """Printed by AWS's own example (amazon-sagemaker-examples 293): the name keeps its case, the ARN does not."""
    name = "DEMO-imageclassification-ep--2018-06-24-19-59-29"
    here = world()
    named = replace(here, endpoint=replace(here.endpoint, endpoint_name=name))
    with talking_to(gateway_of(named)):
        (found,) = client("sagemaker").list_endpoints()["Endpoints"]

    assert found["EndpointName"] == name
    assert found["EndpointArn"].endswith(":endpoint/demo-imageclassification-ep--2018-06-24-19-59-29")


def recreated(sagemaker, request, deployment):
    """Delete the endpoint, and create it on a configuration with settings for later updates."""
    sagemaker.delete_endpoint(EndpointName="churn")
    sagemaker.get_waiter("endpoint_deleted").wait(EndpointName="churn")
    sagemaker.create_endpoint_config(**request)
    sagemaker.create_endpoint(EndpointName="churn", EndpointConfigName="new", DeploymentConfig=deployment)
    sagemaker.get_waiter("endpoint_in_service").wait(EndpointName="churn")
    return sagemaker.describe_endpoint(EndpointName="churn")


def test_settings_of_a_creation_are_kept(gateway):
    """Terraform's acceptance tests, run against AWS (endpoint_test.go, deploymentConfig): 0 s before termination."""
    routing = {"Type": "ALL_AT_ONCE", "WaitIntervalInSeconds": 60}
    given = {"BlueGreenUpdatePolicy": {"TrafficRoutingConfiguration": routing}}
    policy = recreated(client("sagemaker"), config(), given)["LastDeploymentConfig"]["BlueGreenUpdatePolicy"]

    assert policy["TerminationWaitInSeconds"] == 0
    assert policy["TrafficRoutingConfiguration"] == routing


def test_one_of_two_instances_is_a_linear_step(gateway):
    """The same file, deploymentConfig_blueGreen: 50 % is taken, and the alarm described."""
    client("cloudwatch").put_metric_alarm(AlarmName="a", **ALARM)
    step = {"Type": "INSTANCE_COUNT", "Value": 1}
    given = {
        "BlueGreenUpdatePolicy": {
            "TrafficRoutingConfiguration": {"Type": "LINEAR", "WaitIntervalInSeconds": 60, "LinearStepSize": step}
        },
        "AutoRollbackConfiguration": {"Alarms": [{"AlarmName": "a"}]},
    }
    found = recreated(client("sagemaker"), config(InitialInstanceCount=2), given)["LastDeploymentConfig"]

    assert found["AutoRollbackConfiguration"] == {"Alarms": [{"AlarmName": "a"}]}


def test_an_update_to_fewer_instances_without_a_policy(gateway):
    """The same file, endpointName: two to one."""
    sagemaker = client("sagemaker")
    sagemaker.create_endpoint_config(**config(InitialInstanceCount=1))
    sagemaker.update_endpoint(EndpointName="churn", EndpointConfigName="new")
    sagemaker.get_waiter("endpoint_in_service").wait(EndpointName="churn")
    found = sagemaker.describe_endpoint(EndpointName="churn")

    assert found["EndpointConfigName"] == "new"
    assert found["ProductionVariants"][0]["CurrentInstanceCount"] == 1


GUARDED = {
    "linear": {
        "BlueGreenUpdatePolicy": {
            "TrafficRoutingConfiguration": {
                "Type": "LINEAR",
                "LinearStepSize": {"Type": "CAPACITY_PERCENT", "Value": 33},
                "WaitIntervalInSeconds": 180,
            },
            "TerminationWaitInSeconds": 120,
            "MaximumExecutionTimeoutInSeconds": 1800,
        }
    },
    "rolling": {
        "RollingUpdatePolicy": {
            "MaximumBatchSize": {"Type": "CAPACITY_PERCENT", "Value": 33},
            "WaitIntervalInSeconds": 180,
            "MaximumExecutionTimeoutInSeconds": 1800,
        }
    },
}


@pytest.mark.parametrize("policy", GUARDED)
def test_awss_guardrail_notebooks(policy):
    """Config 1, a broken one that is rolled back, and a good one (amazon-sagemaker-examples, deploy_and_monitor).

    The waiter of the SDK says success after the rollback, too (terraform-provider-aws, endpoint.go).
    """
    here = world(count=3, new=failing(), timing=STEADY)
    with talking_to(gateway_of(here)) as gateway:
        sagemaker, on = client("sagemaker"), []
        gateway.account.live.advance(300)
        client("cloudwatch").put_metric_alarm(AlarmName="errors", TreatMissingData="notBreaching", **ALARM)
        sagemaker.create_endpoint_config(**config("good", ModelName="v1", InitialInstanceCount=3))
        guarded = {**GUARDED[policy], "AutoRollbackConfiguration": {"Alarms": [{"AlarmName": "errors"}]}}
        on.append(sagemaker.describe_endpoint(EndpointName="churn")["EndpointConfigName"])
        for name in ("v2", "good"):
            sagemaker.update_endpoint(EndpointName="churn", EndpointConfigName=name, DeploymentConfig=guarded)
            sagemaker.get_waiter("endpoint_in_service").wait(EndpointName="churn")
            on.append(sagemaker.describe_endpoint(EndpointName="churn")["EndpointConfigName"])
            gateway.account.live.advance(gateway.account.live.now + 600)

    assert on == ["v1", "v1", "good"]


def test_tags_come_in_pages_of_fifty(gateway):
    """moto, test_list_tags_endpoint."""
    sagemaker = client("sagemaker")
    named = sagemaker.describe_endpoint(EndpointName="churn")["EndpointArn"]
    for begin in (0, 40):
        tags = [{"Key": f"k{index}", "Value": "v"} for index in range(begin, begin + 40)]
        sagemaker.add_tags(ResourceArn=named, Tags=tags)
    first = sagemaker.list_tags(ResourceArn=named)

    assert len(first["Tags"]) == 50
    assert len(sagemaker.list_tags(ResourceArn=named, NextToken=first["NextToken"])["Tags"]) == 30


def test_alarms_of_a_tracking_policy_come_and_go_with_it(gateway):
    """moto, verified against AWS; AWS's own notebook on scaling: AlarmHigh and AlarmLow, which DescribeAlarms finds."""
    scaling = client("application-autoscaling")
    scaling.register_scalable_target(**TARGET, MinCapacity=1, MaxCapacity=8)
    put = scaling.put_scaling_policy(**TARGET, **POLICY, TargetTrackingScalingPolicyConfiguration=HIGH_RESOLUTION)
    (found,) = scaling.describe_scaling_policies(ServiceNamespace="sagemaker")["ScalingPolicies"]
    names = [each["AlarmName"] for each in put["Alarms"]]

    assert found["Alarms"] == put["Alarms"]
    assert [part in name for part, name in zip(("AlarmHigh", "AlarmLow"), names, strict=True)] == [True, True]
    assert set(names) <= gateway.account.live.alarms.states.keys()
    scaling.delete_scaling_policy(**TARGET, PolicyName="p")
    assert not set(names) & gateway.account.live.alarms.states.keys()


def test_the_calls_of_the_sdk_that_changes_an_endpoint(gateway):
    """sagemaker 2.224.4, Predictor.update_endpoint, seen on the wire: these, and DescribeEndpoint every 30 s."""
    sagemaker = client("sagemaker")
    runs = sagemaker.describe_endpoint(EndpointName="churn")["EndpointConfigName"]
    shown = sagemaker.describe_endpoint_config(EndpointConfigName=runs)
    tags = sagemaker.list_tags(ResourceArn=shown["EndpointConfigArn"])["Tags"]
    variants = [{**each, "InitialInstanceCount": 2} for each in shown["ProductionVariants"]]
    sagemaker.create_endpoint_config(EndpointConfigName="smaller", ProductionVariants=variants, Tags=tags)
    before = sagemaker.describe_endpoint(EndpointName="churn")
    updated = sagemaker.update_endpoint(EndpointName="churn", EndpointConfigName="smaller")
    sagemaker.get_waiter("endpoint_in_service").wait(EndpointName="churn")

    assert updated["EndpointArn"] == before["EndpointArn"]
    assert sagemaker.describe_endpoint(EndpointName="churn")["ProductionVariants"][0]["DesiredInstanceCount"] == 2
