"""What an event tells of the items that it asked, and how that is rated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from course.history import Event
from course.learning.items import Item

if TYPE_CHECKING:
    from quiz.memory.scheduling import Rating

SITTING = timedelta(hours=1)
"""What is asked again so soon, without a session that would tell, is taken for a further try."""

_RATINGS: Mapping[str, Rating] = {"again": "again", "hard": "hard", "good": "good"}


@dataclass(frozen=True, slots=True)
class Try:
    """One answer, as an event tells it."""

    item: Item
    rating: Rating
    right: bool
    """At the first try and without a hint, as far as this event tells."""
    correct: bool
    """At whatever try."""
    at: datetime
    session: str = ""
    lesson: str = ""
    """The id of the lesson that a question was answered in."""
    revision: int = 0
    """Of the question, or the lab of the goal; 0: not written down."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """One time that an item was asked: all tries in a session, or within an hour, are one."""

    at: datetime
    """When it was first tried."""
    rating: Rating
    right: bool
    """At the first try and without a hint; of a term: remembered, be it with effort."""
    session: str = ""

    def goes_on(self, then: Try) -> bool:
        """Is this only a further try?"""
        if self.session or then.session:
            return self.session == then.session
        return abs(then.at - self.at) <= SITTING


def tries(event: Event) -> Iterator[Try]:
    """Yield what an event tells; nothing where its data is not as it should be.

    An answer that is wrong is rated again; one that is right only at the second try, with a hint or as a guess: hard;
    any other: good.
    """
    if event.kind == "answered":
        correct = event.data.get("correct")
        if isinstance(correct, bool) and event.subject:
            alone = event.whole("tries") <= 1 and event.whole("hints") == 0
            well: Rating = "good" if alone and event.text("confidence") != "guess" else "hard"
            yield Try(
                Item("question", event.subject),
                well if correct else "again",
                correct and alone,
                correct,
                event.at,
                event.text("session"),
                event.text("lesson"),
                event.whole("revision"),
            )
    elif event.kind == "recalled":
        rating = _RATINGS.get(event.text("rating"))
        if event.subject and rating:
            known = rating != "again"
            yield Try(Item("term", event.subject), rating, known, known, event.at, event.text("session"))
    elif event.kind == "lab-graded":
        for goal, met in goals(event).items():
            item, revision = Item("goal", f"{event.subject}/{goal}"), event.whole("revision")
            yield Try(item, "good" if met else "again", met, met, event.at, revision=revision)


def goals(event: Event) -> Mapping[str, bool]:
    """Return what became of each goal at a grade; none where the event does not tell."""
    told = event.data.get("goals")
    if not (isinstance(told, Mapping) and event.subject):
        return {}
    return {goal: met for goal, met in told.items() if isinstance(goal, str) and goal and isinstance(met, bool)}
