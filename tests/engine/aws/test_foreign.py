"""What is taken away comes back as the same plan, as far as its form can say it."""

from __future__ import annotations

import ast
import json
import re
from typing import get_args

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from course.content.yaml.reader import read_yaml
from course.plan_text import Form
from engine.aws.calls import take_apart
from engine.aws.checking import check
from engine.aws.foreign.endpoints import Endpoints
from engine.aws.foreign.reading import foreign
from engine.aws.takeaway.cdk import as_cdk
from engine.aws.takeaway.cloudformation import TYPES as RESOURCES
from engine.aws.takeaway.cloudformation import as_cloudformation
from engine.aws.takeaway.forms import FORMS
from engine.aws.takeaway.terraform import as_terraform, as_terraform_json
from engine.aws.takeaway.terraform_names import NOT_THERE, TYPES
from engine.aws.translation.reading import read_step
from engine.aws.translation.writing import write_plan
from tests.built_in import PACK
from tests.engine.aws.examples import ALARM, CANARY, config, update
from tests.engine.aws.plans import plans

FEW = settings(max_examples=25, deadline=None)
NAMED = ("EndpointConfigName", "EndpointName", "AlarmName", "PolicyName", "ScheduledActionName", "ResourceId", "Name")


def sayable(requests, types, without=()):
    """Return the steps that a form of one state can hold: those of its types, at once, the first of a name."""
    found, seen = [], set()
    for call in take_apart(requests)[0]:
        kind = types.get(call.operation)
        name = (kind, *(call.request.get(key) for key in NAMED if key in call.request))
        if kind and not call.after_s and call.condition is None and name not in seen:
            seen.add(name)
            request = {key: each for key, each in call.request.items() if key not in without}
            found.append((call.operation, read_step(type(call)(call.operation, call.path, request)).request))
    return found


def read(data, endpoints):
    """Return the requests that were read, as values."""
    found = foreign(data, endpoints)
    return [] if found is None else [(c.operation, read_step(c).request) for c in take_apart(found.requests)[0]]


@pytest.mark.parametrize("id", PACK.lab_ids())
def test_a_reference_comes_back(id):
    """Through CloudFormation and through Terraform's JSON, for every lab."""
    lab = PACK.lab(id)
    requests = read_yaml(lab.reference.text, "plan.yaml").data
    updates = lab.world.endpoint.exists
    template = read_yaml(as_cloudformation(requests), "template.yaml").data
    kinds = {**RESOURCES, "PutScheduledAction": "a part of its target"}

    assert read(template, Endpoints(updates=updates)) == sayable(requests, kinds, NOT_THERE if not updates else ())
    assert read(as_terraform_json(requests), Endpoints(updates=updates)) == sayable(requests, TYPES, NOT_THERE)


@given(plans())
@FEW
def test_any_plan_comes_back_from_terraform(plan):
    """Whatever its names and values are: nothing in them is taken for a template."""
    requests = write_plan(plan)
    operations = {call.operation for call in take_apart(requests)[0]}
    if {"UpdateEndpoint", "CreateEndpoint"} <= operations:
        return
    updates = "UpdateEndpoint" in operations
    data = json.loads(json.dumps(as_terraform_json(requests)))

    found, wanted = read(data, Endpoints(updates=updates)), sayable(requests, TYPES, NOT_THERE)
    assert [each for each in found if each not in wanted] == []
    ast.parse(as_cdk(requests))


def constructs(text):
    """Return the constructs of a CDK script with their arguments, read by no writer of ours."""
    made = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and re.fullmatch(r"aws_\w+\.Cfn[A-Z]\w+", name := ast.unparse(node.func)):
            made[name.partition(".")[2], node.args[1].value] = {k.arg: value(k.value) for k in node.keywords}
    return made


def value(node):
    """Return what an argument holds."""
    if isinstance(node, ast.Call):
        return {k.arg: value(k.value) for k in node.keywords}
    if isinstance(node, ast.List):
        return [value(each) for each in node.elts]
    return ast.literal_eval(node)


def small(tree):
    """Return data with keys in small letters and nothing between words, whoever wrote them."""
    if isinstance(tree, dict):
        return {key.replace("_", "").lower(): small(each) for key, each in tree.items()}
    return [small(each) for each in tree] if isinstance(tree, list) else tree


