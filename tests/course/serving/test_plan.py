"""What was sent is a plan that plays the same run once more."""

from __future__ import annotations

import math
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.content.files.plan import check_plan
from course.content.yaml.reader import read_yaml
from course.serving.plan import plan_of, taken_down
from engine.aws.calls import take_apart
from engine.aws.translation.reading import read_step
from engine.simulate import simulate
from tests.built_in import PACK
from tests.course.serving.talking import Client
from tests.engine.rollouts import world


def calls(text):
    """Return the steps of a plan's text with their raw requests."""
    found, _ = take_apart(read_yaml(text, "plan.yaml").data)
    return [(read_step(call), call.operation, call.request) for call in found]


def happened(run, until_s):
    """Return the events that are not about somebody's looking."""
    return [each for each in run.events if each.t < until_s and each.what != "Condition"]


@pytest.mark.parametrize("id", PACK.lab_ids())
def test_a_labs_reference_that_was_sent_is_a_plan(id):
    """Played by a client and written down, the reference gives the same events; the text is a plan that is accepted."""
    lab = PACK.lab(id)
    for release in lab.releases:
        here = lab.world_with(release)
        client = Client(here, 3)
        client.play(calls(lab.reference.text))
        end = max(here.duration_s, client.live.now)
        run, down = client.end(end), taken_down(client.account)
        read = check_plan(down.text, lab.world)

        assert (down.warnings, read.plan) == ((), down.plan)
        assert happened(simulate(here, read.plan, 3, series=False), end) == happened(run, end)


@pytest.mark.parametrize("id", PACK.lab_ids())
def test_a_labs_requests_at_random_moments(id):
    """Those of all its plans, whatever AWS answers to them then: the plan gives the events of the run."""
    lab, dice = PACK.lab(id), Random(id)
    here = lab.world_with(dice.choice(lab.releases))
    files = [lab.reference, *(each.file for each in lab.near_misses)]
    asked = [(operation, request) for file in files for _, operation, request in calls(file.text)]
    client, end = Client(here, 3), here.duration_s
    moments = sorted(dice.choice([here.update_at_s, dice.uniform(here.update_at_s, end)]) for _ in asked)
    for t, (operation, request) in zip(moments, dice.sample(asked, len(asked)), strict=True):
        client.at(t, operation, request)
    run, down = client.end(end), taken_down(client.account)

    assert happened(simulate(here, down.plan, 3, series=False), end) == happened(run, end)
    assert len(down.plan.steps) == len(client.account.sent)


ALARM = (
    "PutMetricAlarm",
    {
        "AlarmName": "errors",
        "Namespace": "AWS/SageMaker",
        "MetricName": "Invocation5XXErrors",
        "Dimensions": [{"Name": "EndpointName", "Value": "churn"}, {"Name": "VariantName", "Value": "main"}],
        "Statistic": "Sum",
        "Period": 60,
        "EvaluationPeriods": 1,
        "Threshold": 5,
        "ComparisonOperator": "GreaterThanThreshold",
    },
)
OWN = {"Namespace": "Team", "MetricName": "Wrong"}
LONG_AGO = "2026-02-01T00:00:00Z"
GUARDED = {
    "EndpointName": "churn",
    "EndpointConfigName": "v2",
    "DeploymentConfig": {
        "BlueGreenUpdatePolicy": {
            "TrafficRoutingConfiguration": {"Type": "ALL_AT_ONCE", "WaitIntervalInSeconds": 0},
            "TerminationWaitInSeconds": 300,
        },
        "AutoRollbackConfiguration": {"Alarms": [{"AlarmName": "own"}]},
    },
}
STATE = {"AlarmName": "errors", "StateValue": "ALARM", "StateReason": "{: 'try' #\n- \"x\"\t"}
REQUESTS = st.sampled_from(
    [
        ("UpdateEndpoint", {"EndpointName": "churn", "EndpointConfigName": "v2"}),
        ("UpdateEndpoint", {"EndpointName": "churn", "EndpointConfigName": "nothing"}),
        ("UpdateEndpoint", {"EndpointName": "churn", "EndpointConfigName": "v3"}),
        ("UpdateEndpoint", {"EndpointName": "churn"}),
        ("DeleteEndpointConfig", {"EndpointConfigName": "v1"}),
        ("DeleteEndpoint", {"EndpointName": "churn"}),
        ("CreateEndpoint", {"EndpointName": "churn", "EndpointConfigName": "v1"}),
        ("SetAlarmState", STATE),
        (
            "CreateEndpointConfig",
            {
                "EndpointConfigName": "v3",
                "ProductionVariants": [
                    {
                        "VariantName": "main",
                        "ModelName": "v2",
                        "InstanceType": "ml.m5.xlarge",
                        "InitialInstanceCount": 2,
                        "InitialVariantWeight": 1.0,
                    }
                ],
            },
        ),
        ALARM,
        ("PutMetricAlarm", {**ALARM[1], **OWN, "AlarmName": "own", "Dimensions": []}),
        ("UpdateEndpoint", GUARDED),
        ("PutMetricData", {"Namespace": "Team", "MetricData": [{"MetricName": "Wrong", "Value": 9.5}]}),
        (
            "PutMetricData",
            {"Namespace": "Team", "MetricData": [{"MetricName": "Wrong", "Values": [1, 7], "Counts": [3, 2]}]},
        ),
        (
            "PutMetricData",
            {"Namespace": "Team", "MetricData": [{"MetricName": "Wrong", "Timestamp": LONG_AGO, "Value": 1}]},
        ),
        ("DisableAlarmActions", {"AlarmNames": ["errors", "own"]}),
        ("EnableAlarmActions", {"AlarmNames": ["own", "nothing"]}),
        ("DeleteAlarms", {"AlarmNames": ["own"]}),
        ("DeleteAlarms", {"AlarmNames": ["errors", "nothing"]}),
        ("DescribeEndpoint", {"EndpointName": "churn"}),
        ("CreateNotebookInstance", {"NotebookInstanceName": "n"}),
    ]
)
MOMENTS = st.one_of(st.floats(600, 1500), st.integers(600, 1500), st.sampled_from([600, 660.1, 1200]))


