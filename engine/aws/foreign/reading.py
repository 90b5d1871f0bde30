"""What people paste in place of a plan, as a plan. It reads what it knows and says what it leaves out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.aws.calls import LATER, MOST_REQUESTS, ORDER, plain
from engine.aws.foreign.bare import alarms_in, bare
from engine.aws.foreign.cloudformation import of_template, template_in
from engine.aws.foreign.endpoints import Endpoints
from engine.aws.foreign.terraform import of_terraform, terraform_in

DEEPEST = 32
"""Levels of nesting that are looked at: modules of Terraform lie within each other, and plans have fewer."""
MOST_LEFT_OUT = 40
"""Sentences on what is left out: nobody reads more, and a template may hold hundreds of other things."""
Found = tuple[list[tuple[str, dict[str, Any]]], list[str]]
"""Requests with their operations, and what is left out, in sentences."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """Something that is no plan, read as one."""

    what: str
    """What it was, such as `a CloudFormation template`."""
    requests: dict[str, Any]
    """The data of the plan; nothing where it tells no request."""
    left_out: tuple[str, ...]


def foreign(data: object, endpoints: Endpoints) -> Foreign | None:
    """Return the plan behind data that is none; None for a plan, and for what nobody knows."""
    given = plain(data, DEEPEST)
    if isinstance(given, list):
        return _list(given, "a list of requests", endpoints)
    if not isinstance(given, dict) or _is_plan(given):
        return None
    for part_of, what, read in FORMS:
        if (part := part_of(given)) is not None:
            found, left_out = read(part, endpoints)
            return _foreign(what, found, left_out)
    if (alarms := alarms_in(given)) is not None:
        return _list(alarms, "an answer of DescribeAlarms", endpoints)
    one = bare(given, endpoints)
    return one and _foreign(one[3], [(one[0], one[1])], one[2])


def _foreign(what: str, found: list[tuple[str, dict[str, Any]]], left_out: list[str]) -> Foreign:
    told = tuple(dict.fromkeys(left_out))
    more = len(told) - MOST_LEFT_OUT
    told = told if more <= 0 else (*told[:MOST_LEFT_OUT], f"{more} more are left out.")
    return Foreign(what, _plan(found), told)


FORMS: tuple[
    tuple[
        Callable[[Mapping[str, Any]], Mapping[str, Any] | None], str, Callable[[Mapping[str, Any], Endpoints], Found]
    ],
    ...,
] = (
    (template_in, "a CloudFormation template", of_template),
    (terraform_in, "Terraform's JSON", of_terraform),
)


def _is_plan(given: Mapping[str, Any]) -> bool:
    return any(key in ORDER or key == LATER for key in given)


def _list(items: list[Any], what: str, endpoints: Endpoints) -> Foreign | None:
    """Return the plan of requests that stand in a list, each bare or under its operation."""
    found: list[tuple[str, dict[str, Any]]] = []
    left_out: list[str] = []
    for number, item in enumerate(items[:MOST_REQUESTS], 1):
        given = item if isinstance(item, dict) else {}
        if given and all(key in ORDER for key in given):
            found += [(key, each) for key, value in given.items() for each in _requests(value)]
        elif one := bare(given, endpoints):
            found.append((one[0], one[1]))
            left_out += one[2]
        else:
            left_out.append(f"Item {number} of the list is left out: it is no request that a plan may hold.")
    if len(items) > MOST_REQUESTS:
        left_out.append(f"What follows after item {MOST_REQUESTS} of the list is left out.")
    return _foreign(what, found, left_out) if found else None


def _requests(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _plan(found: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    """Return the requests under their operations, in the order in which they are sent."""
    plan: dict[str, Any] = {}
    for operation in ORDER:
        requests = [request for name, request in found if name == operation]
        if requests:
            plan[operation] = requests[0] if len(requests) == 1 else requests
    return plan
