"""A measure: what a goal asks for, in one row that everybody reads who speaks of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One row of a registry; each kind of exercise adds how the figure is found and worded."""

    name: str
    """As a goal's file says it."""
    unit: str
    what: str
    """What it is, in words; the page about measures says the same."""
    edge_cases: str = ""
    wanted: bool = False
    """Is it wanted as such? A goal on anything else needs a bound."""


M = TypeVar("M", bound=Measure)


def registry(measures: Iterable[M]) -> Mapping[str, M]:
    """Return the rows by name."""
    return {measure.name: measure for measure in measures}
