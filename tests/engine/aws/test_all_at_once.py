"""Every mistake of a plan is reported in one go, and none that only follows from another."""

from __future__ import annotations

from typing import Any

import pytest

from engine.aws.checking import check
from tests.engine.aws.examples import CANARY, MATH, VARIANT, alarm, changed, config, update
from tests.engine.aws.worlds import world

WAIT = "BlueGreenUpdatePolicy.TrafficRoutingConfiguration.WaitIntervalInSeconds"
LAST = "BlueGreenUpdatePolicy.TerminationWaitInSeconds"
NEW = {**VARIANT, "VariantName": "main", "ModelName": "churn-v3"}
RATE = {**MATH, "Metrics": [{**MATH["Metrics"][0], "Id": 5}, changed(MATH["Metrics"][1], "MetricStat.Period", 45)]}


def wrong(plan: dict[str, Any]) -> list[str]:
    """Return the fields that are refused, the last key of each place."""
    findings = check(plan, world())
    assert all(finding.severity != "advice" for finding in findings)
    return sorted(str(finding.path[-1]) for finding in findings)


ALARM_WITH_FOUR = alarm(Period=45, Statistic="Mean", DatapointsToAlarm=3, ComparisonOperator="GreaterThan")
LOST = {"EndpointName": "chrun", "EndpointConfigName": "churn-v9"}
TABLE: list[tuple[str, dict[str, Any], list[str]]] = [
    (
        "two-requests",
        {**ALARM_WITH_FOUR, **update(CANARY, **LOST)},
        ["ComparisonOperator", "DatapointsToAlarm", "EndpointConfigName", "EndpointName", "Period", "Statistic"],
    ),
    (
        "within-an-update",
        update(changed(changed(CANARY, WAIT, 3601), LAST, -1), **LOST),
        ["EndpointConfigName", "EndpointName", "TerminationWaitInSeconds", "WaitIntervalInSeconds"],
    ),
    (
        "model-beside-a-wrong-type",
        config({**NEW, "ModelName": "churn-v4", "InstanceType": "m5.large"}, name="new"),
        ["InstanceType", "ModelName"],
    ),
    ("lines-of-metric-math", {**update(CANARY), "PutMetricAlarm": RATE}, ["Id", "Period"]),
    (
        "beside-a-misspelt-operation",
        {"PutMetricAlrm": {}, **update(CANARY, EndpointName="chrun")},
        ["EndpointName", "PutMetricAlrm"],
    ),
]


@pytest.mark.parametrize(("plan", "fields"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_all_that_can_be_known_is_said(plan: dict[str, Any], fields: list[str]) -> None:
    """No mistake waits for another one to be mended."""
    assert wrong(plan) == fields


FOLLOWING: list[tuple[str, dict[str, Any], list[str]]] = [
    (
        "config-that-is-refused",
        {**config({**NEW, "InstanceType": "m5.large"}, name="churn-v3"), **update(EndpointConfigName="churn-v3")},
        ["InstanceType"],
    ),
    (
        "config-under-a-misspelt-operation",
        {"CreateEndpointConfg": {}, **update(EndpointConfigName="churn-v3")},
        ["CreateEndpointConfg"],
    ),
    ("periods-of-a-wrong-number", alarm(EvaluationPeriods=0, DatapointsToAlarm=3), ["EvaluationPeriods"]),
    (
        "alarm-that-is-refused",
        {
            **alarm(Statistic="Mean"),
            "SetAlarmState": {"AlarmName": "err", "StateValue": "OK", "StateReason": "test"},
            "PutCompositeAlarm": {"AlarmName": "any", "AlarmRule": "ALARM(err)"},
        },
        ["Statistic"],
    ),
    ("misspelt", {"PutMetricAlarm": {**alarm(Statistic=None)["PutMetricAlarm"], "Statstic": "Sum"}}, ["Statstic"]),
    ("size-without-a-type", update(changed(CANARY, WAIT.replace("WaitInterval", "Wait"), 1)), ["WaitInSeconds"]),
    (
        "time-that-is-none",
        {**update(CANARY), "Later": [{"AfterSeconds": "soon", **update()}, {"AfterSeconds": -1, **update()}]},
        ["AfterSeconds", "AfterSeconds"],
    ),
]


@pytest.mark.parametrize(("plan", "fields"), [row[1:] for row in FOLLOWING], ids=[row[0] for row in FOLLOWING])
def test_what_only_follows_is_not_said(plan: dict[str, Any], fields: list[str]) -> None:
    """What needs a refused value or request is left out: nobody knows it yet."""
    assert wrong(plan) == fields
