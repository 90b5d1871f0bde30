"""Alarms on what the caller publishes: known in its world, and advised on like any other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.aws.checking import check
from engine.traffic.workload import BusinessOutcome
from tests.engine.aws.worlds import world

PLAIN = world()
COUNTING = replace(
    PLAIN, workload=replace(PLAIN.workload, outcome=BusinessOutcome(name="Orders", base_rate=0.05, namespace="Shop"))
)


def said(where, **fields):
    """Return what is said of an alarm on orders that differs in some fields, but that no update is guarded by it."""
    given = {"EndpointName": "churn", "VariantName": "main", **fields.pop("by", {})}
    alarm = {
        "AlarmName": "orders",
        "Namespace": "Shop",
        "MetricName": "Orders",
        "Dimensions": [{"Name": name, "Value": value} for name, value in given.items()],
        "Statistic": "Average",
        "Period": 300,
        "EvaluationPeriods": 1,
        "ComparisonOperator": "LessThanThreshold",
        "Threshold": 0.03,
        "TreatMissingData": "notBreaching",
        **fields,
    }
    says = [finding.say for finding in check({"PutMetricAlarm": alarm}, where)]
    return [say for say in says if "UpdateEndpoint" not in say]


def test_a_metric_of_the_caller_is_known():
    """In the world whose workload has the outcome; elsewhere it is one of others, which a run has no data of."""
    assert said(COUNTING) == []
    assert "The metrics of Shop are not simulated" in said(PLAIN)[0]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"MetricName": "Order"}, "publishes Orders in Shop and nothing else"),
        ({"Namespace": "AWS/SageMaker"}, "Orders is published in Shop, so there is no data in AWS/SageMaker"),
        ({"Unit": "Count"}, "published with the unit None"),
        (
            {"by": {"EndpointConfigName": "churn-v2"}},
            "by EndpointName and VariantName alone. Take out EndpointConfigName",
        ),
        ({"by": {"VariantName": "AllTraffic"}}, "There is no variant AllTraffic"),
        ({"by": {"EndpointName": "chrun"}}, "There is no endpoint chrun"),
    ],
)
def test_alarms_that_never_have_data(fields, words):
    """Namespace, name, unit and dimensions are those that the caller gives its metric (spec cloudwatch 5)."""
    [say] = said(COUNTING, **fields)

    assert words in say


def test_other_weights_are_a_plan():
    """They move traffic between variants, as an A/B test does at its end (spec sagemaker 5); counts alone do not."""

    def nothing(**wanted):
        desired = {"VariantName": "main", **wanted}
        request = {"EndpointName": "churn", "DesiredWeightsAndCapacities": [desired]}
        found = check({"UpdateEndpointWeightsAndCapacities": request}, PLAIN)
        return any("rolls out nothing" in each.say for each in found)

    assert not nothing(DesiredWeight=2)
    assert nothing(DesiredInstanceCount=2)
