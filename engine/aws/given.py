"""Requests as plain data, without the fields that hold nothing."""

from __future__ import annotations

from typing import Any

Written = dict[str, Any]


def given(**fields: object) -> Written:
    """Return the fields that are not None."""
    return {name: value for name, value in fields.items() if value is not None}
