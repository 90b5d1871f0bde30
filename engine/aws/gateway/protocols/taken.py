"""Inputs by the service model: what came in, with times, bytes and numbers as operations know them.

Whatever the protocol, times are ISO text in UTC (which a plan holds as well), blobs are bytes, and nulls are left out.
Fields that the model does not name, and values of another kind, stay as they are: the validator has words for them.
"""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from engine.aws.gateway.bodies import MALFORMED
from engine.aws.gateway.errors import ServiceError
from engine.aws.shapes.models import Shape, shapes_of
from engine.aws.shapes.times import read_time

DEEPEST = 64
"""Levels of a body; no request of AWS has half as many."""
LARGEST_INTEGER = 1 << 63
NOT_FINITE: Mapping[str, float] = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
"""Numbers that JSON has no digits for, and how AWS spells them (https://smithy.io/2.0/aws/protocols/)."""


def shape_in(service: str, operation: str) -> Shape | None:
    """Return what a call may hold; ServiceError if the service has no such operation."""
    try:
        return shapes_of(service, operation)[0]
    except KeyError:
        say = f"There is no operation {operation[:100]!r} of {service}."
        raise ServiceError("UnknownOperationException", say) from None


def taken(service: str, operation: str, given: object) -> Mapping[str, Any]:
    """Return the input of a call as it was decoded; ServiceError for what nobody can read."""
    _bound(given)
    shape = shape_in(service, operation)
    if not isinstance(given, dict):
        raise ServiceError(MALFORMED, "The body holds no structure.")
    return _taken(shape, given) if shape is not None else given


def _taken(shape: Shape, value: Any) -> Any:  # noqa: ANN401 - JSON-like data
    match shape.type_name, value:
        case "structure", dict():
            members = shape.members
            there = {name: each for name, each in value.items() if each is not None}
            return {name: _taken(members[name], each) if name in members else each for name, each in there.items()}
        case "list", list():
            return [_taken(shape.member, each) for each in value]
        case "map", dict():
            return {name: _taken(shape.value, each) for name, each in value.items()}
        case "timestamp", _:
            return _moment(value)
        case "blob", str():
            return decoded(value)
        case (("float" | "double"), str()) if value in NOT_FINITE:
            return NOT_FINITE[value]
        case _:
            return value


def _moment(value: object) -> str:
    """Return the ISO text of a time, given as text, as seconds since 1970, or as a time."""
    found = value if isinstance(value, datetime) else read_time(value)
    if found is None:
        raise ServiceError(MALFORMED, f"{str(value)[:60]!r} is no time.")
    return found.astimezone(UTC).isoformat()


def decoded(text: str) -> bytes:
    """Return the bytes behind base64."""
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (ValueError, binascii.Error):
        raise ServiceError(MALFORMED, "A blob is not written in base64.") from None


def _bound(value: object) -> None:
    """Refuse what is too deep, numbers that no field of AWS holds, and halves of characters."""
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise ServiceError(MALFORMED, f"The body is deeper than {DEEPEST} levels.")
        for each in level:
            if isinstance(each, int) and not -LARGEST_INTEGER <= each < LARGEST_INTEGER:
                raise ServiceError(MALFORMED, "A number does not fit into 64 bits.")
            if isinstance(each, str) and not _is_text(each):
                raise ServiceError(MALFORMED, "A text holds half a character, which is no Unicode.")
        level = [inner for each in level for inner in _inside(each)]


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return [*value, *value.values()]
    return value if isinstance(value, list) else []


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
