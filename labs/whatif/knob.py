"""One number of a plan, and the values that are worth trying in its place."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from engine.aws.checking import accepts
from engine.aws.translation.writing import write_plan
from engine.errors import WrongValues
from engine.plan import Plan, Request
from engine.world import World

Of = Literal["guard", "load", "job"]
"""What a knob is about: how an update is watched and carried out, how requests are worked on, or records in a job."""
POINTS = 7
"""Points of a curve at most, the learner's own among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knob:
    """One number of a plan and the values to try."""

    id: str
    title: str
    unit: str
    current: float
    values: tuple[float, ...]
    """Increasing; `current` is one of them."""
    turned: Callable[[float], Plan]
    """The plan with this value in place."""
    path: tuple[str, ...]
    """The end of the value's path within its request, in AWS's names."""
    of: Of = "guard"
    """Which figures its curve shows."""


def knob(
    world: World,
    *,
    id: str,
    title: str,
    unit: str = "",
    current: float,
    tried: Iterable[float],
    turned: Callable[[float], Plan],
    path: tuple[str, ...],
    meaning: Callable[[float], Hashable] = lambda value: value,
    of: Of = "guard",
) -> Knob:
    """Return the knob with the values nearest to the current one that AWS accepts; of each meaning one."""
    values: dict[Hashable, float] = {}
    for value in sorted({current, *tried}, key=lambda each: (abs(each - current), each)):
        if len(values) < POINTS and meaning(value) not in values and _possible(turned, value, world):
            values[meaning(value)] = value
    points = tuple(sorted(values.values()))
    return Knob(id=id, title=title, unit=unit, current=current, values=points, turned=turned, path=path, of=of)


def around(current: int, least: int = 1) -> range:
    """Return the whole numbers from `least` on that are near enough to be points of a curve."""
    return range(max(least, current - POINTS), current + POINTS + 1)


def multiples(current: float) -> tuple[float, ...]:
    """Return numbers from a tenth to ten times the current one; beside 0 those around 1."""
    base = current or 1.0
    tried = (base / 10, base / 4, base / 2, base * 2, base * 4, base * 10)
    return tuple(value for value in tried if math.isfinite(value))


def accepted(plan: Plan, world: World) -> bool:
    """Would AWS take the plan in this world?"""
    return accepts(write_plan(plan), world)


def _possible(turned: Callable[[float], Plan], value: float, world: World) -> bool:
    """Is there such a plan, and would AWS take it? Some values lie beyond what a request can hold."""
    try:
        return accepted(turned(value), world)
    except WrongValues:
        return False


def swapped(plan: Plan, old: Request, new: Request) -> Plan:
    """Return the plan in which one request has been replaced."""
    return Plan(tuple(replace(step, request=new) if step.request is old else step for step in plan.steps))
