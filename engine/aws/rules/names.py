"""What the service refuses because of what exists: names that are taken, or that lead nowhere.

AWS's own sentences are those of spec sagemaker 5; the rest are ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.aws.calls import Call
from engine.aws.finding import Finding, Path
from engine.aws.nearest import did_you_mean
from engine.aws.rules.outlook import Scene
from engine.aws.shapes.partial import as_far_as_known
from engine.cloudwatch.composite.rule import cycle, parse_rule, problems
from engine.cloudwatch.composite.syntax import alarm_name
from engine.requests.cloudwatch import CompositeAlarm, SetAlarmState
from engine.requests.sagemaker import (
    DeleteEndpointConfig,
    EndpointConfig,
    UpdateEndpoint,
    UpdateEndpointWeightsAndCapacities,
)
from engine.serving.model import Model

Said = Iterator[tuple[Path, str]]


def world_refusals(scene: Scene) -> Iterator[Finding]:
    """Yield what the service refuses in a plan whose requests are each fine by themselves."""
    for rule in RULES:
        for path, say in as_far_as_known(rule(scene)):
            yield Finding(path, "service", say)


def _existing_config(scene: Scene) -> Said:
    """Configurations are immutable (spec sagemaker 1.6)."""
    for call, config in scene.every(EndpointConfig):
        name = config.endpoint_config_name
        if name in scene.before(call).configs:
            say = f'Cannot create already existing endpoint configuration "{name}".'
            yield (
                call.at("EndpointConfigName"),
                f"{say} Configurations never change: give this one a new name.",
            )


def _unknown_model(scene: Scene) -> Said:
    for call in scene.asked("CreateEndpointConfig"):
        yield from as_far_as_known(_models_of(call, scene.world.models if scene.world else {}))


def _models_of(call: Call, known: Mapping[str, Model]) -> Said:
    for index, variant in enumerate(call.request["ProductionVariants"]):
        name = variant.get("ModelName")
        if known and name is not None and name not in known:
            say = f'Could not find model "{name}". {did_you_mean(name, known)}'
            yield call.at("ProductionVariants", index, "ModelName"), say


def _unknown_endpoint(scene: Scene) -> Said:
    """AWS's sentence is spec sagemaker 5."""
    for call in scene.asked("UpdateEndpoint", "UpdateEndpointWeightsAndCapacities"):
        yield from as_far_as_known(_endpoint_of(call, scene))


def _endpoint_of(call: Call, scene: Scene) -> Said:
    name = call.request["EndpointName"]
    if scene.world and name != (known := scene.world.endpoint.endpoint_name):
        yield call.at("EndpointName"), f'Could not find endpoint "{name}". It is called {known}.'


def _unknown_config(scene: Scene) -> Said:
    """AWS's sentence is spec sagemaker 5."""
    for call in scene.asked("UpdateEndpoint"):
        yield from as_far_as_known(_config_of(call, scene))


def _config_of(call: Call, scene: Scene) -> Said:
    name, known = call.request["EndpointConfigName"], sorted(scene.before(call).configs)
    if scene.world and name not in known:
        say = f'Could not find endpoint configuration "{name}". {did_you_mean(name, known)}'
        yield call.at("EndpointConfigName"), f"{say} A new one comes from CreateEndpointConfig."


def _unknown_variant(scene: Scene) -> Said:
    for call, request in scene.every(UpdateEndpointWeightsAndCapacities):
        known = scene.before(call).desired
        for index, each in enumerate(request.desired_weights_and_capacities):
            if known and each.variant_name not in known:
                place = call.at("DesiredWeightsAndCapacities", index, "VariantName")
                say = f"The endpoint has no variant {each.variant_name}."
                yield place, f"{say} {did_you_mean(each.variant_name, known)}"


