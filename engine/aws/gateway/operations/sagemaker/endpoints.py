"""Endpoints of SageMaker as they are described and listed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.aws.gateway.account import Account, Raw
from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.operations.sagemaker.listing import listed
from engine.aws.gateway.operations.sagemaker.tags import tags_in
from engine.aws.gateway.operations.sent import send
from engine.requests.arns import arn
from engine.requests.refusal import INVALID
from engine.sagemaker.describe_endpoint import describe_endpoint
from engine.sagemaker.refusals.shared import no_endpoint

Output = Mapping[str, Any]


def describe(account: Account, request: Raw) -> Output:
    """Answer DescribeEndpoint as of now."""
    found = account.live.hosts.find(request["EndpointName"])
    if found is None or not found.cloud.endpoint.exists:
        raise ServiceError(INVALID, no_endpoint(request["EndpointName"]))
    return describe_endpoint(found.cloud.endpoint, account.live.now)


def list_all(account: Account, request: Raw) -> Output:
    """Answer ListEndpoints."""
    endpoints = (each.cloud.endpoint for each in account.live.hosts)
    there = [describe_endpoint(each, account.live.now) for each in endpoints if each.exists]
    return listed(request, there, answer="Endpoints", name="EndpointName", status="EndpointStatus")


def create(account: Account, request: Raw) -> Output:
    """Send CreateEndpoint, and note its tags."""
    answer = send("CreateEndpoint", account, request)
    account.made(arn("endpoint", request["EndpointName"]), tags_in(request))
    return answer


OPERATIONS = {
    ("sagemaker", "DescribeEndpoint"): describe,
    ("sagemaker", "ListEndpoints"): list_all,
    ("sagemaker", "CreateEndpoint"): create,
}
