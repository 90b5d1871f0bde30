"""A plan as it concerns one of several endpoints: each is judged as if it were the account's only one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.aws.calls import Call
from engine.aws.rules.outlook import Outlook
from engine.aws.shapes.partial import Unknown
from engine.plan import Request
from engine.requests.cloudwatch import MetricAlarm
from engine.requests.experiments import CreateInferenceExperiment, ExperimentRequest
from engine.requests.sagemaker import CreateEndpoint
from engine.sagemaker.holdings import endpoint_named
from engine.world import World


def endpoint_names(outlook: Outlook) -> tuple[str, ...]:
    """Return the names of the world's endpoints, its own first, and of those that the plan creates; without a world all
    names that it mentions.
    """
    world = outlook.world
    if world is None:
        named = (endpoint_named(request) for _, request in outlook.sent if request is not None)
        return tuple(dict.fromkeys(name for name in named if name is not None))
    created = [request.endpoint_name for _, request in outlook.sent if isinstance(request, CreateEndpoint)]
    return tuple(dict.fromkeys([world.endpoint.endpoint_name, *world.names_of_others, *created]))


def asked_about(outlook: Outlook) -> tuple[str, ...]:
    """Return those of the names that requests of the plan are about, and the first."""
    names = endpoint_names(outlook)
    asked = {_named(outlook, request) for _, request in outlook.sent if request is not None}
    return tuple(name for name in names if name in asked or name == names[0])


def endpoint_of(outlook: Outlook, call: Call, request: Request | None) -> str | None:
    """Return the endpoint that a call is about: the first for one that nobody knows, None where that has no name."""
    name = _written(call) if request is None else _named(outlook, request)
    names = endpoint_names(outlook)
    if name in names or (name is not None and isinstance(request, CreateEndpoint)):
        return name
    return names[0] if names else None


def about(outlook: Outlook, name: str | None) -> Outlook:
    """Return the outlook without what is about other endpoints; a request about one that nobody knows was probably
    meant for the first.
    """
    names = endpoint_names(outlook)
    if name is None or (name in names and len(names) == 1):
        return outlook

    def is_meant(found: str | None) -> bool:
        return found in (None, name) or (found not in names and name == names[0])

    sent = tuple(pair for pair in outlook.sent if pair[1] is None or is_meant(_named(outlook, pair[1])))
    world = None if outlook.world is None else _seen_from(outlook.world, name)
    left_out = frozenset(
        request.alarm_name
        for _, request in outlook.sent
        if isinstance(request, MetricAlarm) and not is_meant(_watched(request))
    )
    if world is not None:
        left_out |= {each.alarm_name for each in world.alarms if not is_meant(_watched(each))}
        world = replace(world, alarms=tuple(each for each in world.alarms if is_meant(_watched(each))))
    return Outlook(sent, world, left_out)


def _seen_from(world: World, name: str) -> World:
    return replace(world.seen_from(name), other_endpoints=())


def _named(outlook: Outlook, request: Request) -> str | None:
    """Return the endpoint that a request names, or the one of the test or the metric that it names."""
    if isinstance(request, MetricAlarm):
        return _watched(request)
    name = endpoint_named(request)
    if name is None and isinstance(request, ExperimentRequest):
        tests = (each for _, each in outlook.sent if isinstance(each, CreateInferenceExperiment))
        return next((each.endpoint_name for each in tests if each.name == request.name), None)
    return name


def _written(call: Call) -> str | None:
    """Return the endpoint in a request of which only a part can be read."""
    try:
        name = call.request.get("EndpointName") if isinstance(call.request, Mapping) else None
    except Unknown:
        return None
    return name if isinstance(name, str) else None


def _watched(alarm: MetricAlarm) -> str | None:
    """Return the endpoint whose metrics an alarm reads, None where there are several or none."""
    found = {dict(stat.dimensions).get("EndpointName") for stat in alarm.stats}
    return found.pop() if len(found) == 1 else None