@given(st.lists(st.tuples(MOMENTS, REQUESTS), max_size=10), st.integers(0, 3))
@settings(max_examples=30, deadline=None)
def test_whatever_is_sent_whenever(sent, seed):
    """The value gives every event of the run; the text too, but for refusals that would stop the whole plan."""
    here = world(update_at_s=600.0, duration_s=1800.0)
    client = Client(here, seed)
    for t, (operation, request) in sorted(sent, key=lambda each: each[0]):
        client.at(float(t), operation, request)
    run, down = client.end(1800.0), taken_down(client.account)
    text = check_plan(down.text, here)

    assert happened(simulate(here, down.plan, seed, series=False), 1800.0) == happened(run, 1800.0)
    assert text.plan is not None, text.findings
    refused = [each for each in happened(run, 1800.0) if each.is_refusal]
    again = happened(simulate(here, text.plan, seed, series=False), 1800.0)
    missing = [each for each in happened(run, 1800.0) if each not in again]
    assert all(each in refused for each in missing)
    assert len(happened(run, 1800.0)) - len(again) == sum("as a whole" in each for each in down.warnings)


def test_what_is_not_in_the_plan_is_said():
    """In a comment and as a warning, with the moment and the reason."""
    client = Client(world(update_at_s=600.0))
    client.at(590.0, "PutMetricAlarm", {**ALARM[1], "Period": 45})
    client.at(595.0, "DeleteEndpointConfig", {"EndpointConfigName": "v2"})
    client.at(700.5, "UpdateEndpoint", {"EndpointName": "churn", "EndpointConfigName": "v2"})
    down = taken_down(client.account)

    assert [line for line in down.text.splitlines() if line.startswith("#")] == [
        "# 1 of 3 requests that change something, as they were sent.",
        "# Not here: PutMetricAlarm at -10 s: AWS refused it at once (ValidationException), so it changed nothing.",
        "# Not here: UpdateEndpoint at +100 s: AWS refused it (ValidationException), and a plan with it would be"
        " refused as a whole.",
        "# A plan begins with second 600 of the run, and what came earlier stands at its beginning: 1 of them.",
    ]
    assert [step.after_s for step in down.plan.steps] == [0.0, 100.5]


def test_what_no_file_may_hold_is_shown_as_signs():
    """A reason may hold what a terminal obeys; the text of a plan may not."""
    client = Client(here := world(update_at_s=600.0))
    for operation, request in (ALARM, ("SetAlarmState", {**STATE, "StateReason": "\u001b[31m"})):
        client.at(600.0, operation, request)
    down = taken_down(client.account)
    [*_, state] = check_plan(down.text, here).plan.steps

    assert down.warnings == ("Characters that no plan may hold stand here as signs.",)
    assert state.request.state_reason == "␛[31m"


def test_nothing_sent_is_an_empty_plan():
    """It is read as one."""
    found = check_plan(plan_of(Client(world()).account), world())

    assert found.plan is not None
    assert found.plan.steps == ()


@given(st.integers(0, 10**6), st.floats(0, 1e6))
def test_a_span_leads_exactly_to_its_end(since, length):
    """Whatever the two moments are."""
    from engine.spans import span

    since, until = float(since), since + length
    assert since + span(since, until) == until
    assert math.isclose(span(since, until), length, abs_tol=1e-9)
