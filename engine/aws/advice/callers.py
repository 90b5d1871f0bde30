"""Advice on endpoints that nobody calls: they cost what they cost, and say nothing of how a model does."""

from __future__ import annotations

from collections.abc import Iterator

from engine.aws.finding import Path
from engine.aws.rules.outlook import Outlook
from engine.requests.sagemaker import CreateEndpoint

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


CALLER_ADVICE = (no_callers,)
