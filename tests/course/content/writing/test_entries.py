"""Alarms, dimensions and strategies of a plan changed as the form does it: the rest of the text stays."""

from __future__ import annotations

from pathlib import Path

import pytest

import lessons
from course.content.files.plan import check_plan
from course.content.writing.form import added, edited, fields, taken_out
from course.content.writing.policies import STRATEGIES
from course.content.yaml.reader import read_yaml
from course.plan_text import FormField

START = """\
# One alarm.
PutMetricAlarm:
  - AlarmName: a  # its name
    # what it watches
    Dimensions:
      - {Name: EndpointName, Value: churn}  # the endpoint
    Period: 60
UpdateEndpoint:
  EndpointName: churn
  DeploymentConfig:
    BlueGreenUpdatePolicy:  # the policy
      TrafficRoutingConfiguration:
        Type: CANARY
        # how many
        CanarySize: {Type: CAPACITY_PERCENT, Value: 10}  # a tenth
        WaitIntervalInSeconds: 300  # five minutes
      TerminationWaitInSeconds: 120
      # at most
      MaximumExecutionTimeoutInSeconds: 3600
    AutoRollbackConfiguration:
      Alarms:
        - AlarmName: a
# the end
"""
BRACES = """\
PutMetricAlarm: {AlarmName: a, Dimensions: [{Name: EndpointName, Value: churn}]}
UpdateEndpoint: {EndpointName: churn, DeploymentConfig: {BlueGreenUpdatePolicy: {TrafficRoutingConfiguration: {
  Type: LINEAR, LinearStepSize: {Type: CAPACITY_PERCENT, Value: 20}, WaitIntervalInSeconds: 300}},
  AutoRollbackConfiguration: {Alarms: [{AlarmName: a}]}}}
"""
BARE = "UpdateEndpoint:\n  EndpointName: churn\n"
CONFIG = ("UpdateEndpoint", "DeploymentConfig")
GUARDS = (*CONFIG, "AutoRollbackConfiguration", "Alarms")
PLANS = tuple(
    path
    for path in Path(lessons.__file__).parent.rglob("*.yaml")
    if path.stem in ("start", "reference") and "\nUpdateEndpoint:" in path.read_text()
)


def data(text: str):
    """The plan as plain data."""
    return read_yaml(text, "x").data


def named(text: str, name: str) -> FormField:
    """The one field of this name."""
    [field] = [each for each in fields(text) if each.name == name]
    return field


def strategy(text: str) -> FormField:
    """The field for policy and Type."""
    [field] = [each for each in fields(text) if each.is_strategy]
    return field


@pytest.mark.parametrize(
    ("trail", "after"),
    [
        pytest.param(
            ("PutMetricAlarm",),
            """\
    Period: 60
  - AlarmName: alarm-2
    Namespace: AWS/SageMaker
    Dimensions:
      - Name: EndpointName
        Value: churn
UpdateEndpoint:
""",
            id="an alarm, watching what the one before it watches",
        ),
        pytest.param(
            ("PutMetricAlarm", 0, "Dimensions"),
            "Value: churn}  # the endpoint\n      - {Name: VariantName}\n    Period",
            id="a dimension, as the others are written",
        ),
        pytest.param(
            GUARDS, "        - AlarmName: a\n        - {}\n# the end", id="an alarm that sends the update back"
        ),
    ],
)
def test_an_entry_is_added_where_people_would_write_it(trail, after):
    """Behind the last one; all lines that were there are there still."""
    text = added(START, trail)

    assert after in text
    assert set(START.splitlines()) <= set(text.splitlines())


