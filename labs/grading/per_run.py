"""A plan for each run of a grade, by somebody who looks and reacts: a script sends other requests to other releases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.plan import Plan


@dataclass(frozen=True, slots=True)
class PerRun:
    """What was sent in each run, by release and seed."""

    plans: Mapping[tuple[str, int], Plan]


Given = Plan | PerRun
"""What is graded: one plan for all runs, or one for each."""


def sent_in(given: Given, release: str, seed: int) -> Plan:
    """Return the plan of a run; KeyError if there is none for it."""
    return given.plans[release, seed] if isinstance(given, PerRun) else given
