"""The catalogue as it stands in `catalogue.json`: dated figures, each with its source (spec inference 3.4, 4, 6).

Every row of the file names its source, and the file says of every source what it is and whether AWS stands behind its
figures. A figure that nobody has is null there and None here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from."""

    what: str
    verified: bool
    """False for figures that only third parties give."""


@cache
def whole_file() -> Mapping[str, Any]:
    """Return the file as plain data, read once."""
    text = files("engine.catalogue").joinpath("catalogue.json").read_text(encoding="utf-8")
    data: Mapping[str, Any] = json.loads(text)
    return data


def source(name: str | None) -> Source | None:
    """Return the source of that name; None stands for a figure that nobody has."""
    return None if name is None else Source(**whole_file()["sources"][name])


def collected() -> str:
    """Return the month in which the figures were collected, such as 2026-11."""
    month: str = whole_file()["collected"]
    return month
