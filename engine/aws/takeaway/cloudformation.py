"""A plan as a CloudFormation template; what has no resource type is named in a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.aws.calls import Call, take_apart
from engine.aws.takeaway.yaml_lines import lines

Tree = dict[str, Any]
TYPES: Mapping[str, str] = {
    "CreateEndpointConfig": "AWS::SageMaker::EndpointConfig",
    "PutMetricAlarm": "AWS::CloudWatch::Alarm",
    "PutCompositeAlarm": "AWS::CloudWatch::CompositeAlarm",
    "UpdateEndpoint": "AWS::SageMaker::Endpoint",
    "CreateEndpoint": "AWS::SageMaker::Endpoint",
    "RegisterScalableTarget": "AWS::ApplicationAutoScaling::ScalableTarget",
    "PutScalingPolicy": "AWS::ApplicationAutoScaling::ScalingPolicy",
    "CreateInferenceExperiment": "AWS::SageMaker::InferenceExperiment",
}
NAMES: Mapping[str, str] = {
    "CreateEndpointConfig": "EndpointConfigName",
    "UpdateEndpoint": "EndpointName",
    "CreateEndpoint": "EndpointName",
    "RegisterScalableTarget": "ResourceId",
    "PutScalingPolicy": "PolicyName",
    "CreateInferenceExperiment": "Name",
}
"""The field that names a resource; AlarmName for alarms."""
DEPENDENT = (
    "PutCompositeAlarm",
    "UpdateEndpoint",
    "CreateEndpoint",
    "RegisterScalableTarget",
    "PutScalingPolicy",
    "CreateInferenceExperiment",
)
"""What needs that which is made before."""


ONE_STATE = "A template describes one state, and not the way to it."
INSTEAD: Mapping[str, str] = {
    "CreateTransformJob": "A job has no resource type: start it with a command, a schedule or a state machine.",
    "PutScheduledAction": "It belongs to the properties of its scalable target, which is not in this template.",
}
"""Why an operation is not there, where it is not because of the time at which it is sent."""


def as_cloudformation(requests: Mapping[str, Any]) -> str:
    """Return the template as YAML; an endpoint that exists must be imported into the stack first."""
    resources, left_out = resources_of(requests)
    template = {"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}
    return "\n".join((*comments(resources, left_out), *lines(template))) + "\n"


def resources_of(requests: Mapping[str, Any]) -> tuple[dict[str, Tree], list[Call]]:
    """Return the resources of a template by their names in it, and what cannot be in it."""
    resources: dict[str, Tree] = {}
    left_out: list[Call] = []
    for call in take_apart(requests)[0]:
        name = _logical_name(call)
        if call.operation in TYPES and not (call.after_s or call.condition) and name not in resources:
            resources[name] = _resource(call, resources)
        elif not _scheduled(call, resources):
            left_out.append(call)
    return resources, left_out


def comments(resources: Mapping[str, Tree], left_out: Sequence[Call]) -> tuple[str, ...]:
    """Return what is not in a template, and what may not work in it."""
    return *map(_comment, left_out), *_doubts(resources)


def _scheduled(call: Call, resources: Mapping[str, Tree]) -> bool:
    """Put a scheduled action into its target, which has it as a property; say whether it could be."""
    if call.operation != "PutScheduledAction" or call.after_s or call.condition:
        return False
    of = {key: call.request.get(key) for key in TARGET}
    for resource in resources.values():
        properties = resource["Properties"]
        if resource["Type"] == TYPES["RegisterScalableTarget"] and of == {key: properties.get(key) for key in TARGET}:
            action = {key: value for key, value in call.request.items() if key not in TARGET}
            properties["ScheduledActions"] = [*properties.get("ScheduledActions", ()), action]
            return True
    return False


TARGET = ("ServiceNamespace", "ResourceId", "ScalableDimension")
"""What tells one scalable target from all others."""


def _doubts(resources: Mapping[str, Tree]) -> Iterator[str]:
    """Yield what AWS's guide says that a template cannot hold (spec inference 3.3)."""
    for name, resource in resources.items():
        for variant in resource["Properties"].get("ProductionVariants", ()):
            if "ProvisionedConcurrency" in variant.get("ServerlessConfig", {}):
                yield f"# {name}: AWS's guide says that CloudFormation has no ProvisionedConcurrency. Try it, or set it"
                yield "# with UpdateEndpointWeightsAndCapacities afterwards."


def _comment(call: Call) -> str:
    when = f", {call.after_s:g} s later" if call.after_s else ""
    when += ", on a condition" if call.condition else ""
    why = ONE_STATE if when else INSTEAD.get(call.operation, ONE_STATE)
    return f"# Not in this template: {call.operation}{when}. {why}"


def _logical_name(call: Call) -> str:
    """Return a resource's name in the template: letters and digits only."""
    given = str(call.request.get(NAMES.get(call.operation, "AlarmName"), ""))
    words = re.findall(r"[A-Za-z0-9]+", given)
    kind = TYPES.get(call.operation, "").rpartition("::")[2]
    return "".join(word[:1].upper() + word[1:] for word in words) + kind


def _resource(call: Call, earlier: Mapping[str, Tree]) -> Tree:
    properties = dict(call.request)
    if call.operation == "CreateEndpointConfig":
        for kind in {"ProductionVariants", "ShadowProductionVariants"} & properties.keys():
            # CloudFormation requires the weight that the API fills in.
            properties[kind] = [{"InitialVariantWeight": 1.0, **variant} for variant in properties[kind]]
    resource: Tree = {"Type": TYPES[call.operation]}
    # One endpoint does not wait for another: of what is sent at one moment all begins.
    before = [name for name, each in earlier.items() if not each["Type"] == resource["Type"] == TYPES["UpdateEndpoint"]]
    if call.operation in DEPENDENT and before:
        resource["DependsOn"] = before
    return {**resource, "Properties": properties}