def _quota(scene: Scene) -> Said:
    """More instances of one variant count too (spec sagemaker 8.1)."""
    for call, request in scene.every(UpdateEndpointWeightsAndCapacities):
        quota = scene.world.instance_quota if scene.world else None
        now = {name: each.count for name, each in scene.before(call).desired.items()}
        for index, each in enumerate(request.desired_weights_and_capacities):
            more = (each.desired_instance_count or 0) - now.get(each.variant_name, 0)
            if quota is not None and more > 0 and sum(now.values()) + more > quota:
                place = call.at("DesiredWeightsAndCapacities", index, "DesiredInstanceCount")
                say = f"The account may run {quota} instances at once, and this asks for {sum(now.values()) + more}."
                yield place, f"{say} Write fewer."


def _busy(scene: Scene) -> Said:
    """AWS's sentence is spec sagemaker 5; an endpoint takes no update while it is Updating (spec 3.2)."""
    taken: dict[float, Call] = {}
    for call, request in _changes(scene):
        first = taken.setdefault(call.after_s, call)
        if first is not call:
            say = (
                f'Cannot update in-progress endpoint "{request.endpoint_name}". {first.operation} is sent'
                " first and takes minutes: send this one under Later, when that is over."
            )
            yield call.path, say


def _changes(scene: Scene) -> Iterator[tuple[Call, UpdateEndpoint | UpdateEndpointWeightsAndCapacities]]:
    """Yield the requests that set an endpoint to Updating, in order."""
    for call, request in scene.known(UpdateEndpoint, UpdateEndpointWeightsAndCapacities):
        if isinstance(request, UpdateEndpoint | UpdateEndpointWeightsAndCapacities):
            yield call, request


def _unknown_alarm(scene: Scene) -> Said:
    """SetAlarmState of an unknown name is ResourceNotFound (spec cloudwatch 10)."""
    for call, request in scene.every(SetAlarmState):
        known = sorted(scene.before(call).alarm_names)
        if scene.world and request.alarm_name not in known:
            yield (
                call.at("AlarmName"),
                f"No alarm is called {request.alarm_name}. {did_you_mean(request.alarm_name, known)}",
            )


def _unknown_deletion(scene: Scene) -> Said:
    for call, request in scene.every(DeleteEndpointConfig):
        known, name = sorted(scene.before(call).configs), request.endpoint_config_name
        if scene.world and name not in known:
            say = f'Could not find endpoint configuration "{name}". {did_you_mean(name, known)}'
            yield call.at("EndpointConfigName"), say


def _composites(scene: Scene) -> Said:
    """The children of a composite alarm must exist, and it cannot be its own (spec cloudwatch 9)."""
    for call, alarm in scene.every(CompositeAlarm):
        known = (
            scene.before(call).alarm_names if scene.world else {alarm.alarm_name, *scene.alarm_names, *_asked(alarm)}
        )
        for say in problems(alarm, known):
            yield call.at("AlarmRule"), say


def _asked(alarm: CompositeAlarm) -> tuple[str, ...]:
    suppressor = () if alarm.actions_suppressor is None else (alarm_name(alarm.actions_suppressor),)
    return (*parse_rule(alarm.alarm_rule).children, *suppressor)


def _circle(scene: Scene) -> Said:
    """AWS takes a circle and then stops evaluating it (spec cloudwatch 9); the simulation does not take it."""
    alarms = {alarm.alarm_name: (call, alarm) for call, alarm in scene.every(CompositeAlarm)}
    found = cycle(alarm for _, alarm in alarms.values())
    if found:
        say = f"These alarms ask about each other in a circle, and are never evaluated: {' -> '.join(found)}."
        yield alarms[found[0]][0].at("AlarmRule"), f"{say} Take one of them out of the other's rule."


RULES = (
    _existing_config,
    _unknown_model,
    _unknown_endpoint,
    _unknown_config,
    _unknown_variant,
    _quota,
    _busy,
    _unknown_alarm,
    _unknown_deletion,
    _composites,
    _circle,
)
"""To add a rule about a plan in its world, write it above and name it here."""
