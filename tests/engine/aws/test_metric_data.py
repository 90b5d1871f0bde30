"""Metrics that a plan publishes itself, and alarms that it deletes: what is said of them, and what a run does."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from engine.aws.checking import check
from engine.aws.translation.reading import read_plan
from engine.aws.translation.reading_data import read_metric_data, write_metric_data
from engine.simulate import simulate
from tests.engine.rollouts import STEADY, world

OWN: dict[str, Any] = {
    "AlarmName": "own",
    "Namespace": "Team",
    "MetricName": "Wrong",
    "Statistic": "Maximum",
    "Period": 60,
    "EvaluationPeriods": 1,
    "Threshold": 5,
    "ComparisonOperator": "GreaterThanThreshold",
    "TreatMissingData": "notBreaching",
}
ROUTING = {"Type": "CANARY", "CanarySize": {"Type": "INSTANCE_COUNT", "Value": 1}, "WaitIntervalInSeconds": 300}
UPDATE = {
    "EndpointName": "churn",
    "EndpointConfigName": "v2",
    "DeploymentConfig": {
        "BlueGreenUpdatePolicy": {"TrafficRoutingConfiguration": ROUTING, "TerminationWaitInSeconds": 300},
        "AutoRollbackConfiguration": {"Alarms": [{"AlarmName": "own"}]},
    },
}
WORLD = world(timing=STEADY)


def put(**datum: Any) -> dict[str, Any]:
    """Return a request that publishes one datum."""
    return {"PutMetricData": {"Namespace": "Team", "MetricData": [{"MetricName": "Wrong", **datum}]}}


def plan(*later: tuple[float, dict[str, Any]]) -> dict[str, Any]:
    """Return an update that an alarm on a metric of one's own guards, and what is sent later."""
    steps = [{"AfterSeconds": after_s, **request} for after_s, request in later]
    return {"PutMetricAlarm": OWN, "UpdateEndpoint": UPDATE, **({"Later": steps} if steps else {})}


def said(requests: dict[str, Any]) -> list[tuple[str, str]]:
    """Return severity and sentence of all findings."""
    return [(each.severity, each.say) for each in check(requests, WORLD)]


@pytest.mark.parametrize(
    ("value", "outcome"), [(9.0, "rolled-back"), (3.0, "promoted")], ids=["above the threshold", "below"]
)
def test_a_metric_of_ones_own_guards_an_update(value: float, outcome: str) -> None:
    """It is measured while the new fleet bakes; of a plan that publishes it nothing is left out."""
    requests = plan((400, put(Value=value)))

    assert said(requests) == []
    assert simulate(WORLD, read_plan(requests), 1).outcome == outcome


def test_without_it_the_alarm_has_no_data() -> None:
    """Which is told of a plan that publishes nothing."""
    [(severity, say)] = said(plan())

    assert severity == "not-simulated"
    assert "Publish it with PutMetricData" in say


def test_a_guard_that_is_deleted_guards_nothing() -> None:
    """The metric is bad after that; advice says so beforehand."""
    requests = plan((350, {"DeleteAlarms": {"AlarmNames": ["own", "nobody"]}}), (400, put(Value=9.0)))
    run = simulate(WORLD, read_plan(requests), 1)

    assert run.outcome == "promoted"
    assert [(each.t, each.say) for each in run.events if each.what == "AlarmDeleted"] == [(656.0, "own is deleted.")]
    assert [(severity, say.partition(",")[0]) for severity, say in said(requests)] == [
        ("advice", "There is no alarm called nobody by then"),
        ("advice", "own guards the update to v2"),
    ]


def test_tidying_up_afterwards_needs_no_advice() -> None:
    """The update is over by then, and nobody asks for the alarm any more."""
    after = {"DeleteAlarms": {"AlarmNames": ["own"]}}
    again = {"SetAlarmState": {"AlarmName": "own", "StateValue": "OK", "StateReason": "x"}}

    assert said(plan((0, put(Value=1.0)), (1500, after))) == []
    [(severity, say)] = said(plan((0, put(Value=1.0)), (1500, after), (1600, again)))
    assert (severity, say) == ("service", "No alarm is called own. There is none.")


def test_actions_change_no_state() -> None:
    """A rollback looks at the state alone (spec sagemaker 3)."""
    off = {"DisableAlarmActions": {"AlarmNames": ["own"]}}

    assert simulate(WORLD, read_plan(plan((10, off), (400, put(Value=9.0)))), 1).outcome == "rolled-back"


@pytest.mark.parametrize(
    ("datum", "at", "say"),
    [
        ({"Values": [1], "Counts": [1, 2]}, ("MetricData", 0), "must be of the same size"),
        ({}, ("MetricData", 0), "must be specified"),
        ({"Value": 1, "StorageResolution": 5}, ("MetricData", 0), "must be a value in the set [ 1, 60 ]"),
        ({"Value": 1e300}, ("MetricData", 0), "is invalid"),
    ],
    ids=["counts", "nothing", "resolution", "size"],
)
def test_data_that_are_refused(datum: dict[str, Any], at: tuple[str | int, ...], say: str) -> None:
    """In CloudWatch's words, at their place."""
    [finding] = check(put(**datum), None)

    assert (finding.severity, finding.path) == ("service", ("PutMetricData", *at))
    assert say in finding.say
    assert finding.answer == finding.say


def test_the_namespaces_of_aws_are_its_own() -> None:
    """Nobody else publishes there."""
    [finding] = check(
        {"PutMetricData": {"Namespace": "AWS/SageMaker", "MetricData": [{"MetricName": "m", "Value": 1}]}}, None
    )

    assert finding.path == ("PutMetricData", "Namespace")


@pytest.mark.parametrize(("moment", "refused"), [("2026-02-28T09:00:00Z", 0), ("2026-02-01T09:00:00Z", 1)])
def test_data_of_long_ago(moment: str, refused: int) -> None:
    """Two weeks back at most; only a run knows how late it is."""
    run = simulate(WORLD, read_plan(put(Value=1.0, Timestamp=moment)), 1)

    assert sum(each.is_refusal for each in run.events) == refused


@pytest.mark.parametrize(
    "datum",
    [
        {"MetricName": "m", "Value": 2.5},
        {"MetricName": "m", "Values": [1.0, 2.0], "Counts": [3.0, 1.0], "Unit": "Count"},
        {"MetricName": "m", "StatisticValues": {"SampleCount": 4.0, "Sum": 8.0, "Minimum": 1.0, "Maximum": 3.0}},
        {"MetricName": "m", "Value": 1.0, "StorageResolution": 1, "Dimensions": [{"Name": "Team", "Value": "b"}]},
        {"MetricName": "m", "Value": 1.0, "Timestamp": datetime(2026, 3, 2, 9, tzinfo=UTC).isoformat()},
    ],
    ids=["one", "several", "sums", "seconds", "a moment"],
)
def test_there_and_back(datum: dict[str, Any]) -> None:
    """Each way to say what was measured."""
    request = {"Namespace": "Team", "MetricData": [datum]}

    assert write_metric_data(read_metric_data(request)) == request
