"""A CloudFormation template as requests, as far as it alone tells them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.aws.foreign.endpoints import Endpoints
from engine.aws.foreign.functions import OPERATIONS, Template, target_of
from engine.aws.foreign.worked_out import Unknown
from engine.aws.shapes.models import input_shape
from engine.aws.shapes.typed import typed
from engine.aws.takeaway.cloudformation import TARGET, TYPES

TAGS: Mapping[str, str] = {
    "!Ref": "Ref",
    "!Condition": "Condition",
    **{
        f"!{name}": f"Fn::{name}"
        for name in (
            *("And", "Base64", "Cidr", "Equals", "FindInMap", "GetAtt", "GetAZs", "If", "ImportValue", "Join"),
            *("Length", "Not", "Or", "Select", "Split", "Sub", "ToJsonString", "Transform"),
        )
    },
}
"""The short forms of functions."""
Found = tuple[list[tuple[str, dict[str, Any]]], list[str]]


def template_in(data: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the template that this is, or that is in what `get-template` answers, or around resources cut out of one.

    None for anything else.
    """
    inside = data.get("TemplateBody")
    given = inside if isinstance(inside, Mapping) else data
    if _are_resources(given.get("Resources")):
        return given
    if _is_resource(given):
        return {"Resources": {"Resource": given}}
    return {"Resources": given} if given and all(map(_is_resource, given.values())) else None


def _are_resources(value: object) -> bool:
    return isinstance(value, Mapping) and any(isinstance(each, Mapping) and "Type" in each for each in value.values())


def _is_resource(value: object) -> bool:
    return isinstance(value, Mapping) and str(value.get("Type")).startswith("AWS::")


def of_template(data: Mapping[str, Any], endpoints: Endpoints) -> Found:
    """Return the requests behind a template's resources, and what is left out."""
    template = Template(data)
    found: list[tuple[str, dict[str, Any]]] = []
    left_out: list[str] = []
    strange: list[str] = []
    named = {
        name: _endpoint_name(resource)
        for name, resource in template.resources.items()
        if resource.get("Type") == TYPES["UpdateEndpoint"]
    }
    for name, resource in template.resources.items():
        kind = str(resource.get("Type"))
        operation = OPERATIONS.get(kind) if name not in named else endpoints.operation(named[name], named.values())
        if operation is None:
            strange.append(f"{name} is an {kind}, which is nothing for a plan.")
            continue
        try:
            if template.is_made(name):
                found += _requests(operation, template.properties(name, operation), left_out, name)
            else:
                left_out.append(f"{name} is left out: its Condition does not hold with the parameters' defaults.")
        except Unknown as unknown:
            left_out.append(f"{name} is left out: {unknown} is not told by the template. Write the value itself.")
    return found, left_out + strange


def _endpoint_name(resource: Mapping[str, Any]) -> str | None:
    """Return the name that an endpoint is given, if that stands there as it is."""
    properties = resource.get("Properties")
    name = properties.get("EndpointName") if isinstance(properties, Mapping) else None
    return name if isinstance(name, str) else None


def _requests(
    operation: str, given: dict[str, Any], left_out: list[str], name: str
) -> list[tuple[str, dict[str, Any]]]:
    """Return what the properties of one resource are as requests."""
    actions = given.pop("ScheduledActions", None)
    if operation == "PutScalingPolicy":
        given = target_of(given)
    if operation == "UpdateEndpoint" and given.pop("Tags", None):
        left_out.append(f"The Tags of {name} are left out: an update of an endpoint takes none.")
    target = {key: given[key] for key in TARGET if key in given}
    scheduled = [{**target, **each} for each in _list(actions) if isinstance(each, dict)]
    made = [(operation, given), *(("PutScheduledAction", each) for each in scheduled)]
    return [(each, typed(input_shape(each), request)) for each, request in made]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
