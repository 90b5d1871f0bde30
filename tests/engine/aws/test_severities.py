"""What is not simulated has a severity of its own, apart from what AWS's client and service refuse and from advice."""

from __future__ import annotations

from typing import Any

import pytest

from engine.aws.calls import INSTEAD
from engine.aws.checking import accepts, check
from engine.aws.finding import Finding
from engine.aws.shapes.models import SERVICES, service_with
from engine.cloudwatch.math.series import NOT_SIMULATED
from tests.engine.aws.examples import CANARY, MATH, VARIANT, alarm, changed, config, update
from tests.engine.aws.worlds import world

BAND = {"Id": "band", "Expression": "ANOMALY_DETECTION_BAND(m, 2)"}
LATENCY = {
    "Id": "m",
    "MetricStat": {
        "Metric": {
            "Namespace": "AWS/SageMaker",
            "MetricName": "ModelLatency",
            "Dimensions": [{"Name": "EndpointName", "Value": "churn"}, {"Name": "VariantName", "Value": "AllTraffic"}],
        },
        "Period": 60,
        "Stat": "Average",
    },
}
ANOMALY: dict[str, Any] = {
    "PutMetricAlarm": {
        "AlarmName": "odd",
        "ComparisonOperator": "LessThanLowerOrGreaterThanUpperThreshold",
        "EvaluationPeriods": 2,
        "ThresholdMetricId": "band",
        "Metrics": [{**LATENCY, "ReturnData": True}, {**BAND, "ReturnData": True}],
    }
}
"""The form in which AWS's documentation writes it: both lines return data."""


def computed(expression: str) -> dict[str, Any]:
    """Return a metric math alarm on another expression."""
    first, *others = MATH["Metrics"]
    return {"PutMetricAlarm": {**MATH, "Metrics": [{**first, "Expression": expression}, *others]}}


def query(text: str) -> dict[str, Any]:
    """Return an alarm on a Metrics Insights query."""
    return {"PutMetricAlarm": {**MATH, "Metrics": [{"Id": "q", "Expression": text, "Period": 60}]}}


def stopped(plan: dict[str, Any]) -> tuple[Finding, ...]:
    """Return what is said of a plan that is not run, which is nothing that AWS would refuse."""
    found = check(plan, world())
    assert not accepts(plan, world())
    assert {(each.severity, each.stops) for each in found} == {("not-simulated", True)}, found
    return found


STOPS = [
    ("query", query('SELECT AVG(ModelLatency) FROM "AWS/SageMaker"'), "MetricName"),
    ("query-in-small-letters", query('select max(ModelLatency) from "AWS/SageMaker"'), "MetricName"),
    ("anomaly", ANOMALY, "Threshold instead"),
    *((function, computed(f"{function}(errors)"), "Compute it otherwise") for function in sorted(NOT_SIMULATED)),
    (
        "prometheus",
        {
            "PutMetricAlarm": {
                "AlarmName": "a",
                "EvaluationCriteria": {"PromQLCriteria": {"Query": "up"}},
                "EvaluationInterval": 60,
            }
        },
        "MetricName instead",
    ),
    ("inference-component", config(changed(VARIANT, "ModelName", None)), "Add ModelName"),
    ("many-instances", config({**VARIANT, "InitialInstanceCount": 1001}), "at most 1000 instances"),
    ("routing", config({**VARIANT, "RoutingConfig": {"RoutingStrategy": "KV_AWARE"}}), "Write RANDOM"),
    ("operation-of-another-service", {"PutAnomalyDetector": {}}, "Write an alarm with a Threshold"),
    ("later", {"Later": {"AfterSeconds": 60, "CreateModel": {}}}, "The models are those of the world"),
    ("any-operation", {"ListEndpoints": {}}, "Leave it out"),
]


@pytest.mark.parametrize(("plan", "instead"), [row[1:] for row in STOPS], ids=[row[0] for row in STOPS])
def test_aws_takes_it_and_the_simulation_cannot(plan: dict[str, Any], instead: str) -> None:
    """Nothing is run, nobody says that AWS refuses it, and there is something to use in its place."""
    assert any(instead in each.say for each in stopped(plan))


GUARDED_BY_OTHERS = [
    ("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count"),
    ("MyShop", "ConversionRate"),
    ("aws/sagemaker/Endpoints/data-metrics", "feature_baseline_drift_age"),
]


@pytest.mark.parametrize(("namespace", "metric"), GUARDED_BY_OTHERS)
def test_a_metric_of_others_may_have_data(namespace: str, metric: str) -> None:
    """It can guard an update on AWS: nobody says that it never has data or that its dimensions are wrong."""
    own = [{"Name": "LoadBalancer", "Value": "app/shop/1"}]
    plan = alarm(Namespace=namespace, MetricName=metric, Dimensions=own)
    said = [each for each in check(plan, world()) if each.path[:1] == ("PutMetricAlarm",)]

    assert [(each.severity, each.stops, each.path[-1]) for each in said] == [("not-simulated", False, "Namespace")]
    assert "on AWS it may have" in said[0].say
    assert accepts(plan, world())


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("NotificationFailures", "asynchronous"),
        ("CPUUtilizationNormalized", "inference components"),
        ("MidStreamErrors", "streamed answers"),
        ("LoadedModelCount", "multi-model"),
    ],
)
def test_metrics_of_other_endpoints_exist(name: str, whose: str) -> None:
    """Newer metrics, and those of other kinds of endpoints, are not called unknown (spec sagemaker 6.1)."""
    said = [each.say for each in check(alarm(MetricName=name), world()) if each.severity == "not-simulated"]

    assert len(said) == 1
    assert whose in said[0]


def test_a_misspelt_metric_is_still_told() -> None:
    """In SageMaker's own namespace a name that nobody knows is probably a slip."""
    said = [each.say for each in check(alarm(MetricName="Invocation5xxError"), world()) if each.severity == "advice"]

    assert any("Did you mean Invocation5XXErrors?" in each for each in said)


def test_what_to_use_instead_is_told_of_operations_that_exist() -> None:
    """Each operation in the table is one of AWS's, and none of a plan's."""
    assert all(service_with(name) and name not in SERVICES for name in INSTEAD)
    assert service_with("UpdateEndpont") is None


@pytest.mark.parametrize("stat", ["Sum", "Maximum", "SampleCount", "TC(1:)", "Average", "p90"])
def test_only_averages_and_percentiles_are_thinned_out(stat: str) -> None:
    """Errors of the new fleet count in full in a Sum over both fleets; an Average mixes them with the old one's."""
    both = [{"Name": "EndpointName", "Value": "churn"}, {"Name": "VariantName", "Value": "AllTraffic"}]
    field = "ExtendedStatistic" if stat in ("p90", "TC(1:)") else "Statistic"
    given = {"Statistic": None, field: stat}
    put = alarm(MetricName="ModelLatency", Dimensions=both, **given)
    said = [each.say for each in check({**put, **update(CANARY)}, world()) if "both fleets" in each.say]

    assert len(said) == 1
    assert ("thinned out" in said[0]) == (stat in ("Average", "p90"))
