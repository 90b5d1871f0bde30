"""Requests as plain data, and fields that may hold nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Raw = Mapping[str, Any]
"""A request, or a part of one."""
Written = dict[str, Any]


def present(**fields: object) -> Written:
    """Return the fields that are not None, so that a default applies to the rest."""
    return {name: value for name, value in fields.items() if value is not None}
