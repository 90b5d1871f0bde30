"""Requests of operations that no plan holds, checked as the service checks them: maxima, enums, patterns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.aws.gateway.account import Account, Raw
from engine.aws.gateway.errors import ServiceError
from engine.aws.shapes.constraints import first_refusal
from engine.aws.shapes.models import SERVICES, shapes_of
from engine.requests.refusal import INVALID

Name = tuple[str, str]
Does = Callable[[Account, Raw], Mapping[str, Any]]


def checked(operations: Mapping[Name, Does]) -> Mapping[Name, Does]:
    """Return the operations, by service and name, each with its check before it; `sent` has its own."""
    return {name: does if name[1] in SERVICES else _checked(name, does) for name, does in operations.items()}


def _checked(name: Name, does: Does) -> Does:
    def do(account: Account, request: Raw) -> Mapping[str, Any]:
        shape, _ = shapes_of(*name)
        wrong = first_refusal(shape, request) if shape is not None else None
        if wrong:
            raise ServiceError(INVALID, wrong)
        return does(account, request)

    return do
