"""Fields that exclude each other: where one stands, the other is not offered (spec sagemaker 1, 8, inference 1.2)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from engine.aws.shapes.models import SERVICES, Shape, input_shape

Fields = frozenset[str]
Ways = tuple[Fields, Fields]
"""Any field of the one excludes all of the other, both ways."""


def _ways(one: str, other: str) -> Ways:
    return frozenset(one.split()), frozenset(other.split())


ONE_METRIC = "MetricName Namespace Statistic ExtendedStatistic Period Dimensions Unit"
CUSTOMIZED = ("TargetTrackingScalingPolicyConfiguration", "CustomizedMetricSpecification")
STEPS, TRACKING = "StepScalingPolicyConfiguration", "TargetTrackingScalingPolicyConfiguration"
ALTERNATIVES: Mapping[tuple[str, ...], Sequence[Ways]] = {
    ("CreateEndpointConfig",): (_ways("AsyncInferenceConfig", "ShadowProductionVariants"),),
    ("CreateEndpointConfig", "ProductionVariants"): (
        _ways("ServerlessConfig", "InstanceType InitialInstanceCount InstancePools ManagedInstanceScaling"),
    ),
    ("CreateEndpointConfig", "ShadowProductionVariants"): (_ways("ServerlessConfig", "InstanceType"),),
    ("PutMetricAlarm",): (
        _ways("Metrics EvaluationCriteria", ONE_METRIC),
        _ways("Statistic", "ExtendedStatistic"),
        _ways("Threshold", "ThresholdMetricId"),
        _ways("Metrics", "EvaluationCriteria"),
    ),
    ("PutMetricAlarm", "Metrics"): (_ways("Expression", "MetricStat"),),
    ("UpdateEndpoint", "DeploymentConfig"): (_ways("BlueGreenUpdatePolicy", "RollingUpdatePolicy"),),
    ("UpdateEndpointWeightsAndCapacities", "DesiredWeightsAndCapacities"): (
        _ways("DesiredInstanceCount", "ServerlessUpdateConfig"),
    ),
    ("PutScalingPolicy",): (
        _ways(STEPS, f"{TRACKING} PredictiveScalingPolicyConfiguration"),
        _ways(TRACKING, "PredictiveScalingPolicyConfiguration"),
    ),
    ("PutScalingPolicy", TRACKING): (_ways("PredefinedMetricSpecification", "CustomizedMetricSpecification"),),
    ("PutScalingPolicy", *CUSTOMIZED): (_ways("Metrics", "MetricName Namespace Dimensions Statistic Unit"),),
    ("PutScalingPolicy", *CUSTOMIZED, "Metrics"): (_ways("Expression", "MetricStat"),),
    ("If",): (_ways("AlarmName StateValue", "MetricStat ComparisonOperator Threshold"),),
    ("Unless",): (_ways("AlarmName StateValue", "MetricStat ComparisonOperator Threshold"),),
    ("Later",): (_ways("If", "Unless"),),
}
"""By the mapping that holds them; `engine.aws.shapes.models` knows the unions of the service models besides."""
ROUTING = ("UpdateEndpoint", "DeploymentConfig", "BlueGreenUpdatePolicy", "TrafficRoutingConfiguration")
BY_VALUE: Mapping[tuple[str, ...], Mapping[tuple[str, str], Fields]] = {
    ROUTING: {
        ("Type", "ALL_AT_ONCE"): frozenset({"CanarySize", "LinearStepSize"}),
        ("Type", "CANARY"): frozenset({"LinearStepSize"}),
        ("Type", "LINEAR"): frozenset({"CanarySize"}),
    },
    ("PutScalingPolicy",): {
        ("PolicyType", "StepScaling"): frozenset({TRACKING, "PredictiveScalingPolicyConfiguration"}),
        ("PolicyType", "TargetTrackingScaling"): frozenset({STEPS, "PredictiveScalingPolicyConfiguration"}),
    },
    ("PutScalingPolicy", STEPS): {
        ("AdjustmentType", "ChangeInCapacity"): frozenset({"MinAdjustmentMagnitude"}),
        ("AdjustmentType", "ExactCapacity"): frozenset({"MinAdjustmentMagnitude"}),
    },
}
"""What a value beside it excludes."""


def excluded(
    operation: str, path: Sequence[str | int], there: Collection[str], beside: Mapping[str, object] | None = None
) -> Fields:
    """Return the fields that cannot stand in the mapping at `path` of a request besides those that are there.

    `beside` are the single values of the mapping, as far as they are written.
    """
    place = (operation, *(key for key in path if isinstance(key, str)))
    found = set(_union(place) if there else ())
    for one, other in ALTERNATIVES.get(place, ()):
        found |= (other if one & set(there) else frozenset()) | (one if other & set(there) else frozenset())
    for (field, value), fields in BY_VALUE.get(place, {}).items():
        found |= fields if beside and beside.get(field) == value else frozenset()
    return frozenset(found - set(there))


def _union(place: tuple[str, ...]) -> tuple[str, ...]:
    """Return the members of a union, of which a request may hold one."""
    if place[0] not in SERVICES:
        return ()
    shape: Shape = input_shape(place[0])
    for key in place[1:]:
        shape = shape.member if shape.type_name == "list" else shape
        if shape.type_name != "structure" or key not in shape.members:
            return ()
        shape = shape.members[key]
    return tuple(shape.members) if getattr(shape, "is_tagged_union", False) else ()
