"""What DescribeInferenceExperiment and ListInferenceExperiments answer (spec inference 7.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from engine.requests.arns import arn
from engine.requests.experiments import ModelVariant, ShadowMode
from engine.requests.fields import Written, present
from engine.sagemaker.endpoint import EndpointState
from engine.sagemaker.shadow_tests.experiment import Experiment

SUMMARY = (
    "Name",
    "Type",
    "Schedule",
    "Status",
    "StatusReason",
    "Description",
    "CreationTime",
    "CompletionTime",
    "LastModifiedTime",
    "RoleArn",
)
"""What a list shows of a test."""


def describe(test: Experiment, endpoint: EndpointState, clock: Callable[[float], datetime]) -> Mapping[str, Any]:
    """Return DescribeInferenceExperiment's answer."""

    def stamp(t: float | None) -> str | None:
        return None if t is None else clock(t).isoformat(timespec="seconds")

    request = test.request
    return present(
        Arn=arn("inference-experiment", test.name),
        Name=test.name,
        Type="ShadowMode",
        Schedule=present(StartTime=stamp(test.start_s), EndTime=stamp(test.end_s)),
        Status=test.status,
        StatusReason=test.reason,
        Description=request.description,
        CreationTime=stamp(test.created_s),
        CompletionTime=stamp(test.completed_s),
        LastModifiedTime=stamp(test.modified_s),
        RoleArn=request.role_arn,
        EndpointMetadata=present(
            EndpointName=endpoint.endpoint_name,
            EndpointConfigName=endpoint.config_name,
            EndpointStatus=endpoint.status,
            FailureReason=endpoint.failure_reason,
        ),
        ModelVariants=[
            {**write_variant(each), "Status": test.variant_status[each.variant_name]} for each in request.model_variants
        ],
        ShadowModeConfig=write_mode(request.shadow_mode),
    )


def summary(described: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the test as ListInferenceExperiments shows it."""
    return {name: described[name] for name in SUMMARY if name in described}


def write_variant(value: ModelVariant) -> Written:
    """Return a ModelVariantConfig."""
    instances = {"InstanceType": value.instance_type, "InstanceCount": value.instance_count}
    return {
        "ModelName": value.model_name,
        "VariantName": value.variant_name,
        "InfrastructureConfig": {"InfrastructureType": "RealTimeInference", "RealTimeInferenceConfig": instances},
    }


def write_mode(value: ShadowMode) -> Written:
    """Return a ShadowModeConfig."""
    shadow = {"ShadowModelVariantName": value.shadow_variant, "SamplingPercentage": value.sampling_percentage}
    return {"SourceModelVariantName": value.source_variant, "ShadowModelVariants": [shadow]}
