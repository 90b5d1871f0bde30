"""The form and the completions know every request, later steps with their conditions, and what excludes what."""

from __future__ import annotations

import pytest

from course.content.writing.completions import completions
from course.content.writing.form import added, edited, fields
from course.content.writing.help import about
from course.content.yaml.reader import read_yaml
from engine.aws.allowed import allowed
from engine.aws.alternatives import ALTERNATIVES, BY_VALUE, excluded
from engine.aws.calls import CONDITION, LATER
from engine.aws.shapes.models import SERVICES
from tests.course.content.writing.test_help import at, offered, taken, words


def shown(text):
    """The names of the fields of a form with their values."""
    return {field.name: field.value for field in fields(text) if field.kind != "list"}


def fields_of(ways):
    """All fields that are named."""
    return {field for pair in ways for side in pair for field in side}


def test_every_field_that_excludes_another_exists():
    """In the service models, or beside requests."""
    beside = {"If": set(CONDITION), "Unless": set(CONDITION), LATER: {"If", "Unless"}}
    for place, ways in ALTERNATIVES.items():
        found = allowed(place[0], place[1:])
        assert fields_of(ways) <= (set(found.fields) if found else beside[place[0]]), place
    for place, values in BY_VALUE.items():
        found = allowed(place[0], place[1:])
        assert {name for (name, _), names in values.items() for name in (name, *names)} <= set(found.fields), place


@pytest.mark.parametrize(
    ("text", "offered", "not_offered"),
    [
        pytest.param(
            "CreateEndpointConfig:\n  ProductionVariants:\n    - ServerlessConfig: {}\n      |",
            "ModelName",
            {"InstanceType", "InitialInstanceCount"},
            id="serverless or instances (spec sagemaker 8)",
        ),
        pytest.param(
            "CreateEndpointConfig:\n  ProductionVariants:\n    - InstanceType: ml.m5.large\n      |",
            "InitialInstanceCount",
            {"ServerlessConfig"},
            id="instances or serverless",
        ),
        pytest.param(
            "PutMetricAlarm:\n  Metrics: []\n  |",
            "Threshold",
            {"MetricName", "Namespace", "Statistic", "ExtendedStatistic", "Period", "Dimensions"},
            id="math or one metric",
        ),
        pytest.param("PutMetricAlarm:\n  MetricName: x\n  |", "Statistic", {"Metrics"}, id="one metric or math"),
        pytest.param(
            "PutMetricAlarm:\n  ExtendedStatistic: p99\n  |", "Period", {"Statistic"}, id="a percentile or a statistic"
        ),
        pytest.param(
            "PutMetricAlarm:\n  Metrics:\n    - Expression: a\n      |", "Id", {"MetricStat"}, id="a line of math"
        ),
        pytest.param(
            "PutScalingPolicy:\n  TargetTrackingScalingPolicyConfiguration:\n    PredefinedMetricSpecification: {}\n"
            "    |",
            "TargetValue",
            {"CustomizedMetricSpecification"},
            id="predefined or customized (spec inference 1.2)",
        ),
        pytest.param(
            "PutScalingPolicy:\n  StepScalingPolicyConfiguration: {}\n  |",
            "PolicyName",
            {"TargetTrackingScalingPolicyConfiguration"},
            id="steps or a target",
        ),
        pytest.param(
            "PutScalingPolicy:\n  PolicyType: TargetTrackingScaling\n  |",
            "TargetTrackingScalingPolicyConfiguration",
            {"StepScalingPolicyConfiguration"},
            id="as the type says",
        ),
        pytest.param(
            "UpdateEndpoint:\n  DeploymentConfig:\n    RollingUpdatePolicy: {}\n    |",
            "AutoRollbackConfiguration",
            {"BlueGreenUpdatePolicy"},
            id="rolling or blue/green",
        ),
        pytest.param(
            "PutMetricAlarm:\n  EvaluationWindow:\n    WallClockWindow: {}\n    |",
            None,
            {"SlidingWindow"},
            id="a union of the service model",
        ),
        pytest.param("Later:\n  - If: {}\n    |", "AfterSeconds", {"Unless"}, id="If or Unless"),
        pytest.param(
            "Later:\n  - If:\n      AlarmName: a\n      |",
            "StateValue",
            {"MetricStat", "Threshold"},
            id="an alarm's state",
        ),
        pytest.param("Later:\n  - Unless:\n      Threshold: 1\n      |", "MetricStat", {"AlarmName"}, id="or a metric"),
    ],
)
def test_what_excludes_each_other_is_not_offered_together(text, offered, not_offered):
    """Where the one stands; all else is offered as ever."""
    found = set(words(text))

    assert not_offered & found == set()
    assert offered is None or offered in found


