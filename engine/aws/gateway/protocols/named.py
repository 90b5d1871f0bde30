"""Errors by the service model: the name of the shape, and the code that the query protocol has for it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.aws.gateway.errors import ServiceError
from engine.aws.shapes.models import described, errors_of
from engine.requests.refusal import INVALID

SERVER_FAULT = 500


@dataclass(frozen=True, slots=True)
class Named:
    """What an error is called."""

    shape: str
    """In JSON and CBOR."""
    code: str
    """In query, and whatever speaks to clients that once spoke it."""
    fault: str
    """`Sender` or `Receiver`: whose it is."""


def named(service: str | None, error: ServiceError) -> Named:
    """Return the names of an error; one that the service's model does not have keeps its code.

    Operations may call it by either name, and a request that is not valid by the one that most services have.
    """
    fault = "Sender" if error.status < SERVER_FAULT else "Receiver"
    known = errors_of(service) if service is not None else {}
    if error.code in known:
        return Named(error.code, known[error.code].get("code", error.code), fault)
    shape = next((name for name, each in known.items() if each.get("code") == error.code), None)
    if (
        shape is None
        and error.code == INVALID
        and "query" in (described(service).get("protocols", ()) if service else ())
    ):
        return Named(INVALID, "ValidationError", fault)
    return Named(shape or error.code, error.code, fault)
