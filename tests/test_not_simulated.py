"""docs/not-simulated.md says what the program says."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.aws.checking import check
from engine.metrics.published import UNPUBLISHED
from engine.serving.model import Model, ServiceTime
from engine.simulate import simulate
from tests.engine.aws.examples import MATH, VARIANT, alarm, config, transform
from tests.engine.aws.worlds import world
from tests.engine.rollouts import canary, guarded
from tests.engine.rollouts import world as rollout_world

PAGE = (Path(__file__).parent.parent / "docs" / "not-simulated.md").read_text()
_ROWS = re.findall(r'^\| .* \| .* \| (`.*`) \| "(.*)" \|$', PAGE, re.M)
ASKED = [(name, words) for names, words in _ROWS for name in re.findall(r"`(\w+)`", names)]
CAPTURE = {
    "InitialSamplingPercentage": 20,
    "DestinationS3Uri": "s3://a/b",
    "CaptureOptions": [{"CaptureMode": "Input"}],
}
OF_CONFIG: dict[str, Any] = {
    "DataCaptureConfig": CAPTURE,
    "ExecutionRoleArn": "arn:aws:iam::111122223333:role/sagemaker",
    "VpcConfig": {"SecurityGroupIds": ["sg-1"], "Subnets": ["subnet-1"]},
    "EnableNetworkIsolation": True,
    "MetricsConfig": {"EnableEnhancedMetrics": True},
}
OF_VARIANT: dict[str, Any] = {
    "ManagedInstanceScaling": {"Status": "ENABLED"},
    "ContainerStartupHealthCheckTimeoutInSeconds": 600,
    "ModelDataDownloadTimeoutInSeconds": 600,
}
OF_ALARM: dict[str, Any] = {
    "EvaluationWindow": {"WallClockWindow": {"Timezone": "+00:00"}},
    "WarmUpConfiguration": {"WarmUpPeriodDurationInMinutes": 10},
    "EvaluationCriteria": {"PromQLCriteria": {"Query": "up"}},
    "EvaluationInterval": 60,
}


def computed(expression: str) -> dict[str, Any]:
    """Return a metric math alarm on another expression."""
    first, *others = MATH["Metrics"]
    return {"PutMetricAlarm": {**MATH, "Metrics": [{**first, "Expression": expression}, *others]}}


def asking(name: str) -> dict[str, Any]:
    """Return a plan that asks for it."""
    if name in UNPUBLISHED:
        return alarm(MetricName=name)
    if name in OF_CONFIG:
        plan = config(VARIANT, name="churn-v3")
        plan["CreateEndpointConfig"][name] = OF_CONFIG[name]
        return plan
    if name in OF_VARIANT:
        return config({**VARIANT, name: OF_VARIANT[name]}, name="churn-v3")
    if name in OF_ALARM:
        return alarm(**{name: OF_ALARM[name]})
    return OTHERS.get(name, {name: {}})


INSIGHTS = {"Id": "q", "Expression": 'SELECT AVG(ModelLatency) FROM "AWS/SageMaker"', "Period": 60}
TARGET = {
    "ServiceNamespace": "sagemaker",
    "ResourceId": "endpoint/churn/variant/main",
    "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
    "MinCapacity": 1,
    "MaxCapacity": 4,
}
OTHERS: dict[str, Any] = {
    "ManifestFile": transform(TransformInput__DataSource__S3DataSource__S3DataType="ManifestFile"),
    "CompressionType": transform(TransformInput__CompressionType="Gzip"),
    "Environment": transform(Environment={"WORKERS": "4"}),
    **{
        kind: alarm(
            MetricName="CPUUtilization",
            Namespace=f"/aws/sagemaker/{kind}",
            Dimensions=[{"Name": "Host", "Value": "nightly/i-1"}],
        )
        for kind in ("TransformJobs", "TrainingJobs")
    },
    "RequestCount": alarm(MetricName="RequestCount", Namespace="AWS/ApplicationELB"),
    "ThresholdMetricId": alarm(
        Threshold=None, ComparisonOperator="GreaterThanUpperThreshold", ThresholdMetricId="band"
    ),
    "ANOMALY_DETECTION_BAND": computed("ANOMALY_DETECTION_BAND(errors)"),
    **{
        asked: {"RegisterScalableTarget": {**TARGET, field: value}}
        for asked, field, value in (
            ("DesiredCopyCount", "ScalableDimension", "sagemaker:inference-component:DesiredCopyCount"),
            ("ecs", "ServiceNamespace", "ecs"),
        )
    },
    "SELECT": {"PutMetricAlarm": {**MATH, "Metrics": [INSIGHTS]}},
    "AccountId": {
        "PutMetricAlarm": {
            **MATH,
            "Metrics": [MATH["Metrics"][0], *({**m, "AccountId": "111122223333"} for m in MATH["Metrics"][1:])],
        }
    },
}


@pytest.mark.parametrize(("name", "words"), ASKED, ids=[name for name, _ in ASKED])
def test_the_program_says_so(name: str, words: str) -> None:
    """A plan that asks for it is told so, in the words of the page (spec sagemaker 1-9, cloudwatch 1-11)."""
    found = [each for each in check(asking(name), world()) if words in each.say]

    assert found
    assert {each.severity for each in found} == {REFUSED_BY_AWS_TOO.get(name, "not-simulated")}


REFUSED_BY_AWS_TOO = {"ManagedInstanceScaling": "service", "EvaluationInterval": "service"}
"""Without inference components, and beside a metric."""


def test_the_statuses_of_a_run() -> None:
    """A run shows InService and Updating, and StateUpdate alone in the history (spec sagemaker 3.2, cloudwatch 6)."""
    run = simulate(rollout_world(), guarded(canary), 1)

    assert {answer["EndpointStatus"] for _, answer in run.endpoint_history} == {"InService", "Updating"}
    assert {item["HistoryItemType"] for item in run.alarm_history} == {"StateUpdate"}


def test_a_type_without_a_price() -> None:
    """What it costs is not known until the world says more, and a plan that uses it is told so (spec inference 6.1)."""
    odd = "ml.inf1.2xlarge"
    plan = config({**VARIANT, "ModelName": "churn-v2", "InstanceType": odd}, name="churn-v3")

    assert rollout_world().price(odd) is None
    assert rollout_world(prices_per_hour={odd: 98.3}).price(odd) == 98.3
    [finding] = [each for each in check(plan, world()) if "not known here" in each.say]
    assert (finding.severity, finding.stops) == ("not-simulated", False)
    assert not [each for each in check(plan, world(prices_per_hour={odd: 1.0})) if "not known here" in each.say]


def test_a_model_where_nobody_measured_it() -> None:
    """A run takes it to be as fast as where it was measured, and tells a plan so (spec inference 6.2)."""
    fast = Model(service=ServiceTime(curve="bert-base-128-t4-fp16"))
    there = replace(world(), models={**world().models, "fast": fast})

    def said(plan: dict[str, Any]) -> list[tuple[str, bool]]:
        found = [each for each in check(plan, there) if "How fast fast is" in each.say]
        return [(each.severity, each.stops) for each in found]

    told, variant = [("not-simulated", False)], {**VARIANT, "ModelName": "fast"}
    assert said(config(variant, name="churn-v3")) == told
    assert said(config({**variant, "InstanceType": "ml.g4dn.xlarge"}, name="churn-v3")) == []
    assert said(transform(ModelName="fast")) == told
