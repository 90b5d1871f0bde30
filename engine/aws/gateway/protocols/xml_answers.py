"""Outputs as the XML of the query protocol."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape

from engine.aws.gateway.protocols.shaped import Leaves
from engine.aws.shapes.models import Shape

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold in any way."""


def tag(name: str, inner: str) -> str:
    """Return an element with what it holds as it is."""
    return f"<{name}>{inner}</{name}>"


def text(value: str) -> str:
    """Return a text as it stands in an element; what XML cannot hold becomes a replacement character."""
    return escape(FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", value), {"\r": "&#13;"})


def members(shape: Shape, value: Mapping[str, Any]) -> str:
    """Return the elements of a structure that has been `shaped` with `LEAVES`."""
    known = shape.members
    return "".join(
        _element(known[name], known[name].serialization.get("name", name), each) for name, each in value.items()
    )


def _element(shape: Shape, name: str, value: Any) -> str:  # noqa: ANN401 - JSON-like data
    match shape.type_name:
        case "structure":
            return tag(name, members(shape, value))
        case "list":
            each_name = shape.member.serialization.get("name")
            if shape.serialization.get("flattened"):
                return "".join(_element(shape.member, each_name or name, each) for each in value)
            return tag(name, "".join(_element(shape.member, each_name or "member", each) for each in value))
        case "map":
            flat = shape.serialization.get("flattened")
            entries = [tag(name if flat else "entry", each) for each in _entries(shape, value)]
            return "".join(entries) if flat else tag(name, "".join(entries))
        case _:
            return tag(name, text(str(value)))


def _entries(shape: Shape, value: Mapping[str, Any]) -> Iterator[str]:
    for key, each in value.items():
        inner = _element(shape.value, shape.value.serialization.get("name", "value"), each)
        yield tag(shape.key.serialization.get("name", "key"), text(key)) + inner


def _number(value: float) -> str:
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return "NaN" if math.isnan(value) else repr(float(value))


LEAVES: Leaves = {
    "timestamp": lambda moment: moment.isoformat().replace("+00:00", "Z"),
    "blob": lambda value: base64.b64encode(value).decode(),
    "boolean": lambda value: "true" if value else "false",
    "float": _number,
    "double": _number,
}
