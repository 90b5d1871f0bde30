"""How Terraform's AWS provider calls what AWS's requests hold: one table, for writing and for reading.

Arguments are the fields in small letters, but for those below (registry.terraform.io/providers/hashicorp/aws).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.aws.shapes.models import Shape, input_shape

Tree = dict[str, Any]
TYPES: Mapping[str, str] = {
    "CreateEndpointConfig": "aws_sagemaker_endpoint_configuration",
    "PutMetricAlarm": "aws_cloudwatch_metric_alarm",
    "PutCompositeAlarm": "aws_cloudwatch_composite_alarm",
    "UpdateEndpoint": "aws_sagemaker_endpoint",
    "CreateEndpoint": "aws_sagemaker_endpoint",
    "RegisterScalableTarget": "aws_appautoscaling_target",
    "PutScalingPolicy": "aws_appautoscaling_policy",
    "PutScheduledAction": "aws_appautoscaling_scheduled_action",
}
"""The resource behind each operation."""
NAMES: Mapping[tuple[str, str], str] = {
    ("CreateEndpointConfig", "EndpointConfigName"): "name",
    ("CreateEndpointConfig", "KmsKeyId"): "kms_key_arn",
    ("PutMetricAlarm", "Metrics"): "metric_query",
    ("PutMetricAlarm", "EvaluateLowSampleCountPercentile"): "evaluate_low_sample_count_percentiles",
    ("UpdateEndpoint", "EndpointName"): "name",
    ("CreateEndpoint", "EndpointName"): "name",
    ("PutScalingPolicy", "PolicyName"): "name",
    ("PutScalingPolicy", "StepScalingPolicyConfiguration.StepAdjustments"): "step_adjustment",
    ("PutScheduledAction", "ScheduledActionName"): "name",
}
"""Arguments that are called otherwise, by the way to the field."""
SUPPRESSOR: Mapping[str, str] = {
    "ActionsSuppressor": "alarm",
    "ActionsSuppressorWaitPeriod": "wait_period",
    "ActionsSuppressorExtensionPeriod": "extension_period",
}
"""Three fields of a composite alarm that are a block."""
NOT_THERE = ("RetainAllVariantProperties", "ExcludeRetainedVariantProperties", "RetainDeploymentConfig")
"""Fields of UpdateEndpoint that Terraform's resource has no argument for."""


def argument(operation: str, way: tuple[str, ...]) -> str:
    """Return what the provider calls a field."""
    from botocore import xform_name

    found: str = NAMES.get((operation, ".".join(way))) or xform_name(way[-1])
    return found


def arguments(operation: str, request: Mapping[str, Any]) -> Tree:
    """Return a request as arguments: a block is a list of mappings, as in Terraform's JSON."""
    tree: Tree = _written(operation, input_shape(operation), dict(request), ())
    if operation == "PutCompositeAlarm":
        block = {name: tree.pop(argument(operation, (key,)), None) for key, name in SUPPRESSOR.items()}
        if block["alarm"] is not None:
            tree["actions_suppressor"] = [{name: each for name, each in block.items() if each is not None}]
    return tree


def _written(operation: str, shape: Shape, value: Any, way: tuple[str, ...]) -> Any:  # noqa: ANN401 - JSON-like
    if shape.type_name == "structure":
        members = shape.members
        tree: Tree = {}
        for key, each in value.items():
            if key == "MetricStat" and operation == "PutMetricAlarm":
                stat = {**each["Metric"], **{name: part for name, part in each.items() if name != "Metric"}}
                tree["metric"] = [{argument(operation, (name,)): _flat(name, part) for name, part in stat.items()}]
            elif key == "Tags" or (key == "Dimensions" and operation == "PutMetricAlarm"):
                tree[argument(operation, (key,))] = _flat(key, each)
            elif key in members and key not in NOT_THERE:
                found = _written(operation, members[key], each, (*way, key))
                tree[argument(operation, (*way, key))] = [found] if members[key].type_name == "structure" else found
        return tree
    if shape.type_name == "list":
        return [_written(operation, shape.member, each, way) for each in value]
    return value


def _flat(name: str, value: Any) -> Any:  # noqa: ANN401
    """Return dimensions and tags as the mappings that they are there."""
    key = {"Dimensions": "Name", "Tags": "Key"}.get(name)
    return value if key is None else {each[key]: each["Value"] for each in value}


def request(operation: str, tree: Mapping[str, Any]) -> Tree:
    """Return the request behind the arguments of a resource; what no request holds is left out."""
    given = {key: each for key, each in tree.items() if each not in (None, "", [], {})}
    if operation == "PutCompositeAlarm" and (block := _first(given.get("actions_suppressor"))):
        given |= {argument(operation, (key,)): block[name] for key, name in SUPPRESSOR.items() if name in block}
    found: Tree = _read(operation, input_shape(operation), given, ())
    return found


def _first(block: object) -> Mapping[str, Any]:
    """Return a block, which JSON may hold in a list."""
    found = block[0] if isinstance(block, list) and block else block
    return found if isinstance(found, Mapping) else {}


def _read(operation: str, shape: Shape, value: Any, way: tuple[str, ...]) -> Any:  # noqa: ANN401
    if shape.type_name == "structure":
        tree: Tree = {}
        for key, member in shape.members.items():
            name = argument(operation, (*way, key))
            given = _first(value).get("metric" if key == "MetricStat" else name)
            if given in (None, "", [], {}):
                continue
            if key == "MetricStat" and operation == "PutMetricAlarm":
                tree[key] = _stat(_first(given))
            elif isinstance(given, Mapping) and member.type_name == "list" and key in ("Tags", "Dimensions"):
                tree[key] = _pairs(key, given)
            else:
                tree[key] = _read(operation, member, given, (*way, key))
        return tree
    if shape.type_name == "list":
        items = value if isinstance(value, list) else [value]
        return [_read(operation, shape.member, each, way) for each in items]
    return _number(shape, value)


def _stat(block: Mapping[str, Any]) -> Tree:
    metric = {"Namespace": block.get("namespace"), "MetricName": block.get("metric_name")}
    dimensions = block.get("dimensions")
    if isinstance(dimensions, Mapping) and dimensions:
        metric["Dimensions"] = _pairs("Dimensions", dimensions)
    stat = {"Metric": metric, "Period": block.get("period"), "Stat": block.get("stat"), "Unit": block.get("unit")}
    return {key: each for key, each in stat.items() if each not in (None, "")}


def _pairs(name: str, given: Mapping[str, Any]) -> list[Tree]:
    return [{"Key" if name == "Tags" else "Name": key, "Value": each} for key, each in given.items()]


def _number(shape: Shape, value: Any) -> Any:  # noqa: ANN401
    """Return a number that stands there as text, as Terraform allows."""
    if isinstance(value, str) and shape.type_name in ("integer", "long", "float", "double"):
        try:
            return int(value) if value.lstrip("-").isdecimal() else float(value)
        except ValueError:
            return value
    if isinstance(value, str) and shape.type_name == "boolean" and value in ("true", "false"):
        return value == "true"
    return value
