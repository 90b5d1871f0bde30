"""An incident: an update that somebody else started, watched live on a clock, acted on or left alone.

The learner's answer is what they send and when. While it lasts it is `ongoing`; what is graded, kept and replayed is
the session here, a value.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from engine.plan import Plan, Step
from engine.requests.sagemaker import UpdateEndpoint
from engine.run import Event, Run
from engine.simulate import OnProgress, simulate
from engine.world import World
from labs.exercise.exercise import Exercise, PlanFile, Release
from labs.exercise.goal import Goal, one_of
from labs.exercise.measure import Measure
from labs.incidents.measures import MEASURES

Speed = Literal[1, 5, 10, 30, 60]
"""Simulated seconds per second on the wall."""
SPEEDS: tuple[Speed, ...] = (1, 5, 10, 30, 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentGoal(Goal):
    """One thing that counts in a session."""

    measures: ClassVar[Mapping[str, Measure]] = MEASURES

    measure: str = one_of(MEASURES)
    """What is measured; docs/measures.md lists all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody does in a session with one release: a plan whose steps all come later."""

    release: str
    file: PlanFile
    fails: str | None = None
    """The goal that this near-miss fails; None for a reference answer, which passes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident(Exercise):
    """Everything about one incident; a session draws one of the releases, which the colleague's update brings."""

    goals: tuple[IncidentGoal, ...]
    plan: PlanFile
    """What the colleague has sent; it holds an UpdateEndpoint."""
    answers: tuple[Answer, ...]
    """The proof: for each release one that passes, and near-misses that fail what they name."""
    speed: Speed = 10
    """At the start."""

    @property
    def update(self) -> UpdateEndpoint | None:
        """What it is about: the colleague's first update of the world's endpoint."""
        return self.plan.plan.update_of(self.world.endpoint.endpoint_name)

    @property
    def rollback_alarms(self) -> tuple[str, ...]:
        """The alarms that the colleague's update obeys."""
        update = self.update
        return update.deployment_config.alarms if update and update.deployment_config else ()

    @property
    def found(self) -> World:
        """The world as the learner finds it: with the alarms and configurations that the colleague brought along."""
        return found(self.world, self.plan.plan)

    def reference(self, release: str) -> Answer | None:
        """Return the answer to a release that passes."""
        return next((each for each in self.answers if each.release == release and each.fails is None), None)


def found(world: World, sent: Plan) -> World:
    """Return the world with the alarms and configurations that somebody's plan brought along."""
    return replace(world, alarms=(*world.alarms, *sent.metric_alarms), configs=(*world.configs, *sent.configs))


def drawn(incident: Incident, attempts: int) -> tuple[str, int]:
    """Return the release and the seed of the next session: all releases come up before one comes again, in an order
    that only looks like chance."""
    turn, place = divmod(attempts, len(incident.releases))

    def lot(release: Release) -> bytes:
        return hashlib.sha256(f"{incident.id}/{turn}/{release.id}".encode()).digest()

    return sorted(incident.releases, key=lot)[place].id, attempts


@dataclass(frozen=True, slots=True)
class Session:
    """What has been seen and done, up to the end of its run."""

    incident: Incident
    release: Release
    seed: int
    actions: tuple[Step, ...]
    """What the learner has sent."""
    run: Run

    @property
    def world(self) -> World:
        """The world with the release in it."""
        return self.incident.world_with(self.release)

    @property
    def plan(self) -> Plan:
        """What the colleague has sent, then what the learner has."""
        return Plan((*self.incident.plan.plan.steps, *self.actions))

    @property
    def deletions(self) -> tuple[Event, ...]:
        """The configurations that were deleted, in order; the first one is the closing action."""
        return tuple(event for event in self.run.events if event.what == "DeleteEndpointConfig")


def replay(
    incident: Incident, release: str, actions: Plan, seed: int, on_progress: OnProgress | None = None
) -> Session:
    """Return the session in which the plan's steps were taken at their times after the update's start; KeyError for an
    unknown release."""
    drawn_one, taken = incident.release(release), tuple(sorted(actions.steps, key=lambda step: step.after_s))
    plan = Plan((*incident.plan.plan.steps, *taken))
    run = simulate(incident.world_with(drawn_one), plan, seed, on_progress=on_progress)
    return Session(incident, drawn_one, seed, taken, run)