def test_what_is_there_is_no_alternative_to_itself():
    """Two that exclude each other and stand there both are told of by the check, not by the list."""
    assert excluded("PutMetricAlarm", (), {"Statistic", "ExtendedStatistic"}) == {"Metrics", "EvaluationCriteria"}
    assert excluded("Nonsense", ("x",), {"a"}) == frozenset()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        pytest.param("Later:\n  - If:\n      |", "AlarmName", id="an alarm's state"),
        pytest.param("Later:\n  - If:\n      |", "MetricStat", id="or a metric"),
        pytest.param("Later:\n  - If: {AlarmName: a, StateValue: |", "ALARM", id="its states"),
        pytest.param(
            "PutMetricAlarm: {AlarmName: mine}\nLater:\n  - If: {AlarmName: |", "mine", id="an alarm of the plan"
        ),
        pytest.param("Later:\n  - If:\n      MetricStat:\n        |", "Stat", id="inside a metric"),
        pytest.param("Later:\n  - Unless: {ComparisonOperator: |", "LessThanThreshold", id="a comparison"),
    ],
)
def test_conditions_are_completed(text, word):
    """As the parts of requests that they are taken from."""
    assert word in words(text)


def test_a_condition_is_written_below_its_key():
    """A mapping goes on in the next line."""
    assert taken("Later:\n  - AfterSeconds: 60\n    I|", "If").endswith("If:\n      ")
    assert offered("Later:\n  - If:\n      |").options[0].about


def test_a_condition_has_its_help():
    """The line of the field that it is taken from."""
    assert about(*at("Later:\n  - If: {StateValue: O|K}")).startswith("The state")
    assert about(*at("Later:\n  - If:\n      Thres|hold: 1")).startswith("What each datapoint")


LATER_STEPS = """\
Later:
  - AfterSeconds: 600
    If: {AlarmName: worse, StateValue: OK}
    UpdateEndpoint: {EndpointName: churn, EndpointConfigName: churn-v3}
  - AfterSeconds: 900
    Unless:
      MetricStat: {Metric: {Namespace: AWS/SageMaker, MetricName: Invocations}, Period: 60, Stat: Sum}
      Threshold: 5
    SetAlarmState: {AlarmName: worse}
  - DeleteEndpointConfig: {EndpointConfigName: churn-v1}
"""


def by_trail():
    return {field.trail: field for field in fields(LATER_STEPS)}


def test_later_steps_are_in_the_form():
    """Their times, conditions and requests, each with what may stand there."""
    found = by_trail()
    first = found["Later", 0, "If", "StateValue"]

    assert (found["Later", 0, "AfterSeconds"].value, found["Later", 0, "AfterSeconds"].kind) == (600, "number")
    assert (first.value, first.choices, first.group) == ("OK", ("OK", "ALARM", "INSUFFICIENT_DATA"), "Later, step 1")
    assert found["Later", 0, "UpdateEndpoint", "EndpointConfigName"].group == "Later, step 1: UpdateEndpoint"
    assert found["Later", 1, "Unless", "Threshold"].value == 5
    assert found["Later", 1, "Unless", "MetricStat", "Metric", "MetricName"].value == "Invocations"


def test_what_a_step_lacks_is_offered():
    """A time, and a condition of one kind."""
    found = by_trail()
    lacking = {trail for trail, field in found.items() if field.value is None and field.kind != "list"}

    assert ("Later", 1, "Unless", "ComparisonOperator") in lacking
    assert ("Later", 1, "Unless", "AlarmName") not in found
    assert ("Later", 2, "AfterSeconds") in lacking
    assert {("Later", 2, "If", "AlarmName"), ("Later", 2, "If", "StateValue")} <= lacking
    assert ("Later", 1, "If", "AlarmName") not in found


