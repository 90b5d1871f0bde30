"""Endpoint configurations as they were created: those of the run as they came, those of the world written back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.aws.gateway.account import Account, Raw
from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.operations.sagemaker.listing import listed
from engine.aws.gateway.operations.sagemaker.models import insist_on_models
from engine.aws.gateway.operations.sagemaker.tags import tags_in
from engine.aws.gateway.operations.sent import send
from engine.aws.translation.writing import write_request
from engine.requests.arns import arn
from engine.sagemaker.refusals.shared import config_missing

Output = Mapping[str, Any]


def create(account: Account, request: Raw) -> Output:
    """Send CreateEndpointConfig, and note when."""
    variants = (*request["ProductionVariants"], *request.get("ShadowProductionVariants", ()))
    insist_on_models(account, [each.get("ModelName", "") for each in variants])
    answer = send("CreateEndpointConfig", account, request)
    account.made(arn("endpoint-config", request["EndpointConfigName"]), tags_in(request))
    return answer


def describe(account: Account, request: Raw) -> Output:
    """Answer DescribeEndpointConfig."""
    control, name = account.live.first.control, request["EndpointConfigName"]
    for refusal in config_missing(name, control):
        raise ServiceError(refusal.code, refusal.message)
    # Of the world's there is no request; what a value does not hold, such as DataCaptureConfig, only a request knows.
    raw = account.remembered.get("CreateEndpointConfig", {}).get(name) or write_request(control.configs[name])[1]
    return {**raw, **_summary(account, name), "EnableNetworkIsolation": raw.get("EnableNetworkIsolation", False)}


def list_all(account: Account, request: Raw) -> Output:
    """Answer ListEndpointConfigs."""
    items = [_summary(account, name) for name in account.live.holdings.configs]
    return listed(request, items, answer="EndpointConfigs", name="EndpointConfigName")


def _summary(account: Account, name: str) -> Output:
    named = arn("endpoint-config", name)
    return {"EndpointConfigName": name, "EndpointConfigArn": named, "CreationTime": account.made_at(named)}


OPERATIONS = {
    ("sagemaker", "CreateEndpointConfig"): create,
    ("sagemaker", "DescribeEndpointConfig"): describe,
    ("sagemaker", "ListEndpointConfigs"): list_all,
}
