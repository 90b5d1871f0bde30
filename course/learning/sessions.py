"""Practice and review sessions: what is asked in one, and one that was interrupted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from course.history import Event
from course.learning.items import Item
from course.learning.reviews import Reviews

if TYPE_CHECKING:
    from course.syllabus import QuestionCard
    from quiz.questions import Level

Mode = Literal["practice", "review"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session as the history has it."""

    id: str
    """As its events name it; empty for a round of a lesson's questions from before there was practice."""
    title: str
    mode: Mode
    items: tuple[Item, ...]
    step: int = 0
    """Index of the item that is asked; as many as there are items: the end."""
    first_tries: Mapping[Item, bool] = field(default_factory=dict)
    """Was the first answer right? Of those that were answered."""
    lesson: str = ""
    """The id of the lesson whose questions these are; empty if of several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a learner wants to practise; everything that is said must hold."""

    lesson: str | None = None
    objective: str | None = None
    """`exam/objective` or the objective alone."""
    kind: str | None = None
    """As in a question's file, such as `single`."""
    level: Level | None = None
    weak: bool = False
    """Of lessons that are less well known than others."""
    wrong: bool = False
    """Wrong at the last time."""
    unseen: bool = False
    due: bool = False
    count: int | None = None
    """At most so many; None: all."""


def interrupted(events: Iterable[Event], known: Callable[[Item], bool]) -> Session | None:
    """Return the session last worked at that is not at its end, without what is not `known` any more."""
    raise NotImplementedError


def chosen(
    cards: Sequence[QuestionCard],
    reviews: Reviews,
    wanted: Wanted,
    seed: int,
    *,
    now: datetime,
    exam: date | None = None,
) -> tuple[Item, ...]:
    """Return the questions that fit, lessons mixed; the same for the same seed."""
    raise NotImplementedError
