"""Spaced repetition by FSRS-6: the `fsrs` package behind frozen values, without its chance, its clock and its ids.

There are no learning and relearning steps. They lie minutes apart, for programs that stay open all day; here a session
asks twice by itself, and what comes back comes on another day. So an interval is a whole number of days, at least one,
and every memory is in the package's state "review".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import fsrs

Rating = Literal["again", "hard", "good"]
"""How well it was remembered: not; with help or as a guess; well. Nobody is asked whether it was easy."""
RETENTION = 0.9
"""The probability of remembering at which something is due: the package's default."""
DAY, YEAR = timedelta(days=1), timedelta(days=365)
EARLIEST, LATEST = datetime(1000, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
"""Other times stem from no clock, and days could not be added to them."""
LAST_DAYS = 7
"""Before an exam, in which all is seen once more: in a week a whole course fits into sessions of some minutes."""


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
    """Return the memory after a review; None before: the first one.

    A clock that went back counts as one that stood, so no time is ever before the last review; but one that went back
    by more than a year was wrong until then, and would make whatever it dated due in a far future.
    """
    import fsrs

    at = min(max(at.astimezone(UTC), EARLIEST), LATEST)
    if before is None:
        card, reviews, lapses = fsrs.Card(card_id=0, due=at), 1, 0
    else:
        last = before.last if before.last - at < YEAR else at
        at = max(at, last)
        card, reviews, lapses = _card(before, last), before.reviews + 1, before.lapses + (rating == "again")
    after, _ = _scheduler().review_card(card, _ratings()[rating], at)
    assert after.stability is not None
    assert after.difficulty is not None
    return Memory(after.stability, after.difficulty, at, after.due, reviews, lapses)


def retrievability(memory: Memory, at: datetime) -> float:
    """Return the probability that it would be remembered at a time; FSRS counts whole days since the last review."""
    at = max(at.astimezone(UTC), memory.last)
    return float(_scheduler().get_card_retrievability(_card(memory, memory.last), at))


def due_at(memory: Memory, exam: date | None, now: datetime) -> datetime:
    """Return when it is due, in the time zone of `now`, whose days are meant.

    Before an exam whatever was not seen in its last week is due in that week, and nothing later than on its day. An
    exam whose day has come changes nothing more. What a clock that was wrong has dated after tomorrow is due at once.
    """
    if memory.last > now + DAY:
        return now
    at = memory.due.astimezone(now.tzinfo)
    if exam is None or now.date() >= exam:
        return at
    begins = datetime.combine(exam, time(), now.tzinfo)
    week = begins - LAST_DAYS * DAY
    return min(at, begins if memory.last >= week else max(week, memory.last.astimezone(now.tzinfo) + DAY))


def _card(memory: Memory, last: datetime) -> fsrs.Card:
    import fsrs

    return fsrs.Card(
        card_id=0,
        state=fsrs.State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due,
        last_review=last,
    )


@cache
def _scheduler() -> fsrs.Scheduler:
    import fsrs

    return fsrs.Scheduler(desired_retention=RETENTION, learning_steps=(), relearning_steps=(), enable_fuzzing=False)


@cache
def _ratings() -> Mapping[Rating, fsrs.Rating]:
    import fsrs

    return {"again": fsrs.Rating.Again, "hard": fsrs.Rating.Hard, "good": fsrs.Rating.Good}
