"""A class graded: how much of the workers' time is not spent on grading, but on reading, pickling, waiting and writing.

Every plan is another text, so that each is graded: 200 learners hand in the reference of 16 labs, with their number in a
comment. Each is graded on a single seed, which is the worst case for everything else: labs ask for twenty or more, and
what is measured here grows with the plans and not with their seeds.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from course.classes import sheets
from course.classes.book import Asked, gradebook
from course.classes.done import NAME
from course.classes.executors import local
from course.classes.submission import submission, written
from course.content.packs import Packs, built_in_pack, open_packs
from course.history import Event

LEARNERS, LABS, WORKERS, SEEDS = 200, 16, 2, 1
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Cost:
    """What a class took."""

    plans: int
    wall_s: float
    grading_s: float
    """Within the workers, from the beginning of each piece of work to its end."""
    workers: int

    @property
    def other_s(self) -> float:
        """Seconds of workers in which nothing was graded."""
        return self.workers * self.wall_s - self.grading_s

    @property
    def share(self) -> float:
        """The share of the workers' time in which nothing was graded."""
        return self.other_s / (self.workers * self.wall_s)


@dataclass
class Timed(Executor):
    """Hands work on, and adds up how long it took where it was done."""

    inner: Executor
    workers: int
    seconds: list[float] = field(default_factory=list)

    def submit(self, call, /, *arguments):
        """Hand it on."""
        outer = Future()
        self.inner.submit(timed, call, *arguments).add_done_callback(partial(self._ended, outer))
        return outer

    def _ended(self, outer: Future, inner: Future) -> None:
        seconds, result = inner.result()
        self.seconds.append(seconds)
        outer.set_result(result)


def timed(call, *arguments):
    """Return how long a call took, with what it returned."""
    began = perf_counter()
    result = call(*arguments)
    return perf_counter() - began, result


def hand_in(folder: Path, packs: Packs, labs: list[str], learners: int) -> None:
    """Write the submissions of a class."""
    plans = {id: packs.lab(id).reference.text for id in labs}
    for learner in range(learners):
        graded: Iterator[Event] = (
            Event(AT, "lab-graded", id, {"passed": True, "score": 100.0, "text": f"{text}\n# learner {learner}\n"})
            for id, text in plans.items()
        )
        given = submission(f"learner {learner}", AT, "0.1.0", (), graded)
        (folder / f"{learner}.jsonl").write_text(written(given))


def measured(learners: int = LEARNERS, labs: int = LABS) -> Cost:
    """Grade a class, from its folder to the files of the gradebook."""
    with TemporaryDirectory() as place:
        root = Path(place)
        packs = open_packs([built_in_pack()], root / "data")[0]
        ids = list(packs.lab_ids()[:labs])
        (root / "class").mkdir()
        hand_in(root / "class", packs, ids, learners)
        seconds: list[float] = []

        @contextmanager
        def open() -> Iterator[Executor]:
            with local(WORKERS)() as pool:
                yield Timed(pool, WORKERS, seconds)

        began = perf_counter()
        book = gradebook(root / "class", packs, Asked(seeds=SEEDS, version="bench"), open, root / NAME)
        (root / "gradebook.csv").write_text(sheets.table(book))
        (root / "gradebook.json").write_text(sheets.text(book))
        wall = perf_counter() - began
        plans = len(seconds) - len(ids)
        assert plans == learners * labs, f"{plans} plans were graded"
        return Cost(plans, wall, sum(seconds), WORKERS)
