"""A plan judged as AWS would judge it, by its client and its service, and by somebody with experience."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from engine.aws import client, constraints
from engine.aws.advice import advise
from engine.aws.alarm_rules import alarm_refusals
from engine.aws.calls import Call, plain, take_apart
from engine.aws.composite_rules import composite_refusals
from engine.aws.config_rules import config_refusals
from engine.aws.deployment_rules import deployment_refusals
from engine.aws.finding import Finding, Path, Severity, inert
from engine.aws.rollout_rules import rollout_refusals
from engine.aws.scene import Scene
from engine.aws.world_rules import world_refusals
from engine.world import World

__all__ = ["Finding", "Path", "Severity", "check", "check_request"]

RULES = (config_refusals, alarm_refusals, composite_refusals, deployment_refusals)
"""What is documented beside the shapes; asked only about requests of the right shape."""


def check(requests: Mapping[str, Any], world: World | None) -> tuple[Finding, ...]:
    """Return what there is to say about a plan; never raises on any data that a YAML file can hold.

    Without a world only those rules apply that need none. Advice is given once nothing is refused.
    """
    calls, refused = take_apart(requests)
    refused += tuple(chain.from_iterable(map(_alone, calls)))
    if not refused:
        refused = _together(Scene.of(calls, world))
    return tuple(replace(finding, say=inert(finding.say)) for finding in refused)


def check_request(operation: str, request: object) -> tuple[Finding, ...]:
    """Return what client and service refuse in one request, of a plan's operations or of `models.OTHERS`.

    KeyError for any other operation.
    """
    findings = _alone(Call(operation, (operation,), plain(request)))
    return tuple(replace(finding, say=inert(finding.say)) for finding in findings)


def _alone(call: Call) -> tuple[Finding, ...]:
    """Return what is refused in a request by itself; its rules are asked once its shape is right."""
    return tuple(_misshapen(call)) or tuple(_against_rules(call))


def _together(scene: Scene) -> tuple[Finding, ...]:
    """Return what the service refuses of requests that are fine one by one; failing that, advice."""
    refused = (*world_refusals(scene), *rollout_refusals(scene))
    return refused or tuple(advise(scene))


def _misshapen(call: Call) -> Iterator[Finding]:
    """Yield what the client refuses, and what the service would refuse elsewhere in the same request."""
    by_client = tuple(client.refusals(call))
    places = {finding.path for finding in by_client}
    yield from by_client
    yield from (finding for finding in constraints.refusals(call) if finding.path not in places)


def _against_rules(call: Call) -> Iterator[Finding]:
    return chain.from_iterable(rule(call) for rule in RULES)
