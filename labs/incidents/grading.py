"""The verdict over a session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.plan import Plan
from engine.simulate import OnProgress, simulate
from labs.exercise.goal import GoalResult
from labs.incidents.measures import MEASURES, Figure
from labs.incidents.session import IncidentGoal, Session
from labs.measures.trial import Trial


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentGrade:
    """The verdict over a session."""

    passed: bool
    goals: tuple[GoalResult, ...]
    session: Session


def close(session: Session, on_progress: OnProgress | None = None) -> IncidentGrade:
    """Grade a session that the learner has ended; what follows by itself, such as a rollback, still counts."""
    found = figures(session, on_progress)
    goals = tuple(_judge(goal, found[goal.measure], session) for goal in session.incident.goals)
    return IncidentGrade(passed=all(goal.passed for goal in goals), goals=goals, session=session)


def figures(session: Session, on_progress: OnProgress | None = None) -> Mapping[str, Figure]:
    """Return everything that is measured in a session, by the measures' names."""
    without = simulate(session.world, Plan(), session.seed, series=False, on_progress=on_progress).requests
    trial = Trial.of(session.world, session.run, without)
    return {name: measure.of(session, trial) for name, measure in MEASURES.items()}


def _judge(goal: IncidentGoal, figure: Figure, session: Session) -> GoalResult:
    return GoalResult.of(
        goal,
        passed=goal.holds(figure.value),
        measured=figure.value,
        measured_say=figure.say,
        needed=MEASURES[goal.measure].needed(session, goal.at_most or 0.0),
    )
