"""What the service refuses because of what exists: the control plane's own list, asked before anything is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from engine.aws.calls import Call
from engine.aws.finding import Finding, Path, did_you_mean
from engine.aws.rules.foreseen import Foreseen
from engine.aws.rules.outlook import CHANGES, KINDS, Outlook
from engine.aws.shapes.partial import as_far_as_known
from engine.cloudwatch.composite.rule import cycle, parse_rule, problems
from engine.cloudwatch.composite.syntax import alarm_name
from engine.cloudwatch.refusals import insist_on_deletable
from engine.errors import RefusedRequest
from engine.requests.cloudwatch import CompositeAlarm, DeleteAlarms, SetAlarmState
from engine.requests.refusal import NOT_SIMULATED, Refusal, Refusals
from engine.requests.sagemaker import (
    CreateEndpoint,
    DeleteEndpoint,
    EndpointConfig,
    UpdateEndpoint,
)
from engine.sagemaker.account import Account
from engine.sagemaker.refusals.rules import rules_for
from engine.sagemaker.refusals.shared import config_missing, endpoint_missing, model_missing

Said = Iterator[tuple[Path, str]]


def refusals(outlook: Outlook) -> Iterator[Finding]:
    """Yield what the service refuses in a plan whose requests are each fine by themselves."""
    for call, request in outlook.sent:
        account = Foreseen.of(outlook.before(call), call, request)
        for rule in rules_for(request) if request is not None else _by_name(call):
            yield from (_finding(call, each) for each in as_far_as_known(rule(account)))
    for about_plan in RULES:
        for path, say in as_far_as_known(about_plan(outlook)):
            yield Finding(path, "service", say)
    for path, say in as_far_as_known(_circle(outlook)):
        yield Finding(path, "not-simulated", say)


def _by_name(call: Call) -> Iterator[Callable[[Account], Refusals]]:
    """Yield what can be asked about a request of which only a part can be read."""
    kind = KINDS.get(call.operation)
    if not isinstance(call.request, Mapping):
        return
    if kind in (*CHANGES, DeleteEndpoint):
        yield partial(_endpoint, call)
    if kind in (UpdateEndpoint, CreateEndpoint):
        yield partial(_target, call)
    if kind is EndpointConfig:
        kinds = ("ProductionVariants", "ShadowProductionVariants")
        yield from (partial(_model, call, kind, index) for kind in kinds for index in range(MOST_VARIANTS))


def _endpoint(call: Call, account: Account) -> Refusals:
    yield from endpoint_missing(call.request["EndpointName"], account)


def _target(call: Call, account: Account) -> Refusals:
    yield from config_missing(call.request["EndpointConfigName"], account)


def _model(call: Call, kind: str, index: int, account: Account) -> Refusals:
    variants = call.request.get(kind, ())
    if index < len(variants) and "ModelName" in variants[index]:
        yield from model_missing((kind, index, "ModelName"), variants[index]["ModelName"], account)


MOST_VARIANTS = 10
"""Production variants of a configuration at most (spec sagemaker 1.8)."""


def _finding(call: Call, refusal: Refusal) -> Finding:
    """Return the refusal with its place and with what would be right."""
    field, meant = refusal.field, did_you_mean(refusal.given, refusal.known) if refusal.given else ""
    if field[:1] == ("DeploymentConfig",) and _is_retained(call):
        field = ("RetainDeploymentConfig",)
    say = " ".join(part for part in (refusal.message, meant, refusal.remedy) if part)
    return Finding(call.at(*field), "not-simulated" if refusal.code == NOT_SIMULATED else "service", say)


def _is_retained(call: Call) -> bool:
    return "DeploymentConfig" not in call.request


def _unknown_alarm(outlook: Outlook) -> Said:
    """SetAlarmState of an unknown name is ResourceNotFound (spec cloudwatch 10)."""
    for call, request in outlook.every(SetAlarmState):
        known = sorted(outlook.before(call).alarm_names)
        if outlook.world and request.alarm_name not in known:
            yield (
                call.at("AlarmName"),
                f"No alarm is called {request.alarm_name}. {did_you_mean(request.alarm_name, known)}",
            )


def _unknown_condition(outlook: Outlook) -> Said:
    """An alarm that a step depends on must be there by then."""
    asked = {call.condition.path: call for call, _ in outlook.sent if call.condition is not None}
    for path, call in asked.items():
        raw = call.condition.raw if call.condition is not None else None
        name = raw.get("AlarmName") if isinstance(raw, dict) else None
        known = sorted(outlook.before(call).alarm_names)
        if outlook.world and isinstance(name, str) and name not in known:
            yield (*path, "AlarmName"), f"No alarm is called {name}. {did_you_mean(name, known)}"


def _composites(outlook: Outlook) -> Said:
    """The children of a composite alarm must exist, and it cannot be its own (spec cloudwatch 9)."""
    for call, alarm in outlook.every(CompositeAlarm):
        known = (
            outlook.before(call).alarm_names
            if outlook.world
            else {alarm.alarm_name, *outlook.alarm_names, *_asked(alarm)}
        )
        for say in problems(alarm, known):
            yield call.at("AlarmRule"), say


def _asked(alarm: CompositeAlarm) -> tuple[str, ...]:
    suppressor = () if alarm.actions_suppressor is None else (alarm_name(alarm.actions_suppressor),)
    return (*parse_rule(alarm.alarm_rule).children, *suppressor)


def _circle(outlook: Outlook) -> Said:
    """AWS takes a circle and then stops evaluating it (spec cloudwatch 9); the simulation does not take it."""
    alarms = {alarm.alarm_name: (call, alarm) for call, alarm in outlook.every(CompositeAlarm)}
    found = cycle(alarm for _, alarm in alarms.values())
    if found:
        say = f"These alarms ask about each other in a circle, and are never evaluated: {' -> '.join(found)}."
        yield alarms[found[0]][0].at("AlarmRule"), f"{say} Take one of them out of the other's rule."


def _deletions(outlook: Outlook) -> Said:
    """Alarms that a composite alarm asks about stay (spec cloudwatch 9), and composites go one by one."""
    for call, request in outlook.every(DeleteAlarms):
        before = outlook.before(call)
        composites = {alarm.alarm_name: alarm for _, alarm in before.every(CompositeAlarm)}
        there = {name: alarm for name, alarm in composites.items() if name in before.alarm_names}
        asked_about = {child for alarm in there.values() for child in _asked(alarm)}
        known = [name for name in dict.fromkeys(request.alarm_names) if name in before.alarm_names]
        try:
            insist_on_deletable(
                [each for each in known if each in there], [each for each in known if each in asked_about]
            )
        except RefusedRequest as refusal:
            yield call.at("AlarmNames"), f"{refusal.message} Delete the composite alarm first, in a request of its own."


RULES = (_unknown_alarm, _unknown_condition, _composites, _deletions)
"""What SageMaker's list does not hold. To add a rule about a plan in its world, write it above and name it here."""