@pytest.mark.parametrize("text", [START, BRACES, BARE], ids=["blocks", "braces", "nothing yet"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["unix", "windows"])
def test_what_is_added_has_fields_and_can_be_taken_out_again(text, line_end):
    """Each list of the form, also one that is not there yet. Taking out leaves the data as it was before; a request
    that stood alone stands in a list then."""
    text = text.replace("\n", line_end)
    lists = [field for field in fields(text) if field.kind == "list"]
    assert len(lists) > 1
    for field in lists:
        after = added(text, field.trail)
        inside = [each for each in fields(after) if each.trail[: len(field.trail) + 1] == (*field.trail, field.entries)]
        assert any(each.kind != "list" for each in inside)
        before = taken_out(after, inside[0].trail)
        wanted = data(text)
        if field.trail == ("PutMetricAlarm",) and isinstance(wanted.get("PutMetricAlarm"), dict):
            wanted["PutMetricAlarm"] = [wanted["PutMetricAlarm"]]

        assert data(before) == wanted
        assert before.replace("\r\n", "").count("\n") == (0 if line_end == "\r\n" else before.count("\n"))


def test_what_is_empty_then_goes_too():
    """AWS takes no empty list, so the last entry takes its list along, and what only held that."""
    text = taken_out(START, (*GUARDS, 0, "AlarmName"))

    assert "AutoRollbackConfiguration" not in text
    assert "# the end" in text
    assert "Dimensions" not in taken_out(START, ("PutMetricAlarm", 0, "Dimensions", 0, "Name"))
    assert "PutMetricAlarm" not in taken_out(BRACES, ("PutMetricAlarm", "AlarmName"))


def test_the_last_request_stays():
    """A plan without any request is none."""
    with pytest.raises(ValueError, match="nothing"):
        taken_out("PutMetricAlarm:\n  AlarmName: a\n", ("Nonsense", 3))
    with pytest.raises(ValueError, match="change the text itself"):
        taken_out("PutMetricAlarm:\n  AlarmName: a\n", ("PutMetricAlarm", "AlarmName"))


@pytest.mark.parametrize(
    ("to", "lines"),
    [
        pytest.param(
            "LINEAR",
            """\
        # how many
        LinearStepSize: {Type: CAPACITY_PERCENT, Value: 10}  # a tenth
        WaitIntervalInSeconds: 300  # five minutes
      TerminationWaitInSeconds: 120
""",
            id="the size is the step",
        ),
        pytest.param(
            "ALL_AT_ONCE",
            """\
        Type: ALL_AT_ONCE
        # how many
        WaitIntervalInSeconds: 300  # five minutes
      TerminationWaitInSeconds: 120
""",
            id="no size",
        ),
        pytest.param(
            "ROLLING",
            """\
    RollingUpdatePolicy:  # the policy
      # how many
      MaximumBatchSize: {Type: CAPACITY_PERCENT, Value: 10}  # a tenth
      WaitIntervalInSeconds: 300  # five minutes
      # at most
      MaximumExecutionTimeoutInSeconds: 3600
    AutoRollbackConfiguration:
""",
            id="another policy, and no final bake",
        ),
    ],
)
def test_a_strategy_has_the_fields_that_belong_to_it(to, lines):
    """What both have keeps its values and its comments."""
    assert lines in edited(START, CONFIG, to)


@pytest.mark.parametrize("text", [START, BRACES, BARE, "UpdateEndpoint: {EndpointName: churn}\n"])
@pytest.mark.parametrize("to", STRATEGIES)
def test_the_form_shows_the_strategy_that_was_chosen(text, to):
    """However the plan is written, and whether or not it has named one before; fields that are needed are there."""
    after = edited(text, strategy(text).trail, to)
    shown = {field.name for field in fields(after)}

    assert strategy(after).value == to
    assert ("MaximumBatchSize Value" in shown, "CanarySize Value" in shown, "LinearStepSize Value" in shown) == (
        to == "ROLLING",
        to == "CANARY",
        to == "LINEAR",
    )
    assert data(edited(after, strategy(after).trail, to)) == data(after)


def test_what_two_policies_share_goes_there_and_back():
    """Size, wait and limit of a linear update are those of the rolling one, and come back from it."""
    linear = edited(START, CONFIG, "LINEAR")
    again = edited(edited(linear, CONFIG, "ROLLING"), CONFIG, "LINEAR")
    wanted = data(linear)
    del wanted["UpdateEndpoint"]["DeploymentConfig"]["BlueGreenUpdatePolicy"]["TerminationWaitInSeconds"]

    assert data(again) == wanted


@pytest.mark.parametrize("path", PLANS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_plans_of_the_labs_can_have_any_strategy(path):
    """What AWS's client says of them then is at most that a size is missing, or what the plan did not say before."""
    text = path.read_text()
    lacking = ["Size", *(name for name in ("EndpointConfigName", "WaitIntervalInSeconds") if f" {name}:" not in text)]
    for to in STRATEGIES:
        after = edited(text, CONFIG, to)
        refused = [each.say for each in check_plan(after, None).findings if each.severity != "advice"]
        assert all(any(name in say for name in lacking) for say in refused), (to, refused)


def test_names_leave_room_for_values():
    """The form has 33 columns for them, whatever a plan holds."""
    texts = [path.read_text() for path in PLANS]
    texts.append("UpdateEndpointWeightsAndCapacities:\n  DesiredWeightsAndCapacities: [{DesiredInstanceCount: 3}]\n")
    texts.append("PutMetricAlarm:\n  Metrics: [{MetricStat: {Metric: {Dimensions: [{Name: a}]}}, ReturnData: true}]\n")

    assert max(len(field.name) for text in texts for field in fields(text) if field.kind != "list") <= 33
