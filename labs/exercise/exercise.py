"""What every exercise holds: texts, a world with hidden releases, and goals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from engine.batch.objects import S3Objects
from engine.bounds import Bounded
from engine.errors import Wrong
from engine.plan import Plan
from engine.serving.model import Model
from engine.traffic.workload import Workload
from engine.world import World
from labs.exercise.goal import Goal

Expectation = Literal["promoted", "rolled-back", "served"]
"""`served`: no new version has to prove itself; what counts is how well requests and jobs of that day are served."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(Bounded):
    """What is met unseen: a new version that replaces one model of the world, or a day with its own load."""

    id: str
    """Of letters, digits and hyphens; goals name it."""
    replaces: str = ""
    """The model's name in the world; empty where all models stay."""
    model: Model | None = None
    """How the new version behaves."""
    workload: Workload | None = None
    """The requests of that day; None: those of the world."""
    inputs: tuple[S3Objects, ...] | None = None
    """What lies in S3 on that day; None: what lies there in the world."""
    expect: Expectation
    """How a good update to it ends."""
    say: str
    """What was the matter with it; shown only with the grade."""

    def wrongs(self) -> Iterator[Wrong]:
        """Yield also a model that replaces none, and a new version that is no other than the old one."""
        yield from super(Release, self).wrongs()
        if bool(self.replaces) != (self.model is not None):
            yield Wrong("replaces", "and `model` belong together: which model of the world it is, and how it behaves")
        elif self.model is None and self.expect != "served":
            yield Wrong("model", f"must be given: what is expected to be {self.expect} is a new version")


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
        world = self.world if release.model is None else self.world.with_model(release.replaces, release.model)
        workload, inputs = release.workload or world.workload, release.inputs
        return replace(world, workload=workload, inputs=world.inputs if inputs is None else inputs)
