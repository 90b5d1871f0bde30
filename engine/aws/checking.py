"""A plan judged as AWS would judge it, by its client and its service, and by somebody with experience."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from engine.aws.advice.advise import advise
from engine.aws.allowed import allowed
from engine.aws.calls import Call, plain, take_apart
from engine.aws.finding import Finding, Path, Severity, inert
from engine.aws.rules import existing
from engine.aws.rules.actions import action_refusals
from engine.aws.rules.alarms import alarm_refusals
from engine.aws.rules.composites import composite_refusals
from engine.aws.rules.conditions import condition_refusals
from engine.aws.rules.configs import config_refusals
from engine.aws.rules.data import data_refusals
from engine.aws.rules.deployments import deployment_refusals
from engine.aws.rules.experiments import experiment_refusals
from engine.aws.rules.names import name_refusals
from engine.aws.rules.not_simulated import not_simulated
from engine.aws.rules.outlook import UNKNOWN, Outlook
from engine.aws.rules.windows import window_refusals
from engine.aws.shapes import client, constraints
from engine.aws.shapes.partial import Unknown, as_far_as_known, without
from engine.world import World

__all__ = ["Finding", "Path", "Severity", "accepts", "check", "check_request", "stopped"]

RULES = (
    config_refusals,
    alarm_refusals,
    window_refusals,
    name_refusals,
    action_refusals,
    composite_refusals,
    deployment_refusals,
    experiment_refusals,
    data_refusals,
    not_simulated,
)
"""What is documented beside the shapes; each is asked about what has the right shape."""


def check(requests: Mapping[str, Any], world: World | None) -> tuple[Finding, ...]:
    """Return what there is to say about a plan; never raises on any data that a YAML file can hold.

    Without a world only those rules apply that need none. What is left out of a run, and advice, is told once nothing
    stops it.
    """
    outlook, refused = _judged(requests, world)
    return tuple(replace(finding, say=inert(finding.say)) for finding in refused or advise(outlook))


def accepts(requests: Mapping[str, Any], world: World | None) -> bool:
    """Can it be run? Quicker than `check`, as nobody is asked for advice."""
    return not _judged(requests, world)[1]


def stopped(requests: Mapping[str, Any], world: World | None) -> tuple[Finding, ...]:
    """Return what stops a plan: refused, or not simulated. Nobody is asked for advice."""
    return _judged(requests, world)[1]


def _judged(requests: Mapping[str, Any], world: World | None) -> tuple[Outlook, tuple[Finding, ...]]:
    """Return the plan as far as it can be read, and what stops it: refused, or not simulated."""
    calls, strays = take_apart(requests)
    judged = [_alone(call) for call in calls]
    conditions = {call.condition.path: call.condition for call in calls if call.condition is not None}
    wrong = {path: tuple(condition_refusals(each, _judge)) for path, each in conditions.items()}
    fine = [
        (call, not refused and math.isfinite(call.after_s) and not (call.condition and wrong[call.condition.path]))
        for call, refused in judged
    ]
    outlook = Outlook.of([(Call(UNKNOWN, stray.path, None), False) for stray in strays] + fine, world)
    alone = chain(strays, *(found for _, found in judged), *wrong.values())
    return outlook, (*alone, *existing.refusals(outlook))


def _judge(operation: str, request: Mapping[str, Any]) -> tuple[Finding, ...]:
    return _alone(Call(operation, (operation,), dict(request)))[1]


def check_request(operation: str, request: object) -> tuple[Finding, ...]:
    """Return what client and service refuse in one request, of a plan's operations or of `models.OTHERS`.

    KeyError for any other operation.
    """
    _, findings = _alone(Call(operation, (operation,), plain(request)))
    return tuple(replace(finding, say=inert(finding.say)) for finding in findings)


def _alone(call: Call) -> tuple[Call, tuple[Finding, ...]]:
    """Return what can be read of a request, and what is refused in it by itself."""
    misshapen = tuple(_misshapen(call))
    try:
        readable = _readable(call, misshapen)
    except Unknown:
        return call, misshapen
    found = chain.from_iterable(as_far_as_known(rule(readable)) for rule in RULES)
    misspelt = {each.path[:-1] for each in misshapen if allowed(call.operation, each.path[len(call.path) :]) is None}
    # What such a mapping seems to lack is probably what is misspelt in it.
    return readable, (*misshapen, *(each for each in found if each.path not in misspelt))


def _misshapen(call: Call) -> Iterator[Finding]:
    """Yield what the client refuses, and what the service would refuse elsewhere in the same request."""
    by_client = tuple(client.refusals(call))
    places = {finding.path for finding in by_client}
    yield from by_client
    yield from (finding for finding in constraints.refusals(call) if finding.path not in places)


def _readable(call: Call, misshapen: tuple[Finding, ...]) -> Call:
    """Return the call without what is refused in it already; Unknown if that is all of it."""
    broken = frozenset(finding.path for finding in misshapen if not _lacks_something(call, finding.path))
    return without(call, broken) if misshapen else call


def _lacks_something(call: Call, path: Path) -> bool:
    """Is there a mapping where one belongs? Then a finding is about what it lacks, and the rest of it can be read."""
    inside, value = path[len(call.path) :], call.request
    right = allowed(call.operation, inside)
    for key in inside:
        if isinstance(value, dict) and key not in value:
            return False
        value = value[key]
    return right is not None and right.kind == "mapping" and isinstance(value, dict)
