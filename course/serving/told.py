"""What a server tells while it runs: what happens in the run, and what it is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from engine.aws.gateway.http import HttpRequest
    from engine.run import Event


@dataclass(frozen=True, slots=True)
class Happened:
    """Something happened in the run."""

    event: Event


@dataclass(frozen=True, slots=True)
class Asked:
    """A request came and was answered."""

    t: float
    operation: str
    status: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something else that whoever runs the server should know."""

    say: str


Told: TypeAlias = Happened | Asked | Trouble
Tell: TypeAlias = Callable[[Told], None]

LONGEST_NAME = 80
_ACTION = re.compile(rb"(?:^|&)Action=([A-Za-z]{1,80})(?:&|$)")


def operation_of(request: HttpRequest) -> str:
    """Return what a request asks for, in the words of its protocol."""
    target = request.headers.get("x-amz-target", "").rpartition(".")[2]
    form = _ACTION.search(request.body[:10_000]) or _ACTION.search(request.query.encode())
    action = form.group(1).decode() if form else ""
    smithy = request.path.rpartition("/operation/")[2] if "/operation/" in request.path else ""
    return (target or smithy or action or f"{request.method} {request.path}")[:LONGEST_NAME]


def as_data(told: Told) -> Mapping[str, Any]:
    """Return what is told as one JSON object."""
    match told:
        case Happened(event):
            return {"kind": "event", "t": event.t, "what": event.what, "say": event.say, **event.detail}
        case Asked(t, operation, status):
            return {"kind": "request", "t": t, "operation": operation, "status": status}
        case Trouble(say):
            return {"kind": "trouble", "say": say}
