"""What the service refuses because of what exists: the control plane's own list, asked before anything is sent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from engine.autoscaling.registry import Registered
from engine.aws.calls import Call
from engine.aws.finding import Finding, Path, did_you_mean
from engine.aws.rules.outlook import CHANGES, KINDS, Outlook
from engine.aws.shapes.partial import Unknown, as_far_as_known
from engine.cloudwatch.composite.rule import cycle, parse_rule, problems
from engine.cloudwatch.composite.syntax import alarm_name
from engine.requests.batch import CreateTransformJob, StopTransformJob
from engine.requests.cloudwatch import CompositeAlarm, SetAlarmState
from engine.requests.experiments import CreateInferenceExperiment
from engine.requests.refusal import Refusal, Refusals
from engine.requests.sagemaker import (
    DeploymentConfig,
    EndpointConfig,
    UpdateEndpoint,
)
from engine.sagemaker.account import Account, ShadowTest
from engine.sagemaker.capacity import Desired
from engine.sagemaker.refusals import config_missing, endpoint_missing, model_missing, rules_for
from engine.sagemaker.shadow_tests.refusals import rules_for as rules_for_tests
from engine.timing import Timing
from engine.world import World

Said = Iterator[tuple[Path, str]]


@dataclass(frozen=True, slots=True)
class ForeseenTest:
    """A shadow test of which only a run can tell how far it is by then."""

    request: CreateInferenceExperiment

    @property
    def status(self) -> str:
        """Nobody can know."""
        raise Unknown

    @property
    def over(self) -> bool:
        """Nobody can know."""
        raise Unknown


@dataclass(frozen=True, slots=True)
class Foreseen:
    """An `engine.sagemaker.refusals.Account` as a call will meet it if all before it goes well; Unknown where nobody
    can know."""

    outlook: Outlook
    """All that is sent before."""
    call: Call

    @property
    def _world(self) -> World:
        if self.outlook.world is None:
            raise Unknown
        return self.outlook.world

    def _insist_on_a_world(self) -> None:
        """Raise Unknown without one: the plan alone does not say what else there is."""
        _ = self._world

    @property
    def endpoint_name(self) -> str:
        """The name of the world's endpoint."""
        return self._world.endpoint.endpoint_name

    @property
    def busy_with(self) -> str | None:
        """What is sent at the same moment, and first; whether an earlier update is over, only a run can tell."""
        sent = (call for call, _ in self.outlook.known(*CHANGES) if call.after_s == self.call.after_s)
        return next((call.operation for call in sent if call.condition is None), None)

    @property
    def config_name(self) -> str:
        """The configuration of the last update."""
        self._insist_on_a_world()
        return self.outlook.current_name

    @property
    def configs(self) -> Mapping[str, EndpointConfig]:
        """The configurations by name; without a world nobody knows what else there is."""
        self._insist_on_a_world()
        return self.outlook.configs

    @property
    def models(self) -> Collection[str]:
        """The world's models."""
        return self._world.models

    @property
    def jobs(self) -> Mapping[str, str]:
        """Transform jobs that were sent; whether one of them is over by now, only a run can tell."""
        jobs = {job.transform_job_name: "InProgress" for _, job in self.outlook.every(CreateTransformJob)}
        return jobs | {stop.transform_job_name: "Stopping" for _, stop in self.outlook.every(StopTransformJob)}

    @property
    def desired(self) -> Mapping[str, Desired]:
        """What the variants were last asked to have."""
        self._insist_on_a_world()
        return self.outlook.desired

    @property
    def shadows(self) -> Mapping[str, Desired]:
        """What the shadow variants were last asked to have."""
        self._insist_on_a_world()
        return self.outlook.shadows

    @property
    def instances(self) -> int:
        """As many as were last asked for."""
        return sum(each.instances for each in (*self.desired.values(), *self.shadows.values()))

    @property
    def experiments(self) -> Mapping[str, ShadowTest]:
        """The shadow tests that are created before."""
        return {name: ForeseenTest(request) for name, request in self.outlook.experiments.items()}

    @property
    def now(self) -> datetime:
        """When the call is sent."""
        return self._world.clock(self._world.update_at_s + self.call.after_s)

    @property
    def mixed(self) -> bool:
        """No: here every update goes well."""
        return False

    @property
    def last_deployment(self) -> DeploymentConfig | None:
        """The last one that was sent."""
        return self.outlook.last_deployment

    @property
    def quota(self) -> int | None:
        """The world's quota."""
        return self._world.instance_quota

    @property
    def registered(self) -> Registered:
        """What was registered before; without a world nobody knows what else there is."""
        self._insist_on_a_world()
        return self.outlook.registered

    @property
    def timing(self) -> Timing:
        """The world's timing."""
        return self.outlook.timing


def refusals(outlook: Outlook) -> Iterator[Finding]:
    """Yield what the service refuses in a plan whose requests are each fine by themselves."""
    for call, request in outlook.sent:
        account = Foreseen(outlook.before(call), call)
        for rule in (*rules_for(request), *rules_for_tests(request)) if request is not None else _by_name(call):
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
    if kind in CHANGES:
        yield partial(_endpoint, call)
    if kind is UpdateEndpoint:
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
    return Finding(call.at(*field), "service", say)


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


RULES = (_unknown_alarm, _unknown_condition, _composites)
"""What SageMaker's list does not hold. To add a rule about a plan in its world, write it above and name it here."""
