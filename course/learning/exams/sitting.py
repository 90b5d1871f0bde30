"""An exam that was begun: what was answered by when, and how much time is left.

The clock is the wall's, in UTC, and goes on while the program is closed, as it does in a test centre. What has passed
is reckoned by the latest moment that the sitting has seen, so a clock that goes back gives no time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from quiz.exams.draw import Drawn
from quiz.questions import Answer

Why = Literal["handed-in", "time"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSet:
    """A practical task of a sitting, as its profile had it when it began."""

    lab: str
    domain: str = ""
    counts: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The end of a sitting, and how it was judged then."""

    at: datetime
    why: Why
    right: Mapping[str, bool]
    """By question; those that were not answered are not in it, and are wrong."""
    tasks: Mapping[str, bool] = field(default_factory=dict)
    """By lab: was it passed?"""
    gone: frozenset[str] = frozenset()
    """Questions and labs that were not there any more: they could not be judged, and do not count."""
    revisions: Mapping[str, int] = field(default_factory=dict)
    """Of the questions as they were judged."""
    unsure: frozenset[str] = frozenset()
    """Questions whose answers the program could not judge; until the learner has, they count as wrong."""
    judged: Mapping[str, bool] = field(default_factory=dict)
    """What the learner said of them; `right` says the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """An exam that was begun."""

    id: str
    profile: str
    revision: int
    """The profile's when it began; 0: not known."""
    seed: int
    begun: datetime
    minutes: int
    drawn: tuple[Drawn, ...]
    tasks: tuple[TaskSet, ...] = ()
    missing: Mapping[str, int] = field(default_factory=dict)
    """By domain: questions that the bank did not have."""
    pass_mark: int | None = None
    revisions: Mapping[str, int] = field(default_factory=dict)
    """Of the questions when it began."""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    plans: Mapping[str, str] = field(default_factory=dict)
    """By lab."""
    flags: frozenset[str] = frozenset()
    struck: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By question: the options that the learner has ruled out."""
    notes: Mapping[str, str] = field(default_factory=dict)
    last: str = ""
    """The question or lab that was last touched."""
    seen: datetime
    """The latest moment of any of its events."""
    ended: Ended | None = None

    @property
    def questions(self) -> tuple[str, ...]:
        """The ids of its questions, in the order in which they are asked."""
        return tuple(each.id for each in self.drawn)

    @property
    def entries(self) -> tuple[str, ...]:
        """Questions, then labs."""
        return (*self.questions, *(task.lab for task in self.tasks))

    @property
    def deadline(self) -> datetime:
        """When time is up."""
        return self.begun + timedelta(minutes=self.minutes)

    def left(self, now: datetime) -> timedelta:
        """Return how much time is left; none once it is over."""
        return max(self.deadline - max(now, self.seen), timedelta())

    def over(self, now: datetime) -> bool:
        """Is time up, though nobody has handed in?"""
        return max(now, self.seen) >= self.deadline

    def went_back(self, now: datetime) -> timedelta:
        """Return by how much the clock shows an earlier time than this sitting has seen; nothing if it does not."""
        return max(self.seen - now, timedelta())

    def is_answered(self, entry: str) -> bool:
        """Is there an answer or a plan?"""
        return entry in self.answers or entry in self.plans
