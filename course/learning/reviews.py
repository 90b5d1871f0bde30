"""What is remembered of each item, and what is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from course.history import Event
from course.learning.items import Item

if TYPE_CHECKING:
    from course.syllabus import QuestionCard
    from quiz.memory.scheduling import Memory, Rating


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """One time that an item was asked: all tries within a session are one."""

    at: datetime
    rating: Rating
    right: bool
    """At the first try, and without a hint."""
    session: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Studied:
    """What is known of one item that was asked."""

    memory: Memory
    seen: int
    """How many times it was asked."""
    first: Exposure
    latest: Exposure
    right: bool
    """Was the last answer right, at whatever try?"""
    lesson: str = ""
    """The id of the lesson that a question was answered in, as its last event says."""
    before: Memory | None = None
    """The memory before the latest exposure, which a second try rates anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviews:
    """All that was asked."""

    studied: Mapping[Item, Studied] = field(default_factory=dict)
    called: Mapping[Item, datetime] = field(default_factory=dict)
    """Questions that a missed goal of a lab makes due, since when."""

    @property
    def memories(self) -> Mapping[Item, Memory]:
        """What is remembered of each item."""
        return {item: each.memory for item, each in self.studied.items()}

    @property
    def seen(self) -> Mapping[Item, int]:
        """How many times each item was asked."""
        return {item: each.seen for item, each in self.studied.items()}


def reviews_of(
    events: Iterable[Event], cards: Iterable[QuestionCard] = (), labs: Mapping[str, str] | None = None
) -> Reviews:
    """Fold the history; `labs` gives the lesson of each lab, whose missed goals make that lesson's questions due."""
    return continued(Reviews(), events, cards, labs)


def continued(
    before: Reviews,
    events: Iterable[Event],
    cards: Iterable[QuestionCard] = (),
    labs: Mapping[str, str] | None = None,
) -> Reviews:
    """Return the reviews after more events, however they are cut into pieces."""
    raise NotImplementedError


def due(reviews: Reviews, now: datetime, exam: date | None = None) -> tuple[Item, ...]:
    """Return what is due, the longest due first."""
    raise NotImplementedError


def minutes_for(items: Sequence[Item]) -> int:
    """Return about how many minutes it takes to go through items; at least 1 if there are any."""
    raise NotImplementedError
