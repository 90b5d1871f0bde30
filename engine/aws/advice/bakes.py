"""Advice on time: bakes that are too short for their alarms, and a timeout too short for the bakes
(spec sagemaker 1.2, 2.5, 4.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import attrgetter

from engine.aws.advice.alarms.alarms_of_updates import MINUTE_S, AlarmOfUpdate, alarms_of_updates
from engine.aws.advice.alarms.time_to_alarm import TimeToAlarm
from engine.aws.finding import Path
from engine.aws.rules.outlook import Outlook
from engine.aws.rules.rollout import Rollout, rollouts
from engine.plan import Request
from engine.requests.autoscaling import RegisterScalableTarget
from engine.requests.cloudwatch import SetAlarmState
from engine.requests.sagemaker import CreateEndpoint, DeleteEndpoint, UpdateEndpoint, UpdateEndpointWeightsAndCapacities
from engine.sagemaker.updates.terms import field_of, policy_of

Advice = Iterator[tuple[Path, str]]
BLUE_GREEN = ("DeploymentConfig", "BlueGreenUpdatePolicy")
LONGEST_BAKE_S = 3600
LONGEST_UPDATE_S = 28_800
"""Maxima of the service model for one wait and for MaximumExecutionTimeoutInSeconds."""
CHANGES = (UpdateEndpoint, UpdateEndpointWeightsAndCapacities, DeleteEndpoint)
REFUSED_WHILE: Mapping[str, tuple[type[Request], ...]] = {
    "update": CHANGES,
    "change": CHANGES,
    "creation": (*CHANGES, RegisterScalableTarget),
    "deletion": (*CHANGES, CreateEndpoint, RegisterScalableTarget),
}
"""What an endpoint takes only once it is InService again."""
SPARE = 1.2
"""How much longer than expected an update may take, in a timeout that is advised."""


def no_last_bake(outlook: Outlook) -> Advice:
    """With TerminationWait 0 the old fleet is gone before full traffic has been seen (spec sagemaker 2.5)."""
    for rollout in _own(outlook):
        policy = rollout.update.deployment_config and rollout.update.deployment_config.blue_green_update_policy
        if policy and policy.termination_wait_in_seconds == 0:
            say = "The old fleet goes away in the moment in which the new one has all traffic"
            if policy.traffic_routing_configuration.type == "ALL_AT_ONCE":
                say += ", so no alarm is ever looked at"
            else:
                say += ", so a fault that shows only under full traffic finds no way back"
            yield (
                rollout.call.at(*BLUE_GREEN),
                f"{say}. Give TerminationWaitInSeconds some minutes, such as 600.",
            )


def _own(outlook: Outlook) -> Iterator[Rollout]:
    """Yield the updates that carry the DeploymentConfig that applies."""
    return (each for each in rollouts(outlook) if each.deployment and each.deployment is each.update.deployment_config)


def timeout(outlook: Outlook) -> Advice:
    """MaximumExecutionTimeout should exceed all the waits (spec sagemaker 1.2); a timeout rolls back here."""
    for rollout in _own(outlook):
        field, limit = _limit(rollout)
        plan = rollout.schedule
        if limit is None or plan.timed_s < limit:
            continue
        if plan.bakes_s >= limit:
            say = f"The bakes alone take {plan.bakes_s:.0f} s, and the update is given up after {limit} s."
        else:
            say = (
                f"The bakes take {plan.bakes_s:.0f} s, the whole update about {plan.timed_s:.0f} s, and it is"
                f" given up after {limit} s."
            )
        right = _rounded_up(plan.timed_s * SPARE)
        remedy = f"Write at least {right}, or bake for less." if right <= LONGEST_UPDATE_S else "Bake for less."
        yield field, f"{say} {remedy}"


def _limit(rollout: Rollout) -> tuple[Path, int | None]:
    """Return MaximumExecutionTimeoutInSeconds and its place."""
    policy = policy_of(rollout.update.deployment_config)
    place = rollout.call.at("DeploymentConfig", field_of(policy), "MaximumExecutionTimeoutInSeconds")
    return place, policy.maximum_execution_timeout_in_seconds


def _rounded_up(seconds: float) -> int:
    return -int(-seconds // 300) * 300


def too_late(outlook: Outlook) -> Advice:
    """An alarm needs its periods, the metric's delay, and its moment of evaluation (spec sagemaker 4.1)."""
    for each in filter(attrgetter("is_foreseeable"), alarms_of_updates(outlook)):
        watched_s, takes = each.schedule.watched_s, each.time_to_alarm()
        chance = takes.chance(watched_s)
        if watched_s <= 0:
            yield each.place, f"This update has no bake, so nobody looks at {each.name}. Give it a wait."
        elif blind := each.blindness():
            alarm, often = each.alarm, "" if blind == 1 else f"in {_often(blind)} "
            say = f"{each.name} looks back {alarm.evaluation_periods * alarm.period} s for {_periods(each)}."
            late = f"The numbers come once a minute and {_delays(outlook)} late, so {often}it never finds that many."
            remedy = "Use a Period of 60." if alarm.period < MINUTE_S else "Give it more EvaluationPeriods."
            yield each.place, f"{say} {late} {remedy}"
        elif not chance:
            say = f"{_needs(each)} The last look at it is {watched_s:.0f} s after green's first request: it"
            yield each.place, f"{say} cannot fire in time. Bake for longer, or use fewer or shorter periods."
        elif chance < 1:
            longer = each.time_to_alarm(watched_s + each.late_s)
            say = f"{_needs(each, longer)} With {watched_s:.0f} s of watching it fires in time in {_often(chance)}."
            yield each.place, f"{say} {_longer(longer.most)}"


