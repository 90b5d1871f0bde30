"""Whatever is asked in whatever order: no traceback, answers of the service model's form, and looks change nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from botocore.parsers import JSONParser
from botocore.validate import ParamValidator
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.aws.gateway.http import HttpRequest
from engine.aws.gateway.operations.registry import OPERATIONS
from engine.aws.gateway.protocols.json_rpc import TARGETS
from engine.aws.shapes.models import shapes_of
from tests.engine.aws.gateway.in_process import gateway_of

TARGET_OF = {
    "sagemaker": "SageMaker",
    "application-autoscaling": "AnyScaleFrontendService",
    "events": "AWSEvents",
}
CALLS = sorted(each for each in OPERATIONS if each[0] in TARGET_OF)
LOOKS = [each for each in CALLS if each[1].startswith(("Describe", "List", "TestEvent"))]
NAMES = {
    "EndpointName": ["churn", "churn", "other"],
    "EndpointConfigName": ["v1", "v2", "v3", "no_name"],
    "ModelName": ["v1", "v2", "v3"],
    "Name": ["a", "b"],
    "PolicyName": ["p", "q"],
    "PolicyNames": [["p"], []],
    "ServiceNamespace": ["sagemaker", "sagemaker", "ecs"],
    "ResourceId": ["endpoint/churn/variant/main", "endpoint/churn/variant/main", "table/x"],
    "ResourceIds": [["endpoint/churn/variant/main"]],
    "ScalableDimension": ["sagemaker:variant:DesiredInstanceCount"],
    "VariantName": ["main", "main", "next"],
    "InstanceType": ["ml.m5.large", "ml.p3.2xlarge", "m5"],
    "ModelDataUrl": ["s3://b/v2/model.tar.gz", "s3://b/x"],
    "ResourceArn": ["arn:aws:sagemaker:us-east-1:111122223333:endpoint/churn"],
    "Schedule": ["rate(5 minutes)", "cron(0 9 * * ? *)", "soon"],
    "EventPattern": ['{"source": ["aws.sagemaker"]}', "x"],
    "PredefinedMetricType": ["SageMakerVariantInvocationsPerInstance"],
    "InitialInstanceCount": [1, 4],
    "Value": [1, "x"],
    "Type": ["CANARY", "LINEAR", "INSTANCE_COUNT", "CAPACITY_PERCENT", "ShadowMode", "ALL_AT_ONCE"],
    "NextToken": ["", "WzEsIDEsICJhIl0="],
}
"""What fields of these names often hold; all else is made up."""


INSTANCES = {"InstanceType": "ml.m5.large", "InitialInstanceCount": 2}
TARGET = {name: NAMES[name][0] for name in ("ServiceNamespace", "ResourceId", "ScalableDimension")}
REAL_TIME = {
    "InfrastructureType": "RealTimeInference",
    "RealTimeInferenceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1},
}
SHADOW = {"ShadowModelVariantName": "next", "SamplingPercentage": 50}
S3 = {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://in/day/"}}
ROLE = "arn:aws:iam::111122223333:role/deployer"
GOOD = [
    ("sagemaker", operation, request)
    for operation, request in (
        (
            "CreateModel",
            {
                "ModelName": "v3",
                "ExecutionRoleArn": ROLE,
                "PrimaryContainer": {"Image": "r:1", "ModelDataUrl": "s3://b/v2/model.tar.gz"},
            },
        ),
        (
            "CreateEndpointConfig",
            {
                "EndpointConfigName": "v3",
                "ProductionVariants": [{"VariantName": "main", "ModelName": "v3", **INSTANCES}],
            },
        ),
        ("CreateEndpoint", {"EndpointName": "churn", "EndpointConfigName": "v2"}),
        ("DeleteEndpoint", {"EndpointName": "churn"}),
        ("UpdateEndpoint", {"EndpointName": "churn", "EndpointConfigName": "v3"}),
        (
            "CreateTransformJob",
            {
                "TransformJobName": "a",
                "ModelName": "v1",
                "TransformInput": {"DataSource": S3},
                "TransformOutput": {"S3OutputPath": "s3://out/"},
                "TransformResources": {"InstanceType": "ml.m5.large", "InstanceCount": 1},
            },
        ),
        ("StopTransformJob", {"TransformJobName": "a"}),
        (
            "CreateInferenceExperiment",
            {
                "Name": "a",
                "Type": "ShadowMode",
                "RoleArn": ROLE,
                "EndpointName": "churn",
                "ModelVariants": [
                    {"ModelName": "v1", "VariantName": "main", "InfrastructureConfig": REAL_TIME},
                    {"ModelName": "v2", "VariantName": "next", "InfrastructureConfig": REAL_TIME},
                ],
                "ShadowModeConfig": {"SourceModelVariantName": "main", "ShadowModelVariants": [SHADOW]},
            },
        ),
        ("StopInferenceExperiment", {"Name": "a", "ModelVariantActions": {"main": "Retain", "next": "Promote"}}),
    )
]
GOOD += [
    ("application-autoscaling", operation, {**TARGET, **request})
    for operation, request in (
        ("RegisterScalableTarget", {"MinCapacity": 1, "MaxCapacity": 3, "Tags": {"a": "b"}}),
        ("DeregisterScalableTarget", {}),
        ("PutScheduledAction", {"ScheduledActionName": "a", "Schedule": "rate(1 minute)"}),
        (
            "PutScheduledAction",
            {
                "ScheduledActionName": "a",
                "Schedule": "rate(2 minutes)",
                "StartTime": 1_772_442_300,
                "ScalableTargetAction": {"MinCapacity": 2},
            },
        ),
        (
            "PutScalingPolicy",
            {
                "PolicyName": "p",
                "PolicyType": "TargetTrackingScaling",
                "TargetTrackingScalingPolicyConfiguration": {
                    "TargetValue": 20.0,
                    "PredefinedMetricSpecification": {"PredefinedMetricType": "SageMakerVariantInvocationsPerInstance"},
                },
            },
        ),
    )
]
GOOD += [
    ("events", "PutRule", {"Name": "a", "EventPattern": '{"source": ["aws.sagemaker"]}'}),
    ("events", "PutTargets", {"Rule": "a", "Targets": [{"Id": "1", "Arn": "arn:aws:sns:us-east-1:111122223333:t"}]}),
    ("events", "DisableRule", {"Name": "a"}),
]
"""Requests that are taken in one order or another."""


@st.composite
def values(draw, shape, name="", depth=0):
    """Draw what a client would let pass for a shape, most often something that leads somewhere."""
    if name in NAMES and draw(st.integers(0, 9)):
        return draw(st.sampled_from(NAMES[name]))
    match shape.type_name:
        case "structure":
            required = set(shape.metadata.get("required", ()))
            chance = 4 if depth < 2 else 30
            members = [each for each in shape.members if each in required or not draw(st.integers(0, chance))]
            return {each: draw(values(shape.members[each], each, depth + 1)) for each in members}
        case "list":
            least = min(shape.metadata.get("min", 0), 3)
            return draw(st.lists(values(shape.member, name, depth + 1), min_size=max(1, least), max_size=max(2, least)))
        case "map":
            return {"k": draw(values(shape.value, "", depth + 1))}
        case "string":
            enum = shape.metadata.get("enum")
            return draw(st.sampled_from(enum)) if enum else draw(st.sampled_from(["a", "x-1", "", "ü", "{}"]))
        case "integer" | "long":
            least = shape.metadata.get("min", -1)
            return least + draw(st.integers(0, 120))
        case "float" | "double":
            return draw(st.sampled_from([0.0, 0.5, 1.0, 70.0, -1.0]))
        case "boolean":
            return draw(st.booleans())
        case "timestamp":
            return draw(st.sampled_from([0, 1_772_442_000, 1_772_445_600.5, 1e18, "2026-03-02T10:00:00Z", "then"]))
        case _:
            return "eA=="


@st.composite
def calls(draw, among):
    """Draw an operation with its input."""
    service, operation = draw(st.sampled_from(among))
    shape = shapes_of(service, operation)[0]
    return service, operation, draw(values(shape)) if shape is not None else {}


def ask(gateway, service, operation, given):
    """Send a call in JSON; return status and body of the answer, as botocore reads it."""
    headers = {"x-amz-target": f"{TARGET_OF[service]}.{operation}", "content-type": "application/x-amz-json-1.1"}
    found = gateway.answer(HttpRequest(method="POST", path="/", headers=headers, body=json.dumps(given).encode()))
    raw = {"status_code": found.status, "headers": dict(found.headers), "body": found.body}
    return found.status, JSONParser(timestamp_parser=_time).parse(raw, shapes_of(service, operation)[1])


def _time(value):
    return datetime.fromtimestamp(value, UTC)


def fits(service, operation, status, body):
    """Say what is wrong with an answer; nothing if it has the form of the model."""
    if status != 200:
        right = 400 <= status < 500 and body["Error"]["Code"] and isinstance(body["Error"]["Message"], str)
        return "" if right else f"no error: {status} {body}"
    answer = {key: each for key, each in body.items() if key != "ResponseMetadata"}
    shape = shapes_of(service, operation)[1]
    return ParamValidator().validate(answer, shape).generate_report() if shape is not None else ""


def everything(account):
    """Return what a run has come to, for comparison."""
    live = account.live
    control = live.first.control
    return (
        live.now,
        list(live.recorder.events),
        list(live.recorder.endpoint),
        list(live.recorder.event_bridge),
        dict(control.configs),
        control.registered,
        dict(live.alarms.states),
        len(account.sent),
    )


steps = st.lists(st.tuples(st.integers(0, 4), st.sampled_from(GOOD) | calls(CALLS)), max_size=14)


@settings(max_examples=60, deadline=None)
@given(steps=steps)
def test_every_answer_has_the_form_of_the_model(steps):
    """An output or a 4xx, whatever has happened before."""
    gateway = gateway_of()
    for minutes, (service, operation, given_) in steps:
        gateway.account.live.advance(gateway.account.live.now + 60 * minutes)
        status, body = ask(gateway, service, operation, given_)
        assert fits(service, operation, status, body) == "", (operation, given_, body)


@settings(max_examples=40, deadline=None)
@given(looks=st.lists(calls(LOOKS), min_size=1, max_size=8))
def test_looks_change_nothing(looks):
    """In the middle of an update, with targets and rules there."""
    gateway = gateway_of()
    for call in GOOD:
        if not call[1].startswith(("Delete", "Deregister", "Disable", "Stop")):
            ask(gateway, *call)
    gateway.account.live.advance(60)
    before = everything(gateway.account)
    for service, operation, given_ in looks:
        ask(gateway, service, operation, given_)

    assert everything(gateway.account) == before


def test_every_operation_in_json_is_among_them():
    """All of SageMaker, scaling and rules is tried above."""
    assert {TARGETS[target] for target in TARGET_OF.values()} == TARGET_OF.keys()
    assert len(LOOKS) >= 20
