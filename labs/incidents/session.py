"""An incident: an update that somebody else started, watched live on a clock, acted on or left alone.

The learner's answer is what they send and when. A session is simulated again from its start after every action: equal
seeds give equal runs, so the past stays as it was seen and only the future changes.

A run that goes on only as far as the clock gives the same (tests/labs/test_incident_live.py), and would be dearer: all
of a run takes 12 ms, once for each action; to freeze one that goes on takes half a millisecond and its film another,
ten times a second for as long as somebody looks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from engine.plan import Plan, Request, Step
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

    def begin(self, release: str, seed: int) -> Session:
        """Start a session; KeyError for an unknown release."""
        return Session.of(self, self.release(release), seed)


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
    """What has been seen and done so far; every action gives a new session."""

    incident: Incident
    release: Release
    seed: int
    actions: tuple[Step, ...]
    """What the learner has sent."""
    run: Run

    @classmethod
    def of(
        cls,
        incident: Incident,
        release: Release,
        seed: int,
        actions: Iterable[Step] = (),
        on_progress: OnProgress | None = None,
    ) -> Session:
        """Return the session in which these actions were taken at their times."""
        taken = tuple(sorted(actions, key=lambda step: step.after_s))
        world = incident.world_with(release)
        plan = Plan((*incident.plan.plan.steps, *taken))
        return cls(incident, release, seed, taken, simulate(world, plan, seed, on_progress=on_progress))

    @property
    def world(self) -> World:
        """The world with the release in it."""
        return self.incident.world_with(self.release)

    @property
    def plan(self) -> Plan:
        """What the colleague has sent, then what the learner has."""
        return Plan((*self.incident.plan.plan.steps, *self.actions))

    def act(self, t: float, request: Request) -> Session:
        """Send a request at `t` seconds of the run; before the update it is sent together with it."""
        step = Step(request=request, after_s=max(0.0, t - self.incident.world.update_at_s))
        return Session.of(self.incident, self.release, self.seed, (*self.actions, step))

    @property
    def refusals(self) -> tuple[Event, ...]:
        """What the service answered to requests that it did not take, in order."""
        return tuple(event for event in self.run.events if event.is_refusal)

    def refusal(self, before: Session) -> str | None:
        """Return why the last action, taken in the session `before`, was refused; None if it was not."""
        new = self.refusals[len(before.refusals) :]
        return new[-1].say if new else None

    @property
    def deletions(self) -> tuple[Event, ...]:
        """The configurations that were deleted, in order; the first one is the closing action."""
        return tuple(event for event in self.run.events if event.what == "DeleteEndpointConfig")


def replay(
    incident: Incident, release: str, actions: Plan, seed: int, on_progress: OnProgress | None = None
) -> Session:
    """Return the session in which the plan's steps were taken at their times after the update's start."""
    return Session.of(incident, incident.release(release), seed, actions.steps, on_progress)
