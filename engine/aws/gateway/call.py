"""A request taken out of its protocol."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.http import HttpRequest, HttpResponse


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Which operation of which service, and its input by the names of the service model."""

    service: str
    """As botocore calls it, such as `sagemaker`."""
    operation: str
    input: Mapping[str, Any]


class Wire(Protocol):
    """How a client spells calls, outputs and errors."""

    def speaks(self, request: HttpRequest) -> bool:
        """Is this request in the protocol?"""

    def read(self, request: HttpRequest) -> Call:
        """Return the call, its input as `protocols.taken` says; ServiceError for what is none, or no operation."""

    def write(self, call: Call, output: Mapping[str, Any], answer_id: str) -> HttpResponse:
        """Return the answer with this output, by the names of the service model; times are datetimes or ISO text."""

    def error(self, request: HttpRequest, error: ServiceError, answer_id: str) -> HttpResponse:
        """Return the answer that says what is wrong, also of a request that could not be read."""
