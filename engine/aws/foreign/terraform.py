"""Terraform's JSON as requests: a `.tf.json` file, a state's file, or what `terraform show -json` prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.aws.foreign.endpoints import Endpoints
from engine.aws.foreign.references import References, named
from engine.aws.foreign.worked_out import Unknown
from engine.aws.takeaway.terraform_names import TYPES, argument, request

OPERATIONS: Mapping[str, str] = {kind: operation for operation, kind in TYPES.items()}
DEEPEST = 8
"""Modules within modules are looked into so far."""
OF_A_FILE = ("resource", "data", "terraform", "provider", "variable", "locals", "module", "output", "import", "//")
"""What may stand at the top of a `.tf.json` file."""
SEVERAL = ("count", "for_each", "dynamic")
"""What has Terraform make something of a block that the block alone does not tell."""
Rows = Iterator[tuple[str, str, Mapping[str, Any]]]


def terraform_in(data: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return what holds resources as Terraform writes them, with `resource` around blocks that stand alone.

    None for anything else.
    """
    is_shown = "planned_values" in data or "terraform_version" in data
    if is_shown or isinstance(data.get("resource"), Mapping | list) or (data and all(key in OF_A_FILE for key in data)):
        return data
    return {"resource": data} if data and all(key in OPERATIONS for key in data) else None


def of_terraform(data: Mapping[str, Any], endpoints: Endpoints) -> tuple[list[tuple[str, dict[str, Any]]], list[str]]:
    """Return the requests behind the resources, and what is left out."""
    is_file = "resource" in data
    rows = list(_of_file(data["resource"]) if is_file else _of_state(data))
    references = References(data, {(kind, name): body for kind, name, body in rows}) if is_file else None
    found: list[tuple[str, dict[str, Any]]] = []
    left_out: list[str] = []
    strange: list[str] = []
    beside = [_endpoint_name(body) for kind, _, body in rows if kind == TYPES["UpdateEndpoint"]]
    for kind, name, body in rows:
        is_endpoint = kind == TYPES["UpdateEndpoint"]
        operation = endpoints.operation(_endpoint_name(body), beside) if is_endpoint else OPERATIONS.get(kind)
        if operation is None:
            strange.append(f"{kind}.{name} is nothing for a plan.")
            continue
        several = next((key for key in SEVERAL if key in body and body[key] != 1), None) if is_file else None
        if several:
            say = f"a block with {several} is told by `terraform show -json` of a plan alone"
            left_out.append(f"{kind}.{name} is left out: {say}.")
            continue
        try:
            told = body if references is None else references.resolved(_without_meta(body))
        except Unknown as unknown:
            left_out.append(f"{kind}.{name} is left out: {unknown} is not told by the file. Write the value itself.")
            continue
        made, lost = request(operation, told)
        if lost:
            left_out.append(f"{', '.join(lost)} of {kind}.{name}: no field of {operation}, so it is left out.")
        found.append((operation, _with_name(operation, name, made)))
    return found, left_out + strange


def _endpoint_name(body: Mapping[str, Any]) -> str | None:
    name = body.get("name")
    return name if isinstance(name, str) else None


def _without_meta(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a block without what is meant for Terraform and may hold references of its own."""
    return {key: each for key, each in body.items() if key not in ("count", "depends_on", "lifecycle", "provider")}


def _with_name(operation: str, name: str, made: dict[str, Any]) -> dict[str, Any]:
    """Return a request with a name: that of its block, where it has none of its own."""
    if any(argument(operation, (key,)) in ("name", "alarm_name", "resource_id") for key in made):
        return made
    key = {"CreateEndpointConfig": "EndpointConfigName"}.get(operation, "EndpointName")
    return {key: name, **made} if operation in ("CreateEndpointConfig", "CreateEndpoint", "UpdateEndpoint") else made


def _of_file(resources: object) -> Rows:
    """Yield type, name and arguments."""
    for kind, blocks in named(resources):
        for name, bodies in named(blocks):
            for body in bodies if isinstance(bodies, list) else [bodies]:
                if isinstance(body, Mapping):
                    yield kind, name, body


def _of_state(data: Mapping[str, Any]) -> Rows:
    """Yield the same of what is shown of a plan or a state, and of a state's own file."""
    values = data.get("planned_values", data.get("values"))
    yield from _of_module(values.get("root_module") if isinstance(values, Mapping) else None, 0)
    for each in _mappings(data.get("resources")):
        for instance in _mappings(each.get("instances")):
            if isinstance(instance.get("attributes"), Mapping) and each.get("mode") != "data":
                yield str(each.get("type")), str(each.get("name")), instance["attributes"]


def _of_module(module: object, depth: int) -> Rows:
    if not isinstance(module, Mapping) or depth > DEEPEST:
        return
    for each in _mappings(module.get("resources")):
        if isinstance(each.get("values"), Mapping) and each.get("mode") != "data":
            yield str(each.get("type")), str(each.get("name")), each["values"]
    for child in _mappings(module.get("child_modules")):
        yield from _of_module(child, depth + 1)


def _mappings(value: object) -> Iterator[Mapping[str, Any]]:
    yield from (each for each in value if isinstance(each, Mapping)) if isinstance(value, list) else ()