def test_a_condition_can_be_written_in_the_form():
    """The first of its values brings the mapping with it; all else stays."""
    after = edited(LATER_STEPS, ("Later", 2, "If", "AlarmName"), "worse")

    assert read_yaml(after, "x").data["Later"][2] == {
        "DeleteEndpointConfig": {"EndpointConfigName": "churn-v1"},
        "If": {"AlarmName": "worse"},
    }


def test_a_step_can_be_added():
    """Ten minutes after the last one."""
    data = read_yaml(added(LATER_STEPS, ("Later",)), "x").data

    assert data["Later"][-1] == {"AfterSeconds": 1500}
    assert len(data["Later"]) == 4


def test_a_half_written_plan_has_a_form():
    """Whatever stands where steps, conditions or requests are expected."""
    for text in ("Later: 5", "Later: [x, 1]", "Later: {If: x}", "Later: [{If: [1], UpdateEndpoint: x}]", "Later:"):
        assert isinstance(fields(text), tuple)


@pytest.mark.parametrize("operation", SERVICES)
def test_every_request_has_a_form(operation):
    """One that is empty is offered what it needs."""
    found = fields(f"{operation}: {{}}")

    assert found
    assert all(field.about for field in found)
    assert all(field.value is None for field in found if field.kind != "list")


@pytest.mark.parametrize(
    ("text", "there", "absent"),
    [
        pytest.param(
            "CreateEndpointConfig: {ProductionVariants: [{VariantName: main}]}",
            {"Variant 1 InstanceType", "Variant 1 InitialInstanceCount", "Variant 1 InitialVariantWeight"},
            {"Variant 1 MemorySizeInMB"},
            id="instances unless it says otherwise",
        ),
        pytest.param(
            "CreateEndpointConfig: {ProductionVariants: [{ServerlessConfig: {}}]}",
            {"Variant 1 MemorySizeInMB", "Variant 1 MaxConcurrency", "Variant 1 ProvisionedConcurrency"},
            {"Variant 1 InstanceType"},
            id="serverless",
        ),
        pytest.param(
            "CreateEndpointConfig: {AsyncInferenceConfig: {ClientConfig: {}}}",
            {"MaxConcurrentInvocationsPerInstance"},
            set(),
            id="asynchronous",
        ),
        pytest.param("RegisterScalableTarget: {MinCapacity: 1}", {"MaxCapacity", "ResourceId"}, set(), id="bounds"),
        pytest.param(
            "PutScalingPolicy: {TargetTrackingScalingPolicyConfiguration: {PredefinedMetricSpecification: {}}}",
            {"TargetValue", "PredefinedMetricType", "ScaleOutCooldown", "ScaleInCooldown"},
            {"MetricName", "AdjustmentType"},
            id="a target",
        ),
        pytest.param(
            "PutScalingPolicy: {StepScalingPolicyConfiguration: {StepAdjustments: [{}]}}",
            {"AdjustmentType", "Cooldown", "Step 1 ScalingAdjustment"},
            {"TargetValue"},
            id="steps",
        ),
        pytest.param("PutScheduledAction: {}", {"Schedule", "MinCapacity", "MaxCapacity"}, set(), id="a schedule"),
        pytest.param(
            "CreateInferenceExperiment: {ShadowModeConfig: {ShadowModelVariants: [{}]}, ModelVariants: [{}]}",
            {"Shadow 1 SamplingPercentage", "Variant 1 InstanceCount", "SourceModelVariantName"},
            set(),
            id="a shadow test",
        ),
        pytest.param(
            "CreateTransformJob: {}",
            {"SplitType", "MaxConcurrentTransforms", "MaxPayloadInMB", "InstanceCount", "InvocationsMaxRetries"},
            set(),
            id="a job",
        ),
    ],
)
def test_what_a_request_is_likely_to_lack(text, there, absent):
    """Each of these can then be written in the form."""
    found = shown(text)

    assert there <= found.keys()
    assert not absent & found.keys()
    for field in fields(text):
        if field.kind != "list" and field.value is None:
            assert edited(text, field.trail, field.choices[0] if field.choices else 1) != text
    assert completions(text, 1, 1, None).options is not None