def _often(chance: float) -> str:
    """Return how often something happens, as people say it."""
    tenths = round(10 * chance)
    if tenths in (0, 10):
        return "hardly any rollout" if tenths == 0 else "nearly all rollouts"
    return f"about {tenths} of 10 rollouts"


def _delays(outlook: Outlook) -> str:
    """Return how late metrics are."""
    mean, side = outlook.timing.metric_delay_s, outlook.timing.metric_delay_s * outlook.timing.metric_delay_jitter
    return f"{mean - side:.0f} to {mean + side:.0f} s" if side else f"about {mean:.0f} s"


def too_late_for_the_canary(outlook: Outlook) -> Advice:
    """If the alarm comes after the first bake, everybody has met the new version by then."""
    for each in filter(attrgetter("is_foreseeable"), alarms_of_updates(outlook)):
        plan, takes = each.schedule, each.time_to_alarm()
        early = takes.chance(plan.first_bake_s)
        if plan.strategy == "CANARY" and early < 1 and takes.chance(plan.watched_s) == 1:
            say = f"{_needs(each, takes)} The canary is over after {plan.first_bake_s:.0f} s, which is enough in"
            say += f" {_often(early)}: in the others all traffic is on green by then."
            yield each.place, f"{say} {_longer(takes.most)}"


def _longer(seconds: float) -> str:
    """Return what would be right for an alarm that needs so long."""
    if seconds > LONGEST_BAKE_S:
        return "Use fewer or shorter periods."
    return f"Bake for {_rounded_up(seconds)} s."


def _needs(each: AlarmOfUpdate, takes: TimeToAlarm | None = None) -> str:
    """Return the sentence with the numbers of an alarm."""
    alarm, outlook = each.alarm, each.rollout.outlook
    visible = f"{_delays(outlook)} until a metric is visible"
    if takes is None or takes.never:
        span = f"at least {each.least_seconds():.0f} s"
    else:
        span = f"{takes.least:.0f} to {takes.most:.0f} s"
    if alarm.period > MINUTE_S:
        whole = "a whole period" if alarm.m == 1 else f"{alarm.m} whole periods"
        return (
            f"{each.name} needs {span} to fire if green fails at once and badly: a period of {alarm.period} s can"
            f" count as bad from its first minutes on. In milder trouble it needs about"
            f" {alarm.m * alarm.period + outlook.timing.metric_delay_s:.0f} s: {whole}, and {visible}."
        )
    clock = "once a minute" if alarm.period == MINUTE_S else "every 10 s"
    return f"{each.name} needs {span} to fire: {_periods(each)}, {visible}, and its evaluation, {clock}."


def _periods(each: AlarmOfUpdate) -> str:
    alarm = each.alarm
    return f"{alarm.m} bad period{'s' if alarm.m > 1 else ''} of {alarm.period} s"


def still_running(outlook: Outlook) -> Advice:
    """An endpoint takes no change while it is Creating, Updating or Deleting (spec sagemaker 3.2)."""
    what, begun_s, takes_s = "update", 0.0, 0.0
    for call, request in outlook.sent:
        if isinstance(request, REFUSED_WHILE[what]) and begun_s < call.after_s < begun_s + takes_s:
            say = f"The {what} before takes about {takes_s:.0f} s, and while it runs this one is refused."
            yield call.path, f"{say} Send it later."
            continue
        if isinstance(request, UpdateEndpoint):
            schedule = Rollout(call, request, outlook.before(call)).schedule
            what, begun_s, takes_s = "update", call.after_s, schedule.total_s
        elif isinstance(request, CreateEndpoint):
            what, begun_s, takes_s = "creation", call.after_s, outlook.timing.provision_s
        elif isinstance(request, DeleteEndpoint):
            what, begun_s, takes_s = "deletion", call.after_s, outlook.timing.terminate_s
        elif isinstance(request, UpdateEndpointWeightsAndCapacities):
            what, begun_s, takes_s = "change", call.after_s, _change_s(request, outlook.before(call))
        elif isinstance(request, SetAlarmState):
            takes_s = 0.0


def _change_s(change: UpdateEndpointWeightsAndCapacities, before: Outlook) -> float:
    """Return how long other weights and counts take, about: more instances have to come."""
    timing, desired = before.timing, before.desired
    grows = any(
        each.desired_instance_count is not None
        and each.variant_name in desired
        and each.desired_instance_count > desired[each.variant_name].count
        for each in change.desired_weights_and_capacities
    )
    return timing.provision_s if grows else timing.reweigh_s


BAKE_ADVICE = (no_last_bake, timeout, still_running, too_late, too_late_for_the_canary)
