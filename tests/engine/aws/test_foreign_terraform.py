"""Terraform's JSON: all that is in it becomes a request or a sentence."""

from __future__ import annotations

import pytest

from engine.aws.foreign.endpoints import Endpoints
from engine.aws.foreign.reading import foreign
from engine.aws.takeaway.terraform import as_terraform_json
from tests.engine.aws.examples import ALARM, config

KIND = "aws_cloudwatch_metric_alarm"
REQUEST = {"PutMetricAlarm": ALARM}
[BLOCK] = as_terraform_json(REQUEST)["resource"][KIND].values()


def read(body, **file):
    """Return what is read of one alarm in a `.tf.json` file."""
    return foreign({**file, "resource": {KIND: {"a": body}}}, Endpoints(updates=True))


@pytest.mark.parametrize(
    "data",
    [
        {"resource": {KIND: {"a": BLOCK}}},
        {"resource": [{KIND: [{"a": [BLOCK]}]}]},
        {"terraform": [], "provider": {"aws": {}}, "resource": {KIND: {"a": BLOCK}}},
        {KIND: {"a": BLOCK}},
        BLOCK,
        {"version": 4, "terraform_version": "1.9", "resources": [
            {"mode": "managed", "type": KIND, "name": "a", "instances": [{"attributes": {**BLOCK, "id": "x"}}]},
            {"mode": "data", "type": KIND, "name": "b", "instances": [{"attributes": BLOCK}]},
        ]},
    ],
    ids=["file", "lists", "with-provider", "without-head", "arguments", "state"],
)  # fmt: skip
def test_one_alarm_in_many_forms(data):
    """JSON syntax lets a list stand wherever a mapping does, and people cut out what they mean."""
    found = foreign(data, Endpoints(updates=True))

    assert (found.requests, found.left_out) == (REQUEST, ())


def test_what_is_no_field_is_told():
    """A slip inside of a block too; what the provider adds and what is meant for Terraform is not."""
    body = {**BLOCK, "treshold": 5, "arn": "x", "tags_all": {"a": "b"}, "lifecycle": {"ignore_changes": "${all}"}}
    endpoint = {
        "name": "e",
        "endpoint_config_name": "c",
        "deployment_config": [{"bule_green_update_policy": [{"a": 1}]}],
    }
    found = read(body)
    other = foreign({"resource": {"aws_sagemaker_endpoint": {"e": endpoint}}}, Endpoints(updates=True))

    assert (found.requests, found.left_out) == (
        REQUEST,
        (f"treshold of {KIND}.a: no field of PutMetricAlarm, so it is left out.",),
    )
    assert "deployment_config.bule_green_update_policy of aws_sagemaker_endpoint.e" in other.left_out[0]


@pytest.mark.parametrize("key", ["count", "for_each", "dynamic"])
def test_a_block_that_makes_several(key):
    """The file alone does not tell them; one of one is itself."""
    found = read({**BLOCK, key: {"a": 1}})

    assert found.requests == {}
    assert found.left_out == (
        f"{KIND}.a is left out: a block with {key} is told by `terraform show -json` of a plan alone.",
    )
    assert read({**BLOCK, "count": 1}).requests == REQUEST


FILE = {
    "variable": {"errors": {"type": "number", "default": 5}, "who": {}, "n": [{"default": "x"}]},
    "locals": [{"name": "v2-${var.n}", "circle": "${local.circle}"}],
}


@pytest.mark.parametrize(
    ("key", "given", "told"),
    [
        ("threshold", "${var.errors}", 5),
        ("threshold", "7", 7),
        ("alarm_name", "${local.name}", "v2-x"),
        ("alarm_name", "a-${ local.name }-$${b}", "a-v2-x-${b}"),
        ("alarm_name", "${aws_sns_topic.t.name}", "topic"),
        ("alarm_name", "${aws_sns_topic.t[0].name}", "topic"),
    ],
)
def test_references_that_the_file_tells(key, given, told):
    """Defaults of variables, locals and other blocks; one that is all of a value keeps its type."""
    data = {**FILE, "resource": {KIND: {"a": {**BLOCK, key: given}}, "aws_sns_topic": {"t": {"name": "topic"}}}}
    made = foreign(data, Endpoints(updates=True)).requests["PutMetricAlarm"]

    assert told in (made["Threshold"], made["AlarmName"])


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ("${var.who}", "${var.who}"),
        ("${local.circle}", "a reference that leads in a circle"),
        ("x-${lower(var.n)}", "x-${lower(var.n)}"),
        ("${aws_sns_topic.t.name}", "${aws_sns_topic.t.name}"),
    ],
)
def test_references_that_it_does_not_tell(given, what):
    """The block is left out, and the sentence names what to write."""
    found = read({**BLOCK, "alarm_name": given}, **FILE)

    assert found.left_out == (f"{KIND}.a is left out: {what} is not told by the file. Write the value itself.",)


def test_references_that_multiply_are_given_up():
    """A few lines may stand for more work than anybody waits for."""
    names = "abcdefg"
    values = {one: f"${{local.{other}}}" * 40 for one, other in zip(names, names[1:] + "z", strict=True)}
    found = read({**BLOCK, "alarm_name": "${local.a}"}, locals={**values, "z": ""})

    assert "more than 5000 functions" in found.left_out[0]


def test_arns_of_other_blocks():
    """Those of alarms and scaling policies, which others act on or through."""
    blocks = {
        "aws_appautoscaling_target": {
            "t": {"service_namespace": "sagemaker", "resource_id": "endpoint/churn/variant/main"}
        },
        "aws_appautoscaling_policy": {
            "p": {
                "name": "steps",
                "service_namespace": "${aws_appautoscaling_target.t.service_namespace}",
                "resource_id": "${aws_appautoscaling_target.t.resource_id}",
            }
        },
        KIND: {"a": {**BLOCK, "alarm_actions": ["${aws_appautoscaling_policy.p.arn}", "${aws_sns_topic.t.arn}"]}},
        "aws_sns_topic": {"t": {"name": "pager"}},
        "aws_cloudwatch_composite_alarm": {"c": {"alarm_name": "c", "alarm_rule": f"ALARM(${{{KIND}.a.arn}})"}},
    }
    requests = foreign({"resource": blocks}, Endpoints(updates=True)).requests
    by_policy, to_topic = requests["PutMetricAlarm"]["AlarmActions"]

    assert by_policy.endswith(":resource/sagemaker/endpoint/churn/variant/main:policyName/steps")
    assert to_topic == "arn:aws:sns:us-east-1:111122223333:pager"
    assert requests["PutCompositeAlarm"]["AlarmRule"].endswith(f":alarm:{ALARM['AlarmName']})")


@pytest.mark.parametrize("data", [{"provider": {"aws": {}}}, {"resource": 3}, {"terraform_version": "1.9"}])
def test_nothing_is_told(data):
    """That is an answer too."""
    found = foreign(data, Endpoints(updates=True))

    assert (found.what, found.requests) == ("Terraform's JSON", {})


def test_modules_within_modules():
    """Deep down nothing is cut."""
    resource = {"type": "aws_sagemaker_endpoint_configuration", "name": "c", "mode": "managed"}
    [values] = as_terraform_json(config())["resource"]["aws_sagemaker_endpoint_configuration"].values()
    module = {"resources": [{**resource, "values": values}]}
    for _ in range(8):
        module = {"child_modules": [module]}

    assert foreign({"planned_values": {"root_module": module}}, Endpoints(updates=True)).requests == config()
