"""boto3 and the `aws` command, unmodified, against the gateway in this process."""

from __future__ import annotations

import json
import os

import boto3
import pytest
from awscli.clidriver import create_clidriver

from tests.engine.aws.gateway.clients import REGION, gateway_of, hand_to, session_of

FAILED = 255
"""The exit code of version 1 of the command for any error."""


@pytest.fixture
def gateway():
    """The gateway of an account whose run has just begun."""
    return gateway_of()


@pytest.fixture
def aws(gateway, monkeypatch, capsys):
    """Return a function that runs the `aws` command, and returns exit code, standard output and standard error."""
    settings = {"AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": "S", "AWS_DEFAULT_REGION": REGION, "AWS_PAGER": ""}
    nothing = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull, "AWS_MAX_ATTEMPTS": "1"}
    for name, value in {**settings, **nothing}.items():
        monkeypatch.setenv(name, value)

    def run(*words):
        driver = create_clidriver()
        driver.session.register("before-send", hand_to(gateway))
        status = driver.main(list(words))
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_boto3(gateway):
    """The session that scripts make, with the handler as its only change."""
    session = boto3.Session(botocore_session=session_of(gateway), region_name=REGION)
    found = session.client("sagemaker").describe_endpoint(EndpointName="churn")

    assert found["EndpointStatus"] == "InService"
    with pytest.raises(session.client("sagemaker-runtime").exceptions.ValidationError):
        session.client("sagemaker-runtime").invoke_endpoint(EndpointName="nobody", Body=b"")


def test_the_aws_command(aws, gateway):
    """Prints what it was answered, times as they came."""
    status, out, _ = aws("sagemaker", "describe-endpoint", "--endpoint-name", "churn")

    assert (status, json.loads(out)["EndpointStatus"]) == (0, "InService")
    assert json.loads(out)["CreationTime"] == gateway.account.now.timestamp()


def test_the_aws_command_puts_an_alarm(aws, gateway):
    """In whatever protocol it speaks with CloudWatch."""
    metric = ("--namespace", "AWS/SageMaker", "--metric-name", "Invocation5XXErrors", "--statistic", "Sum")
    where = ("--dimensions", "Name=EndpointName,Value=churn", "Name=VariantName,Value=main")
    when = ("--period", "60", "--evaluation-periods", "1", "--threshold", "5")
    than = ("--comparison-operator", "GreaterThanThreshold")
    status, out, err = aws("cloudwatch", "put-metric-alarm", "--alarm-name", "e", *metric, *where, *when, *than)

    assert (status, out, err) == (0, "", "")
    assert "e" in gateway.account.live.alarms.states


def test_the_aws_command_is_refused(aws):
    """With the code that AWS has."""
    status, _, err = aws("sagemaker", "describe-endpoint", "--endpoint-name", "nobody")
    assert status == FAILED
    assert "ValidationException" in err

    reason = ("--state-value", "OK", "--state-reason", "x")
    status, _, err = aws("cloudwatch", "set-alarm-state", "--alarm-name", "nobody", *reason)
    assert status == FAILED
    assert "ResourceNotFound" in err


def test_the_aws_command_invokes(aws, tmp_path):
    """The body goes into a file, the rest is printed."""
    body = tmp_path / "answer.json"
    status, out, _ = aws(
        "sagemaker-runtime", "invoke-endpoint", "--endpoint-name", "churn", "--body", "MQ==", str(body)
    )

    assert (status, json.loads(out)["InvokedProductionVariant"]) == (0, "main")
    assert "not simulated" in json.loads(body.read_text())["note"]
