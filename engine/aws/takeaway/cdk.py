"""A plan as a stack of the AWS CDK in Python, of the constructs that are CloudFormation's resources one to one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.aws.shapes.models import Shape, input_shape
from engine.aws.takeaway.boto3 import INDENT
from engine.aws.takeaway.cloudformation import TYPES, comments, resources_of

MODULES: Mapping[str, str] = {
    "SageMaker": "aws_sagemaker",
    "CloudWatch": "aws_cloudwatch",
    "ApplicationAutoScaling": "aws_applicationautoscaling",
}
"""The module of each service."""
PROPERTY: Mapping[str, str] = {
    "ProductionVariantRoutingConfig": "RoutingConfig",
    "ProductionVariantServerlessConfig": "ServerlessConfig",
}
"""Types that CloudFormation calls otherwise than the service model does."""
MODEL_OF: Mapping[str, str] = {
    **{kind: operation for operation, kind in TYPES.items()},
    TYPES["UpdateEndpoint"]: "UpdateEndpoint",
}
SCHEDULED = "ScheduledActions"


def as_cdk(requests: Mapping[str, Any]) -> str:
    """Return a Python module with the stack; an endpoint that exists must be imported into it first (`cdk import`)."""
    resources, left_out = resources_of(requests)
    services = sorted({MODULES[_service(each["Type"])] for each in resources.values()})
    head = [*comments(resources, left_out), "import aws_cdk as cdk"]
    head += [f"from aws_cdk import {each}" for each in services]
    body = [line for name, each in resources.items() for line in _construct(name, each)]
    return "\n".join((*head, *CLASS, *(INDENT * 2 + line for line in body), *APP)) + "\n"


CLASS = (
    "",
    "",
    "class Rollout(cdk.Stack):",
    f"{INDENT}def __init__(self, scope, id, **options):",
    f"{INDENT * 2}super().__init__(scope, id, **options)",
)
APP = ("", "", "app = cdk.App()", 'Rollout(app, "Rollout")', "app.synth()")


def _service(kind: str) -> str:
    return kind.split("::")[1]


def _variable(name: str) -> str:
    return f"made_{name}"


def _construct(name: str, resource: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines that make one resource, and have it wait for others."""
    kind = resource["Type"]
    made = f"{MODULES[_service(kind)]}.Cfn{kind.rpartition('::')[2]}"
    yield f"{_variable(name)} = {made}("
    yield f"{INDENT}self,"
    yield f"{INDENT}{name!r},"
    for key, value in resource["Properties"].items():
        yield f"{INDENT}{_parameter(key)}={_value(_shape(kind, key), value, made)},"
    yield ")"
    for other in resource.get("DependsOn", ()):
        yield f"{_variable(name)}.node.add_dependency({_variable(other)})"


def _shape(kind: str, key: str) -> Shape:
    if key == SCHEDULED:
        return input_shape("PutScheduledAction")
    return input_shape(MODEL_OF[kind]).members[key]


def _parameter(key: str) -> str:
    from botocore import xform_name

    return str(xform_name(key))


def _value(shape: Shape, value: Any, made: str) -> str:  # noqa: ANN401 - JSON-like data
    """Return a value as Python: structures are objects of the construct's own types."""
    if isinstance(value, list):
        inner = shape.member if shape.type_name == "list" else shape
        return f"[{', '.join(_value(inner, each, made) for each in value)}]"
    if isinstance(value, dict) and shape.type_name == "structure":
        kind = "cdk.CfnTag" if shape.name == "Tag" else f"{made}.{_type(shape)}Property"
        members = shape.members
        fields = (f"{_parameter(key)}={_value(members[key], each, made)}" for key, each in value.items())
        return f"{kind}({', '.join(fields)})"
    return repr(value)


def _type(shape: Shape) -> str:
    return "ScheduledAction" if shape.name.startswith("PutScheduledAction") else PROPERTY.get(shape.name, shape.name)
