"""Moments as requests hold them: text in any form that AWS's client reads, or seconds since 1970."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from engine.aws.shapes.models import Shape


def read_time(value: object) -> datetime | None:
    """Return the moment with its offset, or None for what is no moment; without an offset it is taken for UTC.

    botocore reads what Python's own reader does not; it raises all kinds of errors on numbers beyond any calendar.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    from botocore.utils import parse_timestamp

    try:
        found: datetime = parse_timestamp(value)
        aware = found if found.tzinfo is not None else found.replace(tzinfo=UTC)
        return aware.astimezone(UTC)
    except (ValueError, TypeError, AttributeError, OverflowError, RuntimeError, OSError):
        return None


def within_the_calendar(shape: Shape, value: Any) -> Any:  # noqa: ANN401 - a request's data
    """Return the request with words in the place of moments beyond any calendar, at which botocore itself breaks."""
    if shape.type_name == "structure" and isinstance(value, dict):
        return {
            key: within_the_calendar(shape.members[key], each) if key in shape.members else each
            for key, each in value.items()
        }
    if shape.type_name == "list" and isinstance(value, list):
        return [within_the_calendar(shape.member, each) for each in value]
    if shape.type_name == "timestamp" and _is_beyond(value):
        return f"no moment: {value}"
    return value


def _is_beyond(value: object) -> bool:
    """Does botocore break at this moment, in place of refusing or taking it?"""
    from botocore.utils import parse_to_aware_datetime

    try:
        parse_to_aware_datetime(value).utctimetuple()
    except (TypeError, ValueError, AttributeError):
        return False
    except (OverflowError, RuntimeError, OSError):
        return True
    return False
