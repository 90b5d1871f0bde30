"""Spaced repetition by FSRS-6: the `fsrs` package behind frozen values, without its chance, its clock and its ids.

There are no learning and relearning steps. They lie minutes apart, for programs that stay open all day; here a session
asks twice by itself, and what comes back comes on another day. So an interval is a whole number of days, at least one,
and every memory is in the package's state "review".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import fsrs

Rating = Literal["again", "hard", "good"]
"""How well it was remembered: not; with help or as a guess; well. Nobody is asked whether it was easy."""
RETENTION = 0.9
"""The probability of remembering at which something is due: the package's default."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Memory:
    """How well something is remembered: the state of FSRS, and what was done for it."""

    stability: float
    """Days until the probability of remembering has fallen to 90 %."""
    difficulty: float
    """From 1 to 10."""
    last: datetime
    """The last review, in UTC."""
    due: datetime
    """When the next one should be, in UTC."""
    reviews: int
    """How many there were, the first one among them."""
    lapses: int
    """How often it was forgotten: rated again, after the first review."""


def reviewed(before: Memory | None, rating: Rating, at: datetime) -> Memory:
    """Return the memory after a review; None before: the first one. A clock that went back counts as one that stood."""
    import fsrs

    at = at.astimezone(UTC)
    if before is None:
        card, reviews, lapses = fsrs.Card(card_id=0, due=at), 1, 0
    else:
        at = max(at, before.last)
        card, reviews, lapses = _card(before), before.reviews + 1, before.lapses + (rating == "again")
    after, _ = _scheduler().review_card(card, _ratings()[rating], at)
    assert after.stability is not None
    assert after.difficulty is not None
    return Memory(after.stability, after.difficulty, at, after.due, reviews, lapses)


def retrievability(memory: Memory, at: datetime) -> float:
    """Return the probability that it would be remembered at a time; FSRS counts whole days since the last review."""
    return float(_scheduler().get_card_retrievability(_card(memory), max(at.astimezone(UTC), memory.last)))


def due_at(memory: Memory, exam: date | None, now: datetime) -> datetime:
    """Return when it is due: no later than the day before an exam, unless it was seen since that day began.

    Days are those of `now`'s time zone. An exam that is over changes nothing.
    """
    raise NotImplementedError


def _card(memory: Memory) -> fsrs.Card:
    import fsrs

    return fsrs.Card(
        card_id=0,
        state=fsrs.State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due,
        last_review=memory.last,
    )


@cache
def _scheduler() -> fsrs.Scheduler:
    import fsrs

    return fsrs.Scheduler(desired_retention=RETENTION, learning_steps=(), relearning_steps=(), enable_fuzzing=False)


@cache
def _ratings() -> Mapping[Rating, fsrs.Rating]:
    import fsrs

    return {"again": fsrs.Rating.Again, "hard": fsrs.Rating.Hard, "good": fsrs.Rating.Good}
