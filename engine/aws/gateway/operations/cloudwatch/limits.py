"""What the service refuses by its model alone, where a request is no part of a plan: enums and maxima."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.aws.gateway.errors import ServiceError
from engine.aws.shapes.constraints import RECORDED
from engine.aws.shapes.models import Shape, is_number, shapes_of
from engine.requests.refusal import INVALID

MANY = 8
"""Values of an enum that are printed."""


def keep_to_the_model(operation: str, request: Mapping[str, Any]) -> None:
    """Raise a ServiceError for the first value that the model does not allow."""
    shape, _ = shapes_of("cloudwatch", operation)
    if shape is not None:
        _walk(shape, request, "")


def _walk(shape: Shape, value: Any, at: str) -> None:  # noqa: ANN401 - JSON-like data
    most = shape.metadata.get("max")
    if shape.type_name == "structure" and isinstance(value, Mapping):
        for name, each in value.items():
            if name in shape.members:
                _walk(shape.members[name], each, f"{at}.{name[:1].lower()}{name[1:]}".removeprefix("."))
    elif shape.type_name == "list" and isinstance(value, list):
        if most is not None and len(value) > most:
            _refuse(value, at, f"have length less than or equal to {most}")
        for index, each in enumerate(value, start=1):
            _walk(shape.member, each, f"{at}.{index}.member")
    elif is_number(shape) and most is not None and value > most:
        _refuse(value, at, f"have value less than or equal to {most}")
    elif shape.type_name == "string" and isinstance(value, str):
        choices = RECORDED.get(shape.name, shape.metadata.get("enum"))
        if choices and value not in choices:
            listed = ", ".join(choices[:MANY]) + (", ..." if len(choices) > MANY else "")
            _refuse(value, at, f"satisfy enum value set: [{listed}]")
        if most is not None and len(value) > most:
            _refuse(value, at, f"have length less than or equal to {most}")


def _refuse(value: object, at: str, constraint: str) -> None:
    shown = str(value)
    shown = shown if len(shown) <= 200 else shown[:200] + "..."
    head = f"1 validation error detected: Value '{shown}' at '{at}'"
    raise ServiceError(INVALID, f"{head} failed to satisfy constraint: Member must {constraint}")
