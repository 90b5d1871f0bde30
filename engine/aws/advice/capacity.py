"""Advice on what scaling can come to: bounds and targets with which it never acts, or not enough
(spec inference 1.4 to 1.8, 2, 4; sagemaker 6.1, 7)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.autoscaling.registry import policy_arn_tail
from engine.autoscaling.tracking_alarms import MINUTE_S, OF_CONCURRENCY
from engine.aws.advice.scaled import TRACKING, Scaled, tracked
from engine.aws.finding import Path
from engine.aws.rules.outlook import Outlook
from engine.requests.autoscaling import (
    CONCURRENCY,
    INSTANCES,
    OfTarget,
    PutScheduledAction,
    RegisterScalableTarget,
)

Advice = Iterator[tuple[Path, str]]
INVOCATIONS = "SageMakerVariantInvocationsPerInstance"
UTILIZATION = "ServerlessProvisionedConcurrencyUtilization"
WAITING = "HasBacklogWithoutCapacity"


def too_late(outlook: Outlook) -> Advice:
    """A target beyond what an instance can do adds some when it is too late, and one beyond its cores never does."""
    for each in tracked(outlook):
        world, target, metric = outlook.world, each.tracking.target_value, each.tracking.customized_metric
        model, per_s = (each.model(world), each.answers_per_s(world)) if world else (None, None)
        if model is None or per_s is None or _is_asynchronous(each.outlook):
            continue
        at, cores = each.call.at(TRACKING, "TargetValue"), (each.cores(world) if world else None) or model.workers
        if each.tracking.predefined_metric_type == INVOCATIONS and target >= 60 * per_s:
            say = (
                f"One instance answers about {60 * per_s:g} calls a minute: with a target of {target:g} requests queue"
            )
            yield at, f"{say} before anything is added. Write {30 * per_s:g}, half of it, to begin with."
        elif metric is not None and metric.metric_name == "CPUUtilization" and target >= 100 * cores:
            say = f"CPUUtilization reaches {100 * cores} on {cores} core(s), and is never above"
            yield at, f"{say} {target:g}: this policy never adds an instance. Write {50 * cores} for 50 %."


def share_in_percent(outlook: Outlook) -> Advice:
    """The utilization of provisioned concurrency is a share of 1 (spec inference 3.3), and no percentage."""
    for each in tracked(outlook):
        target, metric = each.tracking.target_value, each.tracking.customized_metric
        tracks = each.tracking.predefined_metric_type in OF_CONCURRENCY or (
            metric is not None and metric.metric_name == UTILIZATION
        )
        if tracks and target >= 1:
            right = f"Write {target / 100:g} for {target:g} %." if 1 < target <= 100 else "AWS's example is 0.5."
            say = f"{UTILIZATION} is a share, 1 where all are busy: it is never above {target:g}."
            yield each.call.at(TRACKING, "TargetValue"), f"{say} {right}"


def more_than_at_once(outlook: Outlook) -> Advice:
    """Provisioned concurrency stays within MaxConcurrency (spec inference 3.3): what is above it is refused later."""
    for call, request in outlook.every(RegisterScalableTarget):
        found = outlook.before(call).desired.get(Scaled(call, request, outlook).variant)
        serverless, most = found.serverless if found else None, request.max_capacity
        if request.scalable_dimension == CONCURRENCY and serverless and most and most > serverless.max_concurrency:
            say = f"MaxConcurrency is {serverless.max_concurrency}, and scaling beyond it fails."
            yield call.at("MaxCapacity"), f"{say} Write {serverless.max_concurrency}, or raise MaxConcurrency."


def too_few_at_most(outlook: Outlook) -> Advice:
    """MaxCapacity is to hold the busiest moment (spec inference 2)."""
    for call, request in outlook.every(RegisterScalableTarget):
        each, world, most = Scaled(call, request, outlook.before(call)), outlook.world, request.max_capacity
        per_s = each.answers_per_s(world) if world and request.scalable_dimension == INSTANCES else None
        if world is None or per_s is None or not most or _is_asynchronous(each.outlook):
            continue
        peak = world.workload.peak_rate * each.share
        if peak > most * per_s:
            say = f"{each.variant} gets {peak:.3g} requests a second at the peak, and {most} instance(s) answer"
            say = f"{say} {most * per_s:.3g}: no policy helps there."
            yield call.at("MaxCapacity"), f"{say} Write {int(1.2 * peak / per_s) + 1}, a fifth more than needed."


def nothing_between(outlook: Outlook) -> Advice:
    """Equal bounds are taken (spec inference 1.10, A27), and leave a policy nothing to do."""
    policies = {target for target, _ in outlook.registered.policies}
    moved = {action.target for _, action in outlook.every(PutScheduledAction)}
    for call, request in outlook.every(RegisterScalableTarget):
        target = request.target
        if target in policies - moved and None is not request.min_capacity == request.max_capacity:
            say = f"MinCapacity and MaxCapacity are both {request.min_capacity}, so no policy changes anything."
            yield call.at("MaxCapacity"), f"{say} Raise MaxCapacity, or lower MinCapacity."


def asleep_for_good(outlook: Outlook) -> Advice:
    """At zero no metric per instance has a value: only a step policy leaves it (spec inference 1.5, 4)."""
    for call, request in outlook.every(RegisterScalableTarget):
        if request.min_capacity == 0 and _is_asynchronous(outlook) and not _wakes(outlook, request):
            say = "At 0 instances no metric per instance has a value, so target tracking never leaves 0. Add a step"
            say = f"{say} policy of +1, and an alarm on {WAITING} (EndpointName alone, Average, at least 1)"
            yield call.at("MinCapacity"), f"{say} that names it in AlarmActions."


def too_eager(outlook: Outlook) -> Advice:
    """A cooldown begins when the new instances are there (spec inference 1.6): until a metric shows what they do, it
    still says what their predecessors did, and the same instances are added once more."""
    for each in tracked(outlook):
        cooldown, kind = each.tracking.scale_out_cooldown, each.tracking.predefined_metric_type
        shown_s = MINUTE_S + outlook.timing.metric_delay_s
        if cooldown is not None and cooldown < shown_s and kind == INVOCATIONS:
            say = f"A metric shows about {shown_s:.0f} s later what new instances do; a cooldown of {cooldown} is over"
            say = f"{say} by then, and more are added than are needed. Write 300, or leave it out."
            yield each.call.at(TRACKING, "ScaleOutCooldown"), say


def bounds_that_stay(outlook: Outlook) -> Advice:
    """Old bounds do not come back at EndTime (spec inference 1.8)."""
    actions = list(outlook.every(PutScheduledAction))
    for call, action in actions:
        others = any(each.target == action.target and each is not action for _, each in actions)
        if action.end_time is not None and action.scalable_target_action is not None and not others:
            say = "After EndTime this action ends and its bounds stay: the old ones do not come back."
            yield call.at("EndTime"), f"{say} Add a scheduled action that sets them."


def _wakes(outlook: Outlook, request: OfTarget) -> bool:
    """Does a step policy of the target act on an alarm that sees the backlog at zero instances?"""
    policies = outlook.registered.policies_of(request.target)
    tails = [policy_arn_tail(policy) for policy in policies if policy.step_scaling is not None]
    return any(
        action.endswith(tail)
        for alarm in outlook.metric_alarms.values()
        if any(stat.metric_name == WAITING for stat in alarm.stats)
        for action in alarm.alarm_actions
        for tail in tails
    )


def _is_asynchronous(outlook: Outlook) -> bool:
    config = outlook.current_config
    return config is not None and config.async_inference_config is not None


CAPACITY_ADVICE = (
    too_late,
    share_in_percent,
    more_than_at_once,
    too_few_at_most,
    nothing_between,
    asleep_for_good,
    too_eager,
    bounds_that_stay,
)
