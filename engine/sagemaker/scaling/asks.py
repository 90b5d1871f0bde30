"""What the policies of a target ask for, given what their alarms see (spec inference 1.4 to 1.7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from engine.autoscaling.combination import Ask
from engine.autoscaling.cooldowns import DEFAULT_S
from engine.autoscaling.registry import Registered, policy_arn_tail
from engine.autoscaling.stepping import adjusted, aggregated
from engine.autoscaling.tracking import ScaleIn, wanted_in, wanted_out
from engine.autoscaling.tracking_alarms import alarm_name
from engine.cloudwatch.evaluation import Evaluation
from engine.cloudwatch.watch import AlarmWatch
from engine.requests.autoscaling import PutScalingPolicy, StepScaling, TargetTracking
from engine.requests.cloudwatch import MetricAlarm


def policies_told(registered: Registered, alarm: MetricAlarm) -> Iterator[PutScalingPolicy]:
    """Yield the policies that act on this alarm: one that it belongs to, and those that its actions name."""
    if not (alarm.alarm_actions or alarm.alarm_name.startswith("TargetTracking-")):
        return
    for policy in registered.policies.values():
        if policy.target_tracking is not None:
            if alarm.alarm_name in (alarm_name(policy, "High"), alarm_name(policy, "Low")):
                yield policy
        elif alarm.actions_enabled and any(each.endswith(policy_arn_tail(policy)) for each in alarm.alarm_actions):
            yield policy


def asks_of(
    policies: Iterable[PutScalingPolicy],
    alarms: AlarmWatch,
    base: int,
    current: int,
    scale_in: ScaleIn,
    told: Evaluation | None = None,
) -> tuple[Ask, ...]:
    """Return what the policies ask for whose alarms are in ALARM; `told` is what one of these has seen already.

    Scaling out adds to `base`, which in a cooldown is less than `current`.
    """

    def seen(name: str) -> Evaluation | None:
        return told if told is not None and told.alarm.alarm_name == name else alarms.evaluation(name)

    asks: list[Ask] = []
    for policy in policies:
        if policy.step_scaling is not None:
            for name in alarms.acting(policy_arn_tail(policy)):
                asks += _stepped(policy, policy.step_scaling, seen(name), base, current)
        elif policy.target_tracking is not None:
            high, low = seen(alarm_name(policy, "High")), seen(alarm_name(policy, "Low"))
            asks += _tracked(policy, policy.target_tracking, high, low, base, current, scale_in)
    return tuple(asks)


def _stepped(
    policy: PutScalingPolicy, steps: StepScaling, seen: Evaluation | None, base: int, current: int
) -> Iterator[Ask]:
    values = _values(seen)
    if seen is not None and values:
        breach = aggregated(values, steps.metric_aggregation_type) - seen.alarm.threshold
        grown, left = adjusted(steps, breach, base), adjusted(steps, breach, current)
        out = grown > base or left >= current
        yield Ask(
            policy=policy.policy_name,
            alarm=seen.alarm.alarm_name,
            capacity=max(grown, current) if out else left,
            tracks=False,
            side="out" if out else "in",
            cooldown_s=DEFAULT_S if steps.cooldown is None else steps.cooldown,
        )


def _tracked(
    policy: PutScalingPolicy,
    tracking: TargetTracking,
    high: Evaluation | None,
    low: Evaluation | None,
    base: int,
    current: int,
    scale_in: ScaleIn,
) -> Iterator[Ask]:
    """Yield what a tracking policy asks for: outward by the newest point, inward by the highest one of the window, so
    that what is left would have been enough all that time. Which points AWS takes is not published.
    """
    name, target = policy.policy_name, tracking.target_value
    if high is not None and (values := _values(high)):
        cooldown = tracking.scale_out_cooldown
        yield Ask(
            policy=name,
            alarm=high.alarm.alarm_name,
            capacity=max(current, wanted_out(base, values[-1], target)),
            tracks=True,
            side="out",
            cooldown_s=DEFAULT_S if cooldown is None else cooldown,
        )
    if low is not None and not tracking.disable_scale_in and (values := _values(low)):
        cooldown = tracking.scale_in_cooldown
        yield Ask(
            policy=name,
            alarm=low.alarm.alarm_name,
            capacity=wanted_in(current, max(values), target, scale_in),
            tracks=True,
            side="in",
            cooldown_s=DEFAULT_S if cooldown is None else cooldown,
        )


def _values(seen: Evaluation | None) -> Sequence[float]:
    """Return the real points that an alarm evaluated, the newest last."""
    if seen is None:
        return ()
    points = (seen.slots[place][1] for place in seen.decision.decided_by)
    return [point.value for point in points if point is not None]
