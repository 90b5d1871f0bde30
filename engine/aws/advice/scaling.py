"""Advice on scaling: targets in the wrong unit, policies that never act (spec inference 0.1, 1.2, 2; sagemaker 7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.autoscaling.registry import POLICY_ARN, policy_arn_tail
from engine.autoscaling.tracking_alarms import variant_of
from engine.aws.advice.scaled import TRACKING, tracked
from engine.aws.finding import Path
from engine.aws.rules.outlook import Outlook
from engine.requests.autoscaling import INSTANCES, PutScalingPolicy
from engine.requests.cloudwatch import MetricAlarm
from engine.requests.sagemaker import EndpointConfig, UpdateEndpoint

Advice = Iterator[tuple[Path, str]]
INVOCATIONS = "SageMakerVariantInvocationsPerInstance"
WAKING = "NoCapacityInvocationFailures"
LEAST_CPU_SHARE = 0.4
"""Of an instance: AWS's own advice goes from 40 per cent, for availability, to 70, for cost (spec inference 2)."""


def per_second(outlook: Outlook) -> Advice:
    """The metric counts a minute (spec sagemaker 7): a target of requests per second asks for sixty times too much."""
    for each in tracked(outlook):
        target, most = each.tracking.target_value, each.most
        if outlook.world is None or most is None or target <= 0 or each.tracking.predefined_metric_type != INVOCATIONS:
            continue
        rate = outlook.world.workload.peak_rate * each.share
        if rate / target <= most < 60 * rate / target:
            say = f"TargetValue counts the calls of a minute: {rate:g} a second are {60 * rate:g}, which at {target:g}"
            say = f"{say} need {60 * rate / target:.0f} instances, and {most} is the most."
            yield each.call.at(TRACKING, "TargetValue"), f"{say} Write {60 * target:g} for {target:g} a second."


def never_reached(outlook: Outlook) -> Advice:
    """The service takes any number (spec inference 1.2), and no metric of an endpoint falls below zero."""
    for each in tracked(outlook):
        target = each.tracking.target_value
        if target <= 0:
            say = f"No metric falls below a target of {target:g}, so any load asks for the MaxCapacity, and no lull for"
            yield each.call.at(TRACKING, "TargetValue"), f"{say} less. Write what one instance is to have."


def summed_cores(outlook: Outlook) -> Advice:
    """CPUUtilization adds up the cores of an instance (spec sagemaker 6.1): four of them reach 400."""
    for each in tracked(outlook):
        metric = each.tracking.customized_metric
        if outlook.world is None or metric is None or metric.metric_name != "CPUUtilization":
            continue
        cores, target = each.cores(outlook.world), each.tracking.target_value
        if cores is not None and cores > 1 and target < 100 * cores * LEAST_CPU_SHARE:
            most = 100 * cores
            say = f"CPUUtilization adds up the cores, {most} for {cores}: {target:g} is"
            say = f"{say} {100 * target / most:.0f} % of an instance."
            right = f"Write {target * cores:g} for {target:g} %." if target <= 100 else "Write a higher target."
            yield each.call.at(TRACKING, "TargetValue"), f"{say} {right}"


def not_published(outlook: Outlook) -> Advice:
    """Asynchronous endpoints publish no InvocationsPerInstance, although a guide advises it (spec inference 0.1)."""
    waiting = {name for name, config in outlook.configs.items() if config.async_inference_config is not None}
    for each in tracked(outlook):
        if each.tracking.predefined_metric_type == INVOCATIONS and outlook.current_name in waiting:
            say = "An asynchronous endpoint does not publish InvocationsPerInstance, so this policy never acts."
            yield each.call.at(TRACKING), f"{say} Track ApproximateBacklogSizePerInstance with a customized metric."


def never_told(outlook: Outlook) -> Advice:
    """A step policy acts only through an alarm that names it (spec inference 1.7)."""
    alarms = outlook.metric_alarms.values()
    for call, policy in outlook.every(PutScalingPolicy):
        tail = policy_arn_tail(policy)
        acts = any(
            alarm.actions_enabled and any(each.endswith(tail) for each in alarm.alarm_actions) for alarm in alarms
        )
        if policy.step_scaling is not None and not acts:
            say = f"No alarm acts through {policy.policy_name}, so it never scales. Write its ARN into AlarmActions:"
            yield call.at("PolicyName"), f"{say} here any UUID in it will do, such as {POLICY_ARN}1{tail}."


def one_is_not_above_one(outlook: Outlook) -> Advice:
    """AWS's guide has an alarm that a single failed request does not set off (spec inference 0.1 item 1)."""
    for call, alarm in outlook.every(MetricAlarm):
        metric = alarm.metric
        if metric is None or (metric.metric_name, metric.stat) != (WAKING, "Sum"):
            continue
        if alarm.comparison_operator == "GreaterThanThreshold" and alarm.threshold >= 1:
            say = f"One request that finds no capacity makes a Sum of 1, which is not above {alarm.threshold:g}."
            yield call.at("ComparisonOperator"), f"{say} Write GreaterThanOrEqualToThreshold with a Threshold of 1."


def scaled_away(outlook: Outlook) -> Advice:
    """An update goes back to InitialInstanceCount, whatever scaling has come to (spec sagemaker 7)."""
    for call, update in outlook.every(UpdateEndpoint):
        before = outlook.before(call)
        excluded = "DesiredInstanceCount" in update.exclude_retained_variant_properties
        if update.retain_all_variant_properties and not excluded:
            continue
        counts = _initial(before.configs.get(update.endpoint_config_name))
        for target in before.registered.targets:
            name = (variant_of(target.resource_id) or ("", ""))[1]
            if name in counts and target.scalable_dimension == INSTANCES:
                say = (
                    f"Scaling may have moved the instances of {name}; this update begins with the {counts[name]} of its"
                )
                remedy = "configuration. Write RetainAllVariantProperties: true to keep what there is."
                yield call.at("EndpointConfigName"), f"{say} {remedy}"


def _initial(config: EndpointConfig | None) -> Mapping[str, int]:
    variants = config.production_variants if config else ()
    return {each.variant_name: each.initial_instance_count for each in variants}


SCALING_ADVICE = (per_second, never_reached, summed_cores, not_published, never_told, one_is_not_above_one, scaled_away)
