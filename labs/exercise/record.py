"""What stays of a verdict, as plain values: for programs, and for the learner's history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from labs.exercise.goal import GoalResult


class Verdict(Protocol):
    """What every kind of exercise ends in."""

    @property
    def passed(self) -> bool:
        """Are all goals met?"""

    @property
    def goals(self) -> Sequence[GoalResult]:
        """The goals, in the exercise's order."""


def goal_views(verdict: Verdict) -> list[dict[str, Any]]:
    """Return the goals as other programs may rely on them, with the first hint of a missed one; the others are for
    those who ask."""
    return [_goal_view(goal) for goal in verdict.goals]


def _goal_view(goal: GoalResult) -> dict[str, Any]:
    written = asdict(goal)
    hints = written.pop("hints")
    return written | {"hint": hints[0] if hints and not goal.passed else ""}


def kept(verdict: Verdict, view: Mapping[str, Any], *, revision: int, version: str, **own: object) -> dict[str, Any]:
    """Return what the history keeps: the verdict, and of its `own` what is needed to come to it again."""
    goals = {goal.id: goal.passed for goal in verdict.goals}
    written = {"passed": verdict.passed, "goals": goals, "version": version, "revision": revision}
    return written | own | {"grade": view}
