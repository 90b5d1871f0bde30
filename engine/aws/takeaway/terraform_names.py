"""How Terraform's AWS provider calls what AWS's requests hold: one table, for writing and for reading.

Arguments are the fields in small letters, but for those below (registry.terraform.io/providers/hashicorp/aws).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.aws.shapes.models import Shape, input_shape
from engine.aws.shapes.typed import typed_scalar

Tree = dict[str, Any]
Way = tuple[str, ...]
"""The fields that lead to one, from the top of a request."""
EMPTY: tuple[object, ...] = (None, "", [], {})
"""What `terraform show -json` prints of what is not set."""
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
NO_FIELDS = (
    *("id", "arn", "tags_all", "region"),
    *("depends_on", "lifecycle", "provider", "provisioner", "connection", "timeouts"),
)
"""What the provider adds by itself, and what is meant for Terraform: no loss to a request."""


def argument(operation: str, way: Way) -> str:
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


def _written(operation: str, shape: Shape, value: Any, way: Way) -> Any:  # noqa: ANN401 - JSON-like
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


def request(operation: str, tree: Mapping[str, Any]) -> tuple[Tree, list[str]]:
    """Return the request behind the arguments of a resource, and the arguments that it has no place for."""
    given = {key: each for key, each in tree.items() if each not in EMPTY}
    if operation == "PutCompositeAlarm" and (block := _first(given.pop("actions_suppressor", None))):
        given |= {argument(operation, (key,)): block[name] for key, name in SUPPRESSOR.items() if name in block}
    lost: list[str] = []
    found: Tree = _read(operation, input_shape(operation), given, (), lost)
    return found, [name for name in lost if name not in NO_FIELDS]


def _first(block: object) -> Mapping[str, Any]:
    """Return a block, which JSON may hold in a list."""
    found = block[0] if isinstance(block, list) and block else block
    return found if isinstance(found, Mapping) else {}


def _read(operation: str, shape: Shape, value: Any, way: Way, lost: list[str]) -> Any:  # noqa: ANN401
    if shape.type_name == "structure":
        return _structure(operation, shape, _first(value), way, lost)
    if shape.type_name == "list":
        items = value if isinstance(value, list) else [value]
        return [_read(operation, shape.member, each, way, lost) for each in items]
    return typed_scalar(shape, value)


def _structure(operation: str, shape: Shape, block: Mapping[str, Any], way: Way, lost: list[str]) -> Tree:
    tree: Tree = {}
    known = set()
    for key, member in shape.members.items():
        is_stat = key == "MetricStat" and operation == "PutMetricAlarm"
        name = "metric" if is_stat else argument(operation, (*way, key))
        known.add(name)
        given = block.get(name)
        if given in EMPTY:
            continue
        if is_stat:
            tree[key] = _stat(_first(given))
        elif isinstance(given, Mapping) and member.type_name == "list" and key in ("Tags", "Dimensions"):
            tree[key] = _pairs(key, given)
        else:
            tree[key] = _read(operation, member, given, (*way, key), lost)
    here = [argument(operation, way[: length + 1]) for length in range(len(way))]
    lost += [".".join((*here, key)) for key, each in block.items() if key not in known and each not in EMPTY]
    return tree


def _stat(block: Mapping[str, Any]) -> Tree:
    metric = {"Namespace": block.get("namespace"), "MetricName": block.get("metric_name")}
    dimensions = block.get("dimensions")
    if isinstance(dimensions, Mapping) and dimensions:
        metric["Dimensions"] = _pairs("Dimensions", dimensions)
    stat = {"Metric": metric, "Period": block.get("period"), "Stat": block.get("stat"), "Unit": block.get("unit")}
    return {key: each for key, each in stat.items() if each not in (None, "")}


def _pairs(name: str, given: Mapping[str, Any]) -> list[Tree]:
    return [{"Key" if name == "Tags" else "Name": key, "Value": each} for key, each in given.items()]
