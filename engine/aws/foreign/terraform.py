"""Terraform's JSON as requests: a `.tf.json` file, or what `terraform show -json` prints of a plan or a state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from engine.aws.takeaway.terraform_names import TYPES, argument, request

OPERATIONS: Mapping[str, str] = {kind: operation for operation, kind in TYPES.items()}
REFERENCE = re.compile(r"(?<!\$)\$\{([A-Za-z0-9_]+)\.([A-Za-z0-9_-]+)\.([a-z_]+)\}")
TEMPLATE = re.compile(r"(?<!\$)\$\{")
DEEPEST = 8
"""Modules within modules are looked into so far."""
Rows = Iterator[tuple[str, str, Mapping[str, Any]]]


def is_terraform(data: Mapping[str, Any]) -> bool:
    """Does it hold resources as Terraform writes them?"""
    return isinstance(data.get("resource"), Mapping | list) or "planned_values" in data or "terraform_version" in data


def of_terraform(data: Mapping[str, Any], endpoint: str) -> tuple[list[tuple[str, dict[str, Any]]], list[str]]:
    """Return the requests behind the resources, and what is left out."""
    is_file = "resource" in data
    rows = list(_of_file(data["resource"]) if is_file else _of_show(data))
    there = {(kind, name): body for kind, name, body in rows}
    found: list[tuple[str, dict[str, Any]]] = []
    left_out: list[str] = []
    for kind, name, body in rows:
        operation = endpoint if kind == TYPES["UpdateEndpoint"] else OPERATIONS.get(kind)
        if operation is None:
            left_out.append(f"{kind}.{name} is nothing for a plan.")
            continue
        told = _resolved(body, there) if is_file else body
        if isinstance(told, str) or not isinstance(told, Mapping):
            left_out.append(f"{kind}.{name} is left out: {told} is not told by the file. Write the value itself.")
            continue
        made = request(operation, told)
        key = next((key for key in made if argument(operation, (key,)) in ("name", "alarm_name", "resource_id")), None)
        if key is None and operation in ("CreateEndpointConfig", endpoint):
            made = {"EndpointConfigName" if operation == "CreateEndpointConfig" else "EndpointName": name, **made}
        found.append((operation, made))
    return found, left_out


def _of_file(resources: object) -> Rows:
    """Yield type, name and arguments; JSON syntax lets a list stand wherever a mapping does."""
    for kinds in resources if isinstance(resources, list) else [resources]:
        for kind, named in _items(kinds):
            for names in named if isinstance(named, list) else [named]:
                for name, body in _items(names):
                    for each in body if isinstance(body, list) else [body]:
                        if isinstance(each, Mapping):
                            yield kind, name, each


def _items(value: object) -> Iterator[tuple[str, Any]]:
    yield from value.items() if isinstance(value, Mapping) else ()


def _of_show(data: Mapping[str, Any]) -> Rows:
    values = data.get("planned_values", data.get("values"))
    yield from _of_module(values.get("root_module") if isinstance(values, Mapping) else None, 0)


def _of_module(module: object, depth: int) -> Rows:
    if not isinstance(module, Mapping) or depth > DEEPEST:
        return
    resources, children = module.get("resources"), module.get("child_modules")
    for each in resources if isinstance(resources, list) else ():
        if isinstance(each, Mapping) and isinstance(each.get("values"), Mapping) and each.get("mode") != "data":
            yield str(each.get("type")), str(each.get("name")), each["values"]
    for child in children if isinstance(children, list) else ():
        yield from _of_module(child, depth + 1)


def _resolved(value: Any, there: Mapping[tuple[str, str], Mapping[str, Any]]) -> Any:  # noqa: ANN401 - JSON-like
    """Return the value without references, or, as text, the first that the file does not tell."""
    unknown: list[str] = []

    def of(match: re.Match[str]) -> str:
        kind, name, key = match.groups()
        body = there.get((kind, name), {})
        wanted = "alarm_name" if key == "id" and "alarm_name" in body else "name" if key in ("id", "name") else key
        given = body.get(wanted, name if (kind, name) in there and wanted == "name" else None)
        if not isinstance(given, str | int | float) or (isinstance(given, str) and TEMPLATE.search(given)):
            unknown.append(match.group())
            return ""
        return str(given)

    def text(given: str) -> str:
        filled = REFERENCE.sub(of, given)
        if TEMPLATE.search(filled):
            unknown.append(given)
        return re.sub(r"([$%])\1\{", r"\1{", filled)

    def plain(given: Any) -> Any:  # noqa: ANN401
        if isinstance(given, Mapping):
            return {text(key): plain(each) for key, each in given.items()}
        if isinstance(given, list):
            return [plain(each) for each in given]
        return text(given) if isinstance(given, str) else given

    found = plain(value)
    return unknown[0] if unknown else found
