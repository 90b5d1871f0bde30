"""An incident: an update that somebody else started, watched live on a clock, acted on or left alone.

The learner's answer is what they send and when. A session is replayed from its start after every action: equal seeds
give equal runs, so the past stays as it was seen and only the future changes.

Measured, in seconds of the simulated clock:
- *time to act*: from the moment at which the outcome could be known to the learner's closing action (deleting the
  configuration that lost); the outcome can be known when the update has ended.
- *time to stop*: from the first harmed request to all traffic back; None while users are still being harmed.
- *verdict*: whether the deleted configuration is the one that does not serve.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from engine.bounds import Bounded
from engine.plan import Plan, Request, Step
from engine.run import Run
from engine.simulate import simulate
from engine.traffic.arrivals import Arrivals
from engine.world import World
from labs.lab import PlanFile, Release
from labs.measures import first_harmed_s, harmed

SPEEDS = (1, 5, 10, 30, 60)
"""Simulated seconds per second on the wall."""

IncidentMeasure = Literal["verdict", "time-to-act", "time-to-stop", "harmed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentGoal(Bounded):
    """One thing that counts in a session."""

    id: str
    title: str
    measure: IncidentMeasure
    at_most: float | None = None
    """Seconds, or requests; not used for the verdict."""
    say: str
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody does in a session with one release: a plan whose steps all come later."""

    release: str
    file: PlanFile
    fails: str | None = None
    """The goal that this near-miss fails; None for a reference answer, which passes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Everything about one incident."""

    id: str
    revision: int
    title: str
    minutes: int
    lesson: str
    brief: str
    """Markdown."""
    debrief: str
    """Markdown, shown after a session."""
    world: World
    releases: tuple[Release, ...]
    """What the colleague's update may bring; a session draws one."""
    plan: PlanFile
    """What the colleague has sent."""
    goals: tuple[IncidentGoal, ...]
    answers: tuple[Answer, ...]
    """The proof: for each release one that passes, and near-misses that fail what they name."""
    speed: int = 10
    """Simulated seconds per second at the start."""

    def release(self, id: str) -> Release:
        """Return the release with this id; KeyError if there is none."""
        return {release.id: release for release in self.releases}[id]

    def begin(self, release: str, seed: int) -> Session:
        """Start a session."""
        brought = self.release(release)
        return Session.begin(self.world.with_model(brought.replaces, brought.model), self.plan.plan, seed)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentResult:
    """One goal in one session."""

    id: str
    title: str
    passed: bool
    measured: float | None
    measured_say: str
    needed: str
    say: str
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentGrade:
    """The verdict over a session."""

    passed: bool
    results: tuple[IncidentResult, ...]
    run: Run


@dataclass(frozen=True, slots=True)
class Session:
    """What has been seen and done so far; every action gives a new session."""

    world: World
    plan: Plan
    seed: int
    run: Run

    @classmethod
    def begin(cls, world: World, plan: Plan, seed: int) -> Session:
        """Start the clock with the update that somebody else has sent."""
        return cls(world, plan, seed, simulate(world, plan, seed))

    def act(self, t: float, request: Request) -> Session:
        """Send a request at `t` seconds of the run; what was before stays as it was."""
        step = Step(request=request, after_s=max(0.0, t - self.world.update_at_s))
        plan = Plan((*self.plan.steps, step))
        return replace(self, plan=plan, run=simulate(self.world, plan, self.seed))

    @property
    def closing_action(self) -> tuple[float, str] | None:
        """When the first configuration was deleted, and which; None until then."""
        return next(
            (
                (event.t, str(event.detail["config"]))
                for event in self.run.events
                if event.what == "DeleteEndpointConfig"
            ),
            None,
        )


def close(session: Session, goals: tuple[IncidentGoal, ...]) -> IncidentGrade:
    """Grade a session that the learner has ended."""
    without = simulate(session.world, Plan(), session.seed, arrivals=Arrivals(session.world.workload, session.seed))
    first = first_harmed_s(session.world, session.run, without.requests)
    figures: Mapping[IncidentMeasure, float | None] = {
        "verdict": _verdict(session),
        "time-to-act": _time_to_act(session),
        "time-to-stop": _time_to_stop(session, first),
        "harmed": float(harmed(session.run.requests, without.requests)),
    }
    results = tuple(_judge(goal, figures[goal.measure]) for goal in goals)
    return IncidentGrade(passed=all(result.passed for result in results), results=results, run=session.run)


def _verdict(session: Session) -> float | None:
    """Return 1 if the configuration that lost was deleted, 0 if it was the one that serves, None if none was."""
    action = session.closing_action
    if action is None:
        return None
    return float(action[1] != session.run.endpoint["EndpointConfigName"])


def _time_to_act(session: Session) -> float | None:
    action, ended = session.closing_action, session.run.update_ended_s
    if action is None or ended is None:
        return None
    return max(0.0, action[0] - ended)


def _time_to_stop(session: Session, first_harmed: float | None) -> float | None:
    """Return 0 where nobody was harmed, None where it never stopped."""
    if first_harmed is None:
        return 0.0
    old = session.world.endpoint.endpoint_config_name
    back = [c.t for c in session.run.traffic if c.t > first_harmed and c.shares.get(old, 0.0) > 0.999]
    return back[0] - first_harmed if back else None


_SAID: Mapping[IncidentMeasure, str] = {
    "verdict": "the configuration that lost was deleted",
    "time-to-act": "{:,.0f} s after the update had ended",
    "time-to-stop": "{:,.0f} s of harm",
    "harmed": "{:,.0f} requests harmed",
}


def _judge(goal: IncidentGoal, figure: float | None) -> IncidentResult:
    if goal.measure == "verdict":
        passed = figure == 1
        said = {None: "none was deleted", 0.0: "the one in service was deleted"}.get(figure, _SAID["verdict"])
        needed = _SAID["verdict"]
    else:
        limit = goal.at_most if goal.at_most is not None else 0.0
        passed = figure is not None and figure <= limit
        said = "never" if figure is None else _SAID[goal.measure].format(figure)
        needed = f"at most {_SAID[goal.measure].format(limit)}"
    return IncidentResult(
        id=goal.id,
        title=goal.title,
        passed=passed,
        measured=figure,
        measured_say=said,
        needed=needed,
        say="" if passed else goal.say,
        hints=goal.hints,
    )


def prove(incident: Incident) -> Iterator[str]:
    """Yield a sentence for everything that does not hold: references pass, near-misses fail exactly what they name,
    and doing nothing never passes."""
    for release in incident.releases:
        if close(incident.begin(release.id, 0), incident.goals).passed:
            yield f"doing nothing passes with release {release.id}; an incident must ask for something"
        if not any(answer.fails is None and answer.release == release.id for answer in incident.answers):
            yield f"release {release.id} has no answer that passes; write one"
    for answer in incident.answers:
        verdict = close(replay(incident, answer.release, answer.file.plan, 0), incident.goals)
        failed = [result.id for result in verdict.results if not result.passed]
        if failed != ([answer.fails] if answer.fails else []):
            yield f"{answer.file.name} must fail {answer.fails or 'nothing'}, it fails {failed or 'nothing'}"


def replay(incident: Incident, release: str, actions: Plan, seed: int) -> Session:
    """Return the session in which these actions were taken at their times."""
    session = incident.begin(release, seed)
    for step in sorted(actions.steps, key=lambda step: step.after_s):
        session = session.act(session.world.update_at_s + step.after_s, step.request)
    return session
