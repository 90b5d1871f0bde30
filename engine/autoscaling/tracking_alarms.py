"""The two alarms of a target-tracking policy (spec inference 1.4): ordinary alarms, created and deleted with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from engine.autoscaling.registry import policy_arn
from engine.requests.autoscaling import CONCURRENCY, CustomizedMetric, PutScalingPolicy, TargetTracking
from engine.requests.cloudwatch import Dimensions, MetricAlarm, MetricDataQuery, MetricStat

MINUTE_S, HIGH_RESOLUTION_S = 60, 10
"""Period of a datapoint, of usual alarms and of those of high resolution."""
HIGH_AFTER_S, HIGH_RESOLUTION_AFTER_S, LOW_AFTER_S = 180, 30, 900
"""How long a metric must lie above, or below: 3 of 3 and 15 of 15 minutes, 3 and 90 times ten seconds."""
LOW_SHARE = 0.9
"""The threshold of AlarmLow, as a share of the target: measured at a target of 1500 and at one of 5."""
Side = Literal["High", "Low"]


class Pair(NamedTuple):
    """The alarms of one policy."""

    high: MetricAlarm
    low: MetricAlarm


@dataclass(frozen=True, slots=True)
class Predefined:
    """The metric behind a PredefinedMetricType."""

    metric_name: str
    stat: str
    period: int


PREDEFINED: Mapping[str, Predefined] = {
    "SageMakerVariantInvocationsPerInstance": Predefined("InvocationsPerInstance", "Sum", MINUTE_S),
    "SageMakerVariantConcurrentRequestsPerModelHighResolution": Predefined(
        "ConcurrentRequestsPerModel", "Maximum", HIGH_RESOLUTION_S
    ),
    "SageMakerVariantProvisionedConcurrencyUtilization": Predefined(
        "ServerlessProvisionedConcurrencyUtilization", "Maximum", MINUTE_S
    ),
}
"""Which statistic the alarms read was seen of the first alone; of the second AWS lists Min and Max."""
OF_CONCURRENCY = ("SageMakerVariantProvisionedConcurrencyUtilization",)
"""Those of provisioned concurrency (spec inference 3.3); the others are of instances."""


def predefined_for(scalable_dimension: str) -> tuple[str, ...]:
    """Return the predefined metric types of a dimension."""
    return tuple(each for each in PREDEFINED if (each in OF_CONCURRENCY) == (scalable_dimension == CONCURRENCY))


def variant_of(resource_id: str) -> tuple[str, str] | None:
    """Return endpoint and variant of `endpoint/<e>/variant/<v>`; None for anything else."""
    parts = resource_id.split("/")
    if len(parts) != 4 or parts[0] != "endpoint" or parts[2] != "variant" or not (parts[1] and parts[3]):
        return None
    return parts[1], parts[3]


def alarm_pair(policy: PutScalingPolicy) -> Pair:
    """Return AlarmHigh and AlarmLow of a policy that tracks a target."""
    tracking = policy.target_tracking
    assert tracking is not None, "refusals insist on its block"
    reads = replace(_reads(policy, tracking), alarm_actions=(policy_arn(policy),))
    period = reads.metric.period if reads.metric is not None else MINUTE_S
    high_after_s = HIGH_RESOLUTION_AFTER_S if period < MINUTE_S else HIGH_AFTER_S
    return Pair(
        high=replace(
            reads,
            alarm_name=alarm_name(policy, "High"),
            evaluation_periods=high_after_s // period,
            threshold=tracking.target_value,
            comparison_operator="GreaterThanThreshold",
        ),
        low=replace(
            reads,
            alarm_name=alarm_name(policy, "Low"),
            evaluation_periods=LOW_AFTER_S // period,
            threshold=LOW_SHARE * tracking.target_value,
            comparison_operator="LessThanThreshold",
        ),
    )


def alarms_of(policy: PutScalingPolicy) -> tuple[MetricAlarm, ...]:
    """Return the alarms that come with a policy: two, or none where nothing that is known is tracked."""
    tracking = policy.target_tracking
    if policy.policy_type != "TargetTrackingScaling" or tracking is None:
        return ()
    known = tracking.predefined_metric_type in PREDEFINED or tracking.customized_metric is not None
    return alarm_pair(policy) if known else ()


def alarm_name(policy: PutScalingPolicy, side: Side) -> str:
    """Return the name of one of the two; its UUID is drawn on AWS, and here it follows from what it names."""
    unique = _unique(f"{'/'.join(policy.target)}/{policy.policy_name}/{side}")
    return f"TargetTracking-{policy.resource_id}-Alarm{side}-{unique}"


@lru_cache(maxsize=64)
def _unique(name: str) -> str:
    """Return the UUID that follows from a name, once: it is asked for at every look at an alarm."""
    return str(uuid5(NAMESPACE_URL, name))


def _reads(policy: PutScalingPolicy, tracking: TargetTracking) -> MetricAlarm:
    """Return an alarm on what the policy tracks."""
    if tracking.customized_metric is not None:
        return _customized(tracking.customized_metric)
    found = PREDEFINED[tracking.predefined_metric_type or ""]
    metric = MetricStat(
        namespace="AWS/SageMaker",
        metric_name=found.metric_name,
        dimensions=dimensions_of(policy.resource_id),
        period=found.period,
        stat=found.stat,
    )
    return MetricAlarm(alarm_name="", metric=metric)


def _customized(given: CustomizedMetric) -> MetricAlarm:
    if given.metrics:
        return MetricAlarm(alarm_name="", metrics=tuple(map(_minutely, given.metrics)))
    metric = MetricStat(
        namespace=given.namespace or "",
        metric_name=given.metric_name or "",
        dimensions=given.dimensions,
        period=MINUTE_S,
        stat=given.statistic or "Average",
        unit=given.unit,
    )
    return MetricAlarm(alarm_name="", metric=metric)


def _minutely(query: MetricDataQuery) -> MetricDataQuery:
    return query if query.metric_stat is not None else replace(query, period=MINUTE_S)


def dimensions_of(resource_id: str) -> Dimensions:
    """Return the dimensions of a variant's metrics; none for what is no variant."""
    found = variant_of(resource_id)
    return () if found is None else (("EndpointName", found[0]), ("VariantName", found[1]))
