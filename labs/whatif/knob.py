"""One number of a plan, and the values that are worth trying in its place."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace

from engine.aws.checking import accepts
from engine.aws.translation.writing import write_plan
from engine.plan import Plan, Request
from engine.world import World

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
) -> Knob:
    """Return the knob with the values nearest to the current one that AWS accepts; of each meaning one."""
    values: dict[Hashable, float] = {}
    for value in sorted({current, *tried}, key=lambda each: (abs(each - current), each)):
        if len(values) < POINTS and meaning(value) not in values and accepted(turned(value), world):
            values[meaning(value)] = value
    points = tuple(sorted(values.values()))
    return Knob(id=id, title=title, unit=unit, current=current, values=points, turned=turned, path=path)


def around(current: int) -> range:
    """Return the whole numbers from 1 that are near enough to be points of a curve."""
    return range(max(1, current - POINTS), current + POINTS + 1)


def accepted(plan: Plan, world: World) -> bool:
    """Would AWS take the plan in this world?"""
    return accepts(write_plan(plan), world)


def swapped(plan: Plan, old: Request, new: Request) -> Plan:
    """Return the plan in which one request has been replaced."""
    return Plan(tuple(replace(step, request=new) if step.request is old else step for step in plan.steps))
