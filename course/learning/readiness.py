"""Is the learner ready for an exam? And were such predictions right until now?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from course.history import Event
from course.learning.reviews import Reviews
from quiz.mastery.calibration import Bin

if TYPE_CHECKING:
    from course.syllabus import QuestionCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """How likely an exam would be passed today."""

    profile: str
    p_pass: float
    low: float
    high: float
    """90 % of what is likely lies between low and high."""
    enough: bool
    """Does the evidence suffice? If not, no number should be shown."""
    why: str
    """What is missing, or what the estimate rests on: a sentence."""


class Domain(Protocol):
    """A part of an exam, as `quiz.exams.profile` has it."""

    @property
    def id(self) -> str:
        """Its name in data."""

    @property
    def title(self) -> str:
        """Its name for people."""

    @property
    def weight(self) -> float:
        """Its share of the scored questions; only the ratios between weights matter."""

    @property
    def objectives(self) -> Sequence[str]:
        """The objectives that belong to it."""


class Profile(Protocol):
    """An exam, as `quiz.exams.profile` has it."""

    @property
    def id(self) -> str:
        """Its name in data."""

    @property
    def questions(self) -> int:
        """How many it has, the unscored ones among them."""

    @property
    def unscored(self) -> int:
        """How many do not count."""

    @property
    def pass_mark(self) -> int | None:
        """On the scale from 100 to 1000; None where none is published."""

    @property
    def domains(self) -> Sequence[Domain]:
        """Its parts."""


def readiness(profile: Profile, cards: Iterable[QuestionCard], reviews: Reviews, now: datetime) -> Readiness:
    """Return how likely an exam of a profile would be passed now."""
    raise NotImplementedError


def calibration(events: Iterable[Event]) -> tuple[Bin, ...]:
    """Return what the program predicted before each answer, in bins, beside what came of it."""
    raise NotImplementedError


def brier(events: Iterable[Event]) -> float | None:
    """Return the Brier score of the predictions, the mean of squared errors; None while there are none."""
    raise NotImplementedError
