"""A lab as a value: a world, hidden releases, goals, and the proof that the lab works."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from engine.bounds import Bounded, bounded
from engine.errors import Wrong
from engine.plan import Plan
from engine.serving.model import Model
from engine.world import World

Expectation = Literal["promoted", "rolled-back"]
MeasureName = Literal[
    "promoted",
    "rolled-back",
    "harmed",
    "blast-radius",
    "exposed",
    "time-to-detect",
    "time-to-recover",
    "false-rollback",
    "missed",
    "duration",
    "extra-instance-minutes",
    "cost",
]
"""Defined, with units and edge cases, in `labs.measures.one_run`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(Bounded):
    """A new version that the learner's plan meets unseen; it replaces one model of the world."""

    id: str
    replaces: str
    """The model's name in the world."""
    model: Model
    expect: Expectation
    """How a good plan ends on it."""
    say: str
    """What was the matter with it; shown only with the grade."""


def lacks_bound(measure: str, *bounds: object) -> str | None:
    """Return what to say of a goal whose bounds are all None; only outcomes that are wanted need none."""
    if measure in ("promoted", "rolled-back") or any(bound is not None for bound in bounds):
        return None
    return f"or `at_least` must be given; a goal on {measure} needs a bound"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(Bounded):
    """One thing that a plan must achieve, over all seeds."""

    id: str
    title: str
    measure: MeasureName
    release: str
    at_most: float | None = bounded(None, low=0)
    at_least: float | None = bounded(None, low=0)
    in_: float = bounded(0.95, above=0, high=1)
    """Share of the seeds in which the bound must hold; `in` in YAML."""
    say: str
    """What a good teacher says when it is missed."""
    hints: tuple[str, ...] = ()
    """From nudge to near-solution."""

    def wrongs(self) -> Iterator[Wrong]:
        """Yield also a goal that every plan would meet."""
        yield from super(Goal, self).wrongs()
        if say := lacks_bound(self.measure, self.at_most, self.at_least):
            yield Wrong("at_most", say)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """A plan as its author wrote it, and as the engine reads it."""

    name: str
    text: str
    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A plan that looks right and fails exactly one goal."""

    file: PlanFile
    fails: str
    """The goal's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lab:
    """Everything about one lab."""

    id: str
    revision: int
    title: str
    minutes: int
    lesson: str
    """The id of the lesson that it belongs to."""
    brief: str
    """Markdown."""
    debrief: str
    """Markdown, shown after passing."""
    world: World
    releases: tuple[Release, ...]
    start: PlanFile
    reference: PlanFile
    near_misses: tuple[NearMiss, ...]
    goals: tuple[Goal, ...]
    seeds: int = 20
    """Seeds that a grade runs; they are 0 to seeds - 1."""

    def release(self, id: str) -> Release:
        """Return the release with this id; KeyError if there is none."""
        return {release.id: release for release in self.releases}[id]

    def world_with(self, release: Release) -> World:
        """Return the world in which the new model is this release."""
        return self.world.with_model(release.replaces, release.model)
