"""What DescribeEndpoint answers (spec sagemaker 3.1, 3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from engine.requests.arns import arn
from engine.requests.refusal import INVALID
from engine.requests.sagemaker import DeploymentConfig, ServerlessConfig
from engine.sagemaker.asynchronous import write_async
from engine.sagemaker.deployment_config import write_deployment_config
from engine.sagemaker.endpoint import EndpointState, VariantState, VariantStatus
from engine.sagemaker.refusals.shared import no_endpoint
from engine.sagemaker.serverless import write_serverless

PENDING_AFTER_S = 5.0
"""PendingDeploymentSummary is not there yet 1 s after UpdateEndpoint (spec sagemaker 3.1); how much later it comes is
not known."""


def describe_endpoint(endpoint: EndpointState, now: float) -> Mapping[str, Any]:
    """Return the answer at `now`; of an endpoint that is not there the error, as clients hand it on."""
    if not endpoint.exists:
        return {"Error": {"Code": INVALID, "Message": no_endpoint(endpoint.endpoint_name)}}
    answer: dict[str, Any] = {
        "EndpointName": endpoint.endpoint_name,
        "EndpointArn": arn("endpoint", endpoint.endpoint_name),
        "CreationTime": endpoint.stamp(endpoint.created_at),
        "LastModifiedTime": endpoint.stamp(endpoint.modified_at),
        "EndpointConfigName": endpoint.config_name,
        "EndpointStatus": endpoint.status,
    }
    production = [_variant(endpoint, state) for state in endpoint.variants if state.stands]
    if production:
        answer["ProductionVariants"] = production
    shadows = [_variant(endpoint, state) for state in endpoint.shadows if state.fleet.instances]
    if shadows:
        answer["ShadowProductionVariants"] = shadows
    asynchronous = next((state.fleet.asynchronous for state in endpoint.variants), None)
    if asynchronous is not None:
        answer["AsyncInferenceConfig"] = write_async(asynchronous)
    if endpoint.failure_reason is not None:
        answer["FailureReason"] = endpoint.failure_reason
    if endpoint.last_deployment_config is not None:
        answer["LastDeploymentConfig"] = _written(endpoint.last_deployment_config)
    if endpoint.pending_config is not None and now >= endpoint.pending_since + PENDING_AFTER_S:
        answer.update(_pending(endpoint, endpoint.pending_config, endpoint.doing))
    return answer


def _pending(endpoint: EndpointState, config: str, doing: VariantStatus | None) -> Mapping[str, Any]:
    if doing is None:
        return {}
    summary: dict[str, Any] = {
        "EndpointConfigName": config,
        "StartTime": endpoint.stamp(endpoint.pending_since),
        "ProductionVariants": [_incoming(endpoint, state, doing) for state in endpoint.variants if state.incoming],
    }
    shadows = [_incoming(endpoint, state, doing) for state in endpoint.shadows if state.incoming]
    if shadows:
        summary["ShadowProductionVariants"] = shadows
    return {"PendingDeploymentSummary": summary}


def _variant(endpoint: EndpointState, state: VariantState) -> dict[str, Any]:
    summary = {
        "VariantName": state.variant.variant_name,
        "CurrentWeight": state.weight,
        "DesiredWeight": state.weight if state.desired_weight is None else state.desired_weight,
        **_capacity(
            state.variant.serverless_config,
            state.desired_serverless,
            state.fleet.enabled + (state.leftover.enabled if state.leftover else 0),
            state.desired_count,
        ),
    }
    return summary if state.doing is None else {**summary, "VariantStatus": [_status(endpoint, state.doing)]}


def _incoming(endpoint: EndpointState, state: VariantState, doing: VariantStatus) -> dict[str, Any]:
    assert state.incoming is not None
    return {
        "VariantName": state.incoming.variant.variant_name,
        "CurrentWeight": state.incoming_weight,
        "DesiredWeight": state.incoming_weight,
        **_capacity(state.incoming.variant.serverless_config, None, state.incoming.enabled, state.incoming_desired),
        "VariantStatus": [_status(endpoint, doing)],
    }


def _status(endpoint: EndpointState, doing: VariantStatus) -> dict[str, str]:
    return {"Status": doing.status, "StatusMessage": doing.message, "StartTime": endpoint.stamp(doing.since)}


def _capacity(
    serverless: ServerlessConfig | None, wanted: ServerlessConfig | None, current: int, desired: int
) -> Mapping[str, Any]:
    """Return what is shown of instances, or of the concurrency that a serverless variant has in their place."""
    if serverless is None:
        return {"CurrentInstanceCount": current, "DesiredInstanceCount": desired}
    return {
        "CurrentServerlessConfig": write_serverless(serverless),
        "DesiredServerlessConfig": write_serverless(wanted or serverless),
    }


@lru_cache(maxsize=64)
def _written(config: DeploymentConfig) -> Mapping[str, Any]:
    """Return what is shown of it, once: many answers of a run are compared, and mostly it is the same."""
    return write_deployment_config(config)
