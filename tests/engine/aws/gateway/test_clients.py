"""botocore's clients, unmodified, against the gateway in this process: what scripts do, in every protocol."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError, WaiterError

from tests.engine.aws.gateway.clients import client, gateway_of, let_waiters_pass_time, speaking
from tests.engine.rollouts import failing, world

PROTOCOLS = ("json", "smithy-rpc-v2-cbor", "query")
ALARM = {
    "AlarmName": "errors",
    "Namespace": "AWS/SageMaker",
    "MetricName": "Invocation5XXErrors",
    "Dimensions": [{"Name": "EndpointName", "Value": "churn"}, {"Name": "VariantName", "Value": "main"}],
    "Statistic": "Average",
    "Period": 60,
    "EvaluationPeriods": 1,
    "Threshold": 0.1,
    "ComparisonOperator": "GreaterThanThreshold",
    "TreatMissingData": "notBreaching",
}
VARIANT = {"VariantName": "main", "ModelName": "v2", "InstanceType": "ml.m5.large", "InitialInstanceCount": 4}
GUARDED = {
    "BlueGreenUpdatePolicy": {
        "TrafficRoutingConfiguration": {"Type": "ALL_AT_ONCE", "WaitIntervalInSeconds": 0},
        "TerminationWaitInSeconds": 600,
    },
    "AutoRollbackConfiguration": {"Alarms": [{"AlarmName": "errors"}]},
}


def refused(call, **given):
    """Return the code and the status of the error that a call leads to."""
    with pytest.raises(ClientError) as error:
        call(**given)
    said = error.value.response
    return said["Error"]["Code"], said["ResponseMetadata"]["HTTPStatusCode"]


def deployed(gateway, monkeypatch):
    """Roll out a new model with an alarm that takes it back, as a script does; return the clients."""
    let_waiters_pass_time(monkeypatch, gateway)
    sagemaker, cloudwatch = client(gateway, "sagemaker"), client(gateway, "cloudwatch")
    made = sagemaker.create_endpoint_config(EndpointConfigName="v3", ProductionVariants=[VARIANT])
    assert made["EndpointConfigArn"].endswith(":endpoint-config/v3")
    cloudwatch.put_metric_alarm(**ALARM)
    sagemaker.update_endpoint(EndpointName="churn", EndpointConfigName="v3", DeploymentConfig=GUARDED)
    assert sagemaker.describe_endpoint(EndpointName="churn")["EndpointStatus"] == "Updating"
    sagemaker.get_waiter("endpoint_in_service").wait(EndpointName="churn")
    return sagemaker, cloudwatch


def test_a_good_model_stays(monkeypatch):
    """The stock waiter waits on the clock of the run."""
    gateway = gateway_of(world())
    sagemaker, _ = deployed(gateway, monkeypatch)

    assert sagemaker.describe_endpoint(EndpointName="churn")["EndpointConfigName"] == "v3"
    assert gateway.account.live.now > 600


def test_a_bad_model_is_taken_back(monkeypatch):
    """As AWS does it: in service again, with the old configuration."""
    gateway = gateway_of(world(new=failing(1.0)))
    sagemaker, _ = deployed(gateway, monkeypatch)

    assert sagemaker.describe_endpoint(EndpointName="churn")["EndpointConfigName"] == "v1"


def test_times_are_those_of_the_run():
    """A client reads them with their zone."""
    gateway = gateway_of()
    found = client(gateway, "sagemaker").describe_endpoint(EndpointName="churn")

    assert found["CreationTime"] == gateway.account.now
    assert found["ResponseMetadata"]["HTTPHeaders"]["x-mlcourse-time"] == gateway.account.now.isoformat()


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_an_alarm_in_every_protocol(protocol):
    """Put, set by hand, and refused with the code that scripts look for and the status that AWS has."""
    gateway = gateway_of()
    cloudwatch = speaking(protocol, client(gateway, "cloudwatch"))
    cloudwatch.put_metric_alarm(**ALARM)
    cloudwatch.set_alarm_state(AlarmName="errors", StateValue="ALARM", StateReason="a drill")
    gateway.account.live.advance(1)

    assert gateway.account.live.alarms.states["errors"] == "ALARM"
    nobody = {"AlarmName": "nobody", "StateValue": "OK", "StateReason": "x"}
    assert refused(cloudwatch.set_alarm_state, **nobody) == ("ResourceNotFound", 404)
    wrong = {**ALARM, "ComparisonOperator": "SmallerThan"}
    assert refused(cloudwatch.put_metric_alarm, **wrong) == ("ValidationError", 400)
    assert refused(cloudwatch.list_dashboards) == ("NotSimulated", 400)
    with pytest.raises(cloudwatch.exceptions.ResourceNotFound):
        cloudwatch.set_alarm_state(**nobody)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_large_request_comes_packed(protocol):
    """botocore compresses what is larger than 10 kB where a service takes that, as PutMetricData."""
    seen = []
    cloudwatch = speaking(protocol, client(gateway_of(), "cloudwatch", seen=seen))
    data = [{"MetricName": f"m{k}", "Value": float(k)} for k in range(900)]
    try:
        cloudwatch.put_metric_data(Namespace="mine", MetricData=data)
    except ClientError as error:
        assert error.response["Error"]["Code"] == "NotSimulated"

    assert seen[0][0].headers["content-encoding"] == "gzip"


def test_an_endpoint_that_is_not_there(monkeypatch):
    """A waiter gives up at once, as the error is no reason to go on."""
    gateway = gateway_of()
    let_waiters_pass_time(monkeypatch, gateway)
    sagemaker = client(gateway, "sagemaker")

    assert refused(sagemaker.describe_endpoint, EndpointName="nobody") == ("ValidationException", 400)
    with pytest.raises(WaiterError, match="terminal failure state"):
        sagemaker.get_waiter("endpoint_in_service").wait(EndpointName="nobody")
    assert gateway.account.live.now == 0


@pytest.mark.parametrize(
    "service, call, given",
    [
        ("s3", "list_buckets", {}),
        ("s3", "put_object", {"Bucket": "b", "Key": "k", "Body": b"x"}),
        ("iam", "list_roles", {}),
        ("ec2", "describe_vpcs", {}),
        ("lambda", "list_functions", {}),
        ("ecr", "describe_repositories", {}),
        ("sagemaker", "list_notebook_instances", {}),
    ],
)
def test_services_that_are_not_simulated(service, call, given):
    """A 4xx that each client can read, sent once: a 5xx would be tried again for minutes."""
    seen = []
    asked = client(gateway_of(), service, seen=seen)
    code, status = refused(getattr(asked, call), **given)

    assert code in ("NotSimulated", "UnknownOperationException")
    assert 400 <= status < 500
    assert len(seen) == 1
