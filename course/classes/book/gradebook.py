"""The gradebook as values: equal for the same submissions, in whatever order and by however many they were graded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from course.classes.answers import Answers, Exam
from course.classes.grading.alike import Alike
from course.classes.grading.outcome import Outcome
from course.classes.grading.sent import Sent
from course.classes.learners import Note
from labs.exercise.goal import Goal


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalHeld:
    """A goal of an exercise, and what it holds its figure against."""

    id: str
    title: str
    unit: str
    at_most: float | None
    at_least: float | None
    """In the unit of the figure; where the goal is wanted as such, the share of runs that it takes."""

    @classmethod
    def of(cls, goal: Goal) -> GoalHeld:
        """Return the goal of a lab or an incident."""
        measure = goal.measures[goal.measure]
        least: float | None = getattr(goal, "at_least", None)
        if measure.wanted and goal.at_most is None and least is None:
            least = getattr(goal, "in_", 1.0)
        return cls(id=goal.id, title=goal.title, unit=measure.unit, at_most=goal.at_most, at_least=least)


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A plan that a lab knows to look right, and who came near it."""

    plan: str
    """The name of its file."""
    goal: str
    """The id of the goal that it fails."""
    same: tuple[str, ...]
    """Learners whose plan sends the same."""
    failing: tuple[str, ...]
    """Learners whose plan fails this goal and no other, by whatever means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """An exercise of the class."""

    id: str
    kind: Literal["lab", "incident"]
    title: str
    seeds: int
    """Those of this gradebook."""
    goals: tuple[GoalHeld, ...]
    asked_seeds: int = 1
    """Those that the exercise asks for: on fewer, chance passes more."""
    near_misses: tuple[NearMiss, ...] = ()
    alike: tuple[Alike, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a learner's plan for an exercise does."""

    at: datetime
    """When the learner graded it, as the file claims."""
    late: bool
    outcome: Outcome
    claimed: bool
    """Does the file say that it passed?"""
    claimed_score: float | None

    @property
    def differs(self) -> bool:
        """Does it come out otherwise than the file says?"""
        return self.claimed != self.outcome.passed


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One learner."""

    learner: str
    file: str
    at: datetime
    """When the file was written, as it claims."""
    late: bool
    version: str
    results: Mapping[str, Result]
    """By exercise; those that nothing was handed in for are not in it."""
    answers: Answers
    exams: tuple[Exam, ...] = ()

    @property
    def passed(self) -> int:
        """How many exercises are passed."""
        return sum(result.outcome.passed for result in self.results.values())

    def score(self, exercises: Sequence[Graded]) -> float:
        """Return the mean over the exercises, 0 to 100; what was not handed in counts 0."""
        got = sum(result.outcome.score for result in self.results.values())
        return round(got / len(exercises), 1) if exercises else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gradebook:
    """A class."""

    course: str
    version: str
    which: str
    """Which plan of several counts: `best` or `last`."""
    due: datetime | None
    exercises: tuple[Graded, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = field(default=())

    def scores(self, exercise: str) -> list[float]:
        """Return the scores of those who have handed something in."""
        return [row.results[exercise].outcome.score for row in self.rows if exercise in row.results]


def near_misses(known: Iterable[tuple[str, str, Sent]], outcomes: Mapping[str, Outcome]) -> tuple[NearMiss, ...]:
    """Return who came near the near-misses of a lab, given by name, goal and what they send; `outcomes` by learner."""
    found = []
    for plan, goal, sends in known:
        same = tuple(sorted(name for name, outcome in outcomes.items() if outcome.sent == sends))
        failing = tuple(sorted(name for name, outcome in outcomes.items() if outcome.missed == {goal}))
        found.append(NearMiss(plan=plan, goal=goal, same=same, failing=failing))
    return tuple(found)
