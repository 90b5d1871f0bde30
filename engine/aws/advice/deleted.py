"""Advice on alarms that a plan deletes (spec cloudwatch 6, sagemaker 3)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.aws.finding import Path, did_you_mean
from engine.aws.rules.outlook import Outlook
from engine.aws.rules.rollout import rollouts
from engine.requests.cloudwatch import DeleteAlarms

Advice = Iterator[tuple[Path, str]]


def deletes_nothing(outlook: Outlook) -> Advice:
    """AWS passes over names without an alarm."""
    for call, request in outlook.every(DeleteAlarms) if outlook.world else ():
        known = sorted(outlook.before(call).alarm_names)
        for index, name in enumerate(request.alarm_names):
            if name not in known:
                say = f"There is no alarm called {name} by then, so nothing is deleted."
                yield call.at("AlarmNames", index), f"{say} {did_you_mean(name, known)}"


def guard_deleted(outlook: Outlook) -> Advice:
    """An alarm that is gone stops nothing any more."""
    for rollout in rollouts(outlook):
        begun_s, guards = rollout.call.after_s, rollout.deployment.alarms if rollout.deployment else ()
        over_s = begun_s + rollout.schedule.start_s + rollout.schedule.watched_s
        for call, request in outlook.every(DeleteAlarms):
            for index, name in enumerate(request.alarm_names):
                if name in guards and begun_s <= call.after_s < over_s:
                    about = f"{name} guards the update to {rollout.update.endpoint_config_name}"
                    say = f"{about}, which is watched until about {over_s:.0f} s: once it is deleted nothing goes back."
                    yield call.at("AlarmNames", index), f"{say} Delete it later."


DELETION_ADVICE = (deletes_nothing, guard_deleted)
