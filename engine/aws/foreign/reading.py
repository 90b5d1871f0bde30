"""What people paste in place of a plan, as a plan. It reads what it knows and says what it leaves out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.aws.calls import LATER, ORDER, plain
from engine.aws.foreign.cloudformation import is_template, of_template
from engine.aws.foreign.terraform import is_terraform, of_terraform
from engine.aws.pasted import operation_of

Found = tuple[list[tuple[str, dict[str, Any]]], list[str]]
"""Requests with their operations, and what is left out, in sentences."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """Something that is no plan, read as one."""

    what: str
    """What it was, such as `a CloudFormation template`."""
    requests: dict[str, Any]
    """The data of the plan."""
    left_out: tuple[str, ...]


def foreign(data: object, *, updates: bool) -> Foreign | None:
    """Return the plan behind data that is none; None for a plan, and for what nobody knows.

    `updates`: there is an endpoint already, so that a resource of this kind means UpdateEndpoint.
    """
    given = plain(data)
    if not isinstance(given, dict) or any(key in ORDER or key == LATER for key in given):
        return None
    endpoint = "UpdateEndpoint" if updates else "CreateEndpoint"
    for is_one, what, read in FORMS:
        if is_one(given):
            found, left_out = read(given, endpoint)
            return Foreign(what, _plan(found), tuple(left_out)) if found else None
    operation = operation_of(given)
    if (
        operation in (None, "UpdateEndpoint", "CreateEndpoint")
        and {"EndpointName", "EndpointConfigName"} <= given.keys()
    ):
        operation = endpoint
    if operation is None:
        return None
    request = {key: each for key, each in given.items() if not _empty(each)}
    return Foreign(f"a bare {operation} request", {operation: request}, ())


FORMS: tuple[
    tuple[Callable[[Mapping[str, Any]], bool], str, Callable[[Mapping[str, Any], str], Found]],
    ...,
] = (
    (is_template, "a CloudFormation template", of_template),
    (is_terraform, "Terraform's JSON", of_terraform),
)


def _empty(value: object) -> bool:
    """Is it what `aws ... --generate-cli-skeleton` puts where nothing is said?"""
    if isinstance(value, dict | list):
        return all(map(_empty, value.values() if isinstance(value, dict) else value))
    return value in ("", None)


def _plan(found: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    """Return the requests under their operations, in the order in which they are sent."""
    plan: dict[str, Any] = {}
    for operation in ORDER:
        requests = [request for name, request in found if name == operation]
        if requests:
            plan[operation] = requests[0] if len(requests) == 1 else requests
    return plan
