"""The parameters of the query protocol as nested values: `Dimensions.member.1.Name=...` by the service model
(https://smithy.io/2.0/aws/protocols/aws-query-protocol.html)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl

from engine.aws.gateway.bodies import MALFORMED
from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.protocols.taken import DEEPEST, NOT_FINITE
from engine.aws.shapes.models import Shape

Node = dict[str, Any]
"""Texts and further nodes, by the parts of the names between the dots."""
MOST_PARAMETERS = 20_000
INTEGER = re.compile(r"[+-]?\d{1,19}", re.ASCII)
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
INDEX = re.compile(r"[1-9]\d{0,5}", re.ASCII)


def parameters(text: str) -> Mapping[str, str]:
    """Return what a form or a query string holds; ServiceError for a name twice, bad escapes and far too many."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except ValueError:
        raise ServiceError(MALFORMED, "The parameters cannot be read: too many, or not in UTF-8.") from None
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ServiceError(MALFORMED, "A parameter is given twice.")
    return found


def nested(given: Mapping[str, str]) -> Node:
    """Return the parameters by the parts of their names."""
    root: Node = {}
    for name, text in given.items():
        parts = name.split(".")
        if len(parts) > DEEPEST:
            raise ServiceError(MALFORMED, f"A parameter is deeper than {DEEPEST} levels.")
        node = root
        for part in parts[:-1]:
            node = node.setdefault(part, {})
            if not isinstance(node, dict):
                raise _clash(name)
        if node.setdefault(parts[-1], text) is not text:
            raise _clash(name)
    return root


def _clash(name: str) -> ServiceError:
    return ServiceError(MALFORMED, f"{name[:100]!r} stands beside a parameter that is a part of it.")


def value_of(shape: Shape, node: Node | str, where: str = "") -> Any:  # noqa: ANN401 - JSON-like data
    """Return what the shape makes of a node; what the shape does not name stays, for the validator to refuse."""
    match shape.type_name, node:
        case "structure", dict():
            names = {_spelt(name, each): name for name, each in shape.members.items()}
            return {
                names.get(part, part): value_of(shape.members[names[part]], inner, f"{where}.{part}")
                if part in names
                else inner
                for part, inner in node.items()
            }
        case "structure", "":
            return {}
        case (("list" | "map"), ""):
            return [] if shape.type_name == "list" else {}
        case "list", dict():
            entries = _entries(node, shape, shape.member.serialization.get("name", "member"), where)
            return [value_of(shape.member, each, where) for each in entries]
        case "map", dict():
            return dict(_pairs(shape, _entries(node, shape, "entry", where), where))
        case _, dict():
            raise ServiceError(MALFORMED, f"{_named(where)} must be a {shape.type_name}.")
        case kind, text:
            return _read(kind, text, where)


def _spelt(name: str, shape: Shape) -> str:
    """Return what a member is called in parameters: a flattened list has the name of what it holds, if that has one."""
    if shape.type_name == "list" and shape.serialization.get("flattened"):
        name = shape.member.serialization.get("name", name)
    return str(shape.serialization.get("name", name))


def _entries(node: Node, shape: Shape, between: str, where: str) -> list[Node | str]:
    """Return what is numbered below a list or a map, in order."""
    inner = node if shape.serialization.get("flattened") else node.get(between)
    alone = shape.serialization.get("flattened") or set(node) == {between}
    if not isinstance(inner, dict) or not alone or not all(INDEX.fullmatch(part) for part in inner):
        raise ServiceError(MALFORMED, f"{_named(where)} must be numbered as .{between}.1, .{between}.2, ...")
    return [inner[part] for part in sorted(inner, key=int)]


def _pairs(shape: Shape, entries: Iterable[Node | str], where: str) -> Iterator[tuple[str, Any]]:
    key, value = shape.key.serialization.get("name", "key"), shape.value.serialization.get("name", "value")
    for each in entries:
        if not isinstance(each, dict) or set(each) != {key, value} or not isinstance(each[key], str):
            raise ServiceError(MALFORMED, f"Each entry of {_named(where)} must have a {key} and a {value}.")
        yield each[key], value_of(shape.value, each[value], where)


def _read(kind: str, text: str, where: str) -> Any:  # noqa: ANN401 - a leaf of JSON-like data
    """Return the number or the truth value that a text stands for; times and blobs stay texts here."""
    if kind in ("integer", "long") and INTEGER.fullmatch(text):
        return int(text)
    if kind in ("float", "double"):
        if text in NOT_FINITE:
            return NOT_FINITE[text]
        if NUMBER.fullmatch(text):
            return float(text)
    if kind == "boolean" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if kind in ("integer", "long", "float", "double", "boolean"):
        raise ServiceError(MALFORMED, f"{_named(where)} must be a {kind}, got {text[:60]!r}.")
    return text


def _named(where: str) -> str:
    return where.removeprefix(".")[:100]
