"""Advice on who calls an endpoint: one that nobody calls says nothing of how a model does, one that goes is missed."""

from __future__ import annotations

from collections.abc import Iterator

from engine.aws.finding import Path
from engine.aws.rules.outlook import Outlook
from engine.requests.sagemaker import CreateEndpoint, DeleteEndpoint

Advice = Iterator[tuple[Path, str]]


def no_callers(outlook: Outlook) -> Advice:
    """Who is called, the world says; a new name is nobody's address."""
    world = outlook.world
    if world is None:
        return
    known = (world.endpoint.endpoint_name, *world.names_of_others)
    for call, request in outlook.every(CreateEndpoint):
        if request.endpoint_name not in known:
            called, meant = (f" {word} ".join(known) for word in ("and", "or"))
            say = f"Nobody calls an endpoint {request.endpoint_name}: requests go to {called}. Its instances would cost"
            yield call.at("EndpointName"), f"{say} what they cost, and answer nobody. Write {meant}, if that is meant."


def still_called(outlook: Outlook) -> Advice:
    """Whoever calls another endpoint goes on when it is deleted, and what they meet is nobody's harm in a grade."""
    others = outlook.world.other_endpoints if outlook.world else ()
    rates = {each.endpoint.endpoint_name: each.workload.rate for each in others}
    for call, request in outlook.every(DeleteEndpoint):
        if rate := rates.get(request.endpoint_name):
            say = f"{request.endpoint_name} has callers of its own, about {rate:g} a second: from then on they get"
            yield call.at("EndpointName"), f"{say} errors, which no goal counts. Leave it alone, unless that is meant."


CALLER_ADVICE = (no_callers, still_called)
