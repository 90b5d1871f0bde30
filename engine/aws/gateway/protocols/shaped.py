"""Outputs by the service model: only what it names, and times as a protocol writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from engine.aws.shapes.models import Shape

Stamp = Callable[[datetime, Shape], Any]
"""Writes a time of this shape."""


def shaped(shape: Shape | None, value: Any, stamp: Stamp) -> Any:  # noqa: ANN401 - JSON-like data
    """Return the value with what the shape names, and each time as `stamp` writes it."""
    if shape is None or value is None:
        return value
    match shape.type_name:
        case "structure":
            members = shape.members
            return {
                name: shaped(members[name], each, stamp)
                for name, each in value.items()
                if name in members and each is not None
            }
        case "list":
            return [shaped(shape.member, each, stamp) for each in value]
        case "map":
            return {str(name): shaped(shape.value, each, stamp) for name, each in value.items()}
        case "timestamp":
            return stamp(datetime.fromisoformat(value) if isinstance(value, str) else value, shape)
        case _:
            return value


def fields(value: object) -> Mapping[str, Any]:
    """Return the value if it is a mapping with text keys, an empty one in place of nothing."""
    return value if isinstance(value, dict) else {}
