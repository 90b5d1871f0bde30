"""Endpoints of SageMaker as they are described."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.aws.gateway.account import Account, Raw
from engine.aws.gateway.errors import ServiceError
from engine.requests.refusal import INVALID
from engine.sagemaker.describe_endpoint import describe_endpoint
from engine.sagemaker.refusals.shared import no_endpoint


def describe(account: Account, request: Raw) -> Mapping[str, Any]:
    """Answer DescribeEndpoint as of now."""
    endpoint = account.live.cloud.endpoint
    if request["EndpointName"] != endpoint.endpoint_name or not endpoint.exists:
        raise ServiceError(INVALID, no_endpoint(request["EndpointName"]))
    return describe_endpoint(endpoint, account.live.now)


OPERATIONS = {("sagemaker", "DescribeEndpoint"): describe}
