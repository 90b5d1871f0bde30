"""A long history: how long Home and the review queue wait for it, once a start has folded it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from course.folds.progress import PREFERENCES, PROGRESS
from course.history import Event
from course.learning.kept import REVIEWS
from course.learning.reviews import due
from course.store.keeper import Keeper
from course.store.opening import open_journal

EVENTS, QUESTIONS, LESSONS = 100_000, 1000, 20
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def history() -> Iterator[Event]:
    """Yield two years of practice: seven tenths of it answers, the rest steps."""
    random = Random(1)
    at = NOW - timedelta(days=730)
    for n in range(EVENTS):
        at += timedelta(seconds=630)
        question = random.randrange(QUESTIONS)
        if n % 10 < 7:
            lesson = f"lesson-{question % LESSONS}"
            data = {
                "answer": "a",
                "correct": random.random() < 0.8,
                "hints": 0,
                "lesson": lesson,
                "session": f"{n // 20}",
            }
            yield Event(at, "answered", f"question-{question}", data)
        elif n % 10 < 9:
            yield Event(at, "practice-step", f"{n // 20}", {"step": n % 20})
        else:
            yield Event(at, "lesson-step", f"lesson-{question % LESSONS}", {"step": 3, "of": 9, "revision": 1})


def measured(rounds: int) -> dict[str, float]:
    """Return the CPU seconds that each waits for, those of the first start apart."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "history.db")
        with closing(open_journal(path, NOW)) as journal:
            journal.save(history())  # type: ignore[union-attr]
        first = _waited(path, _home) + _waited(path, _queue)
        return {
            "first": first,
            "home": median(_waited(path, _home) for _ in range(rounds)),
            "queue": median(_waited(path, _queue) for _ in range(rounds)),
        }


def _home(keeper: Keeper) -> None:
    keeper.folded(PREFERENCES)
    keeper.folded(PROGRESS)


def _queue(keeper: Keeper) -> None:
    assert due(keeper.folded(REVIEWS), NOW)


def _waited(path: Path, look: Callable[[Keeper], None]) -> float:
    """Return the CPU seconds from opening a history to what is looked for."""
    began = process_time()
    keeper = Keeper(path, lambda: NOW)
    look(keeper)
    took = process_time() - began
    keeper.close()
    return took
