"""Requests that AWS accepts, to be spoiled one field at a time (spec sagemaker 12)."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

CANARY: dict[str, Any] = {
    "BlueGreenUpdatePolicy": {
        "TrafficRoutingConfiguration": {
            "Type": "CANARY",
            "CanarySize": {"Type": "INSTANCE_COUNT", "Value": 1},
            "WaitIntervalInSeconds": 300,
        },
        "TerminationWaitInSeconds": 120,
        "MaximumExecutionTimeoutInSeconds": 1800,
    },
    "AutoRollbackConfiguration": {"Alarms": [{"AlarmName": "err"}]},
}
LINEAR: dict[str, Any] = {
    "BlueGreenUpdatePolicy": {
        "TrafficRoutingConfiguration": {
            "Type": "LINEAR",
            "LinearStepSize": {"Type": "CAPACITY_PERCENT", "Value": 20},
            "WaitIntervalInSeconds": 300,
        },
        "TerminationWaitInSeconds": 300,
        "MaximumExecutionTimeoutInSeconds": 3600,
    }
}
AT_ONCE: dict[str, Any] = {
    "BlueGreenUpdatePolicy": {
        "TrafficRoutingConfiguration": {"Type": "ALL_AT_ONCE", "WaitIntervalInSeconds": 0},
        "TerminationWaitInSeconds": 600,
        "MaximumExecutionTimeoutInSeconds": 1800,
    }
}
ROLLING: dict[str, Any] = {
    "RollingUpdatePolicy": {
        "MaximumBatchSize": {"Type": "CAPACITY_PERCENT", "Value": 33},
        "WaitIntervalInSeconds": 180,
        "MaximumExecutionTimeoutInSeconds": 1800,
        "RollbackMaximumBatchSize": {"Type": "CAPACITY_PERCENT", "Value": 100},
    }
}
ALARM: dict[str, Any] = {
    "AlarmName": "err",
    "Namespace": "AWS/SageMaker",
    "MetricName": "Invocation5XXErrors",
    "Dimensions": [
        {"Name": "EndpointName", "Value": "churn"},
        {"Name": "VariantName", "Value": "AllTraffic"},
        {"Name": "EndpointConfigName", "Value": "churn-v2"},
    ],
    "Statistic": "Sum",
    "Period": 60,
    "EvaluationPeriods": 1,
    "Threshold": 5,
    "ComparisonOperator": "GreaterThanThreshold",
    "TreatMissingData": "notBreaching",
}
VARIANT: dict[str, Any] = {
    "VariantName": "AllTraffic",
    "ModelName": "churn-v2",
    "InstanceType": "ml.m5.large",
    "InitialInstanceCount": 4,
}
MATH: dict[str, Any] = {
    "AlarmName": "rate",
    "Metrics": [
        {"Id": "rate", "Expression": "errors / calls"},
        *(
            {
                "Id": id,
                "ReturnData": False,
                "MetricStat": {
                    "Metric": {
                        "Namespace": "AWS/SageMaker",
                        "MetricName": metric,
                        "Dimensions": ALARM["Dimensions"],
                    },
                    "Period": 60,
                    "Stat": "Sum",
                },
            }
            for id, metric in (("errors", "Invocation5XXErrors"), ("calls", "Invocations"))
        ),
    ],
    "EvaluationPeriods": 1,
    "Threshold": 0.05,
    "ComparisonOperator": "GreaterThanThreshold",
}


TRANSFORM: dict[str, Any] = {
    "TransformJobName": "nightly",
    "ModelName": "churn-v1",
    "TransformInput": {
        "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://lake/in/"}},
        "ContentType": "text/csv",
        "SplitType": "Line",
    },
    "TransformOutput": {"S3OutputPath": "s3://lake/out/", "AssembleWith": "Line"},
    "TransformResources": {"InstanceType": "ml.m5.xlarge", "InstanceCount": 4},
}


def transform(**fields: Any) -> dict[str, Any]:
    """Return a plan with one CreateTransformJob, some of its fields changed; dots become underscores twice."""
    request = TRANSFORM
    for dotted, value in fields.items():
        request = changed(request, dotted.replace("__", "."), value)
    return {"CreateTransformJob": request}


def update(deployment: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    """Return a plan with one UpdateEndpoint."""
    request = {"EndpointName": "churn", "EndpointConfigName": "churn-v2", **fields}
    if deployment is not None:
        request["DeploymentConfig"] = deployment
    return {"UpdateEndpoint": request}


def config(*variants: dict[str, Any], name: str = "churn-v2") -> dict[str, Any]:
    """Return a plan with one CreateEndpointConfig."""
    return {
        "CreateEndpointConfig": {
            "EndpointConfigName": name,
            "ProductionVariants": list(variants) or [VARIANT],
        }
    }


def alarm(**fields: Any) -> dict[str, Any]:
    """Return a plan with the alarm, some of its fields changed; None takes a field out."""
    return {"PutMetricAlarm": {k: v for k, v in {**ALARM, **fields}.items() if v is not None}}


def changed(request: dict[str, Any], dotted: str, value: object) -> dict[str, Any]:
    """Return a copy with one field set; `None` takes it out."""
    copy = deepcopy(request)
    *parents, last = dotted.split(".")
    owner = copy
    for key in parents:
        owner = owner[key]
    owner[last] = value
    if value is None:
        del owner[last]
    return copy
