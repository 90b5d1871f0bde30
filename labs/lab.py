"""A lab as a value: hidden releases that a plan meets, goals over many seeds, and the proof that the lab works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from engine.bounds import bounded
from labs.exercise.exercise import Exercise, PlanFile
from labs.exercise.goal import Goal, one_of
from labs.exercise.measure import Measure
from labs.measures.registry import MEASURES


@dataclass(frozen=True, slots=True, kw_only=True)
class LabGoal(Goal):
    """One thing that a plan must achieve on a release, over all seeds."""

    measures: ClassVar[Mapping[str, Measure]] = MEASURES
    bounds: ClassVar[tuple[str, ...]] = ("at_most", "at_least")

    measure: str = one_of(MEASURES)
    """What is measured; docs/measures.md lists all."""
    release: str
    """On which release."""
    at_least: float | None = bounded(None, low=0)
    """In the measure's unit."""
    in_: float = bounded(0.95, above=0, high=1)
    """Share of the seeds in which the bound must hold; `in` in YAML."""

    def holds(self, figure: float | None) -> bool:
        """Does the figure lie within the bounds? Never, which is None, does not."""
        if figure is None:
            return False
        return (self.at_most is None or figure <= self.at_most) and (self.at_least is None or figure >= self.at_least)


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A plan that looks right and fails exactly one goal."""

    file: PlanFile
    fails: str
    """The goal's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lab(Exercise):
    """Everything about one lab."""

    goals: tuple[LabGoal, ...]
    start: PlanFile
    reference: PlanFile
    near_misses: tuple[NearMiss, ...]
    seeds: int = 20
    """Seeds that a grade runs; they are 0 to seeds - 1."""

    @property
    def serves(self) -> bool:
        """Is it about serving what comes, and not about a new version?"""
        return all(release.expect == "served" for release in self.releases)

    @property
    def measured(self) -> tuple[str, ...]:
        """The measures that its goals ask for, in their order."""
        return tuple(dict.fromkeys(goal.measure for goal in self.goals))
