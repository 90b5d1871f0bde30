"""Who one is, and services of which nothing is simulated."""

from __future__ import annotations

import pytest

from engine.aws.gateway.http import HttpRequest
from engine.aws.gateway.operations.registry import OPERATIONS
from engine.aws.shapes.models import shapes_of
from engine.requests.arns import ACCOUNT
from tests.engine.aws.gateway.in_process import gateway_of


def test_the_caller_is_in_the_account_of_all_arns():
    """GetCallerIdentity, which every tool asks first."""
    found = OPERATIONS["sts", "GetCallerIdentity"](gateway_of().account, {})

    assert found["Account"] == ACCOUNT
    assert found.keys() == shapes_of("sts", "GetCallerIdentity")[1].members.keys()
    assert f"::{ACCOUNT}:" in found["Arn"]


@pytest.mark.parametrize(
    "headers, path, body",
    [
        ({"x-amz-target": "Logs_20140328.DescribeLogGroups"}, "/", b"{}"),
        ({"x-amz-target": "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories"}, "/", b"{}"),
        ({"content-type": "application/x-www-form-urlencoded"}, "/", b"Action=GetUser&Version=2010-05-08"),
        ({"content-type": "application/x-www-form-urlencoded"}, "/", b"Action=AssumeRole&Version=2011-06-15"),
        ({}, "/some-bucket/some-key", b""),
    ],
    ids=["logs", "ecr", "iam", "assume-role", "s3"],
)
def test_other_services_are_refused_at_once(headers, path, body):
    """A 4xx: clients try a 5xx again for minutes."""
    found = gateway_of().answer(HttpRequest(method="POST", path=path, headers=headers, body=body))

    assert 400 <= found.status < 500
    assert found.body


FORM = "application/x-www-form-urlencoded"
OF_IAM = "AWS4-HMAC-SHA256 Credential=test/20260302/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0"


@pytest.mark.parametrize(
    "headers, body, say",
    [
        (
            {"authorization": OF_IAM},
            b"Action=GetUser&Version=2010-05-08",
            "GetUser of iam is not simulated by mlcourse",
        ),
        ({}, b"Action=GetUser&Version=2010-05-08", "GetUser of version "),
        ({}, b"{}", "names no operation, neither as Action nor in X-Amz-Target"),
    ],
    ids=["signed", "unsigned", "json-without-a-header"],
)
def test_who_is_not_simulated_is_said(headers, body, say):
    """By the service's name where the signature tells it; a bare POST is told of the header that it lacks."""
    request = HttpRequest(method="POST", path="/", headers={"content-type": FORM, **headers}, body=body)

    assert say in gateway_of().answer(request).body.decode()