@pytest.mark.parametrize("id", PACK.lab_ids())
def test_the_cdk_makes_the_templates_resources(id):
    """The same values under the same names, for every lab; it is Python."""
    requests = read_yaml(PACK.lab(id).reference.text, "plan.yaml").data
    resources = yaml.safe_load(as_cloudformation(requests))["Resources"]
    wanted = {(f"Cfn{r['Type'].rpartition('::')[2]}", n): small(r["Properties"]) for n, r in resources.items()}

    assert {key: small(each) for key, each in constructs(as_cdk(requests)).items()} == wanted


def test_terraforms_blocks():
    """As the provider's documentation has them."""
    text = as_terraform({**config(), "PutMetricAlarm": {**ALARM, "AlarmName": "a${b}"}, **update(CANARY)})

    assert 'resource "aws_sagemaker_endpoint_configuration" "churn_v2" {\n  name = "churn-v2"' in text
    assert '      traffic_routing_configuration {\n        type = "CANARY"\n' in text
    assert re.search(r'^  alarm_name += "a\$\${b}"$', text, re.MULTILINE)
    assert "  depends_on = [aws_sagemaker_endpoint_configuration.churn_v2, aws_cloudwatch_metric_alarm.a_b]" in text
    assert '# The endpoint exists: terraform import aws_sagemaker_endpoint.churn "churn"' in text
    assert text.count("{") - text.count("$${") == text.count("}") - text.count("b}")


@pytest.mark.parametrize("alarms, warned", [(CANARY["AutoRollbackConfiguration"], True), (None, False)])
def test_terraform_may_replace_an_endpoint_that_gets_alarms(alarms, warned):
    """The provider cannot add the block in place, and applying would delete the endpoint: a comment says so."""
    policy = {"BlueGreenUpdatePolicy": CANARY["BlueGreenUpdatePolicy"]}
    text = as_terraform(update({**policy, "AutoRollbackConfiguration": alarms} if alarms else policy))

    assert ("must be replaced, do not apply it" in text) == warned


def test_what_terraform_cannot_say_is_told():
    """Time, conditions, jobs, and arguments that the provider lacks."""
    kept = update(CANARY, RetainAllVariantProperties=True)
    text = as_terraform({**kept, "Later": [{"AfterSeconds": 60, "DeleteEndpoint": {"EndpointName": "churn"}}]})

    assert "# The provider has no argument for RetainAllVariantProperties of UpdateEndpoint." in text
    assert "# Not in this configuration: DeleteEndpoint, 60 s later. A template describes one state" in text


def test_every_form_is_offered():
    """The table and its names agree."""
    assert tuple(FORMS) == get_args(Form)


PARTS = {"Alarm": ALARM["AlarmName"], "Config": "churn-v2"}


def template(**endpoint):
    """Return a template as people write them, with references."""
    return {
        "Parameters": {"Stage": {"Type": "String", "Default": "prod"}, "Who": {"Type": "String"}},
        "Resources": {
            "Alarm": {"Type": "AWS::CloudWatch::Alarm", "Properties": ALARM},
            "Config": {"Type": "AWS::SageMaker::EndpointConfig", "Properties": config()["CreateEndpointConfig"]},
            "Bucket": {"Type": "AWS::S3::Bucket"},
            "Endpoint": {
                "Type": "AWS::SageMaker::Endpoint",
                "Properties": {"EndpointName": "churn", "EndpointConfigName": {"Ref": "Config"}, **endpoint},
            },
        },
    }


@pytest.mark.parametrize(
    "given, name",
    [
        ({"Ref": "Config"}, "churn-v2"),
        ({"Fn::GetAtt": ["Config", "EndpointConfigName"]}, "churn-v2"),
        ({"Fn::GetAtt": "Config.EndpointConfigName"}, "churn-v2"),
        ({"Fn::Sub": "${Config}"}, "churn-v2"),
        ({"Fn::Sub": "x-${Stage}-${AWS::Region}"}, "x-prod-us-east-1"),
        ({"Fn::Sub": ["${A}-${!B}", {"A": {"Ref": "Stage"}}]}, "prod-${B}"),
        ({"Fn::Join": ["-", ["a", {"Ref": "Stage"}]]}, "a-prod"),
    ],
)
def test_functions_are_worked_out(given, name):
    """Where the template tells all that they need."""
    found = foreign(template(EndpointConfigName=given), Endpoints(updates=True))

    assert found.requests["UpdateEndpoint"] == {"EndpointName": "churn", "EndpointConfigName": name}
    assert found.left_out == ("Bucket is an AWS::S3::Bucket, which is nothing for a plan.",)


