"""Recognises what people paste in place of a plan: a bare request, a CloudFormation template, a DeploymentConfig."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.aws.shapes.models import SERVICES, input_shape

LEAST_FIELDS = 2
"""Fields of a request that must be there before it is taken for one; one alone, such as Tags, may stand anywhere."""
RESOURCES: Mapping[str, str] = {
    "AWS::SageMaker::EndpointConfig": "CreateEndpointConfig",
    "AWS::SageMaker::Endpoint": "UpdateEndpoint",
    "AWS::CloudWatch::Alarm": "PutMetricAlarm",
    "AWS::CloudWatch::CompositeAlarm": "PutCompositeAlarm",
    "AWS::ApplicationAutoScaling::ScalableTarget": "RegisterScalableTarget",
    "AWS::ApplicationAutoScaling::ScalingPolicy": "PutScalingPolicy",
}
"""Types of a CloudFormation template, and the operation whose request their Properties are."""
PARTS = (
    ("DeploymentConfig", ("BlueGreenUpdatePolicy", "RollingUpdatePolicy", "AutoRollbackConfiguration")),
    ("DeploymentConfig", ("DeploymentConfig",)),
    (
        "BlueGreenUpdatePolicy",
        ("TrafficRoutingConfiguration", "TerminationWaitInSeconds", "MaximumExecutionTimeoutInSeconds"),
    ),
    (
        "RollingUpdatePolicy",
        (
            *("MaximumBatchSize", "WaitIntervalInSeconds", "MaximumExecutionTimeoutInSeconds"),
            "RollbackMaximumBatchSize",
        ),
    ),
)
"""Parts of an update that may stand alone, with what they hold."""


def recognised(data: Mapping[str, Any]) -> str | None:
    """Return what this seems to be and where it goes; None for anything else."""
    if "Resources" in data:
        return _template(data["Resources"])
    if any(key in data for key in ("planned_values", "terraform_version", "resource", "provider")):
        return (
            "This is Terraform's JSON, and a plan holds requests. Write what its endpoint, configuration and alarms"
            " hold under UpdateEndpoint, CreateEndpointConfig and PutMetricAlarm."
        )
    for part, keys in PARTS:
        if data and all(key in keys for key in data):
            inside = "..." if part == "DeploymentConfig" else f"{{{part}: ...}}"
            return (
                f"This is a {part} alone. Put it into a request: UpdateEndpoint: {{EndpointName: ...,"
                f" EndpointConfigName: ..., DeploymentConfig: {inside}}}."
            )
    operation = operation_of(data)
    if operation is None:
        return None
    say = f"This is a bare {operation} request. Write `{operation}:` above it, and indent it by two spaces;"
    return f"{say} the other requests of the plan follow under their own names."


def _template(resources: object) -> str:
    """Return where the parts of a CloudFormation template go."""
    parts = resources.items() if isinstance(resources, Mapping) else ()
    kinds = [(str(name), each.get("Type")) for name, each in parts if isinstance(each, Mapping)]
    known = [(name, kind) for name, kind in kinds if isinstance(kind, str) and kind in RESOURCES]
    where = ", ".join(f"those of {name} under {RESOURCES[kind]}" for name, kind in known[:LISTED])
    say = "This is a CloudFormation template, and a plan holds requests."
    if not where:
        return f"{say} There is none of an endpoint or an alarm in it."
    return f"{say} Copy the Properties of its resources: {where}."


LISTED = 6
"""Resources that a sentence names."""


def operation_of(data: Mapping[str, Any]) -> str | None:
    """Return the operation whose request has these fields, or most of them."""
    best, most = None, LEAST_FIELDS - 1
    for operation in SERVICES:
        shape = input_shape(operation)
        fits = sum(key in shape.members for key in data)
        lacks = sum(key not in data for key in shape.metadata.get("required", ()))
        if fits > len(data) / 2 and fits - lacks > most:
            best, most = operation, fits - lacks
    return best
