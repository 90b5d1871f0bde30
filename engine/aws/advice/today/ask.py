"""Advice on alarms that are true of today's fleet: the simulator is asked what they do where nothing is rolled out.

An alarm that is in ALARM when an update begins, or soon after, rolls it back whatever the new fleet does (spec
sagemaker 3). Only the first update is looked at: nobody knows yet which fleet a second one finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, zip_longest

from engine.aws.advice.alarms.alarms_of_updates import MINUTE_S, named_alarms
from engine.aws.advice.alarms.thresholds import milliseconds, unreachable
from engine.aws.advice.today.values import say_of_metric, states_of_children
from engine.aws.advice.today.work import affordable_s
from engine.aws.finding import Path
from engine.aws.rules.outlook import Outlook
from engine.aws.rules.rollout import Rollout, rollouts
from engine.cloudwatch.composite.rule import parse_rule
from engine.cloudwatch.composite.syntax import alarm_name
from engine.plan import Plan, Step
from engine.requests.cloudwatch import CompositeAlarm, MetricAlarm
from engine.requests.metric_data import PutMetricData
from engine.requests.sagemaker import UpdateEndpointWeightsAndCapacities
from engine.run import AlarmTransition
from engine.world import World

Advice = Iterator[tuple[Path, str]]
Changes = tuple[AlarmTransition, ...]
SEED = 1
"""One day of many: what is always so shows on each of them, and an alarm that fires now and then may be missed."""
BEGINNING_S = 3 * MINUTE_S
"""Until a new alarm is evaluated, until the first minute has ended, and until the next evaluation."""
LONGEST_S = 172_800
"""A world's run at most."""


def true_today(outlook: Outlook) -> Advice:
    """What today's fleet sets off, or what no data at all does, says nothing of the new fleet."""
    first, world = next(rollouts(outlook), None), outlook.world
    if first is None or world is None or not world.endpoint.exists:
        return
    places = {name: place for rollout, place, name in named_alarms(outlook) if rollout.call is first.call}
    told = _told(outlook)
    asked = [name for name in places if _may_fire(name, first) and name not in told]
    changes, since_s = _without_update(asked, first, world), _looked_at_s(first, world)
    for name in asked:
        change = _fired(name, changes, since_s)
        if change is not None and change.t <= since_s + first.schedule.watched_s:
            yield places[name], _say(change, changes, first, world.update_at_s + first.call.after_s)


def _looked_at_s(first: Rollout, world: World) -> float:
    """Return when alarms are first heeded: once the new fleet has requests."""
    return world.update_at_s + first.call.after_s + first.schedule.start_s


def _may_fire(name: str, first: Rollout) -> bool:
    """May an alarm fire before the new fleet has any requests?

    One metric of that fleet has no data till then, and `missing_is_bad` speaks of an alarm that takes this for bad. An
    expression can make a number of it.
    """
    alarm, today = first.outlook.metric_alarms.get(name), first.outlook.current_name
    if alarm is None:
        return name in first.outlook.alarm_names
    if any(dict(stat.dimensions).get("EndpointConfigName", today) == today for stat in alarm.stats):
        return True
    return bool(alarm.metrics) and alarm.treat_missing_data != "breaching"


def _told(outlook: Outlook) -> set[str]:
    """Return the alarms whose threshold is spoken of already."""
    places = {place for place, _ in chain(unreachable(outlook), milliseconds(outlook))}
    return {alarm.alarm_name for call, alarm in outlook.every(MetricAlarm) if call.at("Threshold") in places}


def _without_update(asked: list[str], first: Rollout, world: World) -> Changes:
    """Return what these alarms do in a run of today's endpoint, scaled as it is asked for before the update; nothing
    where it would be too much work to come as far as somebody looks at them."""
    from engine.simulate import simulate

    before = first.outlook
    metrics = before.metric_alarms
    names = _with_those_they_ask_about(asked, before)
    alarms = [metrics[name] for name in names if name in metrics]
    looked_at_s = _looked_at_s(first, world)
    seen_s = world.update_at_s + first.call.after_s + _takes_s(alarms, world)
    most_s = min(affordable_s(alarms, len(names) - len(alarms), before, world), LONGEST_S)
    until_s = min(max(looked_at_s + MINUTE_S, seen_s), looked_at_s + first.schedule.watched_s, most_s)
    if not asked or until_s <= looked_at_s:
        return ()
    kinds = (MetricAlarm, CompositeAlarm, PutMetricData, UpdateEndpointWeightsAndCapacities)
    steps = (Step(request=each, after_s=call.after_s) for call, each in before.sent if isinstance(each, kinds))
    plan = Plan(tuple(step for step in steps if getattr(step.request, "alarm_name", None) in {None, *names}))
    there = tuple(alarm for alarm in world.alarms if alarm.alarm_name in names)
    today = replace(world, alarms=there, duration_s=until_s)
    return simulate(today, plan, SEED, series=False, keep_requests=False).alarms


def _with_those_they_ask_about(asked: Iterable[str], before: Outlook) -> set[str]:
    """Return the names with those of the alarms that composites among them depend on, however far down."""
    composites = {alarm.alarm_name: alarm for _, alarm in before.every(CompositeAlarm)}
    names: set[str] = set()
    left = list(asked)
    while left:
        name = left.pop()
        if name not in names and name in composites:
            left += parse_rule(composites[name].alarm_rule).children
            left.append(alarm_name(composites[name].actions_suppressor or ""))
        names.add(name)
    return names & before.alarm_names


def _takes_s(alarms: Iterable[MetricAlarm], world: World) -> float:
    """Return the seconds after which all alarms have seen what they need."""
    delay_s = world.timing.metric_delay_s * (1 + world.timing.metric_delay_jitter)
    begin_s = max(BEGINNING_S, world.timing.first_evaluation_s + MINUTE_S)
    return max((alarm.m * alarm.period for alarm in alarms), default=0) + delay_s + begin_s


def _fired(name: str, changes: Changes, since_s: float) -> AlarmTransition | None:
    """Return how the alarm came into the first ALARM that is not over by then."""
    own = [each for each in changes if each.alarm == name]
    for change, left in zip_longest(own, own[1:]):
        if change.to_state == "ALARM" and (left is None or left.t > since_s):
            return change
    return None


def _say(change: AlarmTransition, changes: Changes, first: Rollout, update_s: float) -> str:
    """Return when it fires and why, and what would be right."""
    late_s, alarms, today = change.t - update_s, first.outlook.metric_alarms, first.outlook.current_name
    say = f"{change.alarm} fires without this update too,"
    say = f"{say} {f'{late_s:.0f} s after' if late_s > 0 else 'before'} it would begin, so any new version goes back:"
    if change.alarm in alarms:
        return f"{say} {say_of_metric(alarms[change.alarm], change, today)}"
    states = states_of_children(change)
    say = f"{say} its rule is true, as {' and '.join(f'{name} is {state}' for name, state in states.items())}"
    fired = (_fired(name, changes, change.t) for name in states if name in alarms)
    child = next((each for each in fired if each is not None), None)
    return f"{say}: {say_of_metric(alarms[child.alarm], child, today)}" if child else f"{say}. Change the rule."


TODAY_ADVICE = (true_today,)
