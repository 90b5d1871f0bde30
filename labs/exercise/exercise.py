"""What every exercise holds: texts, a world with hidden releases, and goals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.bounds import Bounded
from engine.plan import Plan
from engine.serving.model import Model
from engine.world import World
from labs.exercise.goal import Goal

Expectation = Literal["promoted", "rolled-back"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(Bounded):
    """A new version that is met unseen; it replaces one model of the world."""

    id: str
    replaces: str
    """The model's name in the world."""
    model: Model
    expect: Expectation
    """How a good update to it ends."""
    say: str
    """What was the matter with it; shown only with the grade."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """A plan as its author wrote it, and as the engine reads it."""

    name: str
    text: str
    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """What all kinds have; how a learner answers, and what proves the exercise, is the kind's own."""

    id: str
    revision: int
    title: str
    minutes: int
    lesson: str
    """The id of the lesson that it belongs to."""
    brief: str
    """Markdown."""
    debrief: str
    """Markdown, shown when it is over."""
    world: World
    releases: tuple[Release, ...]
    goals: tuple[Goal, ...]

    def release(self, id: str) -> Release:
        """Return the release with this id; KeyError if there is none."""
        return {release.id: release for release in self.releases}[id]

    def world_with(self, release: Release) -> World:
        """Return the world in which the new model is this release."""
        return self.world.with_model(release.replaces, release.model)
