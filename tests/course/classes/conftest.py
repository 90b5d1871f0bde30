"""A class that is made in a moment: submissions of plans for cheap labs, and an executor of this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from course.classes.book.whole import Asked, gradebook
from course.classes.submission import submission, written
from course.content.packs import find_packs, open_packs
from course.history import Event

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LAB, INCIDENT = "first-guarded-update", "silent-rollback"


@pytest.fixture(scope="session")
def packs():
    """The built-in course."""
    return open_packs(find_packs())[0]


@pytest.fixture(scope="session")
def lab(packs):
    """A cheap lab."""
    return packs.lab(LAB)


def graded(text: str, minutes: int = 0, *, lab: str = LAB, passed: bool = False, score: float = 0.0) -> Event:
    """A grade as the history keeps it, whatever it claims."""
    data = {"text": text, "passed": passed, "score": score, "seeds": [0], "version": "0.1.0"}
    return Event(NOON + timedelta(minutes=minutes), "lab-graded", lab, data)


def hand_in(folder: Path, file: str, name: str, *events: Event, hours: int = 1) -> Path:
    """Write a submission, some hours after noon."""
    path = folder / file
    path.write_text(written(submission(name, NOON + timedelta(hours=hours), "0.1.0", (), events)))
    return path


@contextmanager
def threads() -> Iterator[Executor]:
    """An executor that needs no other process."""
    with ThreadPoolExecutor(2) as executor:
        yield executor


Grade = Callable[..., object]


@pytest.fixture(scope="session")
def grade(packs):
    """Grade a folder on one seed."""

    def done(place: Path, file: Path | None = None, *, seeds: int = 1, open=threads, **asked):
        return gradebook(place, packs, Asked(seeds=seeds, version="0.1.0", **asked), open, file)

    return done