@pytest.mark.parametrize(
    "given, what",
    [({"Ref": "Who"}, "Who"), ({"Ref": "Nobody"}, "Nobody"), ({"Fn::ImportValue": "x"}, "Fn::ImportValue")],
)
def test_what_a_template_does_not_tell_is_said(given, what):
    """The resource is left out, and the rest is read."""
    found = foreign(template(EndpointConfigName=given), Endpoints(updates=True))

    assert set(found.requests) == {"PutMetricAlarm", "CreateEndpointConfig"}
    assert f"Endpoint is left out: {what} is not told by the template. Write the value itself." in found.left_out


def test_references_in_a_circle_end():
    """However they lead."""
    name = {"Fn::Sub": "${Alarm}"}
    resources = {"Alarm": {"Type": "AWS::CloudWatch::Alarm", "Properties": {**ALARM, "AlarmName": name}}}

    found = foreign({"Resources": resources}, Endpoints(updates=True))

    assert (found.requests, "leads in a circle" in found.left_out[0]) == ({}, True)


SHOWN = {
    "format_version": "1.2",
    "terraform_version": "1.9.0",
    "planned_values": {
        "root_module": {
            "resources": [{"type": "aws_s3_bucket", "name": "b", "mode": "managed", "values": {}}],
            "child_modules": [
                {
                    "resources": [
                        {
                            "type": "aws_sagemaker_endpoint",
                            "name": "e",
                            "mode": "managed",
                            "values": {
                                "name": "churn",
                                "endpoint_config_name": "churn-v2",
                                "tags": None,
                                "deployment_config": [
                                    {
                                        "auto_rollback_configuration": [{"alarms": [{"alarm_name": "errors"}]}],
                                        "blue_green_update_policy": [],
                                        "rolling_update_policy": [
                                            {
                                                "maximum_batch_size": [{"type": "INSTANCE_COUNT", "value": "1"}],
                                                "maximum_execution_timeout_in_seconds": None,
                                                "wait_interval_in_seconds": 300,
                                            }
                                        ],
                                    }
                                ],
                            },
                        }
                    ]
                }
            ],
        }
    },
}


def test_what_terraform_shows_of_a_plan():
    """Blocks are lists there, what is not set is null, and modules hold resources too."""
    found = foreign(SHOWN, Endpoints(updates=True))

    assert found.what == "Terraform's JSON"
    assert found.left_out == ("aws_s3_bucket.b is nothing for a plan.",)
    assert found.requests == {
        "UpdateEndpoint": {
            "EndpointName": "churn",
            "EndpointConfigName": "churn-v2",
            "DeploymentConfig": {
                "RollingUpdatePolicy": {
                    "MaximumBatchSize": {"Type": "INSTANCE_COUNT", "Value": 1},
                    "WaitIntervalInSeconds": 300,
                },
                "AutoRollbackConfiguration": {"Alarms": [{"AlarmName": "errors"}]},
            },
        }
    }


def test_references_between_blocks():
    """A name of another block is looked up; what comes from elsewhere is told."""
    resource = {
        "aws_sagemaker_endpoint_configuration": {"ec": {"name": "churn-v2"}},
        "aws_sagemaker_endpoint": {
            "e": {"name": "churn", "endpoint_config_name": "${aws_sagemaker_endpoint_configuration.ec.name}"},
            "f": {"name": "${var.name}", "endpoint_config_name": "x"},
        },
    }
    found = foreign({"resource": resource}, Endpoints(updates=True))

    assert found.requests["UpdateEndpoint"] == {"EndpointName": "churn", "EndpointConfigName": "churn-v2"}
    assert found.left_out == (
        "aws_sagemaker_endpoint.f is left out: ${var.name} is not told by the file. Write the value itself.",
    )


@pytest.mark.parametrize("updates, operation", [(True, "UpdateEndpoint"), (False, "CreateEndpoint")])
def test_a_skeleton_that_is_filled_in_part(updates, operation):
    """`aws sagemaker update-endpoint --generate-cli-skeleton` writes every field; what is left empty is not said."""
    given = {"EndpointName": "churn", "EndpointConfigName": "churn-v2", "Tags": [{"Key": "", "Value": ""}]}

    assert foreign(given, Endpoints(updates=updates)).requests == {
        operation: {"EndpointName": "churn", "EndpointConfigName": "churn-v2"}
    }


