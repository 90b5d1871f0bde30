"""What became of a plan that was graded again, as plain values that are kept and compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Status = Literal["graded", "refused", "not graded"]
"""`refused`: AWS would not accept it, so nothing could run; `not graded`: it met a limit, or something broke."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalFigure:
    """A goal, and what was measured."""

    id: str
    passed: bool
    measured: float | None
    """In the measure's unit; None: never."""
    say: str
    """The same for people."""
    needed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a plan does."""

    status: Status
    why: str = ""
    """Where it was not graded, a sentence."""
    passed: bool = False
    score: float = 0.0
    """0 to 100; of an incident, the share of its goals."""
    goals: tuple[GoalFigure, ...] = ()
    sent: tuple[tuple[str, str], ...] = ()
    """What it sends once names, order and comments are taken away: a place and a value each; see `alike`."""

    @property
    def missed(self) -> frozenset[str]:
        """The goals that it does not meet."""
        return frozenset(goal.id for goal in self.goals if not goal.passed)


def as_data(outcome: Outcome) -> dict[str, Any]:
    """Return it as JSON has it."""
    return asdict(outcome)


def from_data(data: Mapping[str, Any]) -> Outcome:
    """Return what `as_data` has written; KeyError, TypeError or ValueError if it is none."""
    if data["status"] not in ("graded", "refused", "not graded"):
        raise ValueError(f"no such status: {data['status']!r}")
    return Outcome(
        status=data["status"],
        why=str(data["why"]),
        passed=data["passed"] is True,
        score=float(data["score"]),
        goals=tuple(_goal(goal) for goal in data["goals"]),
        sent=tuple((str(place), str(value)) for place, value in data["sent"]),
    )


def _goal(data: Mapping[str, Any]) -> GoalFigure:
    measured = data["measured"]
    return GoalFigure(
        id=str(data["id"]),
        passed=data["passed"] is True,
        measured=None if measured is None else float(measured),
        say=str(data["say"]),
        needed=str(data["needed"]),
    )
