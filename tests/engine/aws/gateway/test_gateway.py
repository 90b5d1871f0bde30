"""A request that botocore makes, through the gateway and back through botocore's own parser."""

from __future__ import annotations

import json

import pytest

from engine.aws.gateway.account import Account
from engine.aws.gateway.gateway import Gateway
from engine.aws.gateway.http import HttpRequest
from engine.live import Live
from engine.traffic.arrivals import Arrivals
from tests.engine.rollouts import world


@pytest.fixture
def gateway():
    """The gateway of an account whose run has just begun."""
    here = world()
    return Gateway(Account(Live(here, Arrivals(here.workload, 1))))


def ask(gateway, target, **given):
    """Return status and body of the answer to a request in JSON."""
    headers = {"x-amz-target": target, "content-type": "application/x-amz-json-1.1"}
    found = gateway.answer(HttpRequest(method="POST", path="/", headers=headers, body=json.dumps(given).encode()))
    return found.status, json.loads(found.body)


def test_describe_endpoint(gateway):
    """As of now, with times as JSON 1.1 writes them."""
    name = gateway.account.live.world.endpoint.endpoint_name
    status, body = ask(gateway, "SageMaker.DescribeEndpoint", EndpointName=name)

    assert (status, body["EndpointStatus"]) == (200, "InService")
    assert body["CreationTime"] <= gateway.account.now.timestamp()


@pytest.mark.parametrize(
    "target, given, code",
    [
        ("SageMaker.DescribeEndpoint", {"EndpointName": "nobody"}, "ValidationException"),
        ("SageMaker.DescribeEndpoint", {}, "ValidationException"),
        ("SageMaker.CreateNotebookInstance", {"NotebookInstanceName": "n"}, "NotSimulated"),
        ("SageMaker.DrinkTea", {}, "UnknownOperationException"),
        ("Logs_20140328.DescribeLogGroups", {}, "NotSimulated"),
        ("SageMaker.UpdateEndpoint", {"EndpointName": "x", "EndpointConfigName": "y"}, "ValidationException"),
    ],
)
def test_what_is_refused_is_a_4xx_of_awss_form(gateway, target, given, code):
    """Clients try a 5xx again, some for minutes."""
    status, body = ask(gateway, target, **given)

    assert (status, body["__type"]) == (400, code)
    assert body["message"]


@pytest.mark.parametrize(
    "kind, status",
    [
        (None, 200),
        ("application/x-www-form-urlencoded", 200),
        ("Application/X-Amz-JSON-1.1; charset=UTF-8", 200),  # the same in any case
        ("text/plain", 415),
    ],
)
def test_a_request_by_hand(gateway, kind, status):
    """curl and urllib send the type of a form by themselves, and the header with the target says enough."""
    headers = {"x-amz-target": "SageMaker.DescribeEndpoint", **({"content-type": kind} if kind else {})}
    body = b'{"EndpointName": "churn"}'

    assert gateway.answer(HttpRequest(method="POST", path="/", headers=headers, body=body)).status == status
