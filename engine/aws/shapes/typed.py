"""Values that stand as another type than AWS's service takes, as templates and Terraform let people write them."""

from __future__ import annotations

import math
import re
from typing import Any

from engine.aws.shapes.models import Shape, is_number

NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?")
"""Python refuses to read whole numbers of thousands of digits."""


def typed(shape: Shape, value: Any) -> Any:  # noqa: ANN401 - JSON-like data
    """Return a request with numbers and truth values in place of texts that say them, and texts in place of numbers."""
    if isinstance(value, dict):
        members = shape.members if shape.type_name == "structure" else {}
        return {key: typed(members[key], each) if key in members else each for key, each in value.items()}
    if isinstance(value, list):
        return [typed(shape.member, each) for each in value] if shape.type_name == "list" else value
    return typed_scalar(shape, value)


def typed_scalar(shape: Shape, value: Any) -> Any:  # noqa: ANN401
    """Return one value as its shape has it, or as it is where it does not say such a value."""
    if isinstance(value, str) and is_number(shape) and NUMBER.fullmatch(value):
        number = float(value)
        if not math.isfinite(number):
            return value
        return int(value) if value.lstrip("-").isdecimal() else number
    if shape.type_name == "boolean" and value in ("true", "false"):
        return value == "true"
    if shape.type_name == "string" and isinstance(value, int | float):
        return str(value).lower() if isinstance(value, bool) else str(value)
    return value
