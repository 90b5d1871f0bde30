"""What the program remembers of this sitting: things that are too big for the history, or not yet worth it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.plan_text import CheckedPlan
    from course.tui.lab.run.choice import RunChoice
    from course.tui.widgets.question.state import QuestionState
    from labs.film.film import Film
    from labs.grade import Grade
    from labs.prediction import Values


@dataclass(frozen=True, slots=True)
class LastGrade:
    """A grade, and the plan that got it."""

    grade: Grade
    checked: CheckedPlan
    attempt: int
    """From 1."""


@dataclass(frozen=True, slots=True)
class LastRun:
    """A run of the learner's plan, and where they were in it."""

    choice: RunChoice
    film: Film
    t: float
    foretold: tuple[Values, Values] | None = None
    """What was said of it before, and what happened."""


@dataclass(slots=True)
class LabMemory:
    """A lab as it was left."""

    grade: LastGrade | None = None
    run: LastRun | None = None
    hints: dict[str, int] = field(default_factory=dict)
    """By goal: how many hints were shown since the last grade."""


@dataclass(slots=True)
class Memory:
    """Questions and labs as they were left, by id; for as long as the program runs."""

    questions: dict[str, QuestionState] = field(default_factory=dict)
    labs: dict[str, LabMemory] = field(default_factory=dict)
