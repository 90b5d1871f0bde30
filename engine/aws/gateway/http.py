"""What comes in and goes out, as values: who owns the socket makes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRequest:
    """A request as it was received."""

    method: str
    path: str
    """Without the query."""
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    """By names in lower case."""
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpResponse:
    """The answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
