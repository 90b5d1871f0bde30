"""Why the service does not carry out a request: what both a run and a check say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

INVALID = "ValidationException"
NOT_SIMULATED = "NotSimulated"
"""Not of AWS, which would take the request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a request is not carried out."""

    message: str
    """What the service answers."""
    field: tuple[str | int, ...] = ()
    """Where in the request the reason lies; empty for the request as a whole."""
    remedy: str = ""
    """What would be right, for whoever can still change the request."""
    given: str = ""
    known: tuple[str, ...] = ()
    """A name that leads nowhere, and those that would lead somewhere."""
    code: str = INVALID


Refusals = Iterator[Refusal]
