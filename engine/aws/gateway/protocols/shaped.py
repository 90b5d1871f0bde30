"""Outputs by the service model: only what it names, and each value as a protocol writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from engine.aws.shapes.models import Shape

Leaves = Mapping[str, Callable[[Any], Any]]
"""Writes values by the name of their shape's type; what is not in it stays as it is. Times come as datetimes in UTC."""


def shaped(shape: Shape | None, value: Any, leaves: Leaves) -> Any:  # noqa: ANN401 - JSON-like data
    """Return the value with what the shape names, and all that is no structure, list or map as `leaves` write it."""
    if shape is None or value is None:
        return value
    match shape.type_name:
        case "structure":
            members = shape.members
            return {
                name: shaped(members[name], each, leaves)
                for name, each in value.items()
                if name in members and each is not None
            }
        case "list":
            return [shaped(shape.member, each, leaves) for each in value]
        case "map":
            return {str(name): shaped(shape.value, each, leaves) for name, each in value.items()}
        case "timestamp":
            return leaves["timestamp"](_moment(value))
        case kind:
            write = leaves.get(kind)
            return value if write is None else write(value)


def _moment(value: datetime | str) -> datetime:
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found.astimezone(UTC)