@pytest.mark.parametrize("data", [{}, [], None, "x", {"a": 1}, update(CANARY), {"Resources": []}, {"Later": []}])
def test_other_things_are_left_alone(data):
    """Plans among them."""
    assert foreign(data, Endpoints(updates=True)) is None


def test_the_cdks_own_names_of_types():
    """Where CloudFormation calls a type otherwise than the service model does."""
    variant = {
        "VariantName": "main",
        "ModelName": "churn-v2",
        "ServerlessConfig": {"MemorySizeInMB": 2048, "MaxConcurrency": 5},
        "RoutingConfig": {"RoutingStrategy": "RANDOM"},
    }
    text = as_cdk(config(variant))

    assert "CfnEndpointConfig.ServerlessConfigProperty(memory_size_in_mb=2048, max_concurrency=5)" in text
    assert "CfnEndpointConfig.RoutingConfigProperty(routing_strategy='RANDOM')" in text


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["${a.b.c}", "!"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "Ref",
                    "Fn::Sub",
                    "Fn::GetAtt",
                    "Fn::Join",
                    "Fn::If",
                    "Fn::Select",
                    "Fn::Split",
                    "Fn::FindInMap",
                    "Fn::Equals",
                    "Fn::And",
                    "Condition",
                    "Default",
                    "default",
                    "ScheduledActions",
                    "Metrics",
                    "metric",
                    "metric_query",
                    "dimensions",
                    "MetricStat",
                    "actions_suppressor",
                    "deployment_config",
                    "name",
                    "a",
                    "type",
                    "values",
                ]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@given(st.sampled_from([*RESOURCES.values(), "x", 3]), ANYTHING, st.sampled_from([*TYPES.values(), "x"]), ANYTHING)
@settings(max_examples=300, deadline=None)
def test_any_data_is_read_or_left(kind, properties, type_, body):
    """Whatever somebody has made; what comes of it is judged like any plan."""
    forms = [
        {"Resources": {"a": {"Type": kind, "Properties": properties}}, "Parameters": properties},
        {"Resources": {"a": {"Type": kind, "Condition": "a"}}, "Conditions": {"a": properties}, "Mappings": properties},
        {"Resources": {"a": {"Type": kind, "Properties": properties, "Condition": body}}, "Conditions": body},
        {"a": {"Type": kind, "Properties": properties}},
        {"TemplateBody": properties, "a": body},
        [properties, body],
        {"MetricAlarms": properties},
        {"variable": properties, "locals": properties, "resource": {type_: {"a": body}}},
        {"terraform_version": body, "resources": [{"type": type_, "name": body, "instances": [{"attributes": body}]}]},
        body,
        {"resource": {type_: body}},
        {"resource": {type_: {"a": body}}},
        {"planned_values": {"root_module": {"resources": [{"type": type_, "name": "a", "values": body}]}}},
        {"planned_values": body},
    ]
    for data in forms:
        found = foreign(data, Endpoints(updates=True))
        assert found is None or check(found.requests, None) is not None


def test_of_many_things_left_out_some_are_named():
    """What belongs to a plan before what never does."""
    buckets = {f"b{number}": {"Type": "AWS::S3::Bucket"} for number in range(100)}
    alarm = {"Type": "AWS::CloudWatch::Alarm", "Properties": {"AlarmName": {"Ref": "Nobody"}}}
    said = foreign({"Resources": {**buckets, "Alarm": alarm}}, Endpoints(updates=True)).left_out

    assert said[0].startswith("Alarm is left out: Nobody")
    assert (len(said), said[-1]) == (41, "61 more are left out.")


def test_references_that_multiply_are_given_up():
    """A few lines may stand for more text than there is memory."""
    names = "ABCDEFGH"
    resources = {
        one: {"Type": "AWS::CloudWatch::Alarm", "Properties": {**ALARM, "AlarmName": {"Fn::Sub": f"${{{other}}}" * 50}}}
        for one, other in zip(names, names[1:] + "X", strict=True)
    }
    found = foreign(
        {"Resources": {**resources, "X": {"Type": "AWS::CloudWatch::Alarm", "Properties": ALARM}}},
        Endpoints(updates=True),
    )

    assert any("more than" in each for each in found.left_out)
